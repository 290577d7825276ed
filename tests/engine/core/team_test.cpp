#include "engine/core/team.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <limits>
#include <stdexcept>
#include <string>

#include "engine/core/error.h"
#include "engine/core/processor_time.h"

namespace elbow {
namespace {

TEST(Team, RunsEveryMemberOnceInEachRound) {
    for (const int size : {1, 2, 3, 5}) {
        Team team(size);
        ASSERT_EQ(team.size(), size);
        std::vector<int> calls(static_cast<std::size_t>(size), 0);
        for (int round = 0; round < 300; ++round) {
            team.run([&](int member) { ++calls[static_cast<std::size_t>(member)]; });
        }
        EXPECT_EQ(calls, std::vector<int>(static_cast<std::size_t>(size), 300));
    }
}

TEST(Team, OnlyAsManyTakePartAsAreUsed) {
    Team team(4);
    EXPECT_EQ(team.size(), 4);
    for (const int members : {2, 4, 1, 3, 1, 4}) {
        team.use(members);
        EXPECT_EQ(team.size(), members);
        for (int round = 0; round < 200; ++round) {
            std::array<std::atomic<int>, 4> calls{};
            team.run([&](int member) {
                ++calls[static_cast<std::size_t>(member)];
                team.barrier();
            });
            for (int member = 0; member < 4; ++member) {
                ASSERT_EQ(calls[static_cast<std::size_t>(member)], member < members ? 1 : 0);
            }
        }
    }
    team.use(9);
    EXPECT_EQ(team.size(), 4);
    team.use(0);
    EXPECT_EQ(team.size(), 1);
}

// Whatever else the machine does: waiting is no processor time of theirs.
TEST(Team, TimesTheSlowestMemberBetweenBarriers) {
    const auto compute = [](double seconds) {
        const double until_s = processor_time_s() + seconds;
        while (processor_time_s() < until_s) {
        }
    };
    for (const int size : {1, 2, 4}) {
        Team team(size);
        TeamTimes times;
        team.time_into(&times);
        team.run([&](int member) {
            compute(member == 0 ? 0.02 : 0.001);
            team.barrier();
            compute(member == size - 1 ? 0.03 : 0.001);
        });
        EXPECT_GE(times.path_s, 0.05) << size;
        EXPECT_LT(times.path_s, 0.06) << size;
        EXPECT_GE(times.work_s, 0.05 + 0.002 * (size - 1)) << size;
        EXPECT_LT(times.work_s, 0.065) << size;
        EXPECT_GE(times.caller_s, size == 1 ? 0.05 : 0.021) << size;
        team.time_into(nullptr);
        const double before_s = times.path_s;
        team.run([&](int) { compute(0.001); });
        EXPECT_EQ(times.path_s, before_s);
    }
}

TEST(Team, MemberZeroIsTheCaller) {
    Team team(3);
    std::vector<std::thread::id> ids(3);
    team.run(
        [&](int member) { ids[static_cast<std::size_t>(member)] = std::this_thread::get_id(); });
    EXPECT_EQ(ids[0], std::this_thread::get_id());
    EXPECT_NE(ids[1], ids[0]);
    EXPECT_NE(ids[2], ids[0]);
    EXPECT_NE(ids[1], ids[2]);
}

TEST(Team, BarrierSeparatesPhases) {
    for (const int size : {1, 2, 3, 4}) {
        Team team(size);
        constexpr int kPhases = 200;
        std::vector<int> written(static_cast<std::size_t>(size), 0);
        std::vector<int> wrong(static_cast<std::size_t>(size), 0);
        team.run([&](int member) {
            for (int phase = 1; phase <= kPhases; ++phase) {
                written[static_cast<std::size_t>(member)] = phase;
                team.barrier();
                for (const int value : written) {
                    if (value != phase) ++wrong[static_cast<std::size_t>(member)];
                }
                team.barrier();  // nobody writes the next phase before all have read
            }
        });
        EXPECT_EQ(wrong, std::vector<int>(static_cast<std::size_t>(size), 0));
    }
}

TEST(Team, AnExceptionOfAnyMemberComesBackAndTheTeamGoesOn) {
    for (const int size : {1, 2, 3}) {
        Team team(size);
        for (int thrower = 0; thrower < size; ++thrower) {
            try {
                team.run([&](int member) {
                    if (member == thrower) throw Error("member " + std::to_string(member));
                });
                FAIL() << "expected the member's Error";
            } catch (const Error& error) {
                EXPECT_EQ(error.what(), "member " + std::to_string(thrower));
            }
            std::atomic<int> calls{0};
            EXPECT_NO_THROW(team.run([&](int) { ++calls; }));
            EXPECT_EQ(calls.load(), size);
        }
    }
}

TEST(Team, ComesBackOnlyAfterAllHaveFinishedEvenWhenOneThrows) {
    Team team(3);
    std::atomic<int> finished{0};
    EXPECT_THROW(team.run([&](int member) {
        if (member == 0) throw std::runtime_error("at once");
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        ++finished;
    }),
                 std::runtime_error);
    EXPECT_EQ(finished.load(), 2);
}

TEST(Team, AMemberThatNeverArrivesAtTheBarrierLetsTheOthersGo) {
    Team team(3);
    for (int thrower = 0; thrower < 3; ++thrower) {
        try {
            team.run([&](int member) {
                if (member == thrower) throw Error("member " + std::to_string(member));
                team.barrier();
            });
            FAIL() << "expected the member's Error";
        } catch (const Error& error) {
            EXPECT_EQ(error.what(), "member " + std::to_string(thrower));
        }
        std::atomic<int> arrived{0};
        team.run([&](int) {
            ++arrived;
            team.barrier();
            EXPECT_EQ(arrived.load(), 3);
        });
    }
}

#if defined(__x86_64__)
// And are what they are outside of it.
TEST(Team, DenormalsAreZeroInItsWork) {
    const volatile float small = std::numeric_limits<float>::min();  // the least that is none
    const volatile float denormal = std::numeric_limits<float>::denorm_min();
    for (const int members : {1, 3}) {
        Team team(members);
        std::array<float, 3> halves{1, 1, 1}, sums{1, 1, 1};
        team.run([&](int member) {
            halves[static_cast<std::size_t>(member)] = small * 0.5F;
            sums[static_cast<std::size_t>(member)] = denormal + denormal;
        });
        for (std::size_t i = 0; i < static_cast<std::size_t>(members); ++i) {
            EXPECT_EQ(halves[i], 0.0F) << i;
            EXPECT_EQ(sums[i], 0.0F) << i;
        }
        EXPECT_GT(small * 0.5F, 0.0F);
    }
}
#endif

TEST(Team, WakesUpAfterALongRest) {
    Team team(2);
    std::atomic<int> calls{0};
    team.run([&](int) { ++calls; });
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // members are asleep by then
    team.run([&](int) { ++calls; });
    EXPECT_EQ(calls.load(), 4);
}

TEST(Team, EndsWithoutEverHavingRun) {
    for (int i = 0; i < 20; ++i) const Team team(3);
}

TEST(ShareOf, TheSharesOfAllMembersCoverEverythingOnceInOrder) {
    for (const std::int64_t count : {0, 1, 5, 16, 100, 784, 1000}) {
        for (const int size : {1, 2, 3, 8}) {
            for (const std::int64_t grain : {1, 16, 250}) {
                std::int64_t next = 0;
                for (int member = 0; member < size; ++member) {
                    const Share share = share_of(count, member, size, grain);
                    EXPECT_EQ(share.begin, next);
                    EXPECT_GE(share.size(), 0);
                    EXPECT_TRUE(share.begin % grain == 0 || share.begin == count);
                    next = share.end;
                }
                EXPECT_EQ(next, count);
            }
        }
    }
}

TEST(ShareOf, SharesDifferByOneGrainAtMost) {
    for (const std::int64_t count : {7, 784, 1000}) {
        std::int64_t smallest = count;
        std::int64_t largest = 0;
        for (int member = 0; member < 3; ++member) {
            const std::int64_t size = share_of(count, member, 3).size();
            smallest = std::min(smallest, size);
            largest = std::max(largest, size);
        }
        EXPECT_LE(largest - smallest, 1);
    }
}

TEST(DefaultThreads, LeavesACoreToTheWindowWhereThereIsOne) {
    const int alone = default_threads(false);
    const int beside = default_threads(true);
    EXPECT_GE(beside, 1);
    EXPECT_LE(alone, 8);
    EXPECT_LE(beside, alone);
}

}  // namespace
}  // namespace elbow

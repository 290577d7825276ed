#include "engine/data/fetch.h"

#include <gmock/gmock.h>

#include "engine/data/hash.h"
#include "tests/engine/data/idx_files.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

// A published set made of a tiny one's files, with a folder that has them, and an empty
// destination.
class Fetch : public ::testing::Test {
  protected:
    Fetch() {
        write_small_set(source);
        set.name = "tiny";
        set.title = "Tiny";
        const char* const names[] = {"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                                     "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"};
        set.files.resize(std::size(names));
        for (std::size_t i = 0; i < set.files.size(); ++i) {
            const Bytes bytes = read_bytes(source / names[i]);
            set.files[i] = {names[i], bytes.size(), hash_of(bytes), bytes.size()};
        }
    }

    // Copies from the source and counts how often it was asked.
    Way counting_way() {
        Way way = way_by_copy(source);
        return {way.name, "", [this, obtain = way.obtain](FetchJob& job) {
                    ++asked;
                    obtain(job);
                }};
    }
    static Way failing_way(const std::string& name, const std::string& why) {
        return {name, "mend " + name, [why](FetchJob&) { throw Error(why); }};
    }
    void fetch(const std::vector<Way>& ways) { fetch_published(set, ways, destination, progress); }
    void expect_whole() {
        EXPECT_TRUE(is_whole(destination, set));
        const auto entries = std::distance(fs::directory_iterator(destination), {});
        EXPECT_EQ(entries, 4) << "nothing else is left behind";
    }

    TemporaryFolder folder;
    fs::path source = folder.path() / "source";
    fs::path destination = folder.path() / "made" / "by fetch";
    PublishedSet set;
    Progress progress;
    int asked = 0;
};

TEST_F(Fetch, BringsEveryFile) {
    fetch({counting_way()});
    expect_whole();
    EXPECT_EQ(progress.fraction(), 1.0);
    EXPECT_THAT(progress.what(), HasSubstr(destination.string()));
}

TEST_F(Fetch, DoesNothingTwice) {
    fetch({counting_way()});
    fetch({counting_way()});
    EXPECT_EQ(asked, 1);
}

TEST_F(Fetch, LeavesWholeFilesAloneAndReplacesDamagedOnes) {
    fetch({counting_way()});
    const fs::path good = destination / set.files[0].name;
    const fs::path bad = destination / set.files[1].name;
    fs::last_write_time(good, fs::file_time_type::clock::now() - std::chrono::hours(48));
    const auto before = fs::last_write_time(good);
    write_bytes(bad, counting(5));
    fetch({counting_way()});
    EXPECT_EQ(asked, 2);
    EXPECT_EQ(fs::last_write_time(good), before);
    expect_whole();
}

TEST_F(Fetch, UnpacksGzip) {
    for (const PublishedFile& file : set.files) {
        const fs::path plain = source / file.name;
        write_bytes(plain.string() + ".gz", gzipped(read_bytes(plain)));
        fs::remove(plain);
    }
    fetch({counting_way()});
    expect_whole();
}

TEST_F(Fetch, RefusesWhatHasAnotherHashAndTakesItFromTheNextWay) {
    const fs::path forged = folder.path() / "forged";
    write_small_set(forged, {.first_value = 1});
    fetch({way_by_copy(forged), counting_way()});
    expect_whole();
    EXPECT_EQ(asked, 1);
}

TEST_F(Fetch, PutsNothingInPlaceThatHasAnotherHash) {
    write_small_set(source, {.first_value = 1});
    const std::string message = message_of([&] { fetch({counting_way()}); });
    EXPECT_THAT(message, AllOf(HasSubstr("not the published file"), HasSubstr(set.files[0].sha256),
                               HasSubstr("thrown away")));
    EXPECT_TRUE(fs::is_empty(destination));
}

TEST_F(Fetch, RefusesMoreBytesThanWerePublished) {
    Bytes longer = read_bytes(source / set.files[0].name);
    longer.resize(longer.size() + 1000);
    write_bytes(source / set.files[0].name, longer);
    EXPECT_THAT(message_of([&] { fetch({counting_way()}); }), HasSubstr("found more than"));
}

TEST_F(Fetch, KeepsWhatAFailingWayBroughtAndAsksTheNextForTheRest) {
    const Way half{"half a mirror", "", [this](FetchJob& job) {
                       for (const int i : {0, 1})
                           job.accept(set.files[i], source / set.files[i].name);
                       throw Error("the line went dead");
                   }};
    std::vector<std::string> rest;
    const Way other{"another", "", [this, &rest](FetchJob& job) {
                        for (const PublishedFile& file : job.wanted) {
                            rest.push_back(file.name);
                            job.accept(file, source / file.name);
                        }
                    }};
    fetch({half, other});
    EXPECT_THAT(rest, ::testing::ElementsAre(set.files[2].name, set.files[3].name));
    expect_whole();
}

TEST_F(Fetch, TellsEveryWayThatFailedAndWhatToDo) {
    const std::string message = message_of([&] {
        fetch({failing_way("the first mirror", "no such host."),
               failing_way("the second mirror", "exit code 7"),
               way_by_copy(folder.path() / "absent")});
    });
    EXPECT_THAT(
        message,
        AllOf(HasSubstr("Tiny could not be fetched"), HasSubstr("the first mirror: no such host\n"),
              HasSubstr("the second mirror: exit code 7\n"), HasSubstr("no such folder"),
              HasSubstr("mend the first mirror"), HasSubstr("mend the second mirror")));
    EXPECT_THAT(message, AllOf(HasSubstr(destination.string()), HasSubstr(set.files[3].name),
                               HasSubstr("--data-dir"), HasSubstr("--dataset shapes")));
}

TEST_F(Fetch, RefusesADestinationThatCannotBeWrittenBeforeAsking) {
    write_bytes(folder.path() / "file", counting(1));
    destination = folder.path() / "file" / "below";
    const std::string message = message_of([&] { fetch({counting_way()}); });
    EXPECT_THAT(message,
                AllOf(HasSubstr("Cannot write to the folder"), HasSubstr(destination.string()),
                      HasSubstr("Not a directory"), HasSubstr("Nothing was downloaded")));
    EXPECT_EQ(asked, 0);
}

TEST_F(Fetch, RefusesADiskWithoutRoomBeforeAsking) {
    set.files[0].bytes = std::uint64_t{1} << 60;
    const std::string message = message_of([&] { fetch({counting_way()}); });
    EXPECT_THAT(message, AllOf(HasSubstr("B of room, and 2305843"), HasSubstr("are needed")));
    EXPECT_EQ(asked, 0);
}

TEST_F(Fetch, StopsOnRequestAndLeavesNothingHalf) {
    const Way stopping{"stopping", "", [this](FetchJob& job) {
                           job.accept(set.files[0], source / set.files[0].name);
                           job.progress.cancel();
                           job.accept(set.files[1], source / set.files[1].name);
                       }};
    EXPECT_THROW(fetch({stopping, counting_way()}), Cancelled);
    EXPECT_EQ(asked, 0);
    EXPECT_TRUE(is_whole(destination, set.files[0]));
    EXPECT_EQ(std::distance(fs::directory_iterator(destination), {}), 1);
}

TEST_F(Fetch, WhatAKilledDownloadLeftIsRemovedAndOneUnderWayIsNot) {
    const fs::path stray = destination / ".fetching-abc123";
    fs::create_directories(stray / "0");
    write_bytes(stray / "0" / "half", counting(5));
    write_bytes(destination / ".fetching-notes", counting(5));  // a file is not a download
    const Way tidying{"a way", "", [this](FetchJob& job) {
                          write_bytes(job.scratch / "half", counting(5));
                          remove_stray_downloads(destination);
                          EXPECT_TRUE(fs::exists(job.scratch / "half"));
                          way_by_copy(source).obtain(job);
                      }};
    fetch({tidying});
    EXPECT_TRUE(is_whole(destination, set));
    EXPECT_FALSE(fs::exists(stray));
    EXPECT_TRUE(fs::exists(destination / ".fetching-notes"));
    EXPECT_NO_THROW(remove_stray_downloads(destination / "nowhere"));
}

}  // namespace
}  // namespace elbow::data

#pragma once

// A team of threads that do one thing together: run(work) calls work(0) on the caller and
// work(1..n-1) on the others, and returns when all are done. Made for steps of about a millisecond:
// waiting threads spin briefly, then yield, then sleep. Denormals are zero in its work
// (denormals.h). Owned and used by one thread at a time.

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace elbow {

// What the work of a team has taken, seconds of processor time without the time of waiting for each
// other: what it would take with a core for each member, though without its own caches.
struct TeamTimes {
    double path_s = 0.0;    // of the slowest member between each two barriers, added up
    double work_s = 0.0;    // of all members
    double caller_s = 0.0;  // of the thread that called run(), waiting included
};

class Team {
  public:
    // most >= 1 members, all of them at first; a team of one runs everything on the caller.
    explicit Team(int most);
    ~Team();
    Team(const Team&) = delete;
    Team& operator=(const Team&) = delete;

    int size() const { return size_; }
    int most() const { return most_; }
    // From the next run on, this many take part, 1 to most(); the others sleep.
    void use(int members);

    // From the next run on, what is run is added to these times; null: it is not timed.
    void time_into(TeamTimes* times) { times_ = times; }

    // Rethrows the first exception that a member has thrown, after all have finished.
    void run(const std::function<void(int member)>& work);

    // Called by every member inside run(): returns when all have arrived, and throws when one of
    // them has thrown and never will.
    void barrier();

  private:
    void member_loop(int member);
    void end();
    void work_on(int member);
    void meet();
    void add_times();

    const int most_;
    int size_;
    const std::function<void(int)>* work_ = nullptr;
    // Its number, which rises when there is work, and in the lowest bits how many take part; the
    // top value ends the team.
    std::atomic<std::uint64_t> round_{0};
    std::atomic<int> unfinished_{0};
    std::atomic<int> arrived_{0};
    std::atomic<std::uint64_t> phase_{0};
    std::atomic<bool> failed_{false};
    std::mutex failure_mutex_;
    std::exception_ptr failure_;  // the first of the round
    TeamTimes* times_ = nullptr;
    std::vector<std::vector<double>> spans_s_;  // of each member, between its barriers
    std::vector<std::jthread> members_;
};

// The share of [0, count) that `member` of `size` works on, in multiples of `grain`.
struct Share {
    std::int64_t begin;
    std::int64_t end;
    std::int64_t size() const { return end - begin; }
};
Share share_of(std::int64_t count, int member, int size, std::int64_t grain = 1);

// More are refused wherever a person or a file says how many.
inline constexpr int kMostThreads = 256;

// How many threads training uses when the person does not say: all cores, or one fewer when a
// window has to stay fluid beside it; never more than eight, past which a minibatch has too little
// work.
int default_threads(bool beside_a_window);

}  // namespace elbow

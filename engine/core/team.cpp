#include "engine/core/team.h"

#include <algorithm>
#include <csignal>
#include <string>
#include <system_error>
#include <utility>

#include "engine/core/denormals.h"
#include "engine/core/error.h"
#include "engine/core/processor_time.h"

namespace elbow {
namespace {

constexpr std::uint64_t kEnd = ~std::uint64_t{0};
constexpr std::uint64_t kSizes = 1024;  // a round's size is the rest of its division by this
static_assert(kMostThreads < kSizes);
// About the length of a step: a member that waits longer than this between two rounds is idle and
// may sleep.
constexpr int kSpins = 2000;
constexpr int kYields = 200;

inline void relax() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

// A handler runs on the stack of the thread that it interrupts, and oneDNN's matrix product keeps
// data in the stack pointer. So members take none of the signals that a person or a system sends;
// the program's own thread handles them on a stack of their own.
void leave_signals_to_others() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

// A while of waiting: spins, then yields. False when it has lasted so long that sleeping is better.
class Patience {
  public:
    bool wait() {
        if (++turns_ <= kSpins) {
            relax();
        } else {
            std::this_thread::yield();
        }
        return turns_ < kSpins + kYields;
    }

  private:
    int turns_ = 0;
};

// Notes what a member's thread computes between its barriers, if anybody wants to know.
class Span {
  public:
    static Span& of_this_thread() {
        static thread_local Span span;
        return span;
    }
    void begin(std::vector<double>* spans_s) {
        spans_s_ = spans_s;
        go_on();
    }
    void end() {
        if (spans_s_ != nullptr) spans_s_->push_back(processor_time_s() - began_s_);
    }
    void go_on() {
        if (spans_s_ != nullptr) began_s_ = processor_time_s();
    }

  private:
    std::vector<double>* spans_s_ = nullptr;
    double began_s_ = 0.0;
};

}  // namespace

Team::Team(int most) : most_(std::max(most, 1)), size_(most_) {
    try {
        for (int member = 1; member < most_; ++member) {
            members_.emplace_back([this, member] { member_loop(member); });
        }
    } catch (const std::system_error&) {
        end();
        throw Error("The system does not allow " + std::to_string(size_) +
                    " threads to be started. Choose fewer (--threads).");
    }
}

Team::~Team() { end(); }

void Team::end() {
    round_.store(kEnd, std::memory_order_release);
    round_.notify_all();
}

void Team::work_on(int member) {
    const DenormalsAreZero fast;
    Span& span = Span::of_this_thread();
    span.begin(times_ != nullptr ? &spans_s_[static_cast<std::size_t>(member)] : nullptr);
    try {
        (*work_)(member);
        span.end();
    } catch (...) {
        const std::lock_guard lock(failure_mutex_);
        if (!failure_) failure_ = std::current_exception();
        failed_.store(true, std::memory_order_release);
    }
}

void Team::member_loop(int member) {
    leave_signals_to_others();
    std::uint64_t seen = 0;
    while (true) {
        Patience patience;
        while (round_.load(std::memory_order_acquire) == seen) {
            if (!patience.wait()) round_.wait(seen, std::memory_order_acquire);
        }
        seen = round_.load(std::memory_order_acquire);
        if (seen == kEnd) return;
        if (static_cast<std::uint64_t>(member) >= seen % kSizes) continue;
        work_on(member);
        unfinished_.fetch_sub(1, std::memory_order_acq_rel);
    }
}

void Team::use(int members) { size_ = std::clamp(members, 1, most_); }

void Team::run(const std::function<void(int)>& work) {
    const double began_s = times_ != nullptr ? processor_time_s() : 0.0;
    if (times_ != nullptr) spans_s_.assign(static_cast<std::size_t>(size_), {});
    work_ = &work;
    if (size_ > 1) {  // the others sleep where the caller works alone
        unfinished_.store(size_ - 1, std::memory_order_relaxed);
        const std::uint64_t number = round_.load(std::memory_order_relaxed) / kSizes + 1;
        round_.store(number * kSizes + static_cast<std::uint64_t>(size_),
                     std::memory_order_release);
        round_.notify_all();
    }
    work_on(0);
    for (Patience patience; unfinished_.load(std::memory_order_acquire) != 0;) patience.wait();
    work_ = nullptr;
    if (times_ != nullptr) times_->caller_s += processor_time_s() - began_s;
    if (!failed_.load(std::memory_order_acquire)) return add_times();
    failed_.store(false, std::memory_order_relaxed);
    arrived_.store(0, std::memory_order_relaxed);
    std::rethrow_exception(std::exchange(failure_, nullptr));
}

void Team::add_times() {
    if (times_ == nullptr) return;
    for (std::size_t span = 0; span < spans_s_.front().size(); ++span) {
        double longest_s = 0.0;
        for (const std::vector<double>& of_member : spans_s_) {
            longest_s = std::max(longest_s, of_member.at(span));
            times_->work_s += of_member.at(span);
        }
        times_->path_s += longest_s;
    }
}

void Team::barrier() {
    if (size_ == 1) return;
    Span& span = Span::of_this_thread();
    span.end();
    meet();
    span.go_on();
}

void Team::meet() {
    const std::uint64_t phase = phase_.load(std::memory_order_acquire);
    if (arrived_.fetch_add(1, std::memory_order_acq_rel) == size_ - 1) {
        arrived_.store(0, std::memory_order_relaxed);
        phase_.fetch_add(1, std::memory_order_release);
        return;
    }
    for (Patience patience; phase_.load(std::memory_order_acquire) == phase;) {
        if (failed_.load(std::memory_order_acquire)) {
            throw Error("Another member of the team has failed.");
        }
        patience.wait();
    }
}

Share share_of(std::int64_t count, int member, int size, std::int64_t grain) {
    const std::int64_t grains = (count + grain - 1) / grain;
    const std::int64_t begin = grains * member / size * grain;
    const std::int64_t end = grains * (member + 1) / size * grain;
    return {std::min(begin, count), std::min(end, count)};
}

int default_threads(bool beside_a_window) {
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    return std::clamp(beside_a_window ? cores - 1 : cores, 1, 8);
}

}  // namespace elbow

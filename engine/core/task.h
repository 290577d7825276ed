#pragma once

// One piece of work on its own thread whose result, or exception, is collected by the thread that
// started it. The owner polls done() once a frame and then calls take(); destroying a task cancels
// it and waits for it to notice.

#include <atomic>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

#include "engine/core/memory.h"
#include "engine/core/progress.h"

namespace elbow {

template <class Result>
class Task {
  public:
    explicit Task(std::function<Result(Progress&)> work)
        : thread_([this, work = std::move(work)] {
              try {
                  result_ = work(progress_);
              } catch (...) {
                  failure_ = std::current_exception();
              }
              return_freed_memory();
              done_.store(true, std::memory_order_release);
              done_.notify_all();
          }) {}
    ~Task() { progress_.cancel(); }
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;

    bool done() const { return done_.load(std::memory_order_acquire); }
    void wait() const { done_.wait(false, std::memory_order_acquire); }
    Progress& progress() { return progress_; }

    // Once, after done(): the result, or the exception that the work ended with.
    Result take() {
        if (failure_) std::rethrow_exception(failure_);
        return std::move(*result_);
    }

  private:
    Progress progress_;
    std::optional<Result> result_;
    std::exception_ptr failure_;
    std::atomic<bool> done_{false};
    std::jthread thread_;  // last: it starts when everything above exists
};

}  // namespace elbow

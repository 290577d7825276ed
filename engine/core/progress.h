#pragma once

// How far a long task has come, written by the thread that works and read by the one that shows it.
// Also carries the wish to stop: a task looks at cancelled() now and then and ends with Cancelled.

#include <atomic>
#include <mutex>
#include <string>

#include "engine/core/error.h"

namespace elbow {

class Cancelled : public Error {
  public:
    Cancelled() : Error("Stopped on request.") {}
};

class Progress {
  public:
    // fraction in [0, 1], or negative where the end is unknown.
    void report(double fraction, const std::string& what) {
        const std::lock_guard lock(mutex_);
        fraction_ = fraction;
        what_ = what;
    }
    double fraction() const {
        const std::lock_guard lock(mutex_);
        return fraction_;
    }
    std::string what() const {
        const std::lock_guard lock(mutex_);
        return what_;
    }
    void cancel() { cancelled_ = true; }
    bool cancelled() const { return cancelled_; }
    void throw_if_cancelled() const {
        if (cancelled_) throw Cancelled();
    }

  private:
    mutable std::mutex mutex_;
    double fraction_ = -1.0;
    std::string what_;
    std::atomic<bool> cancelled_{false};
};

}  // namespace elbow

#pragma once

// How far a long task has come, written by the thread that works and read by the one that shows it.
// Also carries the wish to stop: a task looks at cancelled() now and then and ends with Cancelled.

#include <algorithm>
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
        fraction_ = in_part_ ? from_ + std::clamp(fraction, 0.0, 1.0) * (to_ - from_) : fraction;
        if (!in_part_) what_ = what;
    }
    // From now on what is reported is about the part between two fractions of a longer task, which
    // `what` names.
    void begin_part(double from, double to, const std::string& what) {
        const std::lock_guard lock(mutex_);
        in_part_ = true;
        from_ = fraction_ = from;
        to_ = to;
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
    bool in_part_ = false;
    double from_ = 0.0, to_ = 1.0;  // of the part
    std::atomic<bool> cancelled_{false};
};

}  // namespace elbow

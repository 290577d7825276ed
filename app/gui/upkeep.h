#pragma once

// Parts of the application that need no window to be tested: what is remembered and when it is
// written, and how long the next frame may wait. GUI thread.

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "app/gui/settings.h"
#include "app/gui/widgets/toasts.h"
#include "engine/core/task.h"

namespace elbow::gui {

// Writes the settings a moment after they changed, on a thread of its own, and at the end.
class SettingsKeeper {
  public:
    // `keep` false: they are read, and never written (tests and demonstrations). `as_kept`: what is
    // to be remembered of settings, some of which may be lent for a while; null: all of it.
    SettingsKeeper(std::filesystem::path file, bool keep,
                   std::function<Settings(const Settings&)> as_kept = nullptr);

    Settings settings;

    // What was wrong with the file; empty: nothing.
    const std::string& message() const { return message_; }
    // Once a frame, and with `now` true at the end, when it waits for the disk. Where the file
    // cannot be written it says so once.
    void save_when_settled(double now_s, bool now, Toasts&);

  private:
    void collect(Toasts&);

    std::filesystem::path file_;
    bool keep_;
    std::function<Settings(const Settings&)> as_kept_;
    std::string message_;
    Settings saved_;
    Settings seen_;
    double changed_at_s_ = 0.0;
    std::unique_ptr<Task<bool>> writing_;
};

// Decides when the next frame is drawn. While somebody touches the window: up to 60 times a second,
// if something moves. While nobody does, and the processor draws: only as often as leaves the
// processor to the training; more often while data load before a training. If nothing has changed
// for a second, no frame is drawn, and changes are polled ten times a second. Input ends any wait.
class Pacer {
  public:
    // Something moved, trained or was touched in this frame.
    void note(double now_s, bool lively) {
        if (lively || lively_at_s_ < 0.0) lively_at_s_ = now_s;
    }
    // Mouse or keyboard were used.
    void touch(double now_s) { touched_at_s_ = now_s; }
    // Whether data are loading, and nothing trains meanwhile.
    void set_loading(bool loading) { loading_ = loading; }
    // What a frame costs the processor, in seconds; never told where something else draws.
    void note_cost(double cost_s) { cost_s_ += 0.2 * (cost_s - cost_s_); }

    bool touched(double now_s) const { return now_s - touched_at_s_ < kTouchedSeconds; }
    bool resting(double now_s) const { return now_s - lively_at_s_ > kRestAfterSeconds; }
    // If the next frame is not due for long, input does not wait for it.
    bool input_ends_wait(double now_s) const { return !touched(now_s) || resting(now_s); }
    // When to draw or poll again, after it was done at this time.
    double next_frame_s(double began_s) const {
        if (resting(began_s)) return began_s + kLookSeconds;
        if (touched(began_s)) return began_s + kFrameSeconds;
        const double rest = loading_ ? kLoadingRest : kFramesRest;
        return began_s + std::clamp(rest * cost_s_, kFrameSeconds, kMostSeconds);
    }

  private:
    static constexpr double kRestAfterSeconds = 1.0;
    static constexpr double kLookSeconds = 0.1;
    static constexpr double kTouchedSeconds = 2.0;
    // A little under a sixtieth, so as not to miss a monitor's refresh by a hair.
    static constexpr double kFrameSeconds = 0.0161;
    static constexpr double kMostSeconds = 0.33;
    static constexpr double kFramesRest = 20.0;  // times as long as a frame takes
    static constexpr double kLoadingRest = 4.0;
    double lively_at_s_ = -1.0;
    double touched_at_s_ = -kTouchedSeconds;
    double cost_s_ = 0.0;
    bool loading_ = false;
};

// Gives freed memory back to the system when the window comes to rest: what its threads free while
// it moves, they soon need again.
class MemoryKeeper {
  public:
    // Once a frame or a look.
    void note(bool resting) {
        if (resting && !rested_)  // a task returns it at its end
            task_ = std::make_unique<Task<bool>>([](Progress&) { return true; });
        rested_ = resting;
    }

  private:
    bool rested_ = false;
    std::unique_ptr<Task<bool>> task_;
};

}  // namespace elbow::gui

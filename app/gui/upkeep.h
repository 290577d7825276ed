#pragma once

// Parts of the application that need no window to be tested: what is remembered and when it is
// written, and how long the next frame may wait. GUI thread.

#include <filesystem>
#include <string>

#include "app/gui/settings.h"
#include "app/gui/widgets/toasts.h"

namespace elbow::gui {

// Writes the settings a moment after they changed, and at the end.
class SettingsKeeper {
  public:
    // `keep` false: they are read, and never written (tests and demonstrations).
    SettingsKeeper(std::filesystem::path file, bool keep);

    Settings settings;

    // What was wrong with the file; empty: nothing.
    const std::string& message() const { return message_; }
    // Once a frame, and with `now` true at the end. Where the file cannot be written it says so
    // once.
    void save_when_settled(double now_s, bool now, Toasts&);

  private:
    std::filesystem::path file_;
    bool keep_;
    std::string message_;
    Settings saved_;
    Settings seen_;
    double changed_at_s_ = 0.0;
};

// 60 frames a second while something moves. Where nothing has changed for a second none is drawn,
// and ten times a second it is looked whether something has. Input always ends the wait.
class Pacer {
  public:
    // Something moved, trained or was touched in this frame.
    void note(double now_s, bool lively) {
        if (lively || lively_at_s_ < 0.0) lively_at_s_ = now_s;
    }
    bool resting(double now_s) const { return now_s - lively_at_s_ > kRestAfterSeconds; }
    // When to look again, where the last frame or look began at this time.
    double next_frame_s(double began_s) const {
        return began_s + (resting(began_s) ? kLookSeconds : kFrameSeconds);
    }

  private:
    static constexpr double kRestAfterSeconds = 1.0;
    static constexpr double kLookSeconds = 0.1;
    // A little under a sixtieth, so that a monitor's own rhythm is never missed by a hair.
    static constexpr double kFrameSeconds = 0.0161;
    double lively_at_s_ = -1.0;
};

}  // namespace elbow::gui

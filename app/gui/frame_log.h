#pragma once

// One CSV line a frame, for measuring how fluid the window is: time_s (since the start), frame_ms
// (the work of the frame, from the end of the wait for input to the end of the swap),
// drag_to_pixel_ms (where this frame was the first to show the decoded image for a mouse move, or
// for a step to another moment of the training: from the move to the end of the swap), images_per_s
// (of the training). A move is stamped when the window polls it, not when the hand makes it: one
// that comes while a frame is drawn is taken up after that frame, and that wait, at most the frame
// before, is not in drag_to_pixel_ms. GUI thread.

#include <cstdint>
#include <filesystem>
#include <optional>

#include "engine/core/log_file.h"

namespace elbow::gui {

class FrameLog {
  public:
    // An empty path: nothing is written. Throws Error where the file cannot be made.
    explicit FrameLog(const std::filesystem::path& file);
    void write(double time_s, double frame_ms, std::optional<double> drag_to_pixel_ms,
               double images_per_s);
    // Throws Error where a line could not be written.
    void check() const { file_.check(); }

  private:
    LogFile file_;
};

// Finds the frame that first shows the answer to a mouse move.
class DragMeter {
  public:
    // A request with a new cursor was sent because of input that arrived at this time.
    void asked(std::uint64_t request, double input_s);
    // The weights after so many training images are to be shown because of such input.
    void went(std::int64_t samples, double input_s);
    // The newest weights are to be shown, whichever they are.
    void follows();
    // A panel that is on the screen draws the cursor's image, which answers this request and was
    // decoded by the weights after so many training images; 0, 0: there is no image yet.
    void shown(std::uint64_t request, std::int64_t samples);
    // Drops the pending move.
    void drop() { wanted_ = next_ = std::nullopt; }
    // At the end of the swap: milliseconds from the input, when this frame shows its answer. A move
    // is not measured if no panel would have drawn its image in this frame.
    std::optional<double> swapped(double now_s);

  private:
    struct Wanted {
        std::uint64_t request;                // at least
        std::optional<std::int64_t> samples;  // just these
        double input_s;
    };

    bool answered() const;

    std::optional<Wanted> wanted_;
    std::optional<Wanted> next_;  // where this frame shows what was wanted before
    std::uint64_t shown_ = 0;
    std::int64_t shown_samples_ = 0;
    bool drawable_ = false;  // in this frame
};

}  // namespace elbow::gui

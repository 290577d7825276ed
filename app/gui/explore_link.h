#pragma once

// The window's end of the explorer: numbers the requests, sends them only when they changed, and
// measures how long the image under the cursor takes to follow a mouse move. GUI thread.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "app/gui/frame_log.h"
#include "engine/live/explorer.h"
#include "engine/live/trainer.h"

namespace elbow::gui {

class ExploreLink {
  public:
    // At the start of a frame: hands over what is to be explored, nothing if null, and takes the
    // newest answers. `input_s`: when input arrived since the frame before.
    void begin_frame(const train::SnapshotPtr&, const std::shared_ptr<const data::Dataset>&,
                     std::optional<double> input_s);
    // Another moment of the training was chosen, as by a hand in this frame or by the clock.
    void jump_to(const train::SnapshotPtr&, const std::shared_ptr<const data::Dataset>&,
                 live::Explorer::Jump, bool by_hand);
    // Puts this answer in the place of an older one, until there is a newer one.
    void know(std::shared_ptr<const live::View> answer) { views_.put(std::move(answer)); }
    // Does not measure the last move: what it asked is of a model or data set that is gone.
    void drop_move() { meter_.drop(); }
    // Numbers the request and sends it when it differs from the last one that was sent.
    void post(live::ExploreRequest);
    // Whether the last request was about the image at z.
    bool asked_about(const std::vector<float>& z) const;

    const live::Views& views() const { return views_; }
    // The answers as they are by now, for a panel that draws the image under the cursor; where that
    // was moved in this frame, or another moment of the training chosen, its image is waited for a
    // moment.
    live::Views newest_views();
    // At the end of the swap: milliseconds from a mouse move to its image, where this frame was the
    // first to show it.
    std::optional<double> swapped(double now_s) { return meter_.swapped(now_s); }
    // While nobody touches the window, the training gets the processor.
    void spare(bool spares) { explorer_.rest(spares ? kLongRest : live::Explorer::kRest); }
    // Answers have changed since the frame before.
    bool changed() const { return changed_; }

  private:
    // While nobody looks closely, each part that follows the training rests for this many times as
    // long as it took.
    static constexpr int kLongRest = 40;
    // How long a frame waits for the image of a move: a tenth of it, and many times what decoding
    // the image takes.
    static constexpr std::chrono::microseconds kMostWait{2500};

    std::optional<live::ExploreRequest> sent_;
    std::uint64_t last_number_ = 0;
    // What the cursor's image should answer, for a hand has moved something.
    struct Wanted {
        std::uint64_t request = 0;            // at least; 0: the cursor has not moved in this frame
        std::optional<std::int64_t> samples;  // of the moment that was chosen
    };
    Wanted wanted_;
    train::SnapshotPtr shown_;
    live::Views given_;  // by the explorer
    live::Views views_;  // the same, with what was known before
    bool changed_ = false;
    std::optional<double> input_s_;
    DragMeter meter_;
    live::Explorer explorer_;  // last: its thread ends first
};

}  // namespace elbow::gui

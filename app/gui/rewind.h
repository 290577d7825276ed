#pragma once

// At which moment of its training a run is explored: at the newest, or at one that was held, while
// the training goes on. GUI thread.

#include <cstdint>
#include <memory>
#include <optional>

#include "engine/live/moments.h"

namespace elbow::gui {

class Rewind {
  public:
    Rewind() : moments_(live::memory_for_moments()) {}

    // At the start of a frame: the newest weights of the run, and the newest map there is. Where
    // the run is another one, or went back to before the moment that is shown, it is shown as it is
    // now.
    void take(const train::SnapshotPtr& newest, const std::shared_ptr<const live::MapView>&);
    // Where it plays: moves on by so much time.
    void advance(double elapsed_s);

    // So many training images; absent: as it is now.
    const std::optional<std::int64_t>& at() const { return at_; }
    bool playing() const { return playing_; }
    // What is to be explored; null: no run is there.
    const live::HeldMoment* shown() const;
    const live::Moments& moments() const { return moments_; }

    // The slider says in each frame in which the mouse holds it between which two pixels its knob
    // moves.
    struct Track {
        float low, high;
    };
    void hold(const Track& track) { held_track_ = track; }
    // In the frame after that: to the moment under this pixel.
    void drag_to(float x);
    // To the moment that is nearest to so many training images; absent, or the last one: to now.
    void go_to(std::optional<std::int64_t> samples);
    // By so many moments.
    void step(int by);
    // From the first moment to now, or on from the one that is shown.
    void play();
    void stop() { playing_ = false; }

  private:
    std::size_t number() const;  // of the moment that is shown
    void show(std::size_t number);

    live::Moments moments_;
    std::optional<std::int64_t> at_;
    bool playing_ = false;
    double place_ = 0.0;  // while it plays: Moments::place()
    std::optional<Track> held_track_;
};

}  // namespace elbow::gui

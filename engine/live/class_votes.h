#pragma once

// Votes of the nearest codes for many places, piece by piece. Used by the questions about classes,
// on the explorer's thread.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/explore/classes.h"
#include "engine/live/question.h"
#include "engine/live/questions/map.h"

namespace elbow::live {

// [held-out images] the class of each, of one's own; empty: the labels of the data.
using HeldOutClasses = std::vector<std::uint8_t>;

// Whether there are classes, and an encoder whose codes have them.
bool has_classes(const Scene&, const HeldOutClasses& own);

class ClassVotes {
  public:
    // places [count, latents that are free]; free and held as explore::ClassLookup.
    ClassVotes(const Inputs&, const HeldOutClasses& own, std::vector<float> places,
               std::vector<int> free = {}, std::vector<float> held = {});

    // About two milliseconds' worth; true: all is done.
    bool advance();

    const Scene& scene() const { return scene_; }
    // The map that the codes are of; only to be compared. Null: there is none yet, and no votes.
    const MapView* map() const { return map_; }
    int voters() const { return lookup_ ? lookup_->voters() : 0; }
    std::vector<explore::ClassVote> take() { return std::move(votes_); }

  private:
    Scene scene_;
    const MapView* map_;
    std::optional<explore::ClassLookup> lookup_;
    std::vector<float> places_;
    std::size_t of_a_place_ = 1;
    std::vector<explore::ClassVote> votes_;
};

}  // namespace elbow::live

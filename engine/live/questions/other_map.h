#pragma once

// Where the encoder of other weights puts the held-out images: those of another moment, or of
// another run on the same images.

#include <memory>

#include "engine/explore/latent_map.h"
#include "engine/live/question.h"

namespace elbow::live {

struct OtherMapQuery {
    train::SnapshotPtr other;  // of images as large as the scene's, with an encoder
    bool operator==(const OtherMapQuery&) const = default;
};

struct OtherMapView final : View {
    train::SnapshotPtr other;
    explore::LatentMap map;
};

std::unique_ptr<Question> make_other_map_question();

}  // namespace elbow::live

#pragma once

// Where the encoder puts a data set's held-out images, piece by piece. Used by the questions, on
// the explorer's thread.

#include <memory>

#include "engine/data/dataset.h"
#include "engine/explore/latent_map.h"
#include "engine/live/pieces.h"
#include "engine/model/model.h"
#include "engine/train/snapshot.h"

namespace elbow::live {

class Encoding {
  public:
    // With a model of the snapshot, as are those that it advances with.
    Encoding(train::SnapshotPtr, std::shared_ptr<const data::Dataset>, const model::Model&);

    // Encodes the next piece into the map, the first one into one sized for all; true: it was the
    // last.
    bool advance(model::Model&, explore::LatentMap&);

  private:
    train::SnapshotPtr snapshot_;
    std::shared_ptr<const data::Dataset> dataset_;
    bool begun_ = false;
    Pieces pieces_;
};

}  // namespace elbow::live

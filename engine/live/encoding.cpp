#include "engine/live/encoding.h"

#include <cstddef>
#include <utility>

namespace elbow::live {

Encoding::Encoding(train::SnapshotPtr snapshot, std::shared_ptr<const data::Dataset> dataset,
                   const model::Model& model)
    : snapshot_(std::move(snapshot)),
      dataset_(std::move(dataset)),
      pieces_(static_cast<std::size_t>(dataset_->held_out.count), model.rows_at_once()) {}

bool Encoding::advance(model::Model& model, explore::LatentMap& map) {
    const data::ImageSet& held_out = dataset_->held_out;
    if (!std::exchange(begun_, true)) map.size_for(held_out.count, snapshot_->spec.latents);
    return pieces_.advance([&](std::size_t from, std::size_t images) {
        const auto first = static_cast<int>(from);
        explore::encode_into(map, model, snapshot_->parameters, *dataset_, held_out, first,
                             first + static_cast<int>(images));
    });
}

}  // namespace elbow::live

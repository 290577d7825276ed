#include "engine/live/decoding.h"

#include <utility>

#include "engine/explore/manifold.h"

namespace elbow::live {

Decoding::Decoding(const Inputs& inputs, std::vector<float> z, std::vector<std::uint8_t> labels)
    : scene_(inputs.scene),
      z_(std::move(z)),
      labels_(std::move(labels)),
      pieces_(z_.size() / static_cast<std::size_t>(inputs.model.latents()),
              inputs.model.rows_at_once()) {}

bool Decoding::advance(model::Model& model) {
    return pieces_.advance([&](std::size_t first, std::size_t images) {
        const auto latents = static_cast<std::size_t>(model.latents());
        std::span<const std::uint8_t> labels = labels_;
        if (!labels.empty()) labels = labels.subspan(first, images);
        const std::vector<std::uint8_t> made = explore::decode(
            model, scene_.snapshot->parameters,
            std::span<const float>(z_).subspan(first * latents, images * latents), labels);
        images_.insert(images_.end(), made.begin(), made.end());
    });
}

}  // namespace elbow::live

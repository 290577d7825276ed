#include "engine/live/questions/compression.h"

#include <algorithm>

#include "engine/live/questions/point.h"

namespace elbow::live {
namespace {

class CompressionQuestion final : public QuestionAbout<CompressionQuery> {
  public:
    const char* title() const override { return "what the chosen image costs"; }
    std::shared_ptr<const View> advance(const Inputs& inputs) override {
        const CompressionQuery& asked = query(inputs.scene);
        auto view = std::make_shared<CompressionView>();
        view->stamp = stamp_of(inputs.scene);
        view->query = asked;
        view->compression = explore::compression(inputs.model, inputs.scene.snapshot->parameters,
                                                 *inputs.scene.dataset, asked.image, asked.kept,
                                                 kPointNoiseSamples, kPointSeed);
        return view;
    }

  protected:
    bool fits(const CompressionQuery& query, const Scene& scene) const override {
        const auto latents = static_cast<std::size_t>(scene.snapshot->spec.latents);
        const bool there = std::all_of(query.kept.begin(), query.kept.end(), [&](int latent) {
            return latent >= 0 && static_cast<std::size_t>(latent) < latents;
        });
        const bool some = query.kept.size() < latents;
        return scene.snapshot->has_encoder && is_held_out(scene, query.image) && there &&
               query.kept.size() <= latents &&
               (!some || explore::has_separate_latents(scene.snapshot->spec));
    }
};

}  // namespace

std::unique_ptr<Question> make_compression_question() {
    return std::make_unique<CompressionQuestion>();
}

}  // namespace elbow::live

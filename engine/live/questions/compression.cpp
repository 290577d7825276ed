#include "engine/live/questions/compression.h"

#include <algorithm>

#include "engine/data/one_image.h"
#include "engine/live/questions/point.h"

namespace elbow::live {
namespace {

bool can_be_kept(const std::vector<int>& kept, const Scene& scene) {
    const auto latents = static_cast<std::size_t>(scene.snapshot->spec.latents);
    const bool there = std::all_of(kept.begin(), kept.end(), [&](int latent) {
        return latent >= 0 && static_cast<std::size_t>(latent) < latents;
    });
    const bool some = kept.size() < latents;
    return scene.snapshot->has_encoder && there && kept.size() <= latents &&
           (!some || explore::has_separate_latents(scene.snapshot->spec));
}

template <class Query>
std::shared_ptr<const View> costs(const Inputs& inputs, const Query& asked,
                                  const data::Dataset& images, int image) {
    auto view = std::make_shared<CompressionOf<Query>>();
    view->stamp = stamp_of(inputs.scene);
    view->query = asked;
    view->compression =
        explore::compression(inputs.model, inputs.scene.snapshot->parameters, images, image,
                             asked.kept, kPointNoiseSamples, kPointSeed);
    return view;
}

class CompressionQuestion final : public QuestionAbout<CompressionQuery> {
  public:
    const char* title() const override { return "what the chosen image costs"; }
    std::shared_ptr<const View> advance(const Inputs& inputs) override {
        const CompressionQuery& asked = query(inputs.scene);
        return costs(inputs, asked, *inputs.scene.dataset, asked.image);
    }

  protected:
    bool fits(const CompressionQuery& query, const Scene& scene) const override {
        return is_held_out(scene, query.image) && can_be_kept(query.kept, scene);
    }
};

class DrawingCompressionQuestion final : public QuestionAbout<DrawingCompressionQuery> {
  public:
    const char* title() const override { return "what the drawing costs"; }
    std::shared_ptr<const View> advance(const Inputs& inputs) override {
        const DrawingCompressionQuery& asked = query(inputs.scene);
        const data::Dataset one =
            data::with_one_image(*inputs.scene.dataset, asked.drawing.image, asked.drawing.label);
        return costs(inputs, asked, one, 0);
    }

  protected:
    bool fits(const DrawingCompressionQuery& query, const Scene& scene) const override {
        const auto size = static_cast<std::size_t>(scene.dataset->dimensions());
        return query.drawing.image.size() == size && can_be_kept(query.kept, scene);
    }
};

}  // namespace

std::unique_ptr<Question> make_compression_question() {
    return std::make_unique<CompressionQuestion>();
}

std::unique_ptr<Question> make_drawing_compression_question() {
    return std::make_unique<DrawingCompressionQuestion>();
}

}  // namespace elbow::live

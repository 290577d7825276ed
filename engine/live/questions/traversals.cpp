#include "engine/live/questions/traversals.h"

#include <algorithm>

#include "engine/live/decoding.h"

namespace elbow::live {
namespace {

class TraversalsQuestion final : public QuestionInPieces<TraversalQuery, Decoding> {
  public:
    const char* title() const override { return "the traversals"; }

  protected:
    bool fits(const TraversalQuery& query, const Scene& scene) const override {
        const int latents = scene.snapshot->spec.latents;
        return has_latents_of(scene, query.z) && query.values > 0 &&
               query.ends.size() == query.latents.size() &&
               std::all_of(query.latents.begin(), query.latents.end(),
                           [&](int latent) { return latent >= 0 && latent < latents; });
    }
    Decoding begin(const Inputs& inputs) override {
        const TraversalQuery& asked = query(inputs.scene);
        const std::size_t count = asked.latents.size() * static_cast<std::size_t>(asked.values);
        return {inputs, traversal_latents(asked),
                std::vector<std::uint8_t>(count, static_cast<std::uint8_t>(asked.label))};
    }
    std::shared_ptr<const View> go_on(Decoding& decoding, const Inputs& inputs) override {
        if (!decoding.advance(inputs.model)) return nullptr;
        auto view = std::make_shared<TraversalView>();
        view->stamp = stamp_of(decoding.scene());
        view->query = query(decoding.scene());
        view->images.swap(decoding.images());
        return view;
    }
};

}  // namespace

std::vector<float> traversal_latents(const TraversalQuery& query) {
    std::vector<float> all;
    all.reserve(query.latents.size() * static_cast<std::size_t>(query.values) * query.z.size());
    for (std::size_t row = 0; row < query.latents.size(); ++row) {
        for (int i = 0; i < query.values; ++i) {
            const double part = (i + 0.5) / query.values;
            all.insert(all.end(), query.z.begin(), query.z.end());
            all[all.size() - query.z.size() + static_cast<std::size_t>(query.latents[row])] =
                static_cast<float>(query.ends[row] * (2.0 * part - 1.0));
        }
    }
    return all;
}

std::unique_ptr<Question> make_traversals_question() {
    return std::make_unique<TraversalsQuestion>();
}

}  // namespace elbow::live

#include "engine/live/questions/manifold.h"

#include <algorithm>

#include "engine/live/decoding.h"

namespace elbow::live {
namespace {

class ManifoldQuestion final : public QuestionInPieces<explore::ManifoldRequest, Decoding> {
  public:
    const char* title() const override { return "the manifold"; }

  protected:
    bool fits(const explore::ManifoldRequest& manifold, const Scene& scene) const override {
        return std::max(manifold.x_axis, manifold.y_axis) < scene.snapshot->spec.latents &&
               (manifold.anchor.empty() || has_latents_of(scene, manifold.anchor));
    }
    Decoding begin(const Inputs& inputs) override {
        const explore::ManifoldRequest& asked = query(inputs.scene);
        return {inputs, explore::manifold_latents(asked, inputs.scene.snapshot->spec.latents),
                std::vector<std::uint8_t>(
                    static_cast<std::size_t>(asked.columns) * static_cast<std::size_t>(asked.rows),
                    static_cast<std::uint8_t>(asked.label))};
    }
    std::shared_ptr<const View> go_on(Decoding& decoding, const Inputs& inputs) override {
        if (!decoding.advance(inputs.model)) return nullptr;
        auto view = std::make_shared<ManifoldView>();
        view->stamp = stamp_of(decoding.scene());
        view->request = query(decoding.scene());
        view->images.swap(decoding.images());
        view->seconds = decoding.seconds();
        return view;
    }
};

}  // namespace

std::unique_ptr<Question> make_manifold_question() { return std::make_unique<ManifoldQuestion>(); }

}  // namespace elbow::live

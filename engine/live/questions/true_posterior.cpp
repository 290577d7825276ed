#include "engine/live/questions/true_posterior.h"

#include <algorithm>

namespace elbow::live {
namespace {

struct TruePosteriorPieces {
    Scene scene;  // keeps what the work reads
    explore::TruePosteriorWork work;
};

class TruePosteriorQuestion final
    : public QuestionInPieces<TruePosteriorQuery, TruePosteriorPieces> {
  public:
    const char* title() const override { return "the true posterior"; }
    std::chrono::milliseconds shortest_interval() const override {
        return std::chrono::milliseconds(1000);
    }

  protected:
    bool fits(const TruePosteriorQuery& query, const Scene& scene) const override {
        return scene.snapshot->has_encoder && is_held_out(scene, query.image) &&
               std::max(query.x_axis, query.y_axis) < scene.snapshot->spec.latents;
    }
    TruePosteriorPieces begin(const Inputs& inputs) override {
        const Scene& scene = inputs.scene;
        const TruePosteriorQuery& asked = query(scene);
        return {scene,
                {inputs.model, scene.snapshot->parameters, *scene.dataset, asked.image,
                 asked.x_axis, asked.y_axis}};
    }
    std::shared_ptr<const View> go_on(TruePosteriorPieces& pieces, const Inputs& inputs) override {
        if (!pieces.work.advance(inputs.model, static_cast<int>(inputs.model.rows_at_once())))
            return nullptr;
        auto view = std::make_shared<TruePosteriorView>();
        view->stamp = stamp_of(pieces.scene);
        view->posterior = pieces.work.take();
        return view;
    }
};

}  // namespace

std::unique_ptr<Question> make_true_posterior_question() {
    return std::make_unique<TruePosteriorQuestion>();
}

}  // namespace elbow::live

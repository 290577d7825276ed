#include "engine/live/questions/estimates.h"

#include "engine/model/families.h"

namespace elbow::live {
namespace {

struct EstimatesPieces {
    Scene scene;  // keeps what the work reads
    explore::EstimatesWork work;
};

class EstimatesQuestion final : public QuestionInPieces<EstimatesQuery, EstimatesPieces> {
  public:
    const char* title() const override { return "the estimators"; }
    std::chrono::milliseconds shortest_interval() const override {
        return std::chrono::milliseconds(100);
    }

  protected:
    bool fits(const EstimatesQuery& query, const Scene& scene) const override {
        const auto is_of_the_model = [&](const std::vector<float>& values) {
            return values.empty() || has_latents_of(scene, values);
        };
        return scene.snapshot->has_encoder && is_held_out(scene, query.image) &&
               model::is_diagonal(scene.snapshot->spec) && is_of_the_model(query.mean) &&
               is_of_the_model(query.log_variance);
    }
    EstimatesPieces begin(const Inputs& inputs) override {
        const Scene& scene = inputs.scene;
        const EstimatesQuery& asked = query(scene);
        return {scene,
                {inputs.model, scene.snapshot->parameters, *scene.dataset, asked.image, asked.mean,
                 asked.log_variance, asked.seed}};
    }
    std::shared_ptr<const View> go_on(EstimatesPieces& pieces, const Inputs& inputs) override {
        if (!pieces.work.advance(inputs.model, static_cast<int>(inputs.model.rows_at_once())))
            return nullptr;
        auto view = std::make_shared<EstimatesView>();
        view->stamp = stamp_of(pieces.scene);
        view->query = *pieces.scene.request->find<EstimatesQuery>();
        view->estimates = pieces.work.take();
        return view;
    }
};

}  // namespace

std::unique_ptr<Question> make_estimates_question() {
    return std::make_unique<EstimatesQuestion>();
}

}  // namespace elbow::live

#include "engine/live/questions/metric.h"

#include <algorithm>

namespace elbow::live {
namespace {

struct MetricPieces {
    Scene scene;
    explore::MetricWork work;
};

class MetricQuestion final : public QuestionInPieces<MetricQuery, MetricPieces> {
  public:
    const char* title() const override { return "the decoder's metric"; }
    std::chrono::milliseconds shortest_interval() const override {
        return std::chrono::milliseconds(500);
    }

  protected:
    bool fits(const MetricQuery& query, const Scene& scene) const override {
        return std::max(query.plane.x_axis, query.plane.y_axis) < scene.snapshot->spec.latents &&
               (query.plane.anchor.empty() || has_latents_of(scene, query.plane.anchor));
    }
    MetricPieces begin(const Inputs& inputs) override {
        return {inputs.scene, explore::MetricWork(query(inputs.scene).plane)};
    }
    std::shared_ptr<const View> go_on(MetricPieces& pieces, const Inputs& inputs) override {
        if (!pieces.work.advance(inputs.model, pieces.scene.snapshot->parameters,
                                 static_cast<int>(inputs.model.rows_at_once())))
            return nullptr;
        auto view = std::make_shared<MetricView>();
        view->stamp = stamp_of(pieces.scene);
        view->metric = pieces.work.take();
        return view;
    }
};

}  // namespace

std::unique_ptr<Question> make_metric_question() { return std::make_unique<MetricQuestion>(); }

}  // namespace elbow::live

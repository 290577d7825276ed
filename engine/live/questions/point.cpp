#include "engine/live/questions/point.h"

namespace elbow::live {
namespace {

class PointQuestion final : public QuestionAbout<PointQuery> {
  public:
    const char* title() const override { return "the chosen image"; }
    std::shared_ptr<const View> advance(const Inputs& inputs) override {
        auto view = std::make_shared<PointView>();
        view->stamp = stamp_of(inputs.scene);
        view->detail = explore::point_detail(inputs.model, inputs.scene.snapshot->parameters,
                                             *inputs.scene.dataset, query(inputs.scene).image,
                                             kPointNoiseSamples, kPointSeed);
        return view;
    }

  protected:
    bool fits(const PointQuery& query, const Scene& scene) const override {
        return scene.snapshot->has_encoder && is_held_out(scene, query.image);
    }
};

}  // namespace

std::unique_ptr<Question> make_point_question() { return std::make_unique<PointQuestion>(); }

}  // namespace elbow::live

#include "engine/live/questions/comparison.h"

#include "engine/explore/manifold.h"
#include "engine/live/questions/point.h"

namespace elbow::live {
namespace {

class ComparisonQuestion final : public QuestionAbout<ComparisonQuery> {
  public:
    const char* title() const override { return "the comparison"; }
    // The training changes nothing of it.
    std::chrono::milliseconds shortest_interval() const override { return std::chrono::hours(24); }
    std::shared_ptr<const View> advance(const Inputs&) override;

  protected:
    bool fits(const ComparisonQuery& query, const Scene& scene) const override {
        return query.other != nullptr && query.other->spec.image == scene.dataset->shape() &&
               (!query.image || is_held_out(scene, *query.image));
    }

  private:
    train::SnapshotPtr other_;
    std::unique_ptr<model::Model> model_;  // of it
};

std::shared_ptr<const View> ComparisonQuestion::advance(const Inputs& inputs) {
    const ComparisonQuery& asked = query(inputs.scene);
    if (asked.other != other_) model_ = model::make_model(asked.other->spec);
    other_ = asked.other;
    auto view = std::make_shared<ComparisonView>();
    view->stamp = stamp_of(inputs.scene);
    view->query = asked;
    const std::vector<float>& parameters = other_->parameters;
    if (asked.z.size() == static_cast<std::size_t>(model_->latents()))
        view->decoded = explore::decode(*model_, parameters, asked.z, asked.label);
    if (asked.image && other_->has_encoder)
        view->detail = explore::point_detail(*model_, parameters, *inputs.scene.dataset,
                                             *asked.image, kPointNoiseSamples, kPointSeed);
    return view;
}

}  // namespace

std::unique_ptr<Question> make_comparison_question() {
    return std::make_unique<ComparisonQuestion>();
}

}  // namespace elbow::live

#include "engine/live/questions/refined.h"

#include "engine/live/questions/point.h"

namespace elbow::live {
namespace {

constexpr int kRefinedPiece = 5;  // steps, about a millisecond

struct RefinedWork {
    Scene scene;  // keeps what the refinement reads
    std::unique_ptr<explore::PointRefinement> refinement;
};

class RefinedQuestion final : public QuestionInPieces<PointQuery, RefinedWork> {
  public:
    const char* title() const override { return "the amortisation gap"; }
    std::chrono::milliseconds shortest_interval() const override {
        return std::chrono::milliseconds(1000);
    }

  protected:
    bool fits(const PointQuery& query, const Scene& scene) const override {
        return scene.snapshot->has_encoder && is_held_out(scene, query.image);
    }
    RefinedWork begin(const Inputs& inputs) override {
        const Scene& scene = inputs.scene;
        return {scene, std::make_unique<explore::PointRefinement>(
                           inputs.model, scene.snapshot->parameters, *scene.dataset,
                           query(scene).image, explore::kPointRefinement, kPointSeed)};
    }
    std::shared_ptr<const View> go_on(RefinedWork& work, const Inputs&) override {
        if (!work.refinement->advance(kRefinedPiece)) return nullptr;
        auto view = std::make_shared<RefinedView>();
        view->stamp = stamp_of(work.scene);
        view->point = work.refinement->result();
        return view;
    }
};

}  // namespace

std::unique_ptr<Question> make_refined_question() { return std::make_unique<RefinedQuestion>(); }

}  // namespace elbow::live

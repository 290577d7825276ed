#include "engine/live/questions/prior_density.h"

#include <algorithm>

namespace elbow::live {
namespace {

// A piece is as many cells as some milliseconds suffice for, or as hardly add to what the fewest
// take: a VampPrior encodes its pseudo-inputs for each piece. What the prior costs is found out.
constexpr int kFewestCells = 32, kMostCells = 2048;
constexpr std::chrono::milliseconds kShortPiece{1}, kLongPiece{5};

struct PriorDensityPieces {
    Scene scene;
    explore::PriorDensityWork grid;
};

class PriorDensityQuestion final : public QuestionInPieces<PriorDensityQuery, PriorDensityPieces> {
  public:
    const char* title() const override { return "the density of the prior"; }
    std::chrono::milliseconds shortest_interval() const override {
        return std::chrono::milliseconds(400);
    }

  protected:
    bool fits(const PriorDensityQuery& query, const Scene& scene) const override {
        return std::max(query.plane.x_axis, query.plane.y_axis) < scene.snapshot->spec.latents &&
               (query.plane.anchor.empty() || has_latents_of(scene, query.plane.anchor));
    }
    PriorDensityPieces begin(const Inputs& inputs) override {
        const Scene& scene = inputs.scene;
        return {scene, {query(scene).plane, scene.snapshot->spec.latents}};
    }
    std::shared_ptr<const View> go_on(PriorDensityPieces&, const Inputs&) override;

  private:
    using Duration = std::chrono::steady_clock::duration;
    int cells_ = kFewestCells;  // of the next piece
    Duration fewest_took_{};    // a piece of the fewest cells
};

std::shared_ptr<const View> PriorDensityQuestion::go_on(PriorDensityPieces& work,
                                                        const Inputs& inputs) {
    const auto start = std::chrono::steady_clock::now();
    const bool done = work.grid.advance(inputs.model, work.scene.snapshot->parameters, cells_);
    const Duration took = std::chrono::steady_clock::now() - start;
    if (cells_ == kFewestCells) fewest_took_ = took;
    if (took < std::max<Duration>(kShortPiece, 3 * fewest_took_ / 2)) {
        cells_ = std::min(2 * cells_, kMostCells);
    } else if (took > std::max<Duration>(kLongPiece, 2 * fewest_took_)) {
        cells_ = std::max(cells_ / 2, kFewestCells);
    }
    if (!done) return nullptr;
    auto view = std::make_shared<PriorDensityView>();
    view->stamp = stamp_of(work.scene);
    view->density = work.grid.take();
    return view;
}

}  // namespace

std::unique_ptr<Question> make_prior_density_question() {
    return std::make_unique<PriorDensityQuestion>();
}

}  // namespace elbow::live

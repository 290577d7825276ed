#include "engine/live/questions/scores.h"

#include <utility>

#include "engine/live/pieces.h"

namespace elbow::live {
namespace {

struct ScoresWork {
    Scene scene;
    std::shared_ptr<ScoresView> view;
    Pieces pieces;
};

class ScoresQuestion final : public QuestionInPieces<ScoresQuery, ScoresWork> {
  public:
    const char* title() const override { return "the bound of each image"; }
    std::chrono::milliseconds shortest_interval() const override {
        return std::chrono::milliseconds(1000);
    }

  protected:
    bool fits(const ScoresQuery&, const Scene& scene) const override {
        return scene.snapshot->has_encoder;
    }
    ScoresWork begin(const Inputs& inputs) override {
        const int images = inputs.scene.dataset->held_out.count;
        auto view = std::make_shared<ScoresView>();
        view->stamp = stamp_of(inputs.scene);
        view->scores.size_for(images);
        return {inputs.scene, std::move(view),
                Pieces(static_cast<std::size_t>(images), inputs.model.rows_at_once())};
    }
    std::shared_ptr<const View> go_on(ScoresWork& work, const Inputs& inputs) override {
        const data::Dataset& dataset = *work.scene.dataset;
        const bool whole = work.pieces.advance([&](std::size_t from, std::size_t images) {
            const auto first = static_cast<int>(from);
            explore::score_into(work.view->scores, inputs.model, work.scene.snapshot->parameters,
                                dataset, dataset.held_out, first, first + static_cast<int>(images));
        });
        return whole ? std::move(work.view) : nullptr;
    }
};

}  // namespace

std::unique_ptr<Question> make_scores_question() { return std::make_unique<ScoresQuestion>(); }

}  // namespace elbow::live

#include "engine/live/questions/pseudo_inputs.h"

#include <algorithm>
#include <utility>

#include "engine/explore/prior_pictures.h"
#include "engine/live/pieces.h"
#include "engine/model/families.h"

namespace elbow::live {
namespace {

struct PseudoInputsWork {
    Scene scene;
    std::shared_ptr<PseudoInputsView> view;
    Pieces pieces;
};

class PseudoInputsQuestion final : public QuestionInPieces<PseudoInputsQuery, PseudoInputsWork> {
  public:
    const char* title() const override { return "the pseudo-inputs"; }
    std::chrono::milliseconds shortest_interval() const override {
        return std::chrono::milliseconds(200);
    }

  protected:
    bool fits(const PseudoInputsQuery& query, const Scene& scene) const override {
        return query.most > 0 && model::pictures_of_prior(scene.snapshot->spec).has_value();
    }
    PseudoInputsWork begin(const Inputs&) override;
    std::shared_ptr<const View> go_on(PseudoInputsWork&, const Inputs&) override;
};

PseudoInputsWork PseudoInputsQuestion::begin(const Inputs& inputs) {
    auto view = std::make_shared<PseudoInputsView>();
    view->stamp = stamp_of(inputs.scene);
    view->there = explore::count_of_prior_pictures(inputs.scene.snapshot->spec);
    view->count = std::min(view->there, query(inputs.scene).most);
    const auto wanted = static_cast<std::size_t>(view->count);
    return {inputs.scene, std::move(view), Pieces(wanted, inputs.model.rows_at_once())};
}

// Where the encoder puts them, [count, N].
void encode_pictures(model::Model& model, model::Parameters parameters,
                     const std::vector<std::uint8_t>& images, std::vector<float>& z) {
    data::Batch batch{.pixels = images.data(),
                      .dimensions = static_cast<std::int64_t>(model.dimensions()),
                      .scale = 1.0F / 255.0F,
                      .indices = {}};
    batch.count = static_cast<std::int64_t>(images.size() / model.dimensions());
    model::Posteriors q;
    model.encode(parameters, batch, q);
    z.insert(z.end(), q.mean.begin(), q.mean.end());
}

std::shared_ptr<const View> PseudoInputsQuestion::go_on(PseudoInputsWork& work,
                                                        const Inputs& inputs) {
    const train::ParameterSnapshot& snapshot = *work.scene.snapshot;
    PseudoInputsView& view = *work.view;
    const bool whole = work.pieces.advance([&](std::size_t first, std::size_t count) {
        const std::vector<std::uint8_t> images = explore::prior_pictures(
            snapshot.spec, snapshot.parameters, static_cast<int>(first), static_cast<int>(count));
        if (snapshot.has_encoder)
            encode_pictures(inputs.model, snapshot.parameters, images, view.z);
        view.images.insert(view.images.end(), images.begin(), images.end());
    });
    return whole ? std::move(work.view) : nullptr;
}

}  // namespace

std::unique_ptr<Question> make_pseudo_inputs_question() {
    return std::make_unique<PseudoInputsQuestion>();
}

}  // namespace elbow::live

#include "engine/live/questions/sheets.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/explore/manifold.h"
#include "engine/live/decoding.h"

namespace elbow::live {
namespace {

struct SheetsWork {
    std::shared_ptr<SheetView> view;
    std::optional<Decoding> reconstructions;  // none left: those are done
    std::optional<Decoding> samples;
};

class SheetsQuestion final : public QuestionInPieces<SheetsQuery, SheetsWork> {
  public:
    const char* title() const override { return "the reconstructions and samples"; }
    std::chrono::milliseconds shortest_interval() const override {
        return std::chrono::milliseconds(100);
    }

  protected:
    bool fits(const SheetsQuery& query, const Scene& scene) const override {
        return std::all_of(query.reconstructions.begin(), query.reconstructions.end(),
                           [&](int image) { return is_held_out(scene, image); });
    }
    SheetsWork begin(const Inputs&) override;
    std::shared_ptr<const View> go_on(SheetsWork&, const Inputs&) override;
};

SheetsWork SheetsQuestion::begin(const Inputs& inputs) {
    SheetsWork work{std::make_shared<SheetView>(), {}, {}};
    SheetView& view = *work.view;
    const Scene& scene = inputs.scene;
    const SheetsQuery& asked = query(scene);
    const train::ParameterSnapshot& snapshot = *scene.snapshot;
    view.stamp = stamp_of(scene);
    if (snapshot.has_encoder && !asked.reconstructions.empty()) {
        view.reconstructed = asked.reconstructions;
        const std::vector<std::uint32_t> indices(view.reconstructed.begin(),
                                                 view.reconstructed.end());
        const data::Batch batch = scene.dataset->batch(scene.dataset->held_out, indices);
        model::Posteriors q;
        inputs.model.encode(snapshot.parameters, batch, q);
        work.reconstructions.emplace(inputs, std::move(q.mean), data::labels_of(batch));
    }
    view.prior_count = std::max(0, asked.prior_samples);
    view.prior_z = explore::prior_latents(inputs.model, snapshot.parameters, asked.prior_seed,
                                          view.prior_count);
    work.samples.emplace(
        inputs, view.prior_z,
        explore::labels_of_samples(view.prior_count, asked.prior_columns, snapshot.spec));
    return work;
}

std::shared_ptr<const View> SheetsQuestion::go_on(SheetsWork& work, const Inputs& inputs) {
    if (work.reconstructions) {
        if (!work.reconstructions->advance(inputs.model)) return nullptr;
        work.view->reconstructions.swap(work.reconstructions->images());
        work.reconstructions.reset();
        return nullptr;
    }
    if (!work.samples->advance(inputs.model)) return nullptr;
    work.view->prior_samples.swap(work.samples->images());
    return std::move(work.view);
}

}  // namespace

std::unique_ptr<Question> make_sheets_question() { return std::make_unique<SheetsQuestion>(); }

}  // namespace elbow::live

#include "engine/live/questions/selection.h"

#include <algorithm>
#include <cmath>

#include "engine/explore/attributes.h"
#include "engine/explore/manifold.h"
#include "engine/live/pieces.h"
#include "engine/live/questions/map.h"

namespace elbow::live {
namespace {

constexpr double kPixelsOfPiece = 2e6;

struct SelectionPieces {
    Scene scene;
    std::shared_ptr<const MapView> map;  // null: there is none yet
    Pieces pieces;
    std::vector<std::uint64_t> sums;  // [D]
};

class SelectionQuestion final : public QuestionInPieces<SelectionQuery, SelectionPieces> {
  public:
    const char* title() const override { return "the selection"; }
    std::chrono::milliseconds shortest_interval() const override {
        return std::chrono::milliseconds(200);
    }
    bool outdated(const Views& views) const override {
        return views.get<MapView>().get() != made_from_;
    }

  protected:
    bool fits(const SelectionQuery& query, const Scene& scene) const override {
        return std::all_of(query.images.begin(), query.images.end(),
                           [&](int image) { return is_held_out(scene, image); });
    }
    SelectionPieces begin(const Inputs& inputs) override {
        const Scene& scene = inputs.scene;
        auto map = inputs.views.get<MapView>();
        made_from_ = map.get();
        const auto pixels = static_cast<std::size_t>(scene.dataset->dimensions());
        const auto at_once = std::max<std::size_t>(
            1, static_cast<std::size_t>(kPixelsOfPiece / static_cast<double>(pixels)));
        return {scene, std::move(map), Pieces(query(scene).images.size(), at_once),
                std::vector<std::uint64_t>(pixels, 0)};
    }
    std::shared_ptr<const View> go_on(SelectionPieces&, const Inputs&) override;

  private:
    const MapView* made_from_ = nullptr;  // only compared
};

std::shared_ptr<const View> SelectionQuestion::go_on(SelectionPieces& work, const Inputs& inputs) {
    const SelectionQuery& asked = query(work.scene);
    const data::Dataset& dataset = *work.scene.dataset;
    const bool done = work.pieces.advance([&](std::size_t first, std::size_t count) {
        for (std::size_t i = first; i < first + count; ++i) {
            const auto image = dataset.image(dataset.held_out, asked.images[i]);
            for (std::size_t d = 0; d < image.size(); ++d) work.sums[d] += image[d];
        }
    });
    if (!done) return nullptr;
    auto view = std::make_shared<SelectionView>();
    view->stamp = stamp_of(work.scene);
    view->query = asked;
    const std::uint64_t count = asked.images.size();
    if (count == 0) return view;
    for (const std::uint64_t sum : work.sums)
        view->mean_image.push_back(static_cast<std::uint8_t>((sum + count / 2) / count));
    if (!work.map || work.map->map.latents != work.scene.snapshot->spec.latents) return view;
    view->code = explore::mean_code(work.map->map, asked.images);
    if (!view->code.empty()) {
        view->decoded =
            explore::decode(inputs.model, work.scene.snapshot->parameters, view->code, asked.label);
    }
    return view;
}

}  // namespace

std::unique_ptr<Question> make_selection_question() {
    return std::make_unique<SelectionQuestion>();
}

}  // namespace elbow::live

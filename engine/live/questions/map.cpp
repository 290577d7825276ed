#include "engine/live/questions/map.h"

#include <utility>

#include "engine/explore/nested_order.h"
#include "engine/live/encoding.h"

namespace elbow::live {
namespace {

struct MapWork {
    Encoding encoding;
    std::shared_ptr<MapView> view;
};

class MapQuestion final : public QuestionInPieces<MapQuery, MapWork> {
  public:
    const char* title() const override { return "the map"; }
    std::chrono::milliseconds shortest_interval() const override {
        return std::chrono::milliseconds(150);
    }
    bool gives(const View& view) const override {
        return dynamic_cast<const MapView*>(&view) != nullptr;
    }

  protected:
    bool fits(const MapQuery&, const Scene& scene) const override {
        return scene.snapshot->has_encoder;
    }
    MapWork begin(const Inputs&) override;
    std::shared_ptr<const View> go_on(MapWork&, const Inputs&) override;

  private:
    std::shared_ptr<const std::vector<std::uint32_t>> order_;  // of ordered_'s held-out images
    std::shared_ptr<const data::Dataset> ordered_;
};

MapWork MapQuestion::begin(const Inputs& inputs) {
    const Scene& scene = inputs.scene;
    const data::ImageSet& held_out = scene.dataset->held_out;
    if (ordered_ != scene.dataset) {
        order_ = std::make_shared<const std::vector<std::uint32_t>>(
            explore::nested_order(held_out.count, held_out.labels));
        ordered_ = scene.dataset;
    }
    auto view = std::make_shared<MapView>();
    view->stamp = stamp_of(scene);
    view->order = order_;
    return {Encoding(scene.snapshot, scene.dataset, inputs.model), std::move(view)};
}

std::shared_ptr<const View> MapQuestion::go_on(MapWork& work, const Inputs& inputs) {
    const bool whole = work.encoding.advance(inputs.model, work.view->map);
    return whole ? std::move(work.view) : nullptr;
}

}  // namespace

std::unique_ptr<Question> make_map_question() { return std::make_unique<MapQuestion>(); }

}  // namespace elbow::live

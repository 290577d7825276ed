#include "engine/live/questions/aggregate.h"

#include <algorithm>

#include "engine/live/questions/map.h"

namespace elbow::live {
namespace {

struct AggregatePieces {
    Scene scene;
    std::shared_ptr<const MapView> map;  // null: there is none yet
    std::unique_ptr<explore::AggregateWork> work;
};

class AggregateQuestion final : public QuestionInPieces<AggregateQuery, AggregatePieces> {
  public:
    const char* title() const override { return "the aggregate posterior"; }
    std::chrono::milliseconds shortest_interval() const override {
        return std::chrono::milliseconds(500);
    }
    bool outdated(const Views& views) const override {
        return views.get<MapView>().get() != made_from_;
    }

  protected:
    bool fits(const AggregateQuery& query, const Scene& scene) const override {
        return scene.snapshot->has_encoder &&
               std::max(query.x_axis, query.y_axis) < scene.snapshot->spec.latents;
    }
    AggregatePieces begin(const Inputs& inputs) override {
        const Scene& scene = inputs.scene;
        auto map = inputs.views.get<MapView>();
        made_from_ = map.get();
        std::unique_ptr<explore::AggregateWork> work;
        if (map && map->map.latents == scene.snapshot->spec.latents && map->map.count > 0) {
            work = std::make_unique<explore::AggregateWork>(
                map->map, inputs.model, scene.snapshot->parameters, query(scene).x_axis,
                query(scene).y_axis);
        }
        return {scene, std::move(map), std::move(work)};
    }
    std::shared_ptr<const View> go_on(AggregatePieces& pieces, const Inputs& inputs) override {
        if (pieces.work && !pieces.work->advance(inputs.model)) return nullptr;
        auto view = std::make_shared<AggregateView>();
        view->stamp = stamp_of(pieces.scene);
        if (pieces.work) view->aggregate = pieces.work->take();
        return view;
    }

  private:
    const MapView* made_from_ = nullptr;  // only compared
};

}  // namespace

std::unique_ptr<Question> make_aggregate_question() {
    return std::make_unique<AggregateQuestion>();
}

}  // namespace elbow::live

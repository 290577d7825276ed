#include "engine/live/questions/cursor.h"

#include "engine/explore/manifold.h"
#include "engine/live/questions/map.h"

namespace elbow::live {
namespace {

constexpr int kNeighbours = 8;

class CursorQuestion final : public QuestionAbout<CursorQuery> {
  public:
    const char* title() const override { return "the image under the cursor"; }
    // It answers every request, so that its view says which one the window's answers are up to.
    bool same(const ExploreRequest& a, const ExploreRequest& b) const override { return &a == &b; }
    bool outdated(const Views& views) const override {
        return views.get<MapView>().get() != neighbours_from_;
    }
    std::shared_ptr<const View> advance(const Inputs&) override;

  protected:
    bool fits(const CursorQuery& query, const Scene& scene) const override {
        return has_latents_of(scene, query.z);
    }

  private:
    const MapView* neighbours_from_ = nullptr;  // only compared
};

std::shared_ptr<const View> CursorQuestion::advance(const Inputs& inputs) {
    const auto map = inputs.views.get<MapView>();
    neighbours_from_ = map.get();
    auto view = std::make_shared<CursorView>();
    view->stamp = stamp_of(inputs.scene);
    view->z = query(inputs.scene).z;
    const train::ParameterSnapshot& snapshot = *inputs.scene.snapshot;
    inputs.model.log_prior(snapshot.parameters, view->z, std::span(&view->log_prior, 1), {});
    view->image =
        explore::decode(inputs.model, snapshot.parameters, view->z, query(inputs.scene).label);
    if (map) view->neighbours = explore::nearest(map->map, view->z, kNeighbours);
    return view;
}

}  // namespace

std::unique_ptr<Question> make_cursor_question() { return std::make_unique<CursorQuestion>(); }

}  // namespace elbow::live

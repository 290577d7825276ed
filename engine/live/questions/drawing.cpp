#include "engine/live/questions/drawing.h"

#include "engine/data/one_image.h"
#include "engine/live/questions/map.h"
#include "engine/live/questions/point.h"

namespace elbow::live {
namespace {

constexpr int kDrawingNoiseSamples = 32, kDrawingNeighbours = 8;

class DrawingQuestion final : public QuestionAbout<DrawingQuery> {
  public:
    const char* title() const override { return "the drawing"; }
    bool outdated(const Views& views) const override {
        return views.get<MapView>().get() != neighbours_from_;
    }
    std::shared_ptr<const View> advance(const Inputs& inputs) override {
        const DrawingQuery& asked = query(inputs.scene);
        const data::Dataset one =
            data::with_one_image(*inputs.scene.dataset, asked.image, asked.label);
        auto view = std::make_shared<DrawingView>();
        view->stamp = stamp_of(inputs.scene);
        view->query = asked;
        view->detail = explore::point_detail(inputs.model, inputs.scene.snapshot->parameters, one,
                                             0, kDrawingNoiseSamples, kPointSeed);
        const auto map = inputs.views.get<MapView>();
        neighbours_from_ = map.get();
        if (map && map->map.latents == inputs.model.latents())
            view->neighbours = explore::nearest(map->map, view->detail.mean, kDrawingNeighbours);
        return view;
    }

  protected:
    bool fits(const DrawingQuery& query, const Scene& scene) const override {
        return scene.snapshot->has_encoder &&
               query.image.size() == static_cast<std::size_t>(scene.dataset->dimensions());
    }

  private:
    const MapView* neighbours_from_ = nullptr;  // only compared
};

}  // namespace

std::unique_ptr<Question> make_drawing_question() { return std::make_unique<DrawingQuestion>(); }

}  // namespace elbow::live

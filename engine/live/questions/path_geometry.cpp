#include "engine/live/questions/path_geometry.h"

#include <algorithm>

#include "engine/explore/path_geometry.h"

namespace elbow::live {
namespace {

struct PathGeometryPieces {
    Scene scene;
    explore::PathGeometryWork work;
};

class PathGeometryQuestion final : public QuestionInPieces<PathGeometryQuery, PathGeometryPieces> {
  public:
    const char* title() const override { return "the geodesic"; }
    std::chrono::milliseconds shortest_interval() const override {
        return std::chrono::milliseconds(300);
    }

  protected:
    bool fits(const PathGeometryQuery& query, const Scene& scene) const override {
        const auto points = explore::path_points(query.path());
        return std::all_of(points.begin(), points.end(),
                           [&](const std::vector<float>& z) { return has_latents_of(scene, z); });
    }
    PathGeometryPieces begin(const Inputs& inputs) override {
        return {inputs.scene, {inputs.model, query(inputs.scene).path()}};
    }
    std::shared_ptr<const View> go_on(PathGeometryPieces& pieces, const Inputs& inputs) override {
        if (!pieces.work.advance(inputs.model, pieces.scene.snapshot->parameters,
                                 static_cast<int>(inputs.model.rows_at_once())))
            return nullptr;
        auto view = std::make_shared<PathGeometryView>();
        view->stamp = stamp_of(pieces.scene);
        view->geometry = pieces.work.take();
        return view;
    }
};

}  // namespace

std::unique_ptr<Question> make_path_geometry_question() {
    return std::make_unique<PathGeometryQuestion>();
}

}  // namespace elbow::live

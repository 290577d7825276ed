#include "engine/live/questions/path_classes.h"

#include <algorithm>

#include "engine/live/class_votes.h"
#include "engine/live/questions/path_geometry.h"

namespace elbow::live {
namespace {

class PathClassesQuestion final : public QuestionInPieces<PathClassesQuery, ClassVotes> {
  public:
    const char* title() const override { return "the classes along the path"; }
    bool outdated(const Views& views) const override {
        return views.get<MapView>().get() != made_from_ ||
               (bent_ && views.get<PathGeometryView>().get() != bent_by_);
    }

  protected:
    bool fits(const PathClassesQuery& query, const Scene& scene) const override {
        const auto points = explore::path_points(query.path);
        return has_classes(scene, query.classes) &&
               std::all_of(points.begin(), points.end(),
                           [&](const std::vector<float>& z) { return has_latents_of(scene, z); });
    }
    ClassVotes begin(const Inputs& inputs) override {
        const explore::PathRequest& path = query(inputs.scene).path;
        const auto geometry = inputs.views.get<PathGeometryView>();
        bent_ = path.needs_geometry();
        bent_by_ = geometry.get();
        ClassVotes votes(inputs, query(inputs.scene).classes,
                         explore::path_latents(path, geometry ? &geometry->geometry : nullptr));
        made_from_ = votes.map();
        return votes;
    }
    std::shared_ptr<const View> go_on(ClassVotes& votes, const Inputs&) override {
        if (!votes.advance()) return nullptr;
        auto view = std::make_shared<PathClassesView>();
        view->stamp = stamp_of(votes.scene());
        view->query = query(votes.scene());
        view->voters = votes.voters();
        view->votes = votes.take();
        return view;
    }

  private:
    const MapView* made_from_ = nullptr;  // only compared, as the next
    const PathGeometryView* bent_by_ = nullptr;
    bool bent_ = false;
};

}  // namespace

std::unique_ptr<Question> make_path_classes_question() {
    return std::make_unique<PathClassesQuestion>();
}

}  // namespace elbow::live

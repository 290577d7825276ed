#include "engine/live/questions/class_regions.h"

#include <algorithm>

#include "engine/live/class_votes.h"

namespace elbow::live {
namespace {

class ClassRegionsQuestion final : public QuestionInPieces<ClassRegionsQuery, ClassVotes> {
  public:
    const char* title() const override { return "the regions of the classes"; }
    std::chrono::milliseconds shortest_interval() const override {
        return std::chrono::milliseconds(500);
    }
    bool outdated(const Views& views) const override {
        return views.get<MapView>().get() != made_from_;
    }

  protected:
    bool fits(const ClassRegionsQuery& query, const Scene& scene) const override {
        return has_classes(scene, query.classes) && has_latents_of(scene, query.plane.anchor) &&
               std::max(query.plane.x_axis, query.plane.y_axis) < scene.snapshot->spec.latents;
    }
    ClassVotes begin(const Inputs& inputs) override {
        const explore::ManifoldRequest& plane = query(inputs.scene).plane;
        std::vector<int> free{plane.x_axis};
        if (plane.y_axis != plane.x_axis) free.push_back(plane.y_axis);
        const std::vector<float> z =
            explore::manifold_latents(plane, static_cast<int>(plane.anchor.size()));
        std::vector<float> places;
        for (std::size_t cell = 0; cell * plane.anchor.size() < z.size(); ++cell) {
            for (const int latent : free)
                places.push_back(z[cell * plane.anchor.size() + static_cast<std::size_t>(latent)]);
        }
        ClassVotes votes(inputs, query(inputs.scene).classes, std::move(places), std::move(free),
                         plane.anchor);
        made_from_ = votes.map();
        return votes;
    }
    std::shared_ptr<const View> go_on(ClassVotes& votes, const Inputs&) override {
        if (!votes.advance()) return nullptr;
        auto view = std::make_shared<ClassRegionsView>();
        view->stamp = stamp_of(votes.scene());
        view->plane = query(votes.scene()).plane;
        view->classes = query(votes.scene()).classes;
        view->voters = votes.voters();
        view->votes = votes.take();
        return view;
    }

  private:
    const MapView* made_from_ = nullptr;  // only compared
};

}  // namespace

std::unique_ptr<Question> make_class_regions_question() {
    return std::make_unique<ClassRegionsQuestion>();
}

}  // namespace elbow::live

#include "engine/live/questions/other_map.h"

#include <utility>

#include "engine/live/encoding.h"

namespace elbow::live {
namespace {

struct OtherMapWork {
    std::unique_ptr<model::Model> model;
    Encoding encoding;
    std::shared_ptr<OtherMapView> view;
};

class OtherMapQuestion final : public QuestionInPieces<OtherMapQuery, OtherMapWork> {
  public:
    const char* title() const override { return "the other map"; }
    // The training changes nothing of it.
    std::chrono::milliseconds shortest_interval() const override { return std::chrono::hours(24); }

  protected:
    bool fits(const OtherMapQuery& query, const Scene& scene) const override {
        return query.other != nullptr && query.other->has_encoder &&
               query.other->spec.image == scene.dataset->shape();
    }
    OtherMapWork begin(const Inputs& inputs) override {
        const train::SnapshotPtr& other = query(inputs.scene).other;
        auto view = std::make_shared<OtherMapView>();
        view->stamp = stamp_of(inputs.scene);
        view->other = other;
        auto model = model::make_model(other->spec);
        Encoding encoding(other, inputs.scene.dataset, *model);
        return {std::move(model), std::move(encoding), std::move(view)};
    }
    std::shared_ptr<const View> go_on(OtherMapWork& work, const Inputs&) override {
        const bool whole = work.encoding.advance(*work.model, work.view->map);
        return whole ? std::move(work.view) : nullptr;
    }
};

}  // namespace

std::unique_ptr<Question> make_other_map_question() { return std::make_unique<OtherMapQuestion>(); }

}  // namespace elbow::live

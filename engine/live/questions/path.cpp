#include "engine/live/questions/path.h"

#include <algorithm>

#include "engine/live/decoding.h"
#include "engine/live/questions/path_geometry.h"

namespace elbow::live {
namespace {

class PathQuestion final : public QuestionInPieces<explore::PathRequest, Decoding> {
  public:
    const char* title() const override { return "the interpolation"; }
    bool outdated(const Views& views) const override {
        return bent_ && views.get<PathGeometryView>().get() != bent_by_;
    }

  protected:
    bool fits(const explore::PathRequest& path, const Scene& scene) const override {
        const auto points = explore::path_points(path);
        return std::all_of(points.begin(), points.end(),
                           [&](const std::vector<float>& z) { return has_latents_of(scene, z); });
    }
    Decoding begin(const Inputs& inputs) override {
        const explore::PathRequest& asked = query(inputs.scene);
        const auto geometry = inputs.views.get<PathGeometryView>();
        bent_ = asked.needs_geometry();
        bent_by_ = geometry.get();
        return {inputs, explore::path_latents(asked, geometry ? &geometry->geometry : nullptr),
                std::vector<std::uint8_t>(static_cast<std::size_t>(asked.frames),
                                          static_cast<std::uint8_t>(asked.label))};
    }
    std::shared_ptr<const View> go_on(Decoding& decoding, const Inputs& inputs) override {
        if (!decoding.advance(inputs.model)) return nullptr;
        auto view = std::make_shared<PathView>();
        view->stamp = stamp_of(decoding.scene());
        view->request = query(decoding.scene());
        view->z.swap(decoding.z());
        view->images.swap(decoding.images());
        return view;
    }

  private:
    bool bent_ = false;                          // the last path needed the geometry
    const PathGeometryView* bent_by_ = nullptr;  // only compared
};

}  // namespace

std::unique_ptr<Question> make_path_question() { return std::make_unique<PathQuestion>(); }

}  // namespace elbow::live

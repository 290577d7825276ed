#include "engine/live/questions/directions.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/live/decoding.h"

namespace elbow::live {
namespace {

struct DirectionsPieces {
    Scene scene;
    explore::DirectionsWork work;
    explore::Directions found = {};
    std::optional<Decoding> images = {};  // once they are found
};

class DirectionsQuestion final : public QuestionInPieces<DirectionsQuery, DirectionsPieces> {
  public:
    const char* title() const override { return "the directions"; }

  protected:
    bool fits(const DirectionsQuery& query, const Scene& scene) const override {
        return has_latents_of(scene, query.z) && query.rows > 0 && query.values > 0;
    }
    DirectionsPieces begin(const Inputs& inputs) override {
        const DirectionsQuery& asked = query(inputs.scene);
        return {inputs.scene, explore::DirectionsWork(asked.z, asked.label)};
    }
    std::shared_ptr<const View> go_on(DirectionsPieces& pieces, const Inputs& inputs) override {
        const DirectionsQuery& asked = query(pieces.scene);
        if (!pieces.images) {
            if (!pieces.work.advance(inputs.model, pieces.scene.snapshot->parameters,
                                     static_cast<int>(inputs.model.rows_at_once())))
                return nullptr;
            pieces.found = pieces.work.take();
            std::vector<float> z = direction_latents(asked, pieces.found);
            const std::size_t count = z.size() / asked.z.size();
            pieces.images.emplace(
                Inputs{pieces.scene, inputs.model, inputs.views}, std::move(z),
                std::vector<std::uint8_t>(count, static_cast<std::uint8_t>(asked.label)));
        }
        if (!pieces.images->advance(inputs.model)) return nullptr;
        auto view = std::make_shared<DirectionsView>();
        view->stamp = stamp_of(pieces.scene);
        view->query = asked;
        view->directions = std::move(pieces.found);
        view->images.swap(pieces.images->images());
        return view;
    }
};

}  // namespace

std::vector<float> direction_latents(const DirectionsQuery& query,
                                     const explore::Directions& directions) {
    const std::size_t rows = std::min(static_cast<std::size_t>(query.rows), query.z.size());
    std::vector<float> all;
    all.reserve(rows * static_cast<std::size_t>(query.values) * query.z.size());
    for (std::size_t row = 0; row < rows; ++row) {
        const auto direction = directions.vector(row);
        for (int i = 0; i < query.values; ++i) {
            const auto step =
                static_cast<float>(query.end * (2.0 * (i + 0.5) / query.values - 1.0));
            for (std::size_t n = 0; n < query.z.size(); ++n)
                all.push_back(query.z[n] + step * direction[n]);
        }
    }
    return all;
}

std::unique_ptr<Question> make_directions_question() {
    return std::make_unique<DirectionsQuestion>();
}

}  // namespace elbow::live

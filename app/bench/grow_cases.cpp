#include "app/bench/grow_cases.h"

#include <algorithm>

#include "app/gui/widgets/plot_scale.h"
#include "engine/model/layout.h"
#include "engine/run/spec_of_run.h"

namespace elbow::bench {
namespace {

constexpr int kHidden = 500;
constexpr int kLatents = 20;
constexpr int kSide = 28;
constexpr int kGrownImages = 60'000;

RunConfig config_of(int hidden, int latents) {
    RunConfig config;
    config.hidden = hidden;
    config.latents = latents;
    return config;
}

std::string network(const GrowCase& each) {
    return std::to_string(each.sizes.height * each.sizes.width) + "-" +
           std::to_string(each.config.hidden) + "-" + std::to_string(each.config.latents);
}

class Cases {
  public:
    void train(int hidden, int latents, int side, int images) {
        GrowCase each;
        each.config = config_of(hidden, latents);
        each.sizes = {.height = side, .width = side, .train = images};
        each.name = network(each) + ", " + gui::reading(images) + " images";
        add(std::move(each));
    }
    void map(int points) {
        GrowCase each;
        each.config = config_of(kHidden, 2);
        each.sizes = {.train = 1, .held_out = points};
        each.map = true;
        each.name = "map of " + gui::reading(points) + " points, " + network(each);
        add(std::move(each));
    }
    std::vector<GrowCase> take() { return std::move(cases_); }

  private:
    // What several of the rows have in common is measured once.
    void add(GrowCase each) {
        const auto same = [&](const GrowCase& other) { return other.name == each.name; };
        if (std::none_of(cases_.begin(), cases_.end(), same)) cases_.push_back(std::move(each));
    }

    std::vector<GrowCase> cases_;
};

}  // namespace

std::vector<GrowCase> grow_cases() {
    Cases cases;
    for (const int hidden : {100, 200, 500, 1000, 2000, 4000})
        cases.train(hidden, kLatents, kSide, kGrownImages);
    for (const int latents : {2, 10, 20, 50, 200})
        cases.train(kHidden, latents, kSide, kGrownImages);
    for (const int side : {28, 32, 64, 128}) cases.train(kHidden, kLatents, side, kGrownImages);
    for (const int images : {10'000, 100'000, 1'000'000, 2'000'000})
        cases.train(kHidden, kLatents, kSide, images);
    for (const int points : {10'000, 100'000, 1'000'000}) cases.map(points);
    return cases.take();
}

model::ModelSpec spec_of(const GrowCase& each) {
    return elbow::spec_of(each.config, {1, each.sizes.height, each.sizes.width}, false, 0);
}

std::uint64_t memory_needed(const GrowCase& each) {
    constexpr std::uint64_t kProgram = 300'000'000;
    constexpr std::uint64_t kCopies = 5 * sizeof(float);  // weights, gradients, Adam's two, a spare
    const model::ModelSpec spec = spec_of(each);
    const auto images = static_cast<std::uint64_t>(each.sizes.train) +
                        static_cast<std::uint64_t>(each.sizes.held_out);
    const auto pixels = static_cast<std::uint64_t>(spec.image.size());
    const auto parameters = static_cast<std::uint64_t>(model::ParameterLayout(spec).size());
    return kProgram + images * pixels + parameters * kCopies;
}

}  // namespace elbow::bench

// One case of `elbow bench grow`, measured in this process, so that its memory is its own.

#include <algorithm>
#include <chrono>

#include "app/bench/bench.h"
#include "app/bench/call_time.h"
#include "app/bench/grow_cases.h"
#include "app/gui/map/thinning.h"
#include "engine/core/error.h"
#include "engine/core/memory.h"
#include "engine/live/questions/map.h"
#include "engine/train/session.h"

namespace elbow::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kGrowPart = "grow";
constexpr int kGrowWarmUpSteps = 3;

// Of the matrix products alone, which are nearly all of it.
double step_flops(const GrowCase& each) {
    double sum = 0.0;
    for (const Product& product : step_products(fused::needed_kernel_form(spec_of(each)),
                                                Schedule::kTogether, each.config.minibatch, 1))
        sum += product.flops();
    return sum / each.config.minibatch;
}

double encoding_flops(const model::ModelSpec& spec) {
    return 2.0 * spec.network.whole("hidden") * (spec.image.size() + 2.0 * spec.latents);
}

// Adds the figures of one case.
class Row {
  public:
    Row(const GrowCase& each, int threads, Figures& figures)
        : name_(each.name), threads_(threads), figures_(figures) {}
    void add(const char* quantity, double value) {
        figures_.add(kGrowPart, name_, threads_, quantity, value);
    }
    void add_work(double images_per_s, double flops_an_image) {
        add("images/s", images_per_s);
        add("MFLOP an image", flops_an_image * 1e-6);
        add("GFLOP/s", images_per_s * flops_an_image * 1e-9);
    }
    void add_memory() { add("memory, MB", static_cast<double>(resident_memory()) * 1e-6); }

  private:
    std::string name_;
    int threads_;
    Figures& figures_;
};

void measure_training(const GrowCase& each, const BenchOptions& options, Figures& figures) {
    train::Session session(each.config, images_in_memory(each.sizes), options.threads);
    for (int i = 0; i < kGrowWarmUpSteps; ++i) session.step();
    const auto start = Clock::now();
    double images = 0.0;
    double passed_s = 0.0;
    do {
        session.step();
        images += each.config.minibatch;
        passed_s = seconds_since(start);
    } while (passed_s < options.seconds);
    Row row(each, options.threads, figures);
    row.add_work(images / passed_s, step_flops(each));
    row.add_memory();
}

// The processor's part of the frames that show a map: what drawing costs is the same for any
// number of points, as no more than gui::kMostPointsDrawn are drawn.
void measure_frames(const live::MapView& map, double seconds, Row& row) {
    const ImVec2 canvas{800, 390};  // of a window of 1600 x 1000
    gui::PlacedPoints points;
    gui::RankedPoints ranked;
    gui::MapRect rect;
    const auto place = [&] {
        points = gui::place_points(map.map, {}, 0, 0, 1);
        ranked = gui::ranked(points, *map.order);
        const gui::PointExtent extent =
            gui::point_extent(gui::sample_places(ranked, gui::kMostPointsDrawn));
        rect = gui::fitted({.points = extent, .prior = true, .held = {}}, canvas, 0.0f);
    };
    row.add("placing a new map, ms", median_call_ms(seconds, place));
    gui::ThinnedPoints shown;
    const auto choosing = [&](double half_height) {
        gui::MapRect closer = rect;
        closer.half_height = half_height;
        const gui::PlaneView view(closer, {0, 0}, canvas);
        return [&ranked, &shown, view] {
            gui::thin(ranked, view, view, 0.0, 0, gui::kMostPointsDrawn, shown);
        };
    };
    row.add("points to draw, far out, ms", median_call_ms(seconds, choosing(rect.half_height)));
    row.add("points to draw, near, ms", median_call_ms(seconds, choosing(0.02 * rect.half_height)));
    const gui::PlanePoint middle{rect.x_center, rect.y_center};
    const double reach = 0.02 * rect.half_height;
    row.add("point under the mouse, ms",
            median_call_ms(seconds, [&] { gui::point_near(points, 0, middle, reach); }));
    row.add("neighbours of the dot, ms", median_call_ms(seconds, [&] {
                explore::nearest(map.map, std::vector{0.1f, 0.2f}, 8);
            }));
}

void measure_map(const GrowCase& each, const BenchOptions& options, Figures& figures) {
    const model::ModelSpec spec = spec_of(each);
    auto snapshot = std::make_shared<train::ParameterSnapshot>();
    snapshot->spec = spec;
    snapshot->parameters = model::initial_parameters(spec, "glorot", 1);
    const live::Scene scene{snapshot, images_in_memory(each.sizes),
                            std::make_shared<live::ExploreRequest>()};
    const auto model = model::make_model(spec);
    const live::Views none;
    const live::Inputs inputs{scene, *model, none};
    const auto question = live::make_map_question();
    question->advance(inputs);  // orders the images, once
    question->drop();
    std::shared_ptr<const live::View> view;
    const double encoding_s = 1e-3 * median_call_ms(options.seconds, [&] {
                                  while (!(view = question->advance(inputs))) {
                                  }
                              });
    const auto map = std::static_pointer_cast<const live::MapView>(view);
    Row row(each, 1, figures);
    row.add("encoding, s", encoding_s);
    row.add_work(map->map.count / encoding_s, encoding_flops(spec));
    measure_frames(*map, 0.2 * options.seconds, row);
    row.add_memory();
}

}  // namespace

void bench_grow_case(const std::string& name, const BenchOptions& options, Figures& figures) {
    const std::vector<GrowCase> cases = grow_cases();
    const auto found = std::find_if(cases.begin(), cases.end(),
                                    [&](const GrowCase& each) { return each.name == name; });
    if (found == cases.end()) {
        throw UsageError("--in-this-process: no case of grow has the name '" + name +
                         "'. Leave it out, or give --model a name that elbow bench grow shows.");
    }
    options.next(name);
    if (found->map) {
        measure_map(*found, options, figures);
    } else {
        measure_training(*found, options, figures);
    }
}

}  // namespace elbow::bench

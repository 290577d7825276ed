// The training step of models that LibTorch computes, and decoding as the window does it while they
// train. scripts/bench measures the same models in Python.

#include <algorithm>
#include <memory>
#include <optional>
#include <span>

#include "app/bench/bench.h"
#include "app/bench/call_time.h"
#include "app/bench/cases_named.h"
#include "app/bench/memory_images.h"
#include "app/bench/stepping.h"
#include "engine/core/clock.h"
#include "engine/explore/manifold.h"
#include "engine/run/spec_of_run.h"

namespace elbow::bench {
namespace {

constexpr const char* kTorchPart = "torch";

struct TorchCase {
    std::string name;
    RunConfig config;
};

RunConfig torch_config(const char* network, const char* option, const char* value, int latents) {
    RunConfig config;
    config.network = network;
    config.of_members[option] = std::string(value);
    config.latents = latents;
    config.activation = "relu";
    config.likelihood = "bernoulli";
    config.minibatch = 128;
    return config;
}

std::vector<TorchCase> torch_cases() {
    return {
        {"mlp 784-512-256-32 ReLU, minibatch 128", torch_config("mlp", "widths", "512,256", 32)},
        {"conv 1-32-64 ReLU, minibatch 128", torch_config("conv", "channels", "32,64", 20)}};
}

// What the explorer's thread computes for a convolutional model of colour images.
class ColourDecoding {
  public:
    static constexpr const char* kName = "conv 3-32-64 at 64 x 64";

    ColourDecoding()
        : model_(model::make_model(spec_of(torch_config("conv", "channels", "32,64", 2),
                                           data::ImageShape{3, 64, 64}, false, 0))),
          parameters_(model::initial_parameters(model_->spec(), "glorot", 1)),
          z_(explore::manifold_latents({}, 2)) {}

    void measure(double seconds, Figures& figures) {
        figures.add(kTorchPart, kName, 1, "decoding one z, ms",
                    median_call_ms(seconds, [&] { decode(0, 1); }));
        std::vector<double> pieces_ms;
        figures.add(kTorchPart, kName, 1, "decoding 20 x 20, ms", median_call_ms(seconds, [&] {
                        const std::size_t count = z_.size() / 2, most = model_->rows_at_once();
                        for (std::size_t first = 0; first < count; first += most) {
                            const double start_s = steady_now_s();
                            decode(first, std::min(most, count - first));
                            pieces_ms.push_back((steady_now_s() - start_s) * 1e3);
                        }
                    }));
        figures.add(kTorchPart, kName, 1, "a piece of it, ms", percentile(pieces_ms, 0.5));
    }

  private:
    void decode(std::size_t first, std::size_t count) {
        explore::decode(*model_, parameters_,
                        std::span<const float>(z_).subspan(2 * first, 2 * count));
    }

    std::unique_ptr<model::Model> model_;
    std::vector<float> parameters_;
    std::vector<float> z_;  // [20 * 20, 2]
};

}  // namespace

void bench_torch(const BenchOptions& options, Figures& figures) {
    const std::vector<TorchCase> all = cases_named(torch_cases(), options.model, "model");
    const auto images = images_in_memory({.height = 28, .width = 28, .train = 60'000});
    const std::vector<int> thread_counts = options.thread_counts();
    std::vector<std::unique_ptr<Stepping>> subjects;
    subjects.reserve(all.size() * thread_counts.size());
    for (const TorchCase& each : all) {
        for (const int threads : thread_counts) {
            options.next("making ready " + each.name);
            subjects.push_back(
                std::make_unique<Stepping>(kTorchPart, each.name, each.config, images, threads));
        }
    }
    std::optional<ColourDecoding> decoding;
    if (std::string(ColourDecoding::kName).find(options.model) != std::string::npos)
        decoding.emplace();
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
        options.next("decoding");
        if (decoding) decoding->measure(options.seconds, figures);
        for (const auto& subject : subjects) {
            options.next(subject->text());
            subject->measure(options.seconds, figures);
        }
    }
}

}  // namespace elbow::bench

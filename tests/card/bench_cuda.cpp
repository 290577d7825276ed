// Holds a graphics card against the processor, and measures both: bench_cuda [cuda|cpu] [SECONDS].
// "cpu" has the processor take the card's part, so that all but the card itself is tested without
// one. SECONDS: that each model trains on each of the two. Fails where what was computed differs.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "engine/core/clock.h"
#include "engine/core/error.h"
#include "engine/core/progress.h"
#include "engine/core/version.h"
#include "engine/data/datasets.h"
#include "engine/estimator/device.h"
#include "engine/model/families.h"
#include "engine/train/session.h"

namespace elbow {
namespace {

using train::Residence;
using train::Session;

// How far the card may be off, as a share of how far the weights have moved. In float32 a gradient
// is off by about 1e-6; Adam divides it by its size, so that of one near zero the last bits count;
// and of wake-sleep's dreams a pixel may turn over.
constexpr double kMostOfGradient = 1e-4;
constexpr double kMostOfDreams = 1e-2;
constexpr double kMostAfterAdam = 5e-2;
constexpr int kAdamSteps = 20;
constexpr int kFirstSteps = 10;  // which put everything in its place

double distance(const std::vector<float>& a, const std::vector<float>& b) {
    double squares = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double error = double{a[i]} - b[i];
        squares += error * error;
    }
    return std::sqrt(squares);
}

RunConfig config_of(const char* network, const char* option, const char* value, int latents) {
    RunConfig config;
    config.dataset = "shapes";
    config.network = network;
    config.of_members[option] = std::string(value);
    config.latents = latents;
    config.activation = "relu";
    config.minibatch = 128;
    config.gradients = "autograd";
    return config;
}
RunConfig mlp() { return config_of("mlp", "widths", "512,256", 32); }
RunConfig conv() { return config_of("conv", "channels", "32,64", 20); }

class Card {
  public:
    Card(std::string device, double seconds)
        : device_(std::move(device)),
          seconds_(seconds),
          images_(data::load_dataset("shapes", {}, progress_)) {}

    void check() {
        std::printf("Off by, as a share of how far the weights move:\n");
        for (const estimator::EstimatorEntry& entry : estimator::estimators()) {
            RunConfig config = mlp();
            config.estimator = entry.name;
            if (entry.no_noise == nullptr) config.noise_samples = 2;
            const double most =
                entry.name == std::string("wake_sleep") ? kMostOfDreams : kMostOfGradient;
            check_gradient("mlp 784-512-256-32, " + entry.title, config, most);
        }
        for (const model::Family& family : model::families()) {
            for (const model::MemberEntry& entry : family.members) {
                RunConfig config = mlp();
                set_option_from_text(config, *find_run_option(family.name), entry.name);
                if (config.network == "paper") config.activation = "tanh";
                check_gradient(std::string(family.name) + " " + entry.name, config,
                               kMostOfGradient);
            }
        }
        compare("mlp 784-512-256-32, 20 steps of Adam", mlp(), kAdamSteps, kMostAfterAdam);
        compare("conv 1-32-64, 20 steps of Adam", conv(), kAdamSteps, kMostAfterAdam);
    }

    void measure() {
        const int threads = default_threads(false);
        std::printf("\n%-28s %14s %14s %8s   %s\n", "images/s, minibatch 128", device_.c_str(),
                    ("cpu, " + std::to_string(threads) + " threads").c_str(), "ratio",
                    "held-out bound before and after, nats");
        for (const auto& [name, config] : {std::pair{"mlp 784-512-256-32 ReLU", mlp()},
                                           std::pair{"conv 1-32-64 ReLU", conv()}}) {
            const Trained there = trained(on_card(config));
            const Trained here = trained(Session(config, images_, threads));
            std::printf("%-28s %14.0f %14.0f %8.2f   %.1f, %.1f\n", name, there.images_per_s,
                        here.images_per_s, there.images_per_s / here.images_per_s, there.before,
                        there.after);
            std::fflush(stdout);
            if (!(there.after > there.before)) sound_ = false;
        }
    }

    bool sound() const { return sound_; }

  private:
    Session on_card(RunConfig config) const {
        if (device_ == "cuda") config.device = device_;
        return Session(config, images_, default_threads(false), 0, Residence::kDevice);
    }

    // One step of plain ascent is the gradient.
    void check_gradient(const std::string& what, RunConfig config, double most) {
        config.optimizer = "sgd";
        config.step_size = 1.0;
        compare(what, config, 1, most);
    }

    void compare(const std::string& what, const RunConfig& config, int steps, double most) {
        Session there = on_card(config);
        Session here(config, images_, 1);
        const std::vector<float> start = here.snapshot()->parameters;
        for (int step = 0; step < steps; ++step) {
            there.step();
            here.step();
        }
        const std::vector<float> learnt = here.snapshot()->parameters;
        const double off = distance(there.snapshot()->parameters, learnt) / distance(learnt, start);
        const bool holds = off <= most;
        std::printf("  %-44s %8.1e  (at most %.0e)%s%s\n", what.c_str(), off, most,
                    there.is_resident() ? "" : "  updates by the host", holds ? "" : "  WRONG");
        std::fflush(stdout);
        if (!holds) sound_ = false;
    }

    struct Trained {
        double images_per_s, before, after;  // nats per image
    };
    Trained trained(Session session) const {
        Trained result{};
        result.before = session.evaluate().test_bound;
        for (int step = 0; step < kFirstSteps; ++step) session.step();
        session.snapshot();  // waits for the card
        const std::int64_t first = session.samples();
        const double start_s = steady_now_s();
        do {
            session.step();
        } while (steady_now_s() - start_s < seconds_);
        session.snapshot();
        result.images_per_s =
            static_cast<double>(session.samples() - first) / (steady_now_s() - start_s);
        result.after = session.evaluate().test_bound;
        return result;
    }

    std::string device_;
    double seconds_;
    Progress progress_;
    std::shared_ptr<const data::Dataset> images_;
    bool sound_ = true;
};

int run(const std::string& device, double seconds) {
    estimator::check_device(device);
    std::printf("Elbow %s, LibTorch %s; on %s\n\n", version(), torch_version(),
                device == "cuda" ? "cuda:0" : "the processor in a card's place");
    Card card(device, seconds);
    card.check();
    card.measure();
    std::printf("\n%s\n",
                card.sound() ? "The card computes what the processor does." : "WRONG: see above.");
    return card.sound() ? 0 : 1;
}

}  // namespace
}  // namespace elbow

int main(int count, char** arguments) {
    try {
        return elbow::run(count > 1 ? arguments[1] : "cuda",
                          count > 2 ? std::stod(arguments[2]) : 10.0);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench_cuda: %s\n", elbow::message_of(error).c_str());
        return 1;
    }
}

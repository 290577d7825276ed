// The speed of the training step, and how much of what the machine could do that is.

#include <chrono>
#include <memory>

#include "app/bench/bench.h"
#include "app/bench/call_time.h"
#include "app/bench/cases_named.h"
#include "app/bench/memory_images.h"
#include "engine/model/bfloat16.h"
#include "engine/train/session.h"

namespace elbow::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kTrainPart = "train";
constexpr int kTrainWarmUpSteps = 10;
constexpr double kFloorShare = 0.5;  // of a measurement's time, spent beside it on the floor

struct Case {
    std::string name;
    RunConfig config;
    Schedule schedule;
    bool frey;  // its size, and a Gaussian decoder
};

RunConfig paper_config(int hidden, int latents) {
    RunConfig config;
    config.hidden = hidden;
    config.latents = latents;
    config.minibatch = 100;
    config.optimizer = "adam";
    config.estimator = "sgvb_b";
    return config;
}

std::vector<Case> cases() {
    const RunConfig plain = paper_config(500, 20);
    RunConfig relu = plain;
    relu.activation = "relu";
    RunConfig rounded = plain;
    rounded.gradients = "bfloat16";
    RunConfig monte_carlo = plain;
    monte_carlo.estimator = "sgvb_a";
    RunConfig wake_sleep = plain;
    wake_sleep.estimator = "wake_sleep";
    RunConfig frey = paper_config(200, 10);
    frey.likelihood = "gaussian";
    std::vector<Case> all = {
        {"784-500-20 tanh, SGVB B", plain, Schedule::kTogether, false},
        {"784-500-20 ReLU, SGVB B", relu, Schedule::kTogether, false},
        {"784-500-20 tanh, SGVB A", monte_carlo, Schedule::kTogether, false},
        {"784-500-20 tanh, wake-sleep", wake_sleep, Schedule::kWakeAndSleep, false},
        {"560-200-10 tanh, Gaussian, SGVB B", frey, Schedule::kTogether, true}};
    if (model::has_bfloat16_products()) {
        all.push_back({"784-500-20 tanh, bfloat16", rounded, Schedule::kTogether, false});
    }
    return all;
}

// A model on a number of threads: its training, and its floor beside it.
class Subject {
  public:
    Subject(const Case& what, std::shared_ptr<const data::Dataset> images, int threads)
        : name_(what.name),
          threads_(threads),
          images_(what.config.minibatch),
          session_(what.config, std::move(images), threads),
          team_(threads),
          floor_(step_products(session_.architecture(), what.schedule, images_,
                               what.config.noise_samples),
                 what.config.gradients == "bfloat16" ? model::Factors::kBfloat16
                                                     : model::Factors::kFloat32,
                 model::ParameterLayout(session_.architecture()).size(), team_) {
        for (int i = 0; i < kTrainWarmUpSteps; ++i) session_.step();
    }

    std::string text() const {
        return name_ + ", " + std::to_string(threads_) + (threads_ == 1 ? " thread" : " threads");
    }
    const std::vector<Product>& products() const { return floor_.products(); }

    // Returns the times of the products.
    std::vector<double> measure(double seconds, Figures& figures) {
        const double images_per_s = train(seconds, figures);
        const FloorTimes floor = floor_.measure(kFloorShare * seconds);
        const double floor_images_per_s = images_ / floor.step_s();
        add(figures, "floor, images/s", floor_images_per_s);
        add(figures, "reached, % of the floor", 100.0 * images_per_s / floor_images_per_s);
        return floor.product_s;
    }

  private:
    double train(double seconds, Figures& figures) {
        std::vector<double> step_ms;
        const auto start = Clock::now();
        for (double before_s = 0.0; step_ms.empty() || before_s < seconds;) {
            session_.step();
            const double now_s = seconds_since(start);
            step_ms.push_back((now_s - before_s) * 1e3);
            before_s = now_s;
        }
        const auto steps = static_cast<double>(step_ms.size());
        const double images_per_s = steps * images_ / seconds_since(start);
        session_.take_train_records();  // which would only pile up
        add(figures, "images/s", images_per_s);
        add(figures, "step p50, ms", percentile(step_ms, 0.5));
        add(figures, "step p99, ms", percentile(step_ms, 0.99));
        return images_per_s;
    }

    void add(Figures& figures, const char* quantity, double value) const {
        figures.add(kTrainPart, name_, threads_, quantity, value);
    }

    std::string name_;
    int threads_;
    int images_;  // M
    train::Session session_;
    Team team_;
    Floor floor_;
};

std::vector<std::unique_ptr<Subject>> subjects(const BenchOptions& options) {
    const std::vector<Case> all = cases_named(cases(), options.model, "model");
    const auto mnist_sized = images_in_memory({.height = 28, .width = 28, .train = 60'000});
    const auto frey_sized =
        images_in_memory({.height = 28, .width = 20, .train = 1'700, .continuous = true});
    std::vector<int> thread_counts = {1};
    if (options.threads > 1) thread_counts.push_back(options.threads);
    std::vector<std::unique_ptr<Subject>> result;
    result.reserve(all.size() * thread_counts.size());
    for (const Case& each : all) {
        for (const int threads : thread_counts) {
            options.next("making ready " + each.name);
            result.push_back(
                std::make_unique<Subject>(each, each.frey ? frey_sized : mnist_sized, threads));
        }
    }
    return result;
}

}  // namespace

// Each repeat goes through all subjects, so that what else the machine does is shared out fairly.
std::vector<ProductSpeed> bench_train(const BenchOptions& options, Figures& figures) {
    const auto all = subjects(options);
    const std::vector<Product>& products = all.front()->products();
    std::vector<std::vector<double>> speeds(products.size());  // GFLOP/s, [product][repeat]
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
        for (const auto& subject : all) {
            options.next(subject->text());
            const std::vector<double> product_s = subject->measure(options.seconds, figures);
            if (subject != all.front()) continue;
            for (std::size_t i = 0; i < products.size(); ++i)
                speeds[i].push_back(products[i].flops() * 1e-9 / product_s[i]);
        }
    }
    std::vector<ProductSpeed> result;
    result.reserve(products.size());
    for (std::size_t i = 0; i < products.size(); ++i)
        result.push_back({products[i], spread_of(speeds[i]).median});
    return result;
}

}  // namespace elbow::bench

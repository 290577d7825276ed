// The speed of the training step, and how much of what the machine could do that is.

#include <memory>
#include <utility>
#include <vector>

#include "app/bench/bench.h"
#include "app/bench/cases_named.h"
#include "app/bench/stepping.h"
#include "app/bench/train_cases.h"
#include "engine/data/batch.h"
#include "engine/fused/rounded_products.h"

namespace elbow::bench {
namespace {

constexpr const char* kTrainPart = "train";
constexpr double kFloorShare = 0.5;  // of a measurement's time, spent beside it on the floor

// The first images of the data set. [M, D] in [0, 1]
std::vector<float> first_images(const TrainCase& what) {
    const data::Batch batch = what.images->batch(what.images->train, 0, what.config.minibatch);
    std::vector<float> images(static_cast<std::size_t>(batch.rows()) *
                              static_cast<std::size_t>(batch.dimensions));
    data::write_targets(batch, 0, batch.rows(), images.data());
    return images;
}

// A model on a number of threads: its training, and its floor beside it.
class Subject {
  public:
    Subject(const TrainCase& what, int threads)
        : images_(what.config.minibatch),
          training_(kTrainPart, what.name, what.config, what.images, threads),
          team_(threads),
          floor_(step_products(fused::needed_kernel_form(training_.spec()), what.schedule, images_,
                               what.config.noise_samples),
                 fused::precision_of(what.config.gradients),
                 model::ParameterLayout(training_.spec()).size(), first_images(what), team_) {}

    std::string text() const { return training_.text(); }
    const std::vector<Product>& products() const { return floor_.products(); }

    // Returns the times of the products.
    std::vector<double> measure(double seconds, Figures& figures) {
        const double images_per_s = training_.measure(seconds, figures);
        const FloorTimes floor = floor_.measure(kFloorShare * seconds);
        const double floor_images_per_s = images_ / floor.step_s();
        training_.add(figures, "floor, images/s", floor_images_per_s);
        training_.add(figures, "reached, % of the floor",
                      100.0 * images_per_s / floor_images_per_s);
        return floor.product_s;
    }

  private:
    int images_;  // M
    Stepping training_;
    Team team_;
    Floor floor_;
};

std::vector<std::unique_ptr<Subject>> subjects(const BenchOptions& options) {
    const std::vector<TrainCase> all = cases_named(train_cases(), options.model, "model");
    const std::vector<int> thread_counts = options.thread_counts();
    std::vector<std::unique_ptr<Subject>> result;
    result.reserve(all.size() * thread_counts.size());
    for (const TrainCase& each : all) {
        for (const int threads : thread_counts) {
            options.next("making ready " + each.name);
            result.push_back(std::make_unique<Subject>(each, threads));
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

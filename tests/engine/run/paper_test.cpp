// Which of the paper's experiments a run is.

#include "engine/run/paper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "engine/run/config.h"

namespace elbow::run {
namespace {

RunConfig config_of(const std::string& model, const std::string& method) {
    return paper_config(*parse_paper_model(model), *find_paper_method(method));
}

std::set<std::string> names_of(const RunConfig& config) {
    std::set<std::string> names;
    for (const PaperExperiment& one : paper_experiments_of(config))
        names.insert(std::string(one.figure->name) + " " +
                     paper_run_name(one.model.name, one.method->name));
    return names;
}

// Calls use(figure, model, method) for each experiment.
template <class Use>
void for_each_experiment(const Use& use) {
    for (const PaperFigure& figure : paper_figures())
        for (const std::string model : figure.models)
            for (const std::string method : figure.methods) use(figure.name, model, method);
}

TEST(PaperExperiments, EachIsFoundByItsOwnSettings) {
    for_each_experiment([](const std::string& figure, const auto& model, const auto& method) {
        const std::string name = paper_run_name(model, method);
        const std::set<std::string> found = names_of(config_of(model, method));
        EXPECT_TRUE(found.contains(figure + " " + name)) << figure << " " << name;
        for (const std::string& one : found)
            EXPECT_EQ(one.substr(one.find(' ') + 1), name) << "another experiment's settings";
    });
}

TEST(PaperExperiments, MayBelongToTwoFigures) {
    EXPECT_EQ(names_of(config_of("mnist-20", "aevb")),
              (std::set<std::string>{"fig2 mnist-20-aevb", "fig5 mnist-20-aevb"}));
}

TEST(PaperExperiments, LeaveToTheRunWhatThePaperLeavesOpen) {
    using Change = std::function<void(RunConfig&)>;
    for (const Change& change : std::initializer_list<Change>{
             [](RunConfig& run) { run.step_size = 0.1; },
             [](RunConfig& run) { run.initial_std = 0.05; },
             [](RunConfig& run) { run.warmup_steps = 7; }, [](RunConfig& run) { run.seed = 99; },
             [](RunConfig& run) { run.gradients = "autograd"; },
             [](RunConfig& run) { run.device = "cpu"; },
             [](RunConfig& run) { run.likelihood = "bernoulli"; },
             [](RunConfig& run) { run.weight_prior = "auto"; }}) {
        RunConfig run = config_of("mnist-5", "wake-sleep");
        change(run);
        EXPECT_THAT(names_of(run), testing::Contains("fig2 mnist-5-wake-sleep"));
    }
}

TEST(PaperExperiments, NearMissesAreNone) {
    using Change = std::function<void(RunConfig&)>;
    const std::initializer_list<Change> changes = {
        [](RunConfig& run) { run.latents = 4; },
        [](RunConfig& run) { run.estimator = "iwae"; },
        [](RunConfig& run) { ++run.hidden; },
        [](RunConfig& run) { run.minibatch = 50; },
        [](RunConfig& run) { run.noise_samples = 2; },
        [](RunConfig& run) { run.optimizer = "adam"; },
        [](RunConfig& run) { run.activation = "relu"; },
        [](RunConfig& run) { run.train_images = 777; },
        [](RunConfig& run) { run.targets = "binarised"; },
        [](RunConfig& run) { run.initialisation = "glorot"; },
        [](RunConfig& run) { run.weight_prior = "off"; },
        [](RunConfig& run) { run.beta = 0.5; },
        [](RunConfig& run) { run.kl_warmup = 1000; },
        [](RunConfig& run) { run.variance_floor = "off"; },
        [](RunConfig& run) { run.dataset = "fashion-mnist"; },
    };
    for_each_experiment([&](const std::string&, const auto& model, const auto& method) {
        std::size_t number = 0;
        for (const Change& change : changes) {
            RunConfig run = config_of(model, method);
            change(run);
            EXPECT_EQ(names_of(run), std::set<std::string>())
                << model << " " << method << ", change " << number;
            ++number;
        }
    });
    RunConfig other_likelihood = config_of("frey-2", "aevb");
    other_likelihood.likelihood = "bernoulli";
    EXPECT_TRUE(names_of(other_likelihood).empty());
    EXPECT_TRUE(names_of(RunConfig{}).empty());
}

TEST(PaperExperiments, AreNamedAsInTheFiguresFiles) {
    EXPECT_EQ(paper_panel(*parse_paper_model("mnist-20")), "mnist,20");
    EXPECT_EQ(paper_panel(*parse_paper_model("frey-2")), "frey,2");
    EXPECT_EQ(paper_panel(*parse_paper_model("mnist-3-50000")), "50000");
}

}  // namespace
}  // namespace elbow::run

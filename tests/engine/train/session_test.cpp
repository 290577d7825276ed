#include "engine/train/session.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/error.h"
#include "tests/engine/train/training.h"

namespace elbow::train {
namespace {

using test::run_steps;
using test::tiny_config;
using test::tiny_dataset;
using test::weights_after;

TEST(Session, TheSameSeedGivesBitEqualWeights) {
    const auto dataset = tiny_dataset();
    for (const int threads : {1, 2}) {
        EXPECT_EQ(weights_after(tiny_config(), dataset, 120, threads),
                  weights_after(tiny_config(), dataset, 120, threads))
            << threads << " threads";
    }
}

TEST(Session, DifferentSeedsGiveDifferentWeights) {
    const auto dataset = tiny_dataset();
    RunConfig other = tiny_config();
    other.seed = 8;
    EXPECT_NE(weights_after(tiny_config(), dataset, 0), weights_after(other, dataset, 0));
    EXPECT_NE(weights_after(tiny_config(), dataset, 10), weights_after(other, dataset, 10));
}

TEST(Session, CountsStepsSamplesAndEpochs) {
    Session session(tiny_config(), tiny_dataset(), 1, 42);
    EXPECT_EQ(session.samples(), 0);
    run_steps(session, 15);
    EXPECT_EQ(session.steps(), 15);
    EXPECT_EQ(session.samples(), 300);
    EXPECT_DOUBLE_EQ(session.epoch(), 1.5);
    EXPECT_GT(session.train_seconds(), 0.0);
    const SnapshotPtr snapshot = session.snapshot();
    EXPECT_EQ(snapshot->run, 42u);
    EXPECT_EQ(snapshot->step, 15);
    EXPECT_EQ(snapshot->samples, 300);
    EXPECT_EQ(snapshot->spec, session.spec());
    EXPECT_EQ(snapshot->spec.image.height, 12);
    EXPECT_EQ(snapshot->spec.image.width, 10);
}

TEST(Session, SnapshotsDoNotMoveWithTheWeights) {
    Session session(tiny_config(), tiny_dataset(), 1);
    const SnapshotPtr before = session.snapshot();
    const std::vector<float> copy = before->parameters;
    run_steps(session, 5);
    EXPECT_EQ(before->parameters, copy);
    EXPECT_NE(session.snapshot()->parameters, copy);
}

TEST(Session, GoesOnFromACheckpointAsIfItHadNeverStopped) {
    const auto dataset = tiny_dataset();
    for (const char* optimizer : {"adam", "adagrad", "sgd"}) {
        RunConfig config = tiny_config();
        config.optimizer = optimizer;
        Session through(config, dataset, 1);
        run_steps(through, 33);
        through.change("step-size", "5e-4");
        run_steps(through, 20);
        const Checkpoint saved = through.checkpoint();
        run_steps(through, 47);

        Session resumed(saved, dataset, 1);
        EXPECT_EQ(resumed.steps(), 53);
        EXPECT_EQ(resumed.samples(), 1060);
        EXPECT_DOUBLE_EQ(resumed.config().step_size, 5e-4);
        run_steps(resumed, 47);
        const Checkpoint a = through.checkpoint();
        const Checkpoint b = resumed.checkpoint();
        EXPECT_EQ(a.parameters, b.parameters) << optimizer;
        EXPECT_EQ(a.config, b.config);
        EXPECT_EQ(b.changes.size(), 1u);
        ASSERT_EQ(a.optimizer_state.size(), b.optimizer_state.size());
        for (std::size_t i = 0; i < a.optimizer_state.size(); ++i) {
            EXPECT_EQ(a.optimizer_state[i].name, b.optimizer_state[i].name);
            EXPECT_EQ(a.optimizer_state[i].values, b.optimizer_state[i].values) << optimizer;
        }
    }
}

TEST(Session, RefusesACheckpointThatDoesNotFit) {
    const auto dataset = tiny_dataset();
    Session session(tiny_config(), dataset, 1);
    run_steps(session, 3);
    const Checkpoint good = session.checkpoint();
    EXPECT_THROW(Session(good, tiny_dataset(200, 60, 9, 9), 1), Error);
    Checkpoint without_state = good;
    without_state.optimizer_state.clear();
    EXPECT_THROW(Session(without_state, dataset, 1), Error);
    Checkpoint negative_squares = good;
    for (Checkpoint::NamedState& state : negative_squares.optimizer_state)
        if (state.name == "adam.second_moment") state.values[7] = -1e-9f;
    EXPECT_THROW(Session(negative_squares, dataset, 1), Error);
    Checkpoint short_weights = good;
    short_weights.parameters.pop_back();
    EXPECT_THROW(Session(short_weights, dataset, 1), Error);
}

TEST(Session, ALiveChangeTakesEffectAndIsLogged) {
    const auto dataset = tiny_dataset();
    Session session(tiny_config(), dataset, 1);
    run_steps(session, 5);
    session.change("batch", "50");
    EXPECT_EQ(session.config().minibatch, 50);
    session.step();
    EXPECT_EQ(session.samples(), 5 * 20 + 50);
    session.change("step-size", "1e-2");
    run_steps(session, 5);
    EXPECT_NE(session.snapshot()->parameters, weights_after(tiny_config(), dataset, 11));
    const Checkpoint checkpoint = session.checkpoint();
    EXPECT_EQ(checkpoint.config, tiny_config());
    ASSERT_EQ(checkpoint.changes.size(), 2u);
    EXPECT_EQ(checkpoint.changes[0].step, 5);
    EXPECT_EQ(checkpoint.changes[0].option, "batch");
    EXPECT_EQ(checkpoint.changes[0].value, "50");
    EXPECT_EQ(checkpoint.changes[1].step, 6);
    EXPECT_EQ(checkpoint.changes[1].option, "step-size");
}

TEST(Session, AugmentationVariesWhatIsLearnedFromAndMayChangeAtAnyTime) {
    const auto dataset = tiny_dataset();
    RunConfig varied = tiny_config();
    varied.augment = "shifts";
    const std::vector<float> weights = weights_after(varied, dataset, 10);
    EXPECT_NE(weights, weights_after(tiny_config(), dataset, 10));
    EXPECT_EQ(weights, weights_after(varied, dataset, 10));
    Session session(varied, dataset, 1);
    const double bound = session.evaluate().test_bound;
    session.change("augment", "off");
    EXPECT_EQ(session.evaluate().test_bound, bound) << "held-out images are never varied";
    run_steps(session, 10);
    EXPECT_EQ(session.snapshot()->parameters, weights_after(tiny_config(), dataset, 10));
}

TEST(Session, ACheckpointNamesItsThreadsWhereTheyWereAlwaysAsMany) {
    const auto dataset = tiny_dataset();
    Session session(tiny_config(), dataset, 2);
    session.use_threads(1);
    session.step();
    Checkpoint saved = session.checkpoint();
    EXPECT_EQ(saved.threads, 1);
    session.use_threads(2);
    EXPECT_EQ(session.checkpoint().threads, 1) << "no step was made since";
    session.step();
    EXPECT_EQ(session.checkpoint().threads, std::nullopt);
    for (const std::optional<int> before : {std::optional<int>(1), std::optional<int>(2), {}}) {
        saved.threads = before;
        Session resumed(saved, dataset, 1);
        EXPECT_EQ(resumed.checkpoint().threads, before);
        resumed.step();
        EXPECT_EQ(resumed.checkpoint().threads, before == 1 ? before : std::nullopt);
    }
}

TEST(Session, AChangeThatIsNotLiveIsRefusedWithTheReason) {
    Session session(tiny_config(), tiny_dataset(), 1);
    const RunConfig before = session.config();
    try {
        session.change("latent", "5");
        ADD_FAILURE() << "the change was accepted";
    } catch (const UsageError& error) {
        EXPECT_NE(std::string(error.what()).find("Latents"), std::string::npos) << error.what();
        EXPECT_NE(std::string(error.what()).find("new run"), std::string::npos) << error.what();
    }
    EXPECT_THROW(session.change("no-such-option", "1"), UsageError);
    EXPECT_THROW(session.change("step-size", "-1"), UsageError);
    EXPECT_THROW(session.change("step-size", "soon"), UsageError);
    EXPECT_THROW(session.change("batch", "201"), UsageError);
    EXPECT_EQ(session.config(), before);
    EXPECT_TRUE(session.checkpoint().changes.empty());
}

TEST(Session, ReplayingTheConfigurationAndTheChangesGivesTheSameWeights) {
    const auto dataset = tiny_dataset();
    Session session(tiny_config(), dataset, 1);
    run_steps(session, 12);
    session.change("step-size", "7e-3");
    session.change("batch", "33");
    run_steps(session, 9);
    session.change("step-size", "1e-4");
    run_steps(session, 10);
    const Checkpoint log = session.checkpoint();

    Session replay(log.config, dataset, 1);
    for (const LoggedChange& change : log.changes) {
        run_steps(replay, change.step - replay.steps());
        replay.change(change.option, change.value);
    }
    run_steps(replay, log.step - replay.steps());
    EXPECT_EQ(replay.samples(), log.samples);
    EXPECT_EQ(replay.snapshot()->parameters, log.parameters);
}

TEST(Session, EvaluationDoesNotDisturbTraining) {
    const auto dataset = tiny_dataset();
    Session session(tiny_config(), dataset, 1);
    for (int i = 0; i < 60; ++i) {
        session.step();
        session.evaluate();
    }
    EXPECT_EQ(session.snapshot()->parameters, weights_after(tiny_config(), dataset, 60));
}

TEST(Session, EvaluationIsRepeatableAndItsPartsAddUp) {
    Session session(tiny_config(), tiny_dataset(), 1);
    run_steps(session, 30);
    const EvaluationRecord first = session.evaluate();
    const EvaluationRecord second = session.evaluate();
    EXPECT_EQ(first.test_bound, second.test_bound);
    EXPECT_EQ(first.samples, 600);
    EXPECT_DOUBLE_EQ(first.epoch, 3.0);
    EXPECT_GT(first.images_per_s, 0.0);
    EXPECT_NEAR(first.test_bound, first.test_reconstruction - first.test_kl, 1e-9);
    ASSERT_EQ(first.test_kl_per_latent.size(), 2u);
    EXPECT_NEAR(first.test_kl_per_latent[0] + first.test_kl_per_latent[1], first.test_kl, 1e-4);
    // Nothing was trained between the two.
    EXPECT_TRUE(std::isnan(second.train_bound));
    EXPECT_EQ(second.images_per_s, 0.0);
}

TEST(Session, EvaluationIsDueOftenAtFirstAndThenSteadily) {
    Session session(tiny_config(), tiny_dataset(), 1);
    ASSERT_EQ(session.evaluation_interval(), 600);
    std::vector<std::int64_t> at;
    while (session.samples() < 2000) {
        if (session.evaluation_due()) at.push_back(session.evaluate().samples);
        EXPECT_FALSE(session.evaluation_due());
        session.step();
    }
    EXPECT_EQ(at, (std::vector<std::int64_t>{0, 60, 120, 240, 480, 600, 1200, 1800}));
}

TEST(Session, EvaluationIsDueAsOftenAsTheRunSaysAlsoFromNowOn) {
    RunConfig config = tiny_config();
    config.evaluate_every = 400;
    Session session(config, tiny_dataset(), 1);
    std::vector<std::int64_t> at;
    const auto until = [&](std::int64_t samples) {
        while (session.samples() < samples) {
            if (session.evaluation_due()) at.push_back(session.evaluate().samples);
            session.step();
        }
    };
    until(1000);
    EXPECT_EQ(at, (std::vector<std::int64_t>{0, 40, 80, 160, 320, 400, 800}));
    at.clear();
    session.change("evaluate-every", "1000");
    until(3100);
    EXPECT_EQ(at, (std::vector<std::int64_t>{2000, 3000}));
    at.clear();
    session.change("evaluate-every", "0");
    until(3700);
    EXPECT_EQ(at, (std::vector<std::int64_t>{3600})) << "ten for each of 60 held-out images";
}

TEST(Session, TheBoundRisesOverTraining) {
    Session session(tiny_config(), tiny_dataset(), 1);
    const double start = session.evaluate().test_bound;
    run_steps(session, 600);
    const EvaluationRecord end = session.evaluate();
    EXPECT_GT(end.test_bound, start + 20.0);
    EXPECT_GT(end.train_bound, start);
    EXPECT_GT(end.test_kl, 0.0);
}

TEST(Session, RecordsComeOnceForEveryThousandSamples) {
    Session session(tiny_config(), tiny_dataset(), 1);
    run_steps(session, 130);
    const std::vector<TrainRecord> records = session.take_train_records();
    ASSERT_EQ(records.size(), 2u);
    EXPECT_EQ(records[0].samples, 1000);
    EXPECT_EQ(records[1].samples, 2000);
    EXPECT_DOUBLE_EQ(records[1].epoch, 10.0);
    EXPECT_GT(records[1].seconds, records[0].seconds);
    for (const TrainRecord& record : records) {
        EXPECT_NEAR(record.bound, record.reconstruction - record.kl, 1e-9);
    }
    EXPECT_GT(records[1].bound, records[0].bound);
    EXPECT_TRUE(session.take_train_records().empty());
    run_steps(session, 20);
    EXPECT_EQ(session.take_train_records().size(), 1u);
}

TEST(Session, RecordsHoldTheMeanOfEachReadingOfTheEstimator) {
    RunConfig config = tiny_config();
    config.estimator = "mcem";
    Session session(config, tiny_dataset(), 1);
    for (int record = 0; record < 2; ++record) {
        std::vector<double> mean(session.readings().size(), 0.0);
        ASSERT_EQ(mean.size(), 2U);
        std::vector<TrainRecord> records;
        int steps = 0;
        for (; records.empty(); ++steps) {
            session.step();
            const auto readings = session.readings();
            for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += readings[i].value;
            records = session.take_train_records();
        }
        ASSERT_EQ(records.front().readings.size(), mean.size());
        for (std::size_t i = 0; i < mean.size(); ++i)
            EXPECT_NEAR(records.front().readings[i], mean[i] / steps, 1e-12);
        EXPECT_GT(records.front().readings[0], 0.5);  // the acceptance, from the first record on
    }
}

TEST(Session, ReadingsAreTheSameOnesAllAlong) {
    for (const auto& entry : estimator::estimators()) {
        SCOPED_TRACE(entry.name);
        RunConfig config = tiny_config();
        config.estimator = entry.name;
        Session session(config, tiny_dataset(), 1);
        const auto before = session.readings();
        run_steps(session, 70);
        const auto after = session.readings();
        ASSERT_EQ(after.size(), before.size());
        for (std::size_t i = 0; i < after.size(); ++i) EXPECT_STREQ(after[i].name, before[i].name);
        for (const TrainRecord& record : session.take_train_records())
            EXPECT_EQ(record.readings.size(), after.size());
    }
}

TEST(Session, ABoundThatIsOfBinarisedTargetsNeedsABernoulliLikelihood) {
    RunConfig config = tiny_config();
    config.likelihood = "gaussian";
    EXPECT_NO_THROW(Session(config, tiny_dataset(), 1));
    config.targets = "binarised";
    EXPECT_THROW(Session(config, tiny_dataset(), 1), UsageError);
}

TEST(Session, BetaBelongsToEstimatorsThatHaveAKl) {
    RunConfig config = tiny_config();
    config.beta = 4.0;
    EXPECT_NO_THROW(Session(config, tiny_dataset(), 1));
    config.estimator = "wake_sleep";
    EXPECT_THROW(Session(config, tiny_dataset(), 1), UsageError);
}

TEST(Session, TrainImagesLimitsTheTrainingSet) {
    const auto dataset = tiny_dataset();
    RunConfig config = tiny_config();
    config.train_images = 50;
    Session limited(config, dataset, 1);
    EXPECT_EQ(limited.train_count(), 50);
    run_steps(limited, 40);
    EXPECT_DOUBLE_EQ(limited.epoch(), 16.0);

    auto small = std::make_shared<data::Dataset>(*dataset);
    small->train.count = 50;
    small->train.pixels.own().resize(50 * 120);
    small->train.labels.resize(50);
    EXPECT_EQ(limited.snapshot()->parameters, weights_after(tiny_config(), small, 40));
}

TEST(Session, RefusesAConfigurationThatDoesNotFitTheData) {
    const auto dataset = tiny_dataset();
    const auto refused = [&](auto change) {
        RunConfig config = tiny_config();
        change(config);
        EXPECT_THROW(Session(config, dataset, 1), UsageError);
    };
    refused([](RunConfig& config) { config.train_images = 201; });
    refused([](RunConfig& config) { config.minibatch = 201; });
    refused([](RunConfig& config) { config.latents = 0; });
    refused([](RunConfig& config) { config.activation = "step"; });
    refused([](RunConfig& config) { config.optimizer = "newton"; });
    refused([](RunConfig& config) { config.estimator = "guess"; });
}

TEST(Session, AnEpochShowsEveryImageOnce) {
    // One image of ten is white, and a model that hardly moves paints everything black: a bound far
    // down tells each time that the white one was shown.
    auto dataset = std::make_shared<data::Dataset>(*tiny_dataset(10, 10));
    std::vector<std::uint8_t>& pixels = dataset->train.pixels.own();
    std::fill(pixels.begin(), pixels.end(), std::uint8_t{0});
    std::fill_n(pixels.begin() + 3 * 120, 120, std::uint8_t{255});
    RunConfig config = tiny_config();
    config.optimizer = "sgd";
    config.step_size = 1e-7;
    config.minibatch = 1;
    Checkpoint black = Session(config, dataset, 1).checkpoint();
    const model::ParameterLayout layout(black.spec);
    const model::ParameterView& bias = layout.view("decoder.logits.bias");
    std::fill_n(black.parameters.begin() + bias.offset, bias.size(), -4.0f);
    Session session(black, dataset, 1);
    for (int epoch = 0; epoch < 10; ++epoch) {
        int whites = 0;
        for (int i = 0; i < 10; ++i) {
            session.step();
            if (session.evaluate().train_bound < -200.0) ++whites;
        }
        EXPECT_EQ(whites, 1) << "epoch " << epoch;
    }
}

}  // namespace
}  // namespace elbow::train

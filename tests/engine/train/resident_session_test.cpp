// Runs that live on a device, the processor in the place of a graphics card: weights, curves and
// files come to what they are without.

#include <gtest/gtest.h>

#include <cmath>

#include "tests/engine/train/training.h"

namespace elbow::train {
namespace {

using test::run_steps;
using test::tiny_dataset;

RunConfig torch_config() {
    RunConfig config = test::tiny_config();
    config.gradients = "autograd";
    return config;
}

Session on_device(const RunConfig& config) {
    return Session(config, tiny_dataset(), 1, 0, Residence::kDevice);
}
Session on_host(const RunConfig& config) { return Session(config, tiny_dataset(), 1); }

double distance(const std::vector<float>& a, const std::vector<float>& b) {
    double squares = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double error = double{a[i]} - b[i];
        squares += error * error;
    }
    return std::sqrt(squares);
}

// As a share of how far the weights have moved. Adam divides a gradient by its own size, so that
// of one near zero the last bits are seen.
void expect_same_run(const RunConfig& config, std::int64_t steps, double tolerance = 1e-4) {
    Session device = on_device(config);
    Session host = on_host(config);
    ASSERT_TRUE(device.is_resident());
    ASSERT_FALSE(host.is_resident());
    const std::vector<float> start = host.snapshot()->parameters;
    EXPECT_EQ(device.snapshot()->parameters, start);
    run_steps(device, steps);
    run_steps(host, steps);
    EXPECT_EQ(device.samples(), host.samples());
    const std::vector<float> learnt = host.snapshot()->parameters;
    EXPECT_GT(distance(learnt, start), 0.0);
    EXPECT_LE(distance(device.snapshot()->parameters, learnt), tolerance * distance(learnt, start));
}

TEST(ResidentSession, LearnsWhatTheHostLearnsByEachEstimatorThatCanLiveThere) {
    for (const estimator::EstimatorEntry& entry : estimator::estimators()) {
        SCOPED_TRACE(entry.name);
        RunConfig config = torch_config();
        config.estimator = entry.name;
        if (entry.no_noise == nullptr) config.noise_samples = 2;
        if (entry.of_parts) {
            EXPECT_FALSE(on_device(config).is_resident());
        } else {
            expect_same_run(config, 20);
        }
    }
}

TEST(ResidentSession, LearnsWhatTheHostLearnsOfEachMember) {
    for (RunConfig config : test::a_run_of_each()) {
        config.gradients = "autograd";
        SCOPED_TRACE(test::name_of(config));
        expect_same_run(config, 20);
    }
}

TEST(ResidentSession, LearnsWhatTheHostLearnsByEachOptimiserWithAndWithoutAPriorOnTheWeights) {
    for (const optim::OptimizerEntry& entry : optim::optimizers()) {
        for (const char* prior : {"on", "off"}) {
            SCOPED_TRACE(entry.name + ", " + prior);
            RunConfig config = torch_config();
            config.optimizer = entry.name;
            config.weight_prior = prior;
            config.warmup_steps = 3;
            expect_same_run(config, 20);
        }
    }
}

TEST(ResidentSession, DrawsTheTargetsThatTheHostDraws) {
    RunConfig config = torch_config();
    config.targets = "redrawn";
    expect_same_run(config, 20);
}

TEST(ResidentSession, VariesTheImagesAsTheHostDoes) {
    RunConfig config = torch_config();
    config.augment = "both";
    expect_same_run(config, 20);
}

TEST(ResidentSession, TakesTheFirstOfTheTrainingImages) {
    RunConfig config = torch_config();
    config.train_images = 50;
    expect_same_run(config, 20);
}

TEST(ResidentSession, LiveChangesTakeEffect) {
    RunConfig config = torch_config();
    config.kl_warmup = 300;
    Session device = on_device(config);
    Session host = on_host(config);
    const std::vector<float> start = host.snapshot()->parameters;
    for (Session* session : {&device, &host}) {
        run_steps(*session, 5);
        session->change("step-size", "1e-2");
        session->change("batch", "33");
        session->change("beta", "2");
        run_steps(*session, 15);
    }
    const std::vector<float> learnt = host.snapshot()->parameters;
    EXPECT_LE(distance(device.snapshot()->parameters, learnt), 1e-4 * distance(learnt, start));
}

TEST(ResidentSession, AveragesItsWeights) {
    for (const char* average : {"tail", "exponential"}) {
        RunConfig config = torch_config();
        config.average = average;
        expect_same_run(config, 40);
        Session session = on_device(config);
        run_steps(session, 40);
        const std::vector<float> mean = session.snapshot()->parameters;
        Session resumed(session.checkpoint(), tiny_dataset(), 1, 0, Residence::kDevice);
        EXPECT_EQ(resumed.snapshot()->parameters, mean);
        session.change("weights", "live");
        EXPECT_GT(distance(session.snapshot()->parameters, mean), 0.0);
    }
}

TEST(ResidentSession, OurOwnKernelsStayWithTheHost) {
    RunConfig config = torch_config();
    config.gradients = "fused";
    EXPECT_FALSE(on_device(config).is_resident());
}

TEST(ResidentSession, SnapshotsDoNotMoveWithTheWeights) {
    Session session = on_device(torch_config());
    const SnapshotPtr before = session.snapshot();
    const std::vector<float> copy = before->parameters;
    run_steps(session, 5);
    EXPECT_EQ(before->parameters, copy);
    EXPECT_NE(session.snapshot()->parameters, copy);
}

TEST(ResidentSession, GoesOnFromACheckpointAsIfItHadNeverStopped) {
    for (const char* optimizer : {"adam", "adagrad", "sgd"}) {
        SCOPED_TRACE(optimizer);
        RunConfig config = torch_config();
        config.optimizer = optimizer;
        config.warmup_steps = 10;
        Session through = on_device(config);
        run_steps(through, 12);
        const Checkpoint saved = through.checkpoint();
        run_steps(through, 8);
        const Checkpoint end = through.checkpoint();

        Session resumed(saved, tiny_dataset(), 1, 0, Residence::kDevice);
        run_steps(resumed, 8);
        EXPECT_EQ(resumed.checkpoint().parameters, end.parameters);

        Session elsewhere(saved, tiny_dataset(), 1);  // saved on a card, resumed without one
        run_steps(elsewhere, 8);
        const Checkpoint host = elsewhere.checkpoint();
        EXPECT_LE(distance(host.parameters, end.parameters),
                  1e-4 * distance(end.parameters, saved.parameters));
        ASSERT_EQ(host.optimizer_state.size(), end.optimizer_state.size());
        for (std::size_t i = 0; i < host.optimizer_state.size(); ++i) {
            EXPECT_EQ(host.optimizer_state[i].name, end.optimizer_state[i].name);
            const std::vector<float>& values = host.optimizer_state[i].values;
            EXPECT_LE(distance(values, end.optimizer_state[i].values),
                      1e-4 * distance(values, std::vector<float>(values.size(), 0.0F)));
        }
    }
}

TEST(ResidentSession, EvaluationsTellTheMeanOfAllMinibatchesBeforeThem) {
    Session device = on_device(torch_config());
    Session host = on_host(torch_config());
    int evaluations = 0;
    for (int step = 0; step < 130; ++step) {
        ASSERT_EQ(device.evaluation_due(), host.evaluation_due());
        if (host.evaluation_due()) {
            const EvaluationRecord& found = device.evaluate();
            const EvaluationRecord& expected = host.evaluate();
            EXPECT_NEAR(found.test_bound, expected.test_bound, 1e-4 * std::abs(found.test_bound));
            if (step > 0) {
                EXPECT_NEAR(found.train_bound, expected.train_bound,
                            1e-4 * std::abs(expected.train_bound));
                EXPECT_GT(found.images_per_s, 0.0);
            }
            ++evaluations;
        }
        device.step();
        host.step();
    }
    EXPECT_GT(evaluations, 5);
    // Also of one that was not due.
    EXPECT_NEAR(device.evaluate().train_bound, host.evaluate().train_bound, 0.01);
    EXPECT_GT(device.train_seconds(), 0.0);
}

TEST(ResidentSession, RecordsHoldTheMeansOfTheirMinibatches) {
    Session device = on_device(torch_config());
    const double start = device.evaluate().test_bound;
    std::vector<TrainRecord> records;
    for (int step = 0; step < 400; ++step) {
        device.step();
        if (device.evaluation_due()) device.evaluate();
        for (TrainRecord& record : device.take_train_records()) records.push_back(record);
    }
    ASSERT_FALSE(records.empty());
    EXPECT_GT(records.front().bound, start);
    EXPECT_GT(records.front().kl, 0.0);
    std::int64_t before = 0;
    for (const TrainRecord& record : records) {
        EXPECT_NEAR(record.bound, record.reconstruction - record.kl, 1e-9);
        EXPECT_GE(record.samples, before + 1000);
        before = record.samples;
    }
}

// As where a card fails, whose weights are lost: here by an image of a label that there is not.
TEST(ResidentSession, AFailureOfTheDeviceLeavesTheLastEvaluatedStateWithTheHost) {
    RunConfig config = torch_config();
    config.condition = "label";
    auto dataset = std::make_shared<data::Dataset>(*tiny_dataset());
    dataset->train.labels.back() = 200;
    Session session(config, dataset, 1, 0, Residence::kDevice);
    session.evaluate();
    session.step();
    EXPECT_TRUE(session.is_resident());
    EXPECT_THROW(run_steps(session, 1000), Divergence);
    EXPECT_FALSE(session.is_resident());
    EXPECT_EQ(session.steps(), 0);
    EXPECT_EQ(session.snapshot()->parameters, on_host(config).snapshot()->parameters);
    EXPECT_TRUE(std::isfinite(session.evaluate().test_bound));
}

TEST(ResidentSession, ADivergedRunIsSoonBackWhereItWasSound) {
    RunConfig config = torch_config();
    config.optimizer = "sgd";
    config.step_size = 1e-4;
    Session session = on_device(config);
    run_steps(session, 20);
    session.evaluate();
    const Checkpoint sound = session.checkpoint();
    session.change("step-size", "10");
    EXPECT_THROW(run_steps(session, 100'000), Divergence);
    EXPECT_EQ(session.steps(), sound.step);
    EXPECT_EQ(session.snapshot()->parameters, sound.parameters);
    session.change("step-size", "1e-4");
    run_steps(session, 50);
    EXPECT_GT(session.evaluate().test_bound, -1000.0);
}

}  // namespace
}  // namespace elbow::train

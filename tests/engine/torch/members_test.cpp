// What holds for every member of every family, those of tomorrow too: the lists are gone through.

#include "tests/engine/torch/members.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "engine/core/error.h"
#include "engine/estimator/estimator.h"

namespace elbow {
namespace {

using test::ModelProblem;

estimator::BoundSum sum_of(const ModelProblem& problem, const std::string& estimator, int team_size,
                           std::vector<float>& gradients, int noise_samples = 2) {
    Team team(team_size);
    const auto made = estimator::make_estimator(estimator, "autograd",
                                                {problem.spec, noise_samples, &team, 1, 6});
    gradients.assign(problem.parameters.size(), 0.0F);
    return made->gradient(problem.parameters, problem.minibatch(), gradients);
}

// Along the gradient and along random directions.
void expect_slopes(const ModelProblem& problem, const std::string& estimator) {
    std::vector<float> gradients;
    sum_of(problem, estimator, 1, gradients);
    const double length =
        std::sqrt(std::inner_product(gradients.begin(), gradients.end(), gradients.begin(), 0.0));
    ASSERT_GT(length, 0.0);
    for (int direction = 0; direction < 3; ++direction) {
        std::vector<float> step(gradients.size());
        Stream(static_cast<std::uint64_t>(direction), "direction").normals(0, step);
        if (direction == 0) step = gradients;
        const double size =
            std::sqrt(std::inner_product(step.begin(), step.end(), step.begin(), 0.0));
        const double slope =
            std::inner_product(step.begin(), step.end(), gradients.begin(), 0.0) / size;
        constexpr double kStep = 1e-2;
        double ends[2];
        for (int end = 0; end < 2; ++end) {
            ModelProblem moved = problem;
            for (std::size_t i = 0; i < step.size(); ++i)
                moved.parameters[i] +=
                    static_cast<float>((end == 0 ? -kStep : kStep) * step[i] / size);
            std::vector<float> unused;
            ends[end] = sum_of(moved, estimator, 1, unused).bound();
        }
        EXPECT_NEAR((ends[1] - ends[0]) / (2.0 * kStep), slope, 0.02 * length) << direction;
    }
}

TEST(Members, GradientsAreTheSlopesOfTheBound) {
    for (const model::ModelSpec& spec : test::one_of_each()) {
        SCOPED_TRACE(test::text_of(spec));
        const ModelProblem problem(spec);
        for (const char* estimator : {"sgvb_b", "sgvb_a", "iwae"})
            expect_slopes(problem, estimator);
    }
}

TEST(Members, ATeamFindsTheGradientThatOneFinds) {
    for (const model::ModelSpec& spec : test::one_of_each()) {
        SCOPED_TRACE(test::text_of(spec));
        const ModelProblem problem(spec);
        std::vector<float> alone, shared;
        const auto one = sum_of(problem, "sgvb_b", 1, alone);
        const auto two = sum_of(problem, "sgvb_b", 2, shared);
        EXPECT_NEAR(one.bound(), two.bound(), 1e-5 * std::abs(one.bound()));
        double difference = 0.0, size = 0.0;
        for (std::size_t i = 0; i < alone.size(); ++i) {
            difference += (alone[i] - shared[i]) * (alone[i] - shared[i]);
            size += alone[i] * alone[i];
        }
        EXPECT_LE(std::sqrt(difference), 1e-5 * std::sqrt(size));
    }
}

// E_q[r(z) / q(z)] = 1 for every density r: here the prior of a narrower Gaussian about the mean.
TEST(Members, TheDrawsOfAPosteriorHaveTheDensityThatItSays) {
    for (const model::ModelSpec& spec : test::one_of_each()) {
        SCOPED_TRACE(test::text_of(spec));
        const ModelProblem problem(spec, 1);
        const auto model = model::make_model(spec);
        model::Posteriors q;
        model->encode(problem.parameters, problem.batch(), q);
        constexpr std::size_t kDraws = 40'000;
        const std::vector<std::uint32_t> rows(kDraws, 0);
        std::vector<float> epsilon(kDraws * 2), z(kDraws * 2);
        Stream(1, "draws").normals(0, epsilon);
        std::vector<double> log_q(kDraws);
        model->draw(q, rows, epsilon, z, log_q);
        double ratio = 0.0;
        double mean[2] = {};
        for (std::size_t i = 0; i < kDraws; ++i) {
            double log_r = 0.0;
            for (std::size_t n = 0; n < 2; ++n) {
                const double deviation = 0.6 * q.deviation[n];
                const double away = (z[2 * i + n] - q.mean[n]) / deviation;
                log_r -= 0.5 * (1.8378770664 + away * away) + std::log(deviation);
                mean[n] += z[2 * i + n] / static_cast<double>(kDraws);
            }
            ratio += std::exp(log_r - log_q[i]) / static_cast<double>(kDraws);
        }
        EXPECT_NEAR(ratio, 1.0, 0.05);
        for (std::size_t n = 0; n < 2; ++n)
            EXPECT_NEAR(mean[n], q.mean[n], 0.15 * q.deviation[n]) << "latent " << n;
    }
}

TEST(Members, TheDensityOfAPriorIntegratesToOneAndItsSamplesFollowIt) {
    for (const model::ModelSpec& spec : test::one_of_each()) {
        SCOPED_TRACE(test::text_of(spec));
        const ModelProblem problem(spec, 1);
        const auto model = model::make_model(spec);
        constexpr int kSide = 160;
        constexpr double kReach = 8.0, kCell = 2.0 * kReach / kSide;
        std::vector<float> z;
        for (int i = 0; i < kSide * kSide; ++i) {
            const int row = i / kSide, column = i % kSide;
            z.push_back(static_cast<float>(-kReach + kCell * (column + 0.5)));
            z.push_back(static_cast<float>(-kReach + kCell * (row + 0.5)));
        }
        std::vector<double> nats(z.size() / 2);
        model->log_prior(problem.parameters, z, nats, {});
        double whole = 0.0;
        double expected[2] = {};
        for (std::size_t i = 0; i < nats.size(); ++i) {
            const double weight = std::exp(nats[i]) * kCell * kCell;
            whole += weight;
            for (std::size_t n = 0; n < 2; ++n) expected[n] += weight * z[2 * i + n];
        }
        EXPECT_NEAR(whole, 1.0, 0.01);
        std::vector<float> samples(2 * 20'000);
        model->sample_prior(problem.parameters, Stream(2, "samples"), 0, samples);
        for (std::size_t n = 0; n < 2; ++n) {
            double mean = 0.0;
            for (std::size_t i = n; i < samples.size(); i += 2) mean += samples[i] / 20'000.0;
            EXPECT_NEAR(mean, expected[n], 0.05) << "latent " << n;
        }
    }
}

TEST(Members, TheSlopeOfTheJointDensityIsThatOfItsValues) {
    for (const model::ModelSpec& spec : test::one_of_each()) {
        SCOPED_TRACE(test::text_of(spec));
        const ModelProblem problem(spec, 3);
        const auto model = model::make_model(spec);
        std::vector<float> z{0.3F, -0.7F, 1.1F, 0.2F, -0.4F, -1.3F}, slope(6);
        std::vector<double> nats(3);
        model->log_joint(problem.parameters, problem.batch(), z, nats, slope);
        for (std::size_t i = 0; i < z.size(); ++i) {
            constexpr float kStep = 2e-2F;
            std::vector<double> above(3), below(3);
            std::vector<float> moved = z;
            moved[i] += kStep;
            model->log_joint(problem.parameters, problem.batch(), moved, above, {});
            moved[i] -= 2 * kStep;
            model->log_joint(problem.parameters, problem.batch(), moved, below, {});
            EXPECT_NEAR((above[i / 2] - below[i / 2]) / (2.0 * kStep), slope[i],
                        0.02 * std::abs(slope[i]) + 0.02)
                << i;
        }
    }
}

// Two halves of an image, each the known part once, make the whole; and what is not known has no
// say.
TEST(Members, TheLikelihoodOfTwoPartsOfAnImageIsThatOfTheImage) {
    for (const model::ModelSpec& spec : test::one_of_each()) {
        SCOPED_TRACE(test::text_of(spec));
        ModelProblem problem(spec, 3);
        const auto model = model::make_model(spec);
        const std::vector<float> z{0.3F, -0.7F, 1.1F, 0.2F, -0.4F, -1.3F};
        std::vector<std::uint8_t> part(model->dimensions()), rest(part.size());
        for (std::size_t i = 0; i < part.size(); ++i) {
            part[i] = i % 3 == 0 ? 1 : 0;
            rest[i] = i % 3 == 0 ? 0 : 1;
        }
        struct Answer {
            std::vector<double> joint = std::vector<double>(3), likelihood = joint;
            std::vector<float> slope = std::vector<float>(6);
        };
        const auto ask = [&](const std::uint8_t* known) {
            Answer answer;
            data::Batch batch = problem.batch();
            batch.known = known;
            model->log_joint(problem.parameters, batch, z, answer.joint, answer.slope);
            std::vector<float> outputs(3 * model->outputs());
            model->decode(problem.parameters, z, data::labels_of(batch), outputs);
            model->log_likelihood(problem.parameters, batch, outputs, answer.likelihood);
            return answer;
        };
        std::vector<double> prior(3);
        std::vector<float> prior_slope(6);
        model->log_prior(problem.parameters, z, prior, prior_slope);
        const Answer whole = ask(nullptr), one = ask(part.data()), other = ask(rest.data());
        const auto near = [](double value) { return 1e-4 * std::abs(value) + 1e-3; };
        for (std::size_t row = 0; row < 3; ++row) {
            EXPECT_NEAR(one.likelihood[row] + other.likelihood[row], whole.likelihood[row],
                        near(whole.likelihood[row]));
            EXPECT_NEAR(one.joint[row] + other.joint[row] - prior[row], whole.joint[row],
                        near(whole.joint[row]));
            EXPECT_NEAR(one.joint[row] - prior[row], one.likelihood[row],
                        near(one.likelihood[row]));
        }
        for (std::size_t i = 0; i < z.size(); ++i) {
            EXPECT_NEAR(one.slope[i] + other.slope[i] - prior_slope[i], whole.slope[i],
                        near(whole.slope[i]));
        }
        for (std::size_t i = 0; i < problem.pixels.size(); ++i)
            if (part[i % part.size()] == 0) problem.pixels[i] ^= 0xFF;
        EXPECT_EQ(ask(part.data()).joint, one.joint);
        EXPECT_EQ(ask(part.data()).slope, one.slope);
    }
}

TEST(Members, PicturesAreTheMeansOfWhatIsDecoded) {
    for (const model::ModelSpec& spec : test::one_of_each()) {
        SCOPED_TRACE(test::text_of(spec));
        const ModelProblem problem(spec, 2);
        const auto model = model::make_model(spec);
        std::vector<float> outputs(2 * model->outputs());
        const std::vector<float> z{0.5F, -1.0F, 2.0F, 0.0F};
        const std::vector<std::uint8_t> labels{0, 1};
        model->decode(problem.parameters, z, labels, outputs);
        std::vector<std::uint8_t> images(2 * model->dimensions());
        model->pictures(problem.parameters, outputs, images);
        std::vector<float> means(images.size());
        model->means(problem.parameters, outputs, means);
        for (std::size_t i = 0; i < means.size(); ++i)
            EXPECT_NEAR(255.0F * means[i], images[i], 0.501) << i;
        EXPECT_NE(std::vector(images.begin(), images.begin() + spec.image.size()),
                  std::vector(images.begin() + spec.image.size(), images.end()));
        // A row's picture does not depend on the other rows.
        std::vector<float> alone(model->outputs());
        model->decode(problem.parameters, std::span(z).first(2), std::span(labels).first(1), alone);
        std::vector<std::uint8_t> image(model->dimensions());
        model->pictures(problem.parameters, alone, image);
        for (std::size_t i = 0; i < image.size(); ++i) EXPECT_NEAR(image[i], images[i], 1) << i;
    }
}

// Of weights that begin with the mean image: at z = 0 nothing but biases is left of a network.
TEST(Members, WhatIsDecodedFirstIsTheMeanImageOrItsMeanWherePixelsShareABias) {
    for (const model::ModelSpec& spec : test::one_of_each()) {
        if (spec.condition.name != "none") continue;  // a label moves what is decoded
        SCOPED_TRACE(test::text_of(spec));
        std::vector<float> mean_image(static_cast<std::size_t>(spec.image.size()));
        for (std::size_t d = 0; d < mean_image.size(); ++d)
            mean_image[d] =
                0.1F + 0.8F * static_cast<float>(d) / static_cast<float>(spec.image.size());
        const auto parameters = model::initial_parameters(spec, "mean", 1, 0.01, mean_image);
        if (spec.network.name == "conv" || spec.network.name == "resnet")
            mean_image.assign(mean_image.size(),
                              std::accumulate(mean_image.begin(), mean_image.end(), 0.0F) /
                                  static_cast<float>(mean_image.size()));
        const auto model = model::make_model(spec);
        std::vector<float> outputs(model->outputs());
        model->decode(parameters, std::vector<float>{0.0F, 0.0F}, {}, outputs);
        std::vector<float> found(model->dimensions());
        model->means(parameters, outputs, found);
        for (std::size_t d = 0; d < found.size(); ++d)
            ASSERT_NEAR(found[d], mean_image[d], 1e-4) << d;
    }
}

// Reading past what a model has put out went unnoticed most of the time.
TEST(Members, RoomForMoreThanThereIsIsRefused) {
    const ModelProblem problem(test::small_spec({{"network", "mlp"}}), 2);
    const auto model = model::make_model(problem.spec);
    std::vector<float> outputs(3 * model->outputs());
    EXPECT_THROW(model->decode(problem.parameters, std::vector<float>{1, 2, 3, 4}, {}, outputs),
                 Error);
}

}  // namespace
}  // namespace elbow

#pragma once

// A likelihood of one pixel, at each of its 256 values.

#include <cmath>
#include <numeric>
#include <vector>

#include "tests/engine/torch/members.h"

namespace elbow::test {

struct OnePixel {
    explicit OnePixel(const char* likelihood, Options options = {})
        : spec(small_spec(with(std::move(options), likelihood), {1, 1, 1})),
          parameters(model::initial_parameters(spec, "glorot", 1)),
          model(model::make_model(spec)) {}

    static Options with(Options options, const char* likelihood) {
        options.push_back({"likelihood", likelihood});
        return options;
    }
    // log p(x|z) for each value x = k / 255 of the pixel, [256], nats.
    std::vector<double> log_densities(const std::vector<float>& outputs) const {
        std::vector<std::uint8_t> pixels(256);
        std::iota(pixels.begin(), pixels.end(), std::uint8_t{0});
        std::vector<float> repeated;
        for (int i = 0; i < 256; ++i)
            repeated.insert(repeated.end(), outputs.begin(), outputs.end());
        std::vector<double> nats(256);
        const data::Batch batch{.pixels = pixels.data(),
                                .dimensions = 1,
                                .scale = 1.0F / 255.0F,
                                .indices = {},
                                .count = 256};
        model->log_likelihood(parameters, batch, repeated, nats);
        return nats;
    }
    // Over [0, 1] by the trapezium rule.
    double integral(const std::vector<float>& outputs) const {
        double sum = 0.0;
        const std::vector<double> nats = log_densities(outputs);
        for (std::size_t i = 0; i < nats.size(); ++i)
            sum += std::exp(nats[i]) * (i == 0 || i == 255 ? 0.5 : 1.0) / 255.0;
        return sum;
    }
    double mean_by_the_density(const std::vector<float>& outputs, bool discrete) const {
        double sum = 0.0, whole = 0.0;
        const std::vector<double> nats = log_densities(outputs);
        for (std::size_t i = 0; i < nats.size(); ++i) {
            const double weight =
                std::exp(nats[i]) * (!discrete && (i == 0 || i == 255) ? 0.5 : 1.0);
            sum += weight * static_cast<double>(i);
            whole += weight;
        }
        return sum / whole;
    }
    // 0 to 255
    int picture(const std::vector<float>& outputs) const {
        std::vector<std::uint8_t> image(1);
        model->pictures(parameters, outputs, image);
        return image[0];
    }

    model::ModelSpec spec;
    std::vector<float> parameters;
    std::unique_ptr<model::Model> model;
};

}  // namespace elbow::test

#include "engine/model/architecture.h"

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"
#include "engine/core/rng.h"

namespace elbow::model {
namespace {

constexpr std::int64_t kAlignment = 16;  // floats: a cache line

std::int64_t aligned(std::int64_t offset) {
    return (offset + kAlignment - 1) / kAlignment * kAlignment;
}

void fill_normal(const Stream& stream, std::uint64_t position, float deviation,
                 std::span<float> values) {
    stream.normals(position, values);
    for (float& value : values) value *= deviation;
}

// Glorot & Bengio 2010: variance 2 / (fan in + fan out).
void fill_glorot(const Stream& stream, std::uint64_t position, const ParameterView& view,
                 std::span<float> values) {
    const double limit = std::sqrt(6.0 / static_cast<double>(view.rows + view.columns));
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = static_cast<float>(limit * (2.0 * stream.uniform(position + i) - 1.0));
    }
}

}  // namespace

Architecture architecture_of(const RunConfig& config, int height, int width, bool continuous) {
    Architecture architecture{height, width, config.hidden, config.latents};
    architecture.variance_floor = config.variance_floor == "on";
    if (config.likelihood == "gaussian" || (config.likelihood == "auto" && continuous)) {
        architecture.likelihood = Likelihood::kGaussian;
    } else if (config.likelihood != "bernoulli" && config.likelihood != "auto") {
        throw UsageError("--likelihood: expected auto, bernoulli or gaussian, found '" +
                         config.likelihood + "'.");
    }
    if (config.activation == "relu") {
        architecture.activation = Activation::kRelu;
    } else if (config.activation != "tanh") {
        throw UsageError("--activation: expected tanh or relu, found '" + config.activation + "'.");
    }
    return architecture;
}

ParameterLayout::ParameterLayout(const Architecture& architecture) {
    const std::int64_t d = architecture.dimensions();
    const std::int64_t h = architecture.hidden;
    const std::int64_t n = architecture.latents;
    const auto start_block = [&] { return size_ = aligned(size_); };
    const auto add = [&](std::string_view name, std::int64_t rows, std::int64_t columns,
                         bool is_bias) {
        views_.push_back({name, size_, rows, columns, is_bias});
        size_ += rows * columns;
    };
    encoder_hidden_weight = start_block();
    add("encoder.hidden.weight", h, d, false);
    encoder_hidden_bias = start_block();
    add("encoder.hidden.bias", h, 1, true);
    encoder_heads_weight = start_block();
    add("encoder.mean.weight", n, h, false);
    add("encoder.log_variance.weight", n, h, false);
    encoder_heads_bias = start_block();
    add("encoder.mean.bias", n, 1, true);
    add("encoder.log_variance.bias", n, 1, true);
    decoder_hidden_weight = start_block();
    add("decoder.hidden.weight", h, n, false);
    decoder_hidden_bias = start_block();
    add("decoder.hidden.bias", h, 1, true);
    const bool gaussian = architecture.likelihood == Likelihood::kGaussian;
    decoder_outputs_weight = start_block();
    add(gaussian ? "decoder.mean.weight" : "decoder.logits.weight", d, h, false);
    if (gaussian) add("decoder.log_variance.weight", d, h, false);
    decoder_outputs_bias = start_block();
    add(gaussian ? "decoder.mean.bias" : "decoder.logits.bias", d, 1, true);
    if (gaussian) add("decoder.log_variance.bias", d, 1, true);
    start_block();
}

const ParameterView& ParameterLayout::view(std::string_view name) const {
    const auto found = std::find_if(views_.begin(), views_.end(),
                                    [&](const ParameterView& view) { return view.name == name; });
    if (found == views_.end())
        throw Error("The model has no parameter called '" + std::string(name) + "'.");
    return *found;
}

std::vector<float> initial_parameters(const Architecture& architecture,
                                      std::string_view initialisation, std::uint64_t seed,
                                      double paper_std) {
    const ParameterLayout layout(architecture);
    const Stream stream(seed, "initialisation");
    std::vector<float> parameters(static_cast<std::size_t>(layout.size()), 0.0f);
    for (const ParameterView& view : layout.views()) {
        const std::span<float> values(parameters.data() + view.offset,
                                      static_cast<std::size_t>(view.size()));
        const auto position = static_cast<std::uint64_t>(view.offset);
        if (initialisation == "paper") {
            fill_normal(stream, position, static_cast<float>(paper_std), values);
        } else if (initialisation != "glorot") {
            throw UsageError("--init: expected glorot or paper, found '" +
                             std::string(initialisation) + "'.");
        } else if (!view.is_bias) {
            fill_glorot(stream, position, view, values);
        }
    }
    return parameters;
}

}  // namespace elbow::model

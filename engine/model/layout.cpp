#include "engine/model/layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/rng.h"
#include "engine/model/families.h"

namespace elbow::model {
namespace {

constexpr std::int64_t kAlignment = 16;  // floats: a cache line

// Of the weights of a run that begins with the mean image, beside Glorot's: what is decoded should
// first be that image, and the smaller the weights, the more of what they become is learnt. Half as
// wide was best of 0.35 to 1.4 (docs/speed-to-bound.md).
constexpr double kWidthOfMean = 0.5;

void fill_normal(const Stream& stream, std::uint64_t position, float deviation,
                 std::span<float> values) {
    stream.normals(position, values);
    for (float& value : values) value *= deviation;
}

// Glorot & Bengio 2010: variance 2 / (fan in + fan out); times `width` squared.
void fill_glorot(const Stream& stream, std::uint64_t position, const ParameterView& view,
                 double width, std::span<float> values) {
    const double limit = width * std::sqrt(6.0 / static_cast<double>(view.fan_in + view.fan_out));
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = static_cast<float>(limit * (2.0 * stream.uniform(position + i) - 1.0));
    }
}

// Each for the mean of its part of the image: a pixel, or a channel.
void fill_for_mean(const MeanStart& start, std::span<const float> mean_image,
                   std::span<float> biases) {
    const std::size_t part = mean_image.size() / static_cast<std::size_t>(start.count);
    for (std::size_t i = 0; i < static_cast<std::size_t>(start.count); ++i) {
        const auto pixels = mean_image.subspan(i * part, part);
        const double sum = std::accumulate(pixels.begin(), pixels.end(), 0.0);
        biases[i] = start.bias(static_cast<float>(sum / static_cast<double>(part)));
    }
}

}  // namespace

float logit_of(float mean) {
    const float within = std::clamp(mean, 0.001F, 0.999F);
    return std::log(within / (1.0F - within));
}

std::int64_t ParameterView::size() const {
    std::int64_t product = 1;
    for (const std::int64_t side : shape) product *= side;
    return product;
}

std::int64_t size_of(const LayerParts& parts) {
    std::int64_t sum = 0;
    for (const LayerPart& part : parts) sum += part.size;
    return sum;
}

ParameterLayout::ParameterLayout(const ModelSpec& spec) {
    check(spec);
    declare_encoder(*this, spec);
    align();
    decoder_begin_ = size_;
    declare_decoder(*this, spec);
    align();
}

void ParameterLayout::align() { size_ = (size_ + kAlignment - 1) / kAlignment * kAlignment; }

void ParameterLayout::put(ParameterView view) {
    view.offset = size_;
    views_.push_back(std::move(view));
    size_ += views_.back().size();
}

void ParameterLayout::put_weights(std::string name, std::vector<std::int64_t> shape,
                                  std::int64_t fan_in, std::int64_t fan_out) {
    put({std::move(name), 0, std::move(shape), Start::kWeights, fan_in, fan_out});
}

void ParameterLayout::put_biases(std::string name, std::int64_t count, MeanStart mean) {
    put({std::move(name), 0, {count}, Start::kBiases, 0, 0, mean});
}

void ParameterLayout::add(std::string name, std::vector<std::int64_t> shape, Start start) {
    align();
    put({std::move(name), 0, std::move(shape), start});
}

void ParameterLayout::add_linear(const std::string& name, std::int64_t out, std::int64_t in) {
    align();
    put_weights(name + ".weight", {out, in}, in, out);
    align();
    put_biases(name + ".bias", out);
}

void ParameterLayout::add_linear_parts(const std::string& whose, const LayerParts& parts,
                                       std::int64_t in) {
    align();
    for (const LayerPart& part : parts)
        put_weights(whose + "." + part.name + ".weight", {part.size, in}, in, part.size);
    align();
    for (const LayerPart& part : parts)
        put_biases(whose + "." + part.name + ".bias", part.size, {part.bias_for_mean, part.size});
}

void ParameterLayout::add_convolution(const std::string& name, std::int64_t out, std::int64_t in,
                                      std::int64_t kernel, bool transposed, MeanStart mean) {
    const std::int64_t area = kernel * kernel;
    align();
    put_weights(name + ".weight", {transposed ? in : out, transposed ? out : in, kernel, kernel},
                in * area, out * area);
    align();
    put_biases(name + ".bias", out, mean);
}

void ParameterLayout::add_convolution_parts(const std::string& whose, const LayerParts& parts,
                                            std::int64_t in, std::int64_t kernel) {
    const std::int64_t area = kernel * kernel;
    align();
    for (const LayerPart& part : parts)
        put_weights(whose + "." + part.name + ".weight", {part.size, in, kernel, kernel}, in * area,
                    part.size * area);
    align();
    for (const LayerPart& part : parts) put_biases(whose + "." + part.name + ".bias", part.size);
}

const ParameterView& ParameterLayout::view(std::string_view name) const {
    const auto found = std::find_if(views_.begin(), views_.end(),
                                    [&](const ParameterView& view) { return view.name == name; });
    if (found == views_.end())
        throw Error("The model has no parameter called '" + std::string(name) + "'.");
    return *found;
}

std::vector<float> initial_parameters(const ModelSpec& spec, std::string_view initialisation,
                                      std::uint64_t seed, double paper_std,
                                      std::span<const float> mean_image) {
    const bool paper = initialisation == "paper";
    const bool of_mean = initialisation == "mean";
    if (!paper && !of_mean && initialisation != "glorot") {
        throw UsageError("--init: expected glorot, mean or paper, found '" +
                         std::string(initialisation) + "'.");
    }
    const ParameterLayout layout(spec);
    const Stream stream(seed, "initialisation");
    std::vector<float> parameters(static_cast<std::size_t>(layout.size()), 0.0f);
    for (const ParameterView& view : layout.views()) {
        const std::span<float> values(parameters.data() + view.offset,
                                      static_cast<std::size_t>(view.size()));
        const auto position = static_cast<std::uint64_t>(view.offset);
        const bool of_network = view.start == Start::kWeights || view.start == Start::kBiases;
        if (of_network && paper) {
            fill_normal(stream, position, static_cast<float>(paper_std), values);
        } else if (view.start == Start::kWeights) {
            fill_glorot(stream, position, view, of_mean ? kWidthOfMean : 1.0, values);
        } else if (view.mean.bias != nullptr && of_mean) {
            fill_for_mean(view.mean, mean_image, values);
        } else if (view.start == Start::kNormal) {
            fill_normal(stream, position, 1.0f, values);
        } else if (view.start == Start::kOne) {
            std::fill(values.begin(), values.end(), 1.0f);
        }
    }
    return parameters;
}

}  // namespace elbow::model

#include "engine/model/layout.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/rng.h"
#include "engine/model/families.h"

namespace elbow::model {
namespace {

constexpr std::int64_t kAlignment = 16;  // floats: a cache line

void fill_normal(const Stream& stream, std::uint64_t position, float deviation,
                 std::span<float> values) {
    stream.normals(position, values);
    for (float& value : values) value *= deviation;
}

// Glorot & Bengio 2010: variance 2 / (fan in + fan out).
void fill_glorot(const Stream& stream, std::uint64_t position, const ParameterView& view,
                 std::span<float> values) {
    const double limit = std::sqrt(6.0 / static_cast<double>(view.fan_in + view.fan_out));
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = static_cast<float>(limit * (2.0 * stream.uniform(position + i) - 1.0));
    }
}

}  // namespace

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

void ParameterLayout::put(std::string name, std::vector<std::int64_t> shape, Start start,
                          std::int64_t fan_in, std::int64_t fan_out) {
    views_.push_back({std::move(name), size_, std::move(shape), start, fan_in, fan_out});
    size_ += views_.back().size();
}

void ParameterLayout::add(std::string name, std::vector<std::int64_t> shape, Start start) {
    align();
    put(std::move(name), std::move(shape), start, 0, 0);
}

void ParameterLayout::add_linear(const std::string& name, std::int64_t out, std::int64_t in) {
    align();
    put(name + ".weight", {out, in}, Start::kWeights, in, out);
    align();
    put(name + ".bias", {out}, Start::kBiases, 0, 0);
}

void ParameterLayout::add_linear_parts(const std::string& whose, const LayerParts& parts,
                                       std::int64_t in) {
    align();
    for (const LayerPart& part : parts) {
        put(whose + "." + part.name + ".weight", {part.size, in}, Start::kWeights, in, part.size);
    }
    align();
    for (const LayerPart& part : parts)
        put(whose + "." + part.name + ".bias", {part.size}, Start::kBiases, 0, 0);
}

void ParameterLayout::add_convolution(const std::string& name, std::int64_t out, std::int64_t in,
                                      std::int64_t kernel, bool transposed) {
    const std::int64_t area = kernel * kernel;
    align();
    put(name + ".weight", {transposed ? in : out, transposed ? out : in, kernel, kernel},
        Start::kWeights, in * area, out * area);
    align();
    put(name + ".bias", {out}, Start::kBiases, 0, 0);
}

void ParameterLayout::add_convolution_parts(const std::string& whose, const LayerParts& parts,
                                            std::int64_t in, std::int64_t kernel) {
    const std::int64_t area = kernel * kernel;
    align();
    for (const LayerPart& part : parts) {
        put(whose + "." + part.name + ".weight", {part.size, in, kernel, kernel}, Start::kWeights,
            in * area, part.size * area);
    }
    align();
    for (const LayerPart& part : parts)
        put(whose + "." + part.name + ".bias", {part.size}, Start::kBiases, 0, 0);
}

const ParameterView& ParameterLayout::view(std::string_view name) const {
    const auto found = std::find_if(views_.begin(), views_.end(),
                                    [&](const ParameterView& view) { return view.name == name; });
    if (found == views_.end())
        throw Error("The model has no parameter called '" + std::string(name) + "'.");
    return *found;
}

std::vector<float> initial_parameters(const ModelSpec& spec, std::string_view initialisation,
                                      std::uint64_t seed, double paper_std) {
    if (initialisation != "paper" && initialisation != "glorot") {
        throw UsageError("--init: expected glorot or paper, found '" + std::string(initialisation) +
                         "'.");
    }
    const bool paper = initialisation == "paper";
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
            fill_glorot(stream, position, view, values);
        } else if (view.start == Start::kNormal) {
            fill_normal(stream, position, 1.0f, values);
        } else if (view.start == Start::kOne) {
            std::fill(values.begin(), values.end(), 1.0f);
        }
    }
    return parameters;
}

}  // namespace elbow::model

#include "engine/model/decoder_steps.h"

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <numeric>
#include <utility>

#include "engine/core/error.h"
#include "engine/model/members.h"

namespace elbow::model {
namespace {

constexpr double kNormVariance = 1e-5;  // as LibTorch adds it

using Shape = std::vector<std::int64_t>;

std::int64_t count_of_values(const Shape& shape) {
    return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

// A value of one image that is not there: it writes down what is done to it, in the words of a
// tensor whose first dimension, the images, is left out.
class Sketched {
  public:
    Sketched() = default;  // undefined
    Sketched(std::vector<DecoderStep>* steps, int number, Shape shape)
        : steps_(steps), number_(number), shape_(std::move(shape)) {}

    bool defined() const { return steps_ != nullptr; }
    int number() const { return number_; }
    const Shape& shape() const { return shape_; }

    // The result of a step of which this is the first operand.
    Sketched then(const char* operation, Shape shape, std::vector<std::string> blocks = {},
                  std::vector<double> numbers = {}, std::initializer_list<int> others = {}) const {
        std::vector<int> of{number_};
        of.insert(of.end(), others);
        return write(
            {operation, std::move(of), std::move(blocks), std::move(numbers), std::move(shape)});
    }
    Sketched constant(double value) const { return write({"number", {}, {}, {value}, {1}}); }

    std::int64_t size(int dimension) const {
        return shape_.at(static_cast<std::size_t>(dimension - 1));
    }
    Sketched view(std::initializer_list<std::int64_t> sizes) const {
        return then("reshape", Shape(sizes.begin() + 1, sizes.end()));
    }
    Sketched flatten(int /*from*/) const { return then("reshape", {count_of_values(shape_)}); }
    // Of values that were joined there, one of the two.
    Sketched narrow(int /*dimension*/, std::int64_t first, std::int64_t length) const {
        if (first == 0 && length == count_of_values(shape_)) return *this;
        if (number_ >= DecoderSteps::kFirst) {
            const DecoderStep& made = step(number_);
            if (made.operation == "join") {
                const std::int64_t left = length_of(made.of[0]);
                if (first == 0 && length == left) return {steps_, made.of[0], {length}};
                if (first == left && first + length == count_of_values(shape_))
                    return {steps_, made.of[1], {length}};
            }
        }
        return then("slice", {length}, {}, {static_cast<double>(first)});
    }
    Sketched sigmoid() const { return then("sigmoid", shape_); }
    Sketched exp() const { return then("exp", shape_); }
    Sketched abs() const { return then("abs", shape_); }
    Sketched operator-() const { return then("negate", shape_); }

    // NOLINTBEGIN(readability-identifier-naming)
    friend Sketched with(const char* operation, const Sketched& x, const Sketched& y) {
        return x.then(operation, x.shape_.size() == 1 && x.shape_[0] == 1 ? y.shape_ : x.shape_, {},
                      {}, {y.number_});
    }
    friend Sketched where(const Sketched& c, const Sketched& x, const Sketched& y) {
        return c.then("choose", c.shape_, {}, {}, {x.number_, y.number_});
    }
    friend Sketched ones_like(const Sketched& x) { return x.constant(1.0); }
    // NOLINTEND(readability-identifier-naming)

  private:
    const DecoderStep& step(int number) const {
        return (*steps_)[static_cast<std::size_t>(number - DecoderSteps::kFirst)];
    }
    std::int64_t length_of(int number) const {
        return number < DecoderSteps::kFirst ? -1 : count_of_values(step(number).shape);
    }
    Sketched write(DecoderStep made) const {
        steps_->push_back(std::move(made));
        return {steps_, static_cast<int>(steps_->size()) - 1 + DecoderSteps::kFirst,
                steps_->back().shape};
    }

    std::vector<DecoderStep>* steps_ = nullptr;
    int number_ = 0;
    Shape shape_;
};

Sketched operator+(const Sketched& x, const Sketched& y) { return with("add", x, y); }
Sketched operator+(double x, const Sketched& y) { return y.constant(x) + y; }
Sketched operator-(const Sketched& x, const Sketched& y) { return with("subtract", x, y); }
Sketched operator-(double x, const Sketched& y) { return y.constant(x) - y; }
Sketched operator/(const Sketched& x, const Sketched& y) { return with("divide", x, y); }
Sketched operator/(double x, const Sketched& y) { return y.constant(x) / y; }
Sketched operator/(const Sketched& x, double y) { return x / x.constant(y); }
Sketched operator<(const Sketched& x, double y) { return with("less", x, x.constant(y)); }

// The members' Graph, as the module's is, of a decoder.
class Sketch {
  public:
    explicit Sketch(const ModelSpec& spec) : spec_(spec), layout_(spec) {}

    const ModelSpec& spec() const { return spec_; }

    Sketched linear(const Sketched& x, const std::string& layer) const {
        return x.then("linear", bias_shape(layer), {layer + ".weight", layer + ".bias"});
    }
    Sketched decoder_outputs(const Sketched& features) const {
        Sketched all;
        for (const LayerPart& part : decoder_parts(spec_)) {
            const Sketched values = linear(features, "decoder." + part.name);
            all = all.defined() ? joined(all, values) : values;
        }
        return all;
    }
    Sketched activated(const Sketched& sums, const std::string& activation) const {
        return sums.then(activation.c_str(), sums.shape());
    }
    Sketched normalised(const Sketched& x, const std::string& layer) const {
        return x.then("normalise", x.shape(), {layer + ".gain", layer + ".shift"}, {kNormVariance});
    }
    Sketched convolution(const Sketched& x, const std::string& layer, int stride,
                         int padding) const {
        const Shape& kernels = layout_.view(layer + ".weight").shape;
        const auto side = [&](std::int64_t before) {
            return (before + 2 * padding - kernels[2]) / stride + 1;
        };
        return x.then("convolve", {kernels[0], side(x.shape()[1]), side(x.shape()[2])},
                      {layer + ".weight", layer + ".bias"},
                      {static_cast<double>(stride), static_cast<double>(padding)});
    }
    Sketched transposed(const Sketched& x, const std::string& layer, int padding, int height,
                        int width) const {
        constexpr double kStride = 2.0;
        return x.then("transpose", {bias_shape(layer)[0], height, width},
                      {layer + ".weight", layer + ".bias"},
                      {kStride, static_cast<double>(padding)});
    }
    Sketched joined(const Sketched& x, const Sketched& y) const {
        if (!y.defined()) return x;
        return x.then("join", {x.shape()[0] + y.shape()[0]}, {}, {}, {y.number()});
    }

  private:
    const Shape& bias_shape(const std::string& layer) const {
        return layout_.view(layer + ".bias").shape;
    }

    const ModelSpec& spec_;
    ParameterLayout layout_;
};

// Without the steps that the picture does not need.
DecoderSteps needed(const std::vector<DecoderStep>& steps, int picture) {
    std::vector<char> used(steps.size() + DecoderSteps::kFirst, 0);
    used[static_cast<std::size_t>(picture)] = 1;
    for (std::size_t i = steps.size(); i-- > 0;) {
        if (used[i + DecoderSteps::kFirst] == 0) continue;
        for (const int value : steps[i].of) used[static_cast<std::size_t>(value)] = 1;
    }
    std::vector<int> renamed = {DecoderSteps::kZ, DecoderSteps::kLabel};
    DecoderSteps result;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        renamed.push_back(static_cast<int>(result.steps.size()) + DecoderSteps::kFirst);
        if (used[i + DecoderSteps::kFirst] == 0) continue;
        result.steps.push_back(steps[i]);
        for (int& value : result.steps.back().of) value = renamed[static_cast<std::size_t>(value)];
    }
    result.picture = renamed[static_cast<std::size_t>(picture)];
    return result;
}

}  // namespace

DecoderSteps decoder_steps(const ModelSpec& spec) {
    const Sketch sketch(spec);
    std::vector<DecoderStep> steps;
    const Sketched z(&steps, DecoderSteps::kZ, {spec.latents});
    Sketched label;
    if (spec.classes > 0) label = {&steps, DecoderSteps::kLabel, {spec.classes}};
    Sketched picture;
    with_member<Networks>(
        spec.network, [&](auto member) { picture = decltype(member)::decode(sketch, z, label); });
    with_member<Likelihoods>(
        spec.likelihood, [&](auto member) { picture = decltype(member)::mean(sketch, picture); });
    return needed(steps, picture.number());
}

}  // namespace elbow::model

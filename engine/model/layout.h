#pragma once

// Where each parameter of a model lies in the one flat buffer that holds them all.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/spec.h"

namespace elbow::model {

// How a block's first values are drawn.
enum class Start {
    kWeights,  // glorot: uniform with variance 2 / (fan in + fan out); mean: a quarter of it
    kBiases,   // glorot: 0; mean: 0, or as MeanStart says
    kZero,     // whatever the run's initialisation, as the next two
    kOne,
    kNormal,  // N(0, 1)
};

// Biases of which the first decoded image can be the mean of the training images: the first `count`
// of them, each for as large a part of the image.
struct MeanStart {
    float (*bias)(float mean) = nullptr;  // that decodes to this mean, in [0, 1]
    std::int64_t count = 0;
};
// The bias of a sigmoid. A pixel that is black in all images would ask for one without end, so
// means count as 0.001 at the least and 0.999 at the most.
float logit_of(float mean);

// One named block of any number of dimensions, row-major.
struct ParameterView {
    std::string name;     // "encoder.hidden.weight"
    std::int64_t offset;  // floats from the start of the buffer
    std::vector<std::int64_t> shape;
    Start start;
    std::int64_t fan_in = 0, fan_out = 0;  // of weights
    MeanStart mean = {};                   // of biases
    std::int64_t size() const;
};

// A part of what a linear layer puts out, a block of its own beside the other parts: "mean" of
// size N.
struct LayerPart {
    std::string name;
    std::int64_t size;
    float (*bias_for_mean)(float mean) = nullptr;  // as MeanStart::bias
};
using LayerParts = std::vector<LayerPart>;
std::int64_t size_of(const LayerParts&);

// Each block starts at a multiple of 16 floats but for the parts of one layer, which lie together,
// weights and biases each; the gaps stay zero. The encoder's blocks come first, then the decoder's,
// then those of likelihood and prior. Of the paper's network:
//   encoder.hidden.weight        [H, D]
//   encoder.hidden.bias          [H]
//   encoder.mean.weight          [N, H]   with the next one [2N, H]
//   encoder.log_variance.weight  [N, H]
//   encoder.mean.bias            [N]      with the next one [2N]
//   encoder.log_variance.bias    [N]
//   decoder.hidden.weight        [H, N]
//   decoder.hidden.bias          [H]
//   decoder.logits.weight        [D, H]
//   decoder.logits.bias          [D]
// with a Gaussian likelihood instead of the logits, adjacent in the same way:
//   decoder.mean.weight          [D, H]
//   decoder.log_variance.weight  [D, H]
//   decoder.mean.bias            [D]
//   decoder.log_variance.bias    [D]
class ParameterLayout {
  public:
    // Throws UsageError where the spec describes no model (families.h).
    explicit ParameterLayout(const ModelSpec&);

    std::span<const ParameterView> views() const& { return views_; }
    std::span<const ParameterView> views() const&& = delete;  // a loop would outlive the layout
    const ParameterView& view(std::string_view name) const;   // throws Error for an unknown name
    std::int64_t size() const { return size_; }               // floats, a multiple of 16
    // The encoder's parameters lie before, all others from here on.
    std::int64_t decoder_begin() const { return decoder_begin_; }

    // For the members of the families, which say what they need.
    void add(std::string name, std::vector<std::int64_t> shape, Start);
    // NAME.weight [out, in] and NAME.bias [out].
    void add_linear(const std::string& name, std::int64_t out, std::int64_t in);
    // The same for each part, out being its size: WHOSE.PART.weight.
    void add_linear_parts(const std::string& whose, const LayerParts&, std::int64_t in);
    // Kernels of a convolution: [out, in, kernel, kernel] and [out]; transposed: [in, out, ...].
    void add_convolution(const std::string& name, std::int64_t out, std::int64_t in,
                         std::int64_t kernel, bool transposed = false, MeanStart = {});
    void add_convolution_parts(const std::string& whose, const LayerParts&, std::int64_t in,
                               std::int64_t kernel);

  private:
    void put_weights(std::string name, std::vector<std::int64_t> shape, std::int64_t fan_in,
                     std::int64_t fan_out);
    void put_biases(std::string name, std::int64_t count, MeanStart = {});
    void put(ParameterView);  // at the end, wherever it says that it is
    void align();

    std::vector<ParameterView> views_;
    std::int64_t size_ = 0;
    std::int64_t decoder_begin_ = 0;
};

// Draws all parameters from the stream "initialisation" of the seed. "glorot" and "mean" as Start
// says, the latter from the mean of the training images, [D] in [0, 1]; "paper": weights and biases
// from N(0, paper_std^2). Throws UsageError for another name.
std::vector<float> initial_parameters(const ModelSpec&, std::string_view initialisation,
                                      std::uint64_t seed, double paper_std = 0.01,
                                      std::span<const float> mean_image = {});

}  // namespace elbow::model

#pragma once

// What a decoder computes, as a short list of plain operations on the model's named blocks, for
// whoever computes it elsewhere, such as a page in a browser. The members' own arithmetic is run
// over values that write down what is done to them, so that no network says it twice. Pure
// functions.
//
//   operation   of (blocks; numbers)                       result, row-major
//   linear      x [in] (weight [out, in], bias [out])      [out]
//   normalise   x [n] (gain [n], shift [n]; extra)         [n], of mean 0 and variance 1 before
//   gain
//                                                          and shift, with extra added to the
//                                                          variance
//   convolve    x [C, h, w] (weight [out, C, k, k], bias [out]; stride, padding)    [out, H, W]
//   transpose   x [C, h, w] (weight [C, out, k, k], bias [out]; stride, padding)    [out, H, W]
//   join        x [n], y [m]                               [n + m]
//   slice       x (; first)                                as many values from there on
//   reshape     x                                          the same values
//   number      (; value)                                  [1], which goes with any shape below
//   add, subtract, multiply, divide, less   x, y           value by value; less: 1 or 0
//   choose      c, x, y                                    x where c is not 0, else y
//   relu, tanh, gelu, silu, sigmoid, exp, abs, negate   x  value by value
//
// gelu is x times the normal distribution function of x.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/model/spec.h"

namespace elbow::model {

struct DecoderStep {
    std::string operation;
    std::vector<int> of;              // values by their numbers
    std::vector<std::string> blocks;  // of the ParameterLayout
    std::vector<double> numbers;
    std::vector<std::int64_t> shape;  // of the result, for one z
};

// Value 0 is z [N], value 1 the label [classes], 1 where it is and 0 elsewhere; value i + 2 is the
// result of step i.
struct DecoderSteps {
    static constexpr int kZ = 0, kLabel = 1, kFirst = 2;
    std::vector<DecoderStep> steps;
    int picture = 0;  // the value that is the mean of p(x|z), [C, H, W] in [0, 1]
};

// Without what the picture does not need. Throws UsageError where the spec describes no model.
DecoderSteps decoder_steps(const ModelSpec&);

}  // namespace elbow::model

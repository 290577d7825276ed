#include "engine/run/code_length.h"

namespace elbow::run {

CodeLength code_length(const model::ModelSpec& spec, data::Targets targets) {
    const std::string& likelihood = spec.likelihood.name;
    if (likelihood == "logistic") {
        return {true, 0.0,
                "Lossless: p(x|z) is a probability of each of the 256 values of a pixel."};
    }
    if (likelihood == "bernoulli") {
        if (targets != data::Targets::kGrey)
            return {true, 0.0, "Lossless: the images are black and white, and so is p(x|z)."};
        return {false, 0.0,
                "No length of a file: the Bernoulli is of black and white pixels and these are "
                "grey, so that the number is a cross-entropy. Binarised targets, or a discretised "
                "logistic, make it one."};
    }
    return {false, 8.0,
            "Not lossless: p(x|z) is a density of grey values. With the 8 bits that make it one of "
            "256 values it is nearly a length, for as long as it hardly changes from one value to "
            "the next. A discretised logistic makes it one."};
}

}  // namespace elbow::run

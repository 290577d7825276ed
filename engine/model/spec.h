#pragma once

// Which model a run trains: a value, which run.json holds and from which everything about the model
// follows. Nothing here knows how a model computes.

#include <map>
#include <string>
#include <string_view>
#include <variant>

#include "engine/data/image_shape.h"

namespace elbow::model {

using data::ImageShape;

// A whole number, a number or a word.
using OptionValue = std::variant<int, double, std::string>;
std::string text_of(const OptionValue&);

// One of a family, with the options that are its own: {"mlp", {{"widths", "200,200"}}}.
struct Member {
    std::string name;
    std::map<std::string, OptionValue, std::less<>> options = {};

    // Throw Error where there is no such option of that kind.
    int whole(std::string_view option) const;
    double real(std::string_view option) const;
    const std::string& text(std::string_view option) const;
    bool is_on(std::string_view option) const { return text(option) == "on"; }
    bool operator==(const Member&) const = default;
};

std::string text_of(const Member&);  // "mlp (activation relu, widths 200,200)"

struct ModelSpec {
    ImageShape image;
    Member network, posterior, prior, likelihood, condition;
    int latents = 2;  // N
    int classes = 0;  // of the labels that encoder and decoder are told; 0: none

    bool operator==(const ModelSpec&) const = default;
};

}  // namespace elbow::model

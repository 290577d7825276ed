#pragma once

// What a person most likely meant by an unknown name. Pure functions.

#include <span>
#include <string>
#include <string_view>

namespace elbow {

// " Did you mean 'adam'?", or nothing where no name is near: a slip or two of the fingers, or a
// beginning that fits one name alone. Letters may be small or large.
std::string did_you_mean(std::string_view typed, std::span<const std::string> names);

}  // namespace elbow

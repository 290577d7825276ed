#include "engine/data/shapes_size.h"

#include <algorithm>
#include <array>
#include <set>

#include "engine/core/error.h"
#include "engine/core/parse_count.h"
#include "engine/core/text.h"

namespace elbow::data {
namespace {

struct Parameter {
    std::string_view name;
    int ShapesSize::*member;
    int least, most;
};

constexpr std::array kParameters = {Parameter{"side", &ShapesSize::side, 28, 128},
                                    Parameter{"train", &ShapesSize::train, 10'000, 2'000'000},
                                    Parameter{"held-out", &ShapesSize::held_out, 1000, 1'000'000}};

[[noreturn]] void refuse(const std::string& expected, std::string_view found) {
    throw UsageError("--dataset shapes: expected " + expected + ", found '" + std::string(found) +
                     "'. Write it as shapes:side=64,train=1e5,held-out=1e4.");
}

std::string range(const Parameter& parameter) {
    return std::to_string(parameter.least) + " to " + std::to_string(parameter.most);
}

const Parameter& parameter_called(std::string_view name, std::string_view found) {
    const auto is_it = [&](const Parameter& parameter) { return parameter.name == name; };
    const auto* const parameter = std::find_if(kParameters.begin(), kParameters.end(), is_it);
    if (parameter == kParameters.end()) refuse(shapes_ranges(), found);
    return *parameter;
}

int value_of(const Parameter& parameter, std::string_view text) {
    const std::string what = "--dataset shapes: " + std::string(parameter.name);
    return static_cast<int>(parse_count(text, what, static_cast<std::uint64_t>(parameter.least),
                                        static_cast<std::uint64_t>(parameter.most)));
}

}  // namespace

ShapesSize parse_shapes_size(std::string_view parameters) {
    ShapesSize size;
    std::set<std::string_view> named;
    while (true) {
        const std::size_t comma = parameters.find(',');
        const std::string_view one = parameters.substr(0, comma);
        const std::size_t equals = one.find('=');
        if (equals == std::string_view::npos) refuse(shapes_ranges(), one);
        const Parameter& parameter = parameter_called(trimmed(one.substr(0, equals)), one);
        if (!named.insert(parameter.name).second)
            refuse(std::string(parameter.name) + " once", one);
        size.*parameter.member = value_of(parameter, one.substr(equals + 1));
        if (comma == std::string_view::npos) return size;
        parameters.remove_prefix(comma + 1);
    }
}

std::string text_of(const ShapesSize& size) {
    const ShapesSize usual;
    std::string text;
    for (const Parameter& parameter : kParameters) {
        const int value = size.*parameter.member;
        if (value == usual.*parameter.member) continue;
        text +=
            (text.empty() ? "" : ",") + std::string(parameter.name) + "=" + std::to_string(value);
    }
    return text;
}

std::uint64_t memory_of(const ShapesSize& size) {
    constexpr std::uint64_t kLabel = 1;
    constexpr std::uint64_t kFactors = 5 * sizeof(float);
    const auto side = static_cast<std::uint64_t>(size.side);
    const auto images =
        static_cast<std::uint64_t>(size.train) + static_cast<std::uint64_t>(size.held_out);
    return images * (side * side + kLabel + kFactors);
}

std::string shapes_ranges() {
    std::string text;
    for (const Parameter& parameter : kParameters) {
        text += (text.empty() ? "" : ", ") + std::string(parameter.name) + "=" + range(parameter);
    }
    return text;
}

}  // namespace elbow::data

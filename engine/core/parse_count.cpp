#include "engine/core/parse_count.h"

#include <cmath>
#include <optional>
#include <string>

#include "engine/core/error.h"
#include "engine/core/text.h"

namespace elbow {

std::uint64_t parse_count(std::string_view text, std::string_view what, std::uint64_t minimum,
                          std::uint64_t maximum) {
    const std::optional<double> value = read_number(text);
    const auto refuse = [&](const std::string& expected) {
        throw UsageError(std::string(what) + ": expected a whole number " + expected + ", found '" +
                         std::string(text) + "'.");
    };
    if (!value || *value != std::floor(*value)) refuse("such as 50000 or 1e6");
    if (*value < static_cast<double>(minimum) || *value > static_cast<double>(maximum))
        refuse("from " + std::to_string(minimum) + " to " + std::to_string(maximum));
    return static_cast<std::uint64_t>(*value);
}

}  // namespace elbow

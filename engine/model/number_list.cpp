#include "engine/model/number_list.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/core/error.h"
#include "engine/core/text.h"

namespace elbow::model {

std::vector<int> number_list(const Member& member, const char* option, int most_numbers,
                             int largest) {
    const std::string& text = member.text(option);
    std::vector<int> numbers;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t comma = std::min(text.find(',', begin), text.size());
        const std::optional<double> number =
            read_number(std::string_view(text).substr(begin, comma - begin));
        const bool fits = number && *number == std::floor(*number) && *number >= 1.0 &&
                          *number <= static_cast<double>(largest);
        if (!fits || static_cast<int>(numbers.size()) == most_numbers) {
            throw UsageError("--" + std::string(option) + ": expected 1 to " +
                             std::to_string(most_numbers) + " whole numbers from 1 to " +
                             std::to_string(largest) + ", such as 200,200, found '" + text + "'.");
        }
        numbers.push_back(static_cast<int>(*number));
        begin = comma + 1;
    }
    return numbers;
}

}  // namespace elbow::model

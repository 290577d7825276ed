#include "app/gui/panels/option_search.h"

#include <algorithm>
#include <cctype>
#include <sstream>
#include <string>

namespace elbow::gui {
namespace {

std::string in_small_letters(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

}  // namespace

bool is_found(const Option& option, std::string_view text) {
    const std::string place =
        in_small_letters(std::string(option.title) + "\n--" + option.name + "\n" + option.help);
    std::istringstream words(in_small_letters(text));
    std::string word;
    while (words >> word) {
        if (place.find(word) == std::string::npos) return false;
    }
    return true;
}

}  // namespace elbow::gui

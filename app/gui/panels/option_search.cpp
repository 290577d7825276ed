#include "app/gui/panels/option_search.h"

#include <string>

#include "engine/core/word_search.h"

namespace elbow::gui {

bool is_found(const Option& option, std::string_view text) {
    const WordSearch search(text);
    return search.empty() ||
           search.finds(std::string(option.title) + "\n--" + option.name + "\n" + option.help);
}

}  // namespace elbow::gui

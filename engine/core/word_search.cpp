#include "engine/core/word_search.h"

#include <algorithm>
#include <sstream>

namespace elbow {

std::string in_small_letters(std::string_view text) {
    std::string small(text);
    for (char& letter : small) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return small;
}

WordSearch::WordSearch(std::string_view typed) {
    std::istringstream words(in_small_letters(typed));
    for (std::string word; words >> word;) words_.push_back(word);
}

bool WordSearch::finds(std::string_view text) const {
    if (empty()) return true;
    const std::string small = in_small_letters(text);
    return std::all_of(words_.begin(), words_.end(), [&](const std::string& word) {
        return small.find(word) != std::string::npos;
    });
}

}  // namespace elbow

#include "engine/core/suggestion.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "engine/core/word_search.h"

namespace elbow {
namespace {

constexpr std::size_t kLongestWord = 40;  // what is longer is no slip of the fingers
constexpr std::size_t kLeastBeginning = 3;
constexpr std::size_t kCertainSlips = 2;  // with more, a beginning that fits tells more

// How many letters are to be put in, left out, replaced or exchanged with their neighbour to make
// one word of the other (the optimal string alignment distance).
std::size_t slips_between(const std::string& a, const std::string& b) {
    // rows[i % 3][j]: between the first i letters of a and the first j of b
    std::vector<std::vector<std::size_t>> rows(3, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i - 1) % 3];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], rows[(i - 2) % 3][j - 2] + 1);
        }
    }
    return rows[a.size() % 3][b.size()];
}

}  // namespace

std::string did_you_mean(std::string_view typed, std::span<const std::string> names) {
    const std::string word = in_small_letters(typed);
    if (word.empty() || word.size() > kLongestWord) return {};
    const std::string* nearest = nullptr;
    std::size_t fewest = word.size() / 4 + 1;  // this many are still a slip
    const std::string* begun = nullptr;
    std::size_t beginnings = 0;
    for (const std::string& name : names) {
        const std::string small = in_small_letters(name);
        const std::size_t slips = slips_between(word, small);
        if (slips < small.size() && (slips < fewest || (slips == fewest && nearest == nullptr))) {
            nearest = &name;
            fewest = slips;
        }
        const std::size_t shared = std::min(small.size(), word.size());
        if (shared >= kLeastBeginning && small.compare(0, shared, word, 0, shared) == 0) {
            begun = &name;
            ++beginnings;
        }
    }
    if (beginnings == 1 && (nearest == nullptr || fewest > kCertainSlips)) nearest = begun;
    return nearest == nullptr ? std::string() : " Did you mean '" + *nearest + "'?";
}

}  // namespace elbow

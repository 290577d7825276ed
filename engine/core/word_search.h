#pragma once

// A search as a person types it: some words, in capitals or not. Pure functions.

#include <string>
#include <string_view>
#include <vector>

namespace elbow {

// Of the letters of ASCII; all else stays as it is.
std::string in_small_letters(std::string_view);

class WordSearch {
  public:
    explicit WordSearch(std::string_view typed);
    // Nothing but blanks was typed: every text is found.
    bool empty() const { return words_.empty(); }
    // Whether every word is somewhere in the text, if only as a part of a longer one.
    bool finds(std::string_view text) const;
    const std::vector<std::string>& words() const { return words_; }  // in small letters

  private:
    std::vector<std::string> words_;
};

}  // namespace elbow

#pragma once

// "What is this number?": a card behind a small "?" beside a bound, which says what it is of, and
// the same number as others print it. Each panel has one of its own. GUI thread.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/asked_number.h"
#include "app/gui/context.h"

namespace elbow::gui {

class NumberCard {
  public:
    // The numbers that may be asked about, the first one first.
    using Numbers = std::function<std::vector<AskedNumber>()>;

    // A "?" behind the label of the row that was drawn last (value_row), where it has room; a click
    // on the row asks, too. `value`: at the row's right end.
    void draw_mark(Context&, const char* name, const std::string& label, const std::string& value);
    void ask() { asked_ = true; }
    // Once a frame, in the panel's window. Asks for the numbers only while the card is open.
    void draw(Context&, const Numbers&);

  private:
    void draw_number(Context&, const AskedNumber&);
    void draw_titles(Context&, const std::vector<AskedNumber>&);
    void draw_form(Context&, const run::BoundForm&);

    bool asked_ = false;
    std::size_t chosen_ = 0;
};

// What a person reads where such a card opens.
inline constexpr const char* kAskNumber =
    "What is this number? Click for what it is of, and for "
    "the same number as others print it.";

}  // namespace elbow::gui

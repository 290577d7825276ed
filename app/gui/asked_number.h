#pragma once

// What a number of the window is, in words and in the forms in which others print it: the words
// behind the "?" beside a bound. Pure functions. GUI thread.

#include <optional>
#include <string>
#include <vector>

#include "app/gui/context.h"
#include "engine/explore/point.h"
#include "engine/run/bound_forms.h"

namespace elbow::gui {

struct NumberFact {
    std::string name;   // "Images"
    std::string value;  // "10 000 held-out images"
    std::string help;   // one sentence
};

struct AskedNumber {
    std::string title;  // "Held-out bound"
    std::vector<NumberFact> facts;
    std::vector<run::BoundForm> forms;
};

// Absent: nothing was measured yet, or cannot be.
std::optional<AskedNumber> held_out_number(const Context&);
std::optional<AskedNumber> training_number(const Context&);
// Of a held-out image.
AskedNumber image_number(const Context&, const explore::PointDetail&);

// Of the run: the held-out and the training number, as far as they are there.
std::vector<AskedNumber> numbers_of_run(const Context&);

// A form's number as the card shows it and as a click copies it.
std::string number_text(const run::BoundForm&);

}  // namespace elbow::gui

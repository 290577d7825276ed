#pragma once

// What the points of the map are told apart by: the labels of the data, or the words of a column of
// one's own, where the points are coloured by that. Pure functions.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/gui/view_state.h"
#include "engine/data/dataset.h"
#include "engine/io/image_columns.h"
#include "engine/live/class_votes.h"

namespace elbow::gui {

struct Context;

struct MapClasses {
    std::span<const std::string> names;
    std::span<const std::uint8_t> of;  // [held-out images] a name's index; empty: none is known
    std::string column = {};           // the name of the column; empty: they are the labels
    // For the questions about classes, to which none of one's own means the labels.
    live::HeldOutClasses own() const;
    bool are(const live::HeldOutClasses& own) const;
    int count() const { return static_cast<int>(names.size()); }
    // "7", "no label" where it has none.
    std::string name(int held_out_index) const;
};

// They refer to what they are of, which must outlive them. colour: Settings::point_colour.
MapClasses map_classes(const data::Dataset&, const io::ImageColumns*, std::string_view colour);
MapClasses map_classes(const Context&);  // of a context that has a run

// What is hidden is of one of them: where that is no longer shown, all are shown.
void fit_hidden(ViewState&, const MapClasses&);

}  // namespace elbow::gui

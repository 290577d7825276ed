#pragma once

// Bookmarks: making one of what is seen, going there, renaming and deleting it. Each is a change of
// the view state, so that undo takes it back. Pure functions.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "app/gui/view_state.h"

namespace elbow::gui {

inline constexpr std::size_t kMostBookmarks = 100, kMostBookmarkName = 60;  // the second: bytes

// "Place 3": a name that none has yet.
std::string free_bookmark_name(const ViewState&);
// Of what is seen now, at the end of the list. image: [C, H, W] decoded at the dot; may be empty.
void add_bookmark(ViewState&, const MapLook&, std::vector<std::uint8_t> image);
// What belongs to no place stays: attributes, the drawing and the bookmarks themselves.
void go_to_bookmark(std::size_t number, ViewState&, MapLook&);
// A blank name changes nothing.
void rename_bookmark(ViewState&, std::size_t number, const std::string& name);
void delete_bookmark(ViewState&, std::size_t number);

}  // namespace elbow::gui

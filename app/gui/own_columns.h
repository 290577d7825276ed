#pragma once

// A table of one's own that lies on the disk, whose columns the points of the map can be coloured
// by.

#include <string>

#include "app/gui/followed_file.h"
#include "engine/io/image_columns.h"

namespace elbow::gui {

using OwnColumns = FollowedFile<io::ImageColumns>;
OwnColumns own_columns();

// "Read 'ages.csv': the points can be coloured by age and height (...)."
std::string told(const io::ImageColumns&);

}  // namespace elbow::gui

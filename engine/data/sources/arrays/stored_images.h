#pragma once

// Images, labels and factors out of a file with arrays under names. Used by one thread.

#include <string>

#include "engine/data/sources/array_images.h"
#include "engine/data/sources/arrays/array_roles.h"
#include "engine/data/sources/arrays/array_store.h"

namespace elbow::data {

struct StoreWords {
    std::string form;      // "npz"
    std::string shown_as;  // the quoted path
};

// By array_roles(). Throws Error where the arrays hold no images, or several that could be, or do
// not belong together; Cancelled.
ArrayImages images_of_store(ArrayStore&, const StoreWords&, const ArrayWishes&, Progress&);

// The same where it is known which array is what.
ArrayImages images_of_roles(ArrayStore&, const ArrayRoles&, const StoreWords&, const ArrayWishes&,
                            Progress&);

}  // namespace elbow::data

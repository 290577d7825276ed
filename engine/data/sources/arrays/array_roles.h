#pragma once

// Which arrays of a file are its images, which their labels, and what else is known of them: by the
// names that published files use, else by their shapes. Pure functions.

#include <string>
#include <string_view>
#include <vector>

#include "engine/data/sources/arrays/array_store.h"

namespace elbow::data {

struct ArrayPart {
    const StoredArray* images = nullptr;  // into the list that was given
    const StoredArray* labels = nullptr;  // null: none
    bool held_out = false;
};

struct ArrayRoles {
    std::vector<ArrayPart> parts;          // at least one; those held out are last
    const StoredArray* factors = nullptr;  // [N, K], dSprites' latents_values
    const StoredArray* classes = nullptr;  // [N, K], dSprites' latents_classes
    std::vector<std::string> notes;
};

// What arrays that belong to one of this name are called, in lower case and without it: of
// "X_train" "y_train", "x_test"; none for a name that no published file has.
std::vector<std::string> names_beside(std::string_view name);

// Throws Error that names `shown_as` and lists what there is where it holds no images, or several
// arrays that could be.
ArrayRoles array_roles(const std::vector<StoredArray>&, ImagesAre habit,
                       const std::string& shown_as);

}  // namespace elbow::data

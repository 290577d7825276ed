// numpy's file of several arrays: a zip with an npy file each.

#include "engine/core/path_text.h"
#include "engine/data/sources/array_forms.h"
#include "engine/data/sources/arrays/npz_store.h"
#include "engine/data/sources/arrays/stored_images.h"

namespace elbow::data {

ArrayForm npz_form() {
    return {"npz", is_npz,
            [](const std::filesystem::path& path, const ArrayWishes& wishes, Progress& progress) {
                const auto store = open_npz(path, progress);
                return images_of_store(*store, {"npz", quoted(path)}, wishes, progress);
            }};
}

}  // namespace elbow::data

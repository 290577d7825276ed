#include "engine/data/sources/array_forms.h"

#include <array>

#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/data/byte_source.h"

namespace elbow::data {
namespace {

// In the order in which they are asked. What says least about itself comes last.
const auto& array_forms() {
    static const std::array forms = {npy_form(), npz_form(),     idx_form(),
                                     mat_form(), refused_form(), csv_form()};
    return forms;
}

const ArrayForm* form_of(const FileHead& head) {
    for (const ArrayForm& form : array_forms()) {
        if (form.recognises(head)) return &form;
    }
    return nullptr;
}

}  // namespace

FileHead head_of(const std::filesystem::path& path) {
    ByteSource source(path);
    FileHead head{path, std::vector<std::uint8_t>(kHeadBytes), source.packed()};
    head.bytes.resize(source.read(head.bytes));
    return head;
}

bool is_array_file(const std::filesystem::path& path) {
    try {
        return form_of(head_of(path)) != nullptr;
    } catch (const Error&) {
        return false;  // whoever wants to read it all the same is told why it cannot be
    }
}

std::vector<std::filesystem::path> array_files(const std::filesystem::path& path) {
    try {
        const ArrayForm* form = form_of(head_of(path));
        if (form != nullptr && form->files != nullptr) return form->files(path);
    } catch (const Error&) {  // whoever wants to read it is told
    }
    return {path};
}

ArrayImages read_array_file(const std::filesystem::path& path, const ArrayWishes& wishes,
                            Progress& progress) {
    progress.throw_if_cancelled();
    const FileHead head = head_of(path);
    if (head.bytes.empty()) throw Error(quoted(path) + " is empty: expected a file of images.");
    const ArrayForm* form = form_of(head);
    if (form == nullptr) {
        throw Error(quoted(path) +
                    " is none of the files of arrays that are read: expected npy, npz, idx (as "
                    "MNIST's), a CSV or amat with an image a line, or MAT of level 5. Save the "
                    "images with numpy.savez('images.npz', images=images, labels=labels).");
    }
    progress.report(-1.0, "Reading " + path.filename().string());
    return form->read(path, wishes, progress);
}

}  // namespace elbow::data

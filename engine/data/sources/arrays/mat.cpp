// MATLAB's file of level 5.

#include <algorithm>

#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/data/byte_source.h"
#include "engine/data/mat5.h"
#include "engine/data/sources/array_forms.h"
#include "engine/data/sources/arrays/array_store.h"
#include "engine/data/sources/arrays/stored_images.h"

namespace elbow::data {
namespace {

constexpr std::size_t kMatReadAtOnce = 8 << 20;
constexpr std::size_t kEndianAt = 126;

std::vector<std::uint8_t> mat_content(const std::filesystem::path& path, Progress& progress) {
    ByteSource source(path);
    std::vector<std::uint8_t> content;
    for (;;) {
        progress.throw_if_cancelled();
        const std::size_t before = content.size();
        if (before > kLargestMat5ArrayBytes) {
            throw Error(quoted(path) + " is too large: expected a MAT file of at most " +
                        std::to_string(kLargestMat5ArrayBytes) + " bytes. Save a part of it.");
        }
        content.resize(before + kMatReadAtOnce);
        const std::size_t got = source.read(std::span(content).subspan(before));
        content.resize(before + got);
        if (got < kMatReadAtOnce) return content;
    }
}

class MatStore final : public ArrayStore {
  public:
    MatStore(const std::filesystem::path& path, Progress& progress)
        : content_(mat_content(path, progress)), shown_as_(path.string()) {
        for (const Mat5Entry& entry : list_mat5(content_, shown_as_)) {
            StoredArray array{entry.name, entry.type, {}, true, false, {}};
            for (const std::int32_t side : entry.shape)
                array.shape.push_back(static_cast<std::uint64_t>(std::max(side, 0)));
            if (!entry.readable)
                array.refusal = "it is of the class " + entry.type + "; save it as uint8.";
            arrays_.push_back(std::move(array));
        }
    }

    const std::vector<StoredArray>& arrays() const override { return arrays_; }
    ImagesAre habit() const override { return ImagesAre::kLast; }

    void read(const StoredArray& array, NumberSink& sink, Progress& progress) override {
        progress.report(-1.0, "Reading " + array.name);
        visit_mat5(content_, array.name, shown_as_, progress, [&](std::span<const double> values) {
            progress.throw_if_cancelled();
            sink.append(values);
        });
    }

  private:
    std::vector<std::uint8_t> content_;
    std::string shown_as_;
    std::vector<StoredArray> arrays_;
};

bool is_mat5(const FileHead& head) {
    const std::string_view text = head.text();
    if (text.size() < kEndianAt + 2) return false;
    const std::string_view mark = text.substr(kEndianAt, 2);
    const std::uint8_t major = head.bytes[mark == "IM" ? kEndianAt - 1 : kEndianAt - 2];
    return (mark == "IM" || mark == "MI") && major == 1;  // 2: HDF5, which is refused by name
}

}  // namespace

ArrayForm mat_form() {
    return {"mat", is_mat5,
            [](const std::filesystem::path& path, const ArrayWishes& wishes, Progress& progress) {
                MatStore store(path, progress);
                return images_of_store(store, {"MAT", quoted(path)}, wishes, progress);
            }};
}

}  // namespace elbow::data

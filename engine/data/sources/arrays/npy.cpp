// numpy's file of one array.

#include <algorithm>

#include "engine/core/path_text.h"
#include "engine/data/byte_source.h"
#include "engine/data/inflater.h"
#include "engine/data/sources/array_forms.h"
#include "engine/data/sources/arrays/array_store.h"
#include "engine/data/sources/arrays/npy_format.h"
#include "engine/data/sources/arrays/stored_images.h"

namespace elbow::data {
namespace {

class NpyStore final : public ArrayStore {
  public:
    explicit NpyStore(const std::filesystem::path& path)
        : shown_as_(quoted(path)),
          source_(path),
          read_([this](std::span<std::uint8_t> out) { return source_.read(out); }),
          header_(read_npy_header(read_, shown_as_)),
          arrays_{header_.array} {}

    const std::vector<StoredArray>& arrays() const override { return arrays_; }

    void read(const StoredArray&, NumberSink& sink, Progress& progress) override {
        const std::uint64_t on_disk = source_.file_bytes();
        const std::uint64_t most = source_.packed() ? on_disk * kDeflateLimit : on_disk;
        read_npy_values(header_, read_, most - std::min(most, header_.header_bytes), shown_as_,
                        sink, progress);
    }

  private:
    std::string shown_as_;
    ByteSource source_;
    ReadBytes read_;
    NpyHeader header_;
    std::vector<StoredArray> arrays_;
};

}  // namespace

ArrayForm npy_form() {
    return {"npy", [](const FileHead& head) { return head.starts_with(kNpyMagic); },
            [](const std::filesystem::path& path, const ArrayWishes& wishes, Progress& progress) {
                NpyStore store(path);
                return images_of_store(store, {"npy", quoted(path)}, wishes, progress);
            }};
}

}  // namespace elbow::data

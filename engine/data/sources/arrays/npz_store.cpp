#include "engine/data/sources/arrays/npz_store.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/data/inflater.h"
#include "engine/data/sources/arrays/npy_format.h"
#include "engine/data/sources/arrays/zip_entries.h"

namespace elbow::data {
namespace {

constexpr std::string_view kZipMagic = "PK\x03\x04";
constexpr std::string_view kNpyEnding = ".npy";
constexpr std::size_t kMostArrays = 10'000;

// The name of the zip's first entry, which its head holds.
std::string_view first_entry(const FileHead& head) {
    constexpr std::size_t kSizeAt = 26, kNameAt = 30;
    const std::string_view text = head.text();
    if (head.packed || !text.starts_with(kZipMagic) || text.size() < kNameAt) return {};
    const std::size_t size = head.bytes[kSizeAt] + 256U * head.bytes[kSizeAt + 1];
    return text.substr(kNameAt, size);
}

class NpzStore final : public ArrayStore {
  public:
    NpzStore(const std::filesystem::path& path, const Progress& progress)
        : path_(path), shown_as_(quoted(path)) {
        ZipEntries zip(path_);
        while (zip.next() && arrays_.size() < kMostArrays) {
            progress.throw_if_cancelled();
            const std::string name = zip.name();
            if (!name.ends_with(kNpyEnding)) continue;
            const NpyHeader header = read_npy_header(bytes_of(zip), named(name));
            arrays_.push_back(header.array);
            arrays_.back().name = name.substr(0, name.size() - kNpyEnding.size());
        }
    }

    const std::vector<StoredArray>& arrays() const override { return arrays_; }

    // Opens the zip anew, for arrays are wanted in another order than they lie in.
    void read(const StoredArray& array, NumberSink& sink, Progress& progress) override {
        ZipEntries zip(path_);
        const std::string entry = array.name + std::string(kNpyEnding);
        do {
            progress.throw_if_cancelled();
            if (!zip.next()) throw Error(shown_as_ + " changed while it was read. Read it again.");
        } while (zip.name() != entry);
        NpyHeader header = read_npy_header(bytes_of(zip), named(entry));
        if (header.array.shape != array.shape)
            throw Error(shown_as_ + " changed while it was read. Read it again.");
        header.array.name = array.name;
        const std::uint64_t most = std::min(zip.bytes(), zip.file_bytes() * kDeflateLimit);
        read_npy_values(header, bytes_of(zip), most - std::min(most, header.header_bytes),
                        named(entry), sink, progress);
    }

  private:
    std::string named(const std::string& entry) const { return "'" + entry + "' in " + shown_as_; }
    static ReadBytes bytes_of(ZipEntries& zip) {
        return [&zip](std::span<std::uint8_t> out) { return zip.read(out); };
    }

    std::filesystem::path path_;
    std::string shown_as_;
    std::vector<StoredArray> arrays_;
};

}  // namespace

bool is_npz(const FileHead& head) { return first_entry(head).ends_with(kNpyEnding); }

std::unique_ptr<ArrayStore> open_npz(const std::filesystem::path& path, const Progress& progress) {
    return std::make_unique<NpzStore>(path, progress);
}

}  // namespace elbow::data

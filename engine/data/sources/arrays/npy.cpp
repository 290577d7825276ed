// numpy's file of one array, and the files of labels and of other parts beside it.

#include <algorithm>
#include <cctype>
#include <memory>
#include <system_error>
#include <utility>

#include "engine/core/path_text.h"
#include "engine/data/byte_source.h"
#include "engine/data/inflater.h"
#include "engine/data/sources/array_forms.h"
#include "engine/data/sources/arrays/array_store.h"
#include "engine/data/sources/arrays/npy_format.h"
#include "engine/data/sources/arrays/stored_images.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;

// ".npy", ".npy.gz"
std::string npy_ending(const fs::path& path) {
    const std::string last = path.extension().string();
    return last == ".gz" ? path.stem().extension().string() + last : last;
}

std::string npy_stem(const fs::path& path) {
    const std::string name = path.filename().string();
    return name.substr(0, name.size() - npy_ending(path).size());
}

// As it is, with a capital in front, all in capitals.
std::vector<std::string> spellings(const std::string& name) {
    std::vector<std::string> all(3, name);
    const auto capital = [](unsigned char c) { return static_cast<char>(std::toupper(c)); };
    all[1][0] = capital(static_cast<unsigned char>(name[0]));
    std::transform(name.begin(), name.end(), all[2].begin(), capital);
    return all;
}

// The one that was named, then those whose names say that they belong to it.
std::vector<fs::path> npy_files(const fs::path& path) {
    std::vector<fs::path> files = {path};
    for (const std::string& name : names_beside(npy_stem(path))) {
        for (const std::string& spelling : spellings(name)) {
            std::error_code error;
            const fs::path file = path.parent_path() / (spelling + npy_ending(path));
            if (!fs::is_regular_file(file, error)) continue;
            files.push_back(file);
            break;
        }
    }
    return files;
}

class NpyFile {
  public:
    explicit NpyFile(const fs::path& path)
        : shown_as_(quoted(path)),
          source_(path),
          read_([this](std::span<std::uint8_t> out) { return source_.read(out); }),
          header_(read_npy_header(read_, shown_as_)) {}
    NpyFile(const NpyFile&) = delete;
    NpyFile& operator=(const NpyFile&) = delete;

    const StoredArray& array() const { return header_.array; }
    void read(NumberSink& sink, Progress& progress) {
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
};

class NpyStore final : public ArrayStore {
  public:
    explicit NpyStore(const std::vector<fs::path>& files) {
        for (const fs::path& file : files) {
            files_.push_back(std::make_unique<NpyFile>(file));
            arrays_.push_back(files_.back()->array());
            if (files.size() > 1) arrays_.back().name = npy_stem(file);
        }
    }

    const std::vector<StoredArray>& arrays() const override { return arrays_; }

    void read(const StoredArray& array, NumberSink& sink, Progress& progress) override {
        files_[static_cast<std::size_t>(&array - arrays_.data())]->read(sink, progress);
    }

  private:
    std::vector<std::unique_ptr<NpyFile>> files_;
    std::vector<StoredArray> arrays_;  // [files_]
};

}  // namespace

ArrayForm npy_form() {
    return {"npy", [](const FileHead& head) { return head.starts_with(kNpyMagic); },
            [](const fs::path& path, const ArrayWishes& wishes, Progress& progress) {
                const std::vector<fs::path> files = npy_files(path);
                NpyStore store(files);
                const std::string beside = files.size() == 1 ? "" : " and what lies beside it";
                return images_of_store(store, {"npy", quoted(path) + beside}, wishes, progress);
            },
            npy_files};
}

}  // namespace elbow::data

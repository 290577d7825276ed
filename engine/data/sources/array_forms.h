#pragma once

// What a form of arrays is to the list in array_forms.cpp: how its files are recognised, and how
// one is read. A new form is one file in arrays/ and one line in the list.

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "engine/data/sources/array_images.h"

namespace elbow::data {

// The beginning of a file, unpacked where it is compressed by gzip.
struct FileHead {
    std::filesystem::path path;
    std::vector<std::uint8_t> bytes;  // at most kHeadBytes
    bool packed = false;              // by gzip

    std::string_view text() const {
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
    bool starts_with(std::string_view magic) const { return text().starts_with(magic); }
};

FileHead head_of(const std::filesystem::path&);  // throws Error as ByteSource does

// Enough for the names of the columns of a table of colour images of 64 x 64.
inline constexpr std::size_t kHeadBytes = 256 << 10;

struct ArrayForm {
    const char* name;  // "npz"
    bool (*recognises)(const FileHead&);
    // As read_array_file(); the file was recognised.
    ArrayImages (*read)(const std::filesystem::path&, const ArrayWishes&, Progress&);
    // All files that it then reads, by their names, the one that was named among them; null: that
    // one alone.
    std::vector<std::filesystem::path> (*files)(const std::filesystem::path&) = nullptr;
};

ArrayForm npy_form();
ArrayForm npz_form();
ArrayForm idx_form();
ArrayForm mat_form();
ArrayForm csv_form();
ArrayForm refused_form();  // what is known by name, and not read

}  // namespace elbow::data

#pragma once

// npy and npz files for tests, made in memory: right ones, and wrong ones by saying what differs.

#include <zlib.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/data/sources/array_images.h"
#include "tests/engine/data/mat5_files.h"

namespace elbow::data {

inline Bytes bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

// "(2, 4, 4)", as Python writes it.
inline std::string python_shape(const std::vector<int>& shape) {
    std::string text = "(";
    for (const int side : shape) text += std::to_string(side) + ", ";
    if (shape.size() > 1) text.resize(text.size() - 2);
    return text + ")";
}

inline Bytes npy_with_header(const std::string& words, const Bytes& values, int version = 1) {
    Bytes bytes = bytes_of("\x93NUMPY");
    bytes.push_back(static_cast<std::uint8_t>(version));
    bytes.push_back(0);
    put_number(bytes, words.size(), version == 1 ? 2 : 4, ByteOrder::kLittle);
    put_all(bytes, bytes_of(words));
    put_all(bytes, values);
    return bytes;
}

inline Bytes npy(const std::string& descr, const std::vector<int>& shape, const Bytes& values,
                 bool fortran = false, int version = 1) {
    return npy_with_header("{'descr': '" + descr +
                               "', 'fortran_order': " + (fortran ? "True" : "False") +
                               ", 'shape': " + python_shape(shape) + ", }\n",
                           values, version);
}

inline Bytes npy_of_bytes(const std::vector<int>& shape, const Bytes& values) {
    return npy("|u1", shape, values);
}

using ZipEntry = std::pair<std::string, Bytes>;

// A zip of these, stored or deflated.
inline Bytes zip_of(const std::vector<ZipEntry>& entries, bool deflate = false) {
    Bytes bytes, directory;
    const auto put = [](Bytes& to, std::uint64_t value, int size) {
        put_number(to, value, size, ByteOrder::kLittle);
    };
    for (const auto& [name, content] : entries) {
        Bytes packed = content;
        if (deflate) {  // without zlib's two bytes before and four behind
            const Bytes whole = deflated(content);
            packed.assign(whole.begin() + 2, whole.end() - 4);
        }
        Bytes common;
        put(common, 20, 2);
        put(common, 0, 2);
        put(common, deflate ? 8 : 0, 2);
        put(common, 0, 4);
        put(common, crc32(0, content.data(), static_cast<uInt>(content.size())), 4);
        put(common, packed.size(), 4);
        put(common, content.size(), 4);
        put(common, name.size(), 2);
        put(common, 0, 2);
        put(directory, 0x02014b50, 4);
        put(directory, 20, 2);
        put_all(directory, common);
        put(directory, 0, 10);
        put(directory, bytes.size(), 4);
        put_all(directory, bytes_of(name));
        put(bytes, 0x04034b50, 4);
        put_all(bytes, common);
        put_all(bytes, bytes_of(name));
        put_all(bytes, packed);
    }
    const std::size_t at = bytes.size();
    put_all(bytes, directory);
    put(bytes, 0x06054b50, 4);
    put(bytes, 0, 4);
    put(bytes, entries.size(), 2);
    put(bytes, entries.size(), 2);
    put(bytes, directory.size(), 4);
    put(bytes, at, 4);
    put(bytes, 0, 2);
    return bytes;
}

// Writes files into a folder of its own and reads them.
class ArrayFiles : public ::testing::Test {
  protected:
    std::filesystem::path file(const std::string& name, const Bytes& bytes) {
        write_bytes(folder / name, bytes);
        return folder / name;
    }
    ArrayImages read(const std::filesystem::path& path, const ArrayWishes& wishes = {}) {
        EXPECT_TRUE(is_array_file(path)) << path;
        return read_array_file(path, wishes, progress);
    }
    ArrayImages read(const std::string& name, const Bytes& bytes, const ArrayWishes& wishes = {}) {
        return read(file(name, bytes), wishes);
    }
    // The message names the file.
    std::string refusal(const std::string& name, const Bytes& bytes,
                        const ArrayWishes& wishes = {}) {
        const auto path = file(name, bytes);
        std::string message = message_of([&] { read_array_file(path, wishes, progress); });
        EXPECT_NE(message.find(path.string()), std::string::npos) << message;
        return message;
    }
    static std::string all_notes(const ArrayImages& images) {
        std::string text;
        for (const std::string& note : images.notes) text += note + "\n";
        return text;
    }
    testing_support::TemporaryFolder folder;
    Progress progress;
};

// As a gtest matcher would compare them: all of it is held to its promises.
inline void expect_consistent(const ArrayImages& images) {
    const auto count = static_cast<std::size_t>(images.count);
    EXPECT_GE(images.count, 1);
    EXPECT_EQ(images.pixels.size(), count * static_cast<std::size_t>(images.shape.size()));
    EXPECT_TRUE(images.labels.empty() || images.labels.size() == count);
    for (const std::uint8_t label : images.labels) EXPECT_LT(label, images.class_names.size());
    for (const Factor& factor : images.factors) EXPECT_EQ(factor.train.size(), count);
    EXPECT_LT(images.held_out, images.count);
}

}  // namespace elbow::data

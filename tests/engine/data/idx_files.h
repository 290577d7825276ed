#pragma once

// Small files for tests.

#include <gtest/gtest.h>
#include <stdlib.h>
#include <zlib.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "tests/temporary_folder.h"

namespace elbow::data {

using Bytes = std::vector<std::uint8_t>;

using testing_support::TemporaryFolder;

// Sets a variable of the environment for one test.
class Environment {
  public:
    Environment(std::string name, const std::string& value) : name_(std::move(name)) {
        if (const char* before = std::getenv(name_.c_str())) before_ = before;
        ::setenv(name_.c_str(), value.c_str(), 1);
    }
    ~Environment() {
        if (before_) {
            ::setenv(name_.c_str(), before_->c_str(), 1);
        } else {
            ::unsetenv(name_.c_str());
        }
    }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

  private:
    std::string name_;
    std::optional<std::string> before_;
};

inline void write_bytes(const std::filesystem::path& path, const Bytes& bytes) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
}

inline Bytes read_bytes(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline void append_number(Bytes& bytes, std::uint32_t value) {
    for (const int shift : {24, 16, 8, 0}) {
        bytes.push_back(static_cast<std::uint8_t>(value >> shift));
    }
}

// An IDX file's bytes: header and values as given, whether or not they agree.
inline Bytes idx_bytes(const std::vector<std::uint32_t>& shape, const Bytes& values) {
    Bytes bytes;
    append_number(bytes, 0x800U + static_cast<std::uint32_t>(shape.size()));
    for (const std::uint32_t size : shape) append_number(bytes, size);
    bytes.insert(bytes.end(), values.begin(), values.end());
    return bytes;
}

// values[i] = first + i, wrapping around at 256.
inline Bytes counting(std::size_t count, int first = 0) {
    Bytes values(count);
    for (std::size_t i = 0; i < count; ++i) {
        values[i] = static_cast<std::uint8_t>(static_cast<std::size_t>(first) + i);
    }
    return values;
}

inline Bytes gzipped(const Bytes& bytes) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    Bytes packed(deflateBound(&stream, bytes.size()) + 64);
    stream.next_in = const_cast<Bytef*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = packed.data();
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

// The message of the Error that `work` throws; a test failure where it throws none.
template <class Work>
std::string message_of(Work work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    ADD_FAILURE() << "no Error was thrown";
    return "";
}

struct SmallSet {
    std::uint32_t train = 6;
    std::uint32_t held_out = 3;
    std::uint32_t side = 4;
    int first_value = 0;  // makes the contents of two sets differ
};

// The four files of a tiny set in MNIST's format; labels count 0, 1, 2...
inline void write_small_set(const std::filesystem::path& folder, const SmallSet& set = {}) {
    const auto write_pair = [&](const std::string& stem, std::uint32_t count, int first) {
        write_bytes(folder / (stem + "-images-idx3-ubyte"),
                    idx_bytes({count, set.side, set.side},
                              counting(std::size_t{count} * set.side * set.side, first)));
        write_bytes(folder / (stem + "-labels-idx1-ubyte"), idx_bytes({count}, counting(count)));
    };
    write_pair("train", set.train, set.first_value);
    write_pair("t10k", set.held_out, set.first_value + 100);
}

}  // namespace elbow::data

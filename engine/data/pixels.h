#pragma once

// The bytes of many images: in memory, or in a file that is mapped. A value, which is read alike
// in both cases; copies share what is mapped.

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "engine/core/mapped_file.h"

namespace elbow::data {

class Pixels {
  public:
    Pixels() = default;
    Pixels(std::vector<std::uint8_t> bytes)  // NOLINT(google-explicit-constructor): they are these
        : own_(std::move(bytes)) {}
    Pixels(std::initializer_list<std::uint8_t> bytes) : own_(bytes) {}
    explicit Pixels(std::shared_ptr<const MappedFile> file) : file_(std::move(file)) {}

    const std::uint8_t* data() const { return bytes().data(); }
    std::size_t size() const { return bytes().size(); }
    bool empty() const { return bytes().empty(); }
    const std::uint8_t* begin() const { return data(); }
    const std::uint8_t* end() const { return data() + size(); }
    std::uint8_t operator[](std::size_t at) const { return bytes()[at]; }

    bool mapped() const { return file_ != nullptr; }
    // In memory, to be written or changed: of a file that is mapped a copy from now on.
    std::vector<std::uint8_t>& own() {
        if (file_) own_.assign(begin(), end());
        file_.reset();
        return own_;
    }

    friend bool operator==(const Pixels& a, const Pixels& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
    }

  private:
    std::span<const std::uint8_t> bytes() const {
        return file_ ? file_->bytes() : std::span<const std::uint8_t>(own_);
    }

    std::vector<std::uint8_t> own_;
    std::shared_ptr<const MappedFile> file_;  // null: in memory
};

}  // namespace elbow::data

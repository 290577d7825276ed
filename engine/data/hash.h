#pragma once

// SHA-256, which says whether bytes are the published ones, in lower-case hexadecimal digits.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace elbow::data {

class Hasher {
  public:
    Hasher();
    ~Hasher();
    Hasher(Hasher&&) noexcept;
    Hasher& operator=(Hasher&&) noexcept;

    void update(std::span<const std::uint8_t>);
    // The hasher is spent afterwards.
    std::string hex();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

std::string hash_of(std::span<const std::uint8_t>);

// Of what the file holds: a gzip file is unpacked first. Throws Error where it cannot be read or is
// damaged.
std::string hash_of_content(const std::filesystem::path&);

}  // namespace elbow::data

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

// The file holds so many bytes with this hash; a gzip file is unpacked first, and no further than
// one byte beyond. Throws Error where it cannot be read or is damaged.
bool has_content(const std::filesystem::path&, std::uint64_t bytes, const std::string& sha256);

}  // namespace elbow::data

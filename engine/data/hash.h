#pragma once

// Digests that say whether bytes are the published ones. SHA-256 decides; MD5 is here because the
// older publications of MNIST state it.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace elbow::data {

enum class Digest { kSha256, kMd5 };

class Hasher {
  public:
    explicit Hasher(Digest);
    ~Hasher();
    Hasher(Hasher&&) noexcept;
    Hasher& operator=(Hasher&&) noexcept;

    void update(std::span<const std::uint8_t>);
    // Lower-case hexadecimal digits; the hasher is spent afterwards.
    std::string hex();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

std::string hash_of(Digest, std::span<const std::uint8_t>);

// Of the file as it lies on disk, compressed or not. Throws Error where it cannot be read.
std::string hash_of_file(Digest, const std::filesystem::path&);

// Of what the file holds: a gzip file is unpacked first. Throws Error where it cannot be read or is
// damaged.
std::string hash_of_content(Digest, const std::filesystem::path&);

}  // namespace elbow::data

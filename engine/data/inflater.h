#pragma once

// A zlib stream in memory, unpacked piece by piece and no further than asked for. Used by one
// thread.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace elbow::data {

// Deflate never packs more than 1032 bytes into one.
inline constexpr std::uint64_t kDeflateLimit = 1032;

inline constexpr std::size_t kLargestZlibPiece = 1 << 30;  // bytes; zlib counts in 32 bits

class Inflater {
  public:
    // `packed` outlives the inflater.
    explicit Inflater(std::span<const std::uint8_t> packed);
    ~Inflater();
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    // Appends `count` bytes to `out`, fewer where the stream ends or is damaged; returns how many.
    std::size_t append(std::size_t count, std::vector<std::uint8_t>& out);

    // The stream came to its end and its checksum is right. Only asking for a byte beyond the end
    // makes sure that this was seen.
    bool ended() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace elbow::data

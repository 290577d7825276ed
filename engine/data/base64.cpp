#include "engine/data/base64.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

namespace elbow::data {

std::string base64(std::span<const std::uint8_t> bytes) {
    // The library counts in int, and ends each piece with a zero.
    constexpr std::size_t kPiece = 3 * 4096;
    std::array<unsigned char, kPiece / 3 * 4 + 1> text{};
    std::string whole;
    whole.reserve((bytes.size() + 2) / 3 * 4);
    while (!bytes.empty()) {
        const auto piece = bytes.first(std::min(kPiece, bytes.size()));
        const int letters =
            EVP_EncodeBlock(text.data(), piece.data(), static_cast<int>(piece.size()));
        whole.append(reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(letters));
        bytes = bytes.subspan(piece.size());
    }
    return whole;
}

}  // namespace elbow::data

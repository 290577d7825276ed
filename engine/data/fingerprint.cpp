#include "engine/data/fingerprint.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <vector>

#include "engine/core/team.h"

namespace elbow::data {

namespace {

constexpr std::size_t kPiece = std::size_t{4} << 20;  // bytes that a thread takes at a time

std::uint32_t crc_of(const std::uint8_t* bytes, std::size_t size) {
    return static_cast<std::uint32_t>(crc32_z(0, bytes, size));
}

std::uint32_t crc_of(const std::vector<std::uint8_t>& bytes, Team& team) {
    std::vector<std::uint32_t> pieces((bytes.size() + kPiece - 1) / kPiece);
    const auto size_of = [&](std::size_t piece) {
        return std::min(kPiece, bytes.size() - piece * kPiece);
    };
    std::atomic<std::size_t> next{0};
    team.run([&](int) {
        for (std::size_t i = next++; i < pieces.size(); i = next++)
            pieces[i] = crc_of(bytes.data() + i * kPiece, size_of(i));
    });
    std::uint32_t whole = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        whole = static_cast<std::uint32_t>(
            crc32_combine(whole, pieces[i], static_cast<z_off_t>(size_of(i))));
    }
    return whole;
}

}  // namespace

std::string fingerprint_of(const Dataset& dataset) {
    Team team(default_threads(false));
    return fingerprint_text({crc_of(dataset.train.pixels, team), crc_of(dataset.train.labels, team),
                             crc_of(dataset.held_out.pixels, team),
                             crc_of(dataset.held_out.labels, team)});
}

std::string fingerprint_text(const std::array<std::uint32_t, 4>& crc) {
    std::string text;
    for (const std::uint32_t each : crc) {
        std::array<char, 16> part{};
        std::snprintf(part.data(), part.size(), "%s%08x", text.empty() ? "" : "-", each);
        text += part.data();
    }
    return text;
}

}  // namespace elbow::data

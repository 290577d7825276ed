#include "engine/data/fingerprint.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <span>
#include <vector>

#include "engine/core/team.h"

namespace elbow::data {
namespace {

constexpr std::size_t kPiece = std::size_t{4} << 20;  // bytes that a thread takes at a time

// All bytes of a data set, piece by piece.
class Crc {
  public:
    Crc(std::uint64_t all, Progress& progress)
        : all_(static_cast<double>(std::max<std::uint64_t>(1, all))), progress_(progress) {}

    std::uint32_t of(std::span<const std::uint8_t> bytes) {
        std::vector<std::uint32_t> pieces((bytes.size() + kPiece - 1) / kPiece);
        const auto piece_of = [&](std::size_t i) {
            return bytes.subspan(i * kPiece, std::min(kPiece, bytes.size() - i * kPiece));
        };
        std::atomic<std::size_t> next{0};
        team_.run([&](int member) {
            for (std::size_t i = next++; i < pieces.size(); i = next++) {
                progress_.throw_if_cancelled();
                const auto piece = piece_of(i);
                pieces[i] = static_cast<std::uint32_t>(crc32_z(0, piece.data(), piece.size()));
                done_ += piece.size();
                if (member == 0) tell();  // one tells, so that it never goes back
            }
        });
        tell();  // the others may have done it all
        std::uint32_t whole = 0;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            whole = static_cast<std::uint32_t>(
                crc32_combine(whole, pieces[i], static_cast<z_off_t>(piece_of(i).size())));
        }
        return whole;
    }

  private:
    void tell() { progress_.report(static_cast<double>(done_) / all_, "Checking the images"); }

    double all_;
    Progress& progress_;
    std::atomic<std::uint64_t> done_{0};
    Team team_{default_threads(false)};
};

}  // namespace

std::string fingerprint_of(const Dataset& dataset, Progress& progress) {
    const ImageSet& train = dataset.train;
    const ImageSet& held_out = dataset.held_out;
    Crc crc(
        train.pixels.size() + train.labels.size() + held_out.pixels.size() + held_out.labels.size(),
        progress);
    return fingerprint_text({crc.of(train.pixels), crc.of(train.labels), crc.of(held_out.pixels),
                             crc.of(held_out.labels)});
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

#include "engine/explore/classes.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace elbow::explore {
namespace {

constexpr std::size_t kCodesAtOnce = 512;  // their distances stay in the cache

}  // namespace

ClassLookup::ClassLookup(const LatentMap& map, std::span<const std::uint8_t> labels,
                         std::span<const int> free, std::span<const float> held)
    : labels_(labels.begin(), labels.end()) {
    const auto latents = static_cast<std::size_t>(map.latents);
    const std::size_t count = labels_.size();
    std::vector<bool> is_free(latents, held.empty());
    std::vector<int> along(free.begin(), free.end());
    if (held.empty()) {
        along.resize(latents);
        std::iota(along.begin(), along.end(), 0);
    }
    for (const int latent : along) {
        const auto n = static_cast<std::size_t>(latent);
        is_free[n] = true;
        std::vector<float>& codes = codes_.emplace_back(count);
        for (std::size_t i = 0; i < count; ++i) codes[i] = map.mean[i * latents + n];
    }
    held_.assign(count, 0.0F);
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t n = 0; n < latents; ++n) {
            if (is_free[n]) continue;
            const float off = map.mean[i * latents + n] - held[n];
            held_[i] += off * off;
        }
    }
    nearest_.resize(std::min(count, std::size_t{kNearestCodes}));
}

ClassVote ClassLookup::at(std::span<const float> z) {
    std::fill(nearest_.begin(), nearest_.end(), Near{std::numeric_limits<float>::infinity(), 0});
    std::array<float, kCodesAtOnce> squared;
    for (std::size_t first = 0; first < labels_.size(); first += kCodesAtOnce) {
        const std::size_t count = std::min(kCodesAtOnce, labels_.size() - first);
        std::copy_n(held_.begin() + static_cast<std::ptrdiff_t>(first), count, squared.begin());
        for (std::size_t n = 0; n < codes_.size(); ++n) {
            const float* codes = codes_[n].data() + first;
            const float place = z[n];
            for (std::size_t i = 0; i < count; ++i)
                squared[i] += (codes[i] - place) * (codes[i] - place);
        }
        for (std::size_t i = 0; i < count; ++i)
            if (squared[i] < nearest_.back().squared) take(squared[i], labels_[first + i]);
    }
    std::array<std::uint8_t, 256> votes{};
    for (const Near& near : nearest_) ++votes[near.label];
    ClassVote most;
    for (const Near& near : nearest_)
        if (votes[near.label] > most.votes) most = {near.label, votes[near.label]};
    return most;
}

// In the place of the farthest.
void ClassLookup::take(float squared, std::uint8_t label) {
    std::size_t place = nearest_.size() - 1;
    for (; place > 0 && nearest_[place - 1].squared > squared; --place)
        nearest_[place] = nearest_[place - 1];
    nearest_[place] = {squared, label};
}

}  // namespace elbow::explore

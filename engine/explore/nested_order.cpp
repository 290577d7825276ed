#include "engine/explore/nested_order.h"

#include <array>
#include <functional>
#include <queue>
#include <utility>

#include "engine/core/rng.h"

namespace elbow::explore {
namespace {

constexpr std::uint64_t kSeed = 2013;
constexpr int kMostLabels = 256;

}  // namespace

std::vector<std::uint32_t> nested_order(int count, std::span<const std::uint8_t> labels) {
    std::vector<std::uint32_t> shuffled =
        Stream(kSeed, "explore/nested-order").permutation(0, static_cast<std::uint32_t>(count));
    if (labels.size() != shuffled.size()) return shuffled;
    std::array<std::vector<std::uint32_t>, kMostLabels> of_label;
    for (const std::uint32_t image : shuffled) of_label[labels[image]].push_back(image);
    // Image number r of a label's m is due when the share (r + 1/2) / m of all has been taken.
    using Due = std::pair<double, int>;  // and its label
    std::priority_queue<Due, std::vector<Due>, std::greater<>> due;
    std::array<std::size_t, kMostLabels> taken{};
    const auto wait = [&](int label) {
        const auto at = static_cast<std::size_t>(label);
        if (taken[at] == of_label[at].size()) return;
        due.emplace(
            (static_cast<double>(taken[at]) + 0.5) / static_cast<double>(of_label[at].size()),
            label);
    };
    for (int label = 0; label < kMostLabels; ++label) wait(label);
    for (std::uint32_t& image : shuffled) {
        const int label = due.top().second;
        due.pop();
        const auto at = static_cast<std::size_t>(label);
        image = of_label[at][taken[at]++];
        wait(label);
    }
    return shuffled;
}

}  // namespace elbow::explore

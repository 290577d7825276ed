#include "engine/data/sources/arrays/grey_numbers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/text.h"

namespace elbow::data {
namespace {

constexpr double kWhite = 255.0;
// Of what interpolation and rounding leave outside a range: half a grey level of 0 to 1.
constexpr double kSlack = 1.0 / 512;
constexpr double kLargestKept = 1e30;  // a float holds it
constexpr float kWholeEnough = 0.01F;  // k / 255 as a half, a float or a double
constexpr double kDarkest = 64.0;      // white of an image that is not worth a word
constexpr std::size_t kBetweenLooks = 1
                                      << 20;  // values from one look at a wish to stop to the next

// grey = number * scale + offset
struct GreyScale {
    double scale = 1.0, offset = 0.0;
    const char* note = "";
};

std::optional<GreyScale> grey_scale(double lowest, double highest) {
    const auto within = [&](double low, double high) {
        return lowest >= low - kSlack && highest <= high + kSlack;
    };
    if (within(0.0, 1.0)) return GreyScale{kWhite, 0.0, "Values from 0 to 1 are black to white."};
    if (within(-1.0, 1.0)) {
        return GreyScale{kWhite / 2, kWhite / 2, "Values from -1 to 1 are black to white."};
    }
    if (within(0.0, kWhite)) return GreyScale{1.0, 0.0, "Values from 0 to 255 were rounded."};
    return {};
}

// Whole numbers from 0 to 255, all of them. Without a way out of the loop, so that it runs on
// several at once.
bool are_bytes(std::span<const double> values) {
    bool all = true;
    for (const double value : values) {
        const double inside = value > 0.0 ? (value < kWhite ? value : kWhite) : 0.0;
        all &= static_cast<int>(inside) == value;
    }
    return all;
}

// Returns how far from a whole level a number was at most.
float to_levels(std::span<const float> numbers, const GreyScale& scale, std::uint8_t* levels) {
    const auto factor = static_cast<float>(scale.scale), offset = static_cast<float>(scale.offset);
    constexpr auto kMost = static_cast<float>(kWhite);
    float farthest = 0.0F;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const float scaled = numbers[i] * factor + offset;
        const float value = scaled > 0.0F ? (scaled < kMost ? scaled : kMost) : 0.0F;
        const float raised = value + 0.5F;  // not negative: cutting it off rounds
        const int level = static_cast<int>(raised);
        const float distance = std::abs(value - static_cast<float>(level));
        farthest = distance > farthest ? distance : farthest;
        levels[i] = static_cast<std::uint8_t>(level);
    }
    return farthest;
}

}  // namespace

void GreyNumbers::expect(std::size_t count) {
    if (exact()) {
        bytes_.reserve(bytes_.size() + count);
    } else {
        numbers_.reserve(numbers_.size() + count);
    }
}

void GreyNumbers::leave_bytes() {
    numbers_.reserve(bytes_.capacity());
    numbers_.assign(bytes_.begin(), bytes_.end());
    bytes_ = {};
}

void GreyNumbers::append(std::span<const std::uint8_t> more) {
    if (more.empty()) return;
    std::uint8_t low = 255, high = 0;
    for (const std::uint8_t value : more) {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    lowest_ = std::min<double>(lowest_, low);
    highest_ = std::max<double>(highest_, high);
    if (exact()) {
        bytes_.insert(bytes_.end(), more.begin(), more.end());
    } else {
        numbers_.insert(numbers_.end(), more.begin(), more.end());
    }
}

void GreyNumbers::append(std::span<const double> more) {
    for (const double value : more) {
        lowest_ = value < lowest_ ? value : lowest_;
        highest_ = value > highest_ ? value : highest_;
    }
    const std::size_t before = size();
    if (exact() && are_bytes(more)) {
        bytes_.resize(before + more.size());
        std::transform(more.begin(), more.end(), bytes_.data() + before,
                       [](double value) { return static_cast<std::uint8_t>(value); });
        return;
    }
    if (exact()) leave_bytes();
    numbers_.resize(before + more.size());
    bool finite = true;
    for (std::size_t i = 0; i < more.size(); ++i) {
        const double value = more[i];
        finite &= std::abs(value) <= std::numeric_limits<double>::max();
        numbers_[before + i] = static_cast<float>(
            value < kLargestKept ? (value > -kLargestKept ? value : -kLargestKept) : kLargestKept);
    }
    if (finite || not_finite_) return;
    const auto first =
        std::find_if(more.begin(), more.end(), [](double value) { return !std::isfinite(value); });
    not_finite_ = before + static_cast<std::size_t>(first - more.begin());
}

GreyValues GreyNumbers::finish(const std::string& shown_as, const Progress& progress) {
    GreyValues grey;
    if (exact()) {
        grey.values = std::move(bytes_);
        if (highest_ == 1.0) {
            for (std::size_t begin = 0; begin < grey.values.size(); begin += kBetweenLooks) {
                progress.throw_if_cancelled();
                const auto left = std::span(grey.values).subspan(begin);
                for (std::uint8_t& value : left.first(std::min(kBetweenLooks, left.size())))
                    value = value == 0 ? 0 : 255;
            }
            grey.notes.emplace_back("Values of 0 and 1 are black and white.");
        } else if (highest_ < kDarkest) {
            grey.notes.push_back("The largest value is " + short_text(highest_) +
                                 " of 255, so the images are dark: scale them before saving them.");
        }
        return grey;
    }
    const std::optional<GreyScale> scale = grey_scale(lowest_, highest_);
    if (!scale) {
        throw Error(shown_as + " has values from " + short_text(lowest_) + " to " +
                    short_text(highest_) +
                    ": expected grey values from 0 to 255, from 0 to 1 or from -1 to 1. Scale them "
                    "before saving them, as (x - x.min()) / (x.max() - x.min()) does.");
    }
    grey.values.resize(numbers_.size());
    float farthest = 0.0F;  // from a grey level
    for (std::size_t begin = 0; begin < numbers_.size(); begin += kBetweenLooks) {
        progress.throw_if_cancelled();
        const std::size_t count = std::min(kBetweenLooks, numbers_.size() - begin);
        farthest = std::max(farthest, to_levels(std::span(numbers_).subspan(begin, count), *scale,
                                                grey.values.data() + begin));
    }
    numbers_ = {};
    grey.continuous = farthest > kWholeEnough;
    grey.notes.emplace_back(scale->note);
    return grey;
}

}  // namespace elbow::data

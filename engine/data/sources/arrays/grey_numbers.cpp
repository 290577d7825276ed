#include "engine/data/sources/arrays/grey_numbers.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/text.h"

namespace elbow::data {
namespace {

constexpr double kWhite = 255.0;
// Of what interpolation and rounding leave outside a range: half a grey level of 0 to 1.
constexpr double kSlack = 1.0 / 512;
constexpr double kLargestKept = 1e30;  // a float holds it
constexpr double kWholeEnough = 0.01;  // k / 255 as a half, a float or a double
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

bool is_byte(double value) {
    return value >= 0.0 && value <= kWhite && value == static_cast<std::uint8_t>(value);
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
    const auto [low, high] = std::minmax_element(more.begin(), more.end());
    lowest_ = std::min<double>(lowest_, *low);
    highest_ = std::max<double>(highest_, *high);
    if (exact()) {
        bytes_.insert(bytes_.end(), more.begin(), more.end());
    } else {
        numbers_.insert(numbers_.end(), more.begin(), more.end());
    }
}

void GreyNumbers::append(std::span<const double> more) {
    std::size_t taken = 0;
    if (exact()) {
        for (; taken < more.size() && is_byte(more[taken]); ++taken) {
            bytes_.push_back(static_cast<std::uint8_t>(more[taken]));
            lowest_ = std::min(lowest_, more[taken]);
            highest_ = std::max(highest_, more[taken]);
        }
        if (taken == more.size()) return;
        leave_bytes();
    }
    for (const double value : more.subspan(taken)) {
        if (!std::isfinite(value) && !not_finite_) not_finite_ = numbers_.size();
        lowest_ = std::min(lowest_, value);
        highest_ = std::max(highest_, value);
        numbers_.push_back(static_cast<float>(std::clamp(value, -kLargestKept, kLargestKept)));
    }
}

GreyValues GreyNumbers::finish(const std::string& shown_as, const Progress& progress) {
    GreyValues grey;
    if (exact()) {
        grey.values = std::move(bytes_);
        if (highest_ == 1.0) {
            for (std::uint8_t& value : grey.values) value = value == 0 ? 0 : 255;
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
    double farthest = 0.0;  // from a grey level
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
        if (i % kBetweenLooks == 0) progress.throw_if_cancelled();
        const double value = std::clamp(numbers_[i] * scale->scale + scale->offset, 0.0, kWhite);
        const double level = std::floor(value + 0.5);
        farthest = std::max(farthest, std::abs(value - level));
        grey.values[i] = static_cast<std::uint8_t>(level);
    }
    numbers_ = {};
    grey.continuous = farthest > kWholeEnough;
    grey.notes.emplace_back(scale->note);
    return grey;
}

}  // namespace elbow::data

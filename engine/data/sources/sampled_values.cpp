#include "engine/data/sources/sampled_values.h"

#include <algorithm>

namespace elbow::data {
namespace {

constexpr int kNearlyBlack = 20, kNearlyWhite = 235;  // grey values
constexpr int kGreyChannelsDiffer = 24;               // at most, as JPEG leaves them
constexpr int kFewColoured = 100;                     // one coloured pixel in so many is none
constexpr int kFewPictures = 50;                      // one coloured picture in so many is none
constexpr int kMostSamplesAlong = 256;                // pixels of a row or a column
constexpr std::int64_t kMiddle = 127;                 // grey value

int luma_of(const std::uint8_t* rgb) { return (299 * rgb[0] + 587 * rgb[1] + 114 * rgb[2]) / 1000; }

const std::uint8_t* pixel_at(const ReadPicture& picture, int x, int y) {
    const std::int64_t number = std::int64_t{y} * picture.width + x;
    return picture.pixels.data() + number * picture.channels;
}

int alpha_of(const ReadPicture& picture, const std::uint8_t* pixel) {
    return picture.channels == 4 ? pixel[3] : 255;
}

bool is_coloured(const std::uint8_t* rgb) {
    const auto [low, high] = std::minmax({rgb[0], rgb[1], rgb[2]});
    return high - low > kGreyChannelsDiffer;
}

}  // namespace

void SampledValues::add(const ReadPicture& picture) {
    const int step_x = 1 + (picture.width - 1) / kMostSamplesAlong;
    const int step_y = 1 + (picture.height - 1) / kMostSamplesAlong;
    std::int64_t seen = 0, coloured = 0, rim_sum = 0, rim_values = 0;
    bool transparent = false;
    for (int y = 0; y < picture.height; y += step_y) {
        for (int x = 0; x < picture.width; x += step_x) {
            const std::uint8_t* pixel = pixel_at(picture, x, y);
            const int alpha = alpha_of(picture, pixel);
            transparent = transparent || alpha < 255;
            if (alpha < 128) continue;
            const int value = luma_of(pixel);
            ++seen;
            coloured += is_coloured(pixel) ? 1 : 0;
            extreme_ += value <= kNearlyBlack || value >= kNearlyWhite ? 1 : 0;
            shown_sum_ += value;
            ++histogram_[static_cast<std::size_t>(value) * kHistogramBins / 256];
            const bool rim =
                x == 0 || y == 0 || x + step_x >= picture.width || y + step_y >= picture.height;
            rim_sum += rim ? value : 0;
            rim_values += rim ? 1 : 0;
        }
    }
    ++pictures_;
    values_ += seen;
    coloured_ += coloured * kFewColoured > seen ? 1 : 0;
    transparent_ += transparent ? 1 : 0;
    if (transparent) return;
    rim_sum_ += rim_sum;
    rim_values_ += rim_values;
}

void SampledValues::tell(Finding& finding) const {
    finding.sampled = pictures_;
    finding.colour = coloured_ > 0 && coloured_ * kFewPictures >= pictures_;
    finding.alpha = transparent_ > 0;
    finding.black_or_white =
        values_ == 0 ? 0.0 : static_cast<double>(extreme_) / static_cast<double>(values_);
    finding.bright =
        finding.alpha ? shown_sum_ > kMiddle * values_ : rim_sum_ > kMiddle * rim_values_;
    finding.histogram = histogram_;
}

}  // namespace elbow::data

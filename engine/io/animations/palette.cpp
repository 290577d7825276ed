#include "engine/io/animations/palette.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace elbow::io {
namespace {

using Rgb = std::array<std::uint8_t, 3>;

constexpr int kRounds = 3;  // in which the colours move to the middle of what they stand for

struct Counted {
    Rgb rgb;
    double pixels;
};

// What becomes one colour: a range of the counted ones.
struct ColourBox {
    std::size_t begin, end;
    int axis = 0;         // along which it is widest
    double spread = 0.0;  // sum of squared distances from the mean along the axis
    std::array<double, 3> mean{};
};

std::uint32_t key_of(const std::uint8_t* rgb) {
    return static_cast<std::uint32_t>(rgb[0]) << 16U | static_cast<std::uint32_t>(rgb[1]) << 8U |
           rgb[2];
}

std::vector<Counted> counted(std::span<const std::uint8_t> rgb) {
    std::unordered_map<std::uint32_t, std::size_t> places;
    std::vector<Counted> colours;
    for (std::size_t i = 0; i + 2 < rgb.size(); i += 3) {
        const auto [place, is_new] = places.try_emplace(key_of(&rgb[i]), colours.size());
        if (is_new) colours.push_back({{rgb[i], rgb[i + 1], rgb[i + 2]}, 0.0});
        colours[place->second].pixels += 1.0;
    }
    return colours;
}

ColourBox measured(std::span<const Counted> colours, std::size_t begin, std::size_t end) {
    ColourBox box{begin, end};
    double pixels = 0.0;
    std::array<double, 3> sum{}, squares{};
    for (const Counted& colour : colours.subspan(begin, end - begin)) {
        pixels += colour.pixels;
        for (std::size_t c = 0; c < 3; ++c) {
            sum[c] += colour.pixels * colour.rgb[c];
            squares[c] += colour.pixels * colour.rgb[c] * colour.rgb[c];
        }
    }
    for (std::size_t c = 0; c < 3; ++c) {
        box.mean[c] = sum[c] / pixels;
        const double spread = squares[c] - sum[c] * box.mean[c];
        if (c > 0 && spread <= box.spread) continue;
        box.spread = spread;
        box.axis = static_cast<int>(c);
    }
    return box;
}

// Splits the widest box at its mean until there are enough.
std::vector<ColourBox> median_cut(std::vector<Counted>& colours) {
    std::vector<ColourBox> boxes = {measured(colours, 0, colours.size())};
    while (boxes.size() < kMostColours) {
        const auto widest = std::max_element(
            boxes.begin(), boxes.end(),
            [](const ColourBox& a, const ColourBox& b) { return a.spread < b.spread; });
        const ColourBox box = *widest;
        const auto axis = static_cast<std::size_t>(box.axis);
        const auto first = colours.begin() + static_cast<std::ptrdiff_t>(box.begin);
        const auto last = colours.begin() + static_cast<std::ptrdiff_t>(box.end);
        const auto middle = std::partition(
            first, last, [&](const Counted& colour) { return colour.rgb[axis] < box.mean[axis]; });
        if (middle == first || middle == last) break;  // all are alike
        const auto at = static_cast<std::size_t>(middle - colours.begin());
        *widest = measured(colours, box.begin, at);
        boxes.push_back(measured(colours, at, box.end));
    }
    return boxes;
}

std::size_t nearest(const std::vector<Rgb>& palette, const Rgb& rgb) {
    std::size_t best = 0;
    int least = std::numeric_limits<int>::max();
    for (std::size_t i = 0; i < palette.size(); ++i) {
        int away = 0;
        for (std::size_t c = 0; c < 3; ++c) {
            const int difference = int{palette[i][c]} - int{rgb[c]};
            away += difference * difference;
        }
        if (away >= least) continue;
        least = away;
        best = i;
    }
    return best;
}

Rgb rounded(const std::array<double, 3>& mean) {
    Rgb rgb{};
    for (std::size_t c = 0; c < 3; ++c) rgb[c] = static_cast<std::uint8_t>(std::lround(mean[c]));
    return rgb;
}

// Each colour moves to the mean of those that are nearest to it.
void settle(std::vector<Rgb>& palette, std::span<const Counted> colours) {
    std::vector<std::array<double, 4>> sums(palette.size());
    for (const Counted& colour : colours) {
        auto& sum = sums[nearest(palette, colour.rgb)];
        for (std::size_t c = 0; c < 3; ++c) sum[c] += colour.pixels * colour.rgb[c];
        sum[3] += colour.pixels;
    }
    for (std::size_t i = 0; i < palette.size(); ++i) {
        const auto& sum = sums[i];
        if (sum[3] > 0.0) palette[i] = rounded({sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3]});
    }
}

std::vector<Rgb> palette_of(std::vector<Counted>& colours) {
    std::vector<Rgb> palette;
    if (colours.size() <= kMostColours) {
        for (const Counted& colour : colours) palette.push_back(colour.rgb);
        return palette;
    }
    for (const ColourBox& box : median_cut(colours)) palette.push_back(rounded(box.mean));
    for (int round = 0; round < kRounds; ++round) settle(palette, colours);
    return palette;
}

}  // namespace

Indexed indexed(std::span<const std::uint8_t> rgb) {
    std::vector<Counted> colours = counted(rgb);
    Indexed result;
    result.colours = palette_of(colours);
    std::unordered_map<std::uint32_t, std::uint8_t> places;
    for (const Counted& colour : colours) {
        places[key_of(colour.rgb.data())] =
            static_cast<std::uint8_t>(nearest(result.colours, colour.rgb));
    }
    result.indices.reserve(rgb.size() / 3);
    for (std::size_t i = 0; i + 2 < rgb.size(); i += 3)
        result.indices.push_back(places[key_of(&rgb[i])]);
    return result;
}

}  // namespace elbow::io

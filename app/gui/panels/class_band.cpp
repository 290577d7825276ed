#include "app/gui/panels/class_band.h"

#include <algorithm>
#include <cmath>

#include "app/gui/panels/picture.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/core/text.h"

namespace elbow::gui {
namespace {

// Sizes at scale 1. A low strip has a thin band without words.
constexpr float kWordsBandPx = 15.0f, kThinBandPx = 4.0f, kTallStripPx = 96.0f;

// At t the row of frames that is nearest, and the place in it.
struct BandPlace {
    int row;
    float x;
};
BandPlace band_place(const StripLayout& strip, double t) {
    const int nearest = static_cast<int>(std::lround(t * (strip.frames - 1)));
    return {nearest / strip.columns, strip.marker(t).x};
}

// From border to border: of the first and the last frame of a row, else of the segments beside.
void reach_borders(ClassBand& band, float half_tile) {
    for (std::size_t i = 0; i < band.size(); ++i) {
        const bool first = i == 0 || band[i].top != band[i - 1].top;
        const bool last = i + 1 == band.size() || band[i].top != band[i + 1].top;
        if (first) band[i].left -= half_tile;
        band[i].right = last ? band[i].right + half_tile : band[i + 1].left;
    }
}

std::string label_name(std::span<const std::string> names, std::uint8_t label) {
    return label < names.size() ? names[label] : std::to_string(int{label});
}

}  // namespace

ClassBand class_band(std::span<const explore::ClassVote> votes, const StripLayout& strip) {
    ClassBand band;
    const double step = 1.0 / static_cast<double>(votes.size() - 1);
    int row = -1;
    for (std::size_t i = 0; i < votes.size(); ++i) {
        const double t = static_cast<double>(i) * step;
        const BandPlace here = band_place(strip, t);
        const bool other = i > 0 && votes[i].label != votes[i - 1].label;
        if (other || here.row != row) {
            const bool broken = here.row != row;
            const double begins = i == 0 ? 0.0 : t - 0.5 * step;
            ClassSegment next;
            next.label = votes[i].label;
            next.left = broken ? here.x : strip.marker(begins).x;
            next.top = strip.marker(t).y + 1.0f;
            next.from = begins;
            next.fewest_votes = votes[i].votes;
            next.begins = i == 0 || other;
            if (!band.empty()) {
                band.back().to = begins;
                if (!broken) band.back().right = next.left;
            }
            band.push_back(next);
            row = here.row;
        }
        band.back().right = std::max(here.x, band.back().left);
        band.back().to = t;
        band.back().fewest_votes = std::min(band.back().fewest_votes, int{votes[i].votes});
    }
    reach_borders(band, 0.5f * strip.tile.x);
    return band;
}

float class_band_px(const MapClasses& classes, const train::ParameterSnapshot& snapshot,
                    float strip_px, float scale) {
    if (classes.of.empty() || !snapshot.has_encoder) return 0.0f;
    return (strip_px > kTallStripPx * scale ? kWordsBandPx : kThinBandPx) * scale;
}

void draw_class_band(const ClassBand& band, const BandLook& look, float band_px,
                     charts::Painter& painter) {
    const float scale = look.scale, line = painter.line_height();
    for (const ClassSegment& each : band) {
        const charts::Pixel low{each.left + (each.begins ? 0.75f * scale : 0.0f), each.top};
        const charts::Pixel high{each.right - 0.75f * scale, each.top + band_px - scale};
        if (high.x <= low.x) continue;
        painter.box(low, high, ink(look.theme.label(each.label)));
        const std::string name = label_name(look.class_names, each.label);
        const float width = painter.text_width(name);
        const bool fits = width + 4.0f * scale < high.x - low.x && line <= band_px + scale;
        if (!fits) continue;
        painter.text({std::round(0.5f * (low.x + high.x - width)),
                      std::round(0.5f * (low.y + high.y - line))},
                     name, ink(look.theme.map_background));
    }
}

std::string band_words(const MapClasses& classes, const ClassBand& band) {
    std::string words;
    for (const ClassSegment& each : band) {
        if (!each.begins) continue;
        words += (words.empty() ? "" : " | ") + label_name(classes.names, each.label);
    }
    return words;
}

std::string class_help(const MapClasses& classes, int voters, const ClassSegment& segment) {
    const auto percent = [](double t) { return fixed(100.0 * t, 0); };
    const std::string family = classes.column.empty() ? "Label" : "\"" + classes.column + "\":";
    return family + " " + label_name(classes.names, segment.label) + ", from " +
           percent(segment.from) + " to " + percent(segment.to) +
           " % of the path: here most of the " + std::to_string(voters) +
           " held-out images have it whose codes, the means of q(z|x), lie nearest in z, by "
           "Euclidean distance over all latents; nowhere fewer than " +
           std::to_string(segment.fewest_votes) + " of them. With K, the map shows the classes.";
}

}  // namespace elbow::gui

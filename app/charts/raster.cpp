#include "app/charts/raster.h"

#include <stb_easy_font.h>
#include <stb_truetype.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <utility>

#include "engine/core/file.h"
#include "engine/core/text.h"

namespace elbow::charts {
namespace {

constexpr double kEasyFontHeight = 12.0;  // of stb_easy_font's line, in its own units
constexpr char32_t kThinSpace = 0x2009;

std::vector<std::uint8_t> first_font_file() {
    for (const char* path : {"/usr/share/fonts/opentype/inter/Inter-Regular.otf",
                             "/usr/share/fonts/truetype/inter/Inter-Regular.ttf",
                             "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
                             "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"}) {
        std::error_code none;
        if (std::filesystem::is_regular_file(path, none)) return read_file(path);
    }
    return {};
}

// The vector font knows no others.
std::string in_ascii(const std::string& words) {
    std::string result;
    for (const char32_t letter : characters(words)) {
        const bool known = letter >= 32 && letter <= 126;
        result += known ? static_cast<char>(letter) : letter == kThinSpace ? ' ' : '?';
    }
    return result;
}

// Shortens the segment to the rows [top, bottom], so that a line which leaves the picture far below
// costs nothing.
bool cut_to_rows(double& x0, double& y0, double& x1, double& y1, double top, double bottom) {
    if (std::max(y0, y1) < top || std::min(y0, y1) > bottom) return false;
    const double from_x = x0, from_y = y0, dx = x1 - x0, dy = y1 - y0;
    const auto cut = [&](double& x, double& y) {
        const double inside = std::clamp(y, top, bottom);
        if (inside == y) return;
        x = from_x + dx * (inside - from_y) / dy;
        y = inside;
    };
    cut(x0, y0);
    cut(x1, y1);
    return true;
}

}  // namespace

double distance_to_segment(double x, double y, double x0, double y0, double x1, double y1) {
    const double dx = x1 - x0;
    const double dy = y1 - y0;
    const double squared = dx * dx + dy * dy;
    const double along =
        squared > 0.0 ? std::clamp(((x - x0) * dx + (y - y0) * dy) / squared, 0.0, 1.0) : 0.0;
    return std::hypot(x - x0 - along * dx, y - y0 - along * dy);
}

Raster::Raster(int width, int height, Rgb background) : width_(width), height_(height) {
    clip_nothing();
    pixels_.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    for (std::size_t i = 0; i < pixels_.size(); ++i) pixels_[i] = background[i % 3];
}

void Raster::clip(double left, double top, double right, double bottom) {
    left_ = std::max(0, static_cast<int>(std::floor(left)));
    top_ = std::max(0, static_cast<int>(std::floor(top)));
    right_ = std::min(width_, static_cast<int>(std::ceil(right)));
    bottom_ = std::min(height_, static_cast<int>(std::ceil(bottom)));
}

void Raster::clip_nothing() { clip(0, 0, width_, height_); }

void Raster::blend(int x, int y, Rgb colour, double coverage) {
    if (x < left_ || x >= right_ || y < top_ || y >= bottom_ || coverage <= 0.0) return;
    const double share = std::min(coverage, 1.0);
    std::uint8_t* pixel =
        pixels_.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                          static_cast<std::size_t>(x)) *
                             3;
    for (std::size_t channel = 0; channel < 3; ++channel) {
        pixel[channel] = static_cast<std::uint8_t>(std::lround(
            pixel[channel] + share * (static_cast<double>(colour[channel]) - pixel[channel])));
    }
}

void Raster::fill(double left, double top, double right, double bottom, Rgb colour, double alpha) {
    const int last_row = std::min(bottom_, static_cast<int>(std::lround(bottom)));
    const int last_column = std::min(right_, static_cast<int>(std::lround(right)));
    for (int y = std::max(top_, static_cast<int>(std::lround(top))); y < last_row; ++y) {
        for (int x = std::max(left_, static_cast<int>(std::lround(left))); x < last_column; ++x) {
            blend(x, y, colour, alpha);
        }
    }
}

void Raster::line(double x0, double y0, double x1, double y1, double line_width, Rgb colour,
                  double alpha) {
    const double reach = line_width / 2 + 1.0;
    if (!cut_to_rows(x0, y0, x1, y1, top_ - reach, bottom_ + reach)) return;
    const int first_row = std::max(top_, static_cast<int>(std::floor(std::min(y0, y1) - reach)));
    const int last_row =
        std::min(bottom_ - 1, static_cast<int>(std::ceil(std::max(y0, y1) + reach)));
    const int first_column =
        std::max(left_, static_cast<int>(std::floor(std::min(x0, x1) - reach)));
    const int last_column =
        std::min(right_ - 1, static_cast<int>(std::ceil(std::max(x0, x1) + reach)));
    for (int y = first_row; y <= last_row; ++y) {
        for (int x = first_column; x <= last_column; ++x) {
            const double away = distance_to_segment(x + 0.5, y + 0.5, x0, y0, x1, y1);
            blend(x, y, colour, alpha * std::clamp(line_width / 2 + 0.5 - away, 0.0, 1.0));
        }
    }
}

void Raster::stroke(std::span<const Pixel> points, double line_width, Rgb colour, double alpha) {
    const double reach = line_width / 2 + 1.0;
    std::vector<double> coverage(static_cast<std::size_t>(width_), 0.0);  // of the row at hand
    const auto column = [&](double x) {
        return static_cast<int>(std::floor(std::clamp<double>(x, left_, right_)));
    };
    for (int y = top_; y < bottom_; ++y) {
        const double middle = y + 0.5;
        int first = right_, end = left_;  // the columns that it touches
        for (std::size_t i = 1; i < points.size(); ++i) {
            const Pixel from = points[i - 1], to = points[i];
            double x0 = from.x, y0 = from.y, x1 = to.x, y1 = to.y;
            if (!std::isfinite(x0 + y0 + x1 + y1) ||
                !cut_to_rows(x0, y0, x1, y1, middle - reach, middle + reach))
                continue;
            const int last = column(std::max(x0, x1) + reach + 1.0);
            for (int x = column(std::min(x0, x1) - reach); x < last; ++x) {
                const double away =
                    distance_to_segment(x + 0.5, middle, from.x, from.y, to.x, to.y);
                double& covered = coverage[static_cast<std::size_t>(x)];
                covered = std::max(covered, std::clamp(line_width / 2 + 0.5 - away, 0.0, 1.0));
                first = std::min(first, x);
                end = std::max(end, x + 1);
            }
        }
        for (int x = first; x < end; ++x)
            blend(x, y, colour, alpha * std::exchange(coverage[static_cast<std::size_t>(x)], 0.0));
    }
}

struct Lettering::Font {
    std::vector<std::uint8_t> file;
    stbtt_fontinfo info{};
    double scale = 1.0;
    double ascent = 0.0;  // pixels

    template <class Visit>  // visit(code, left) for each letter; returns where the last one ends
    double walk(const std::string& words, const Visit& visit) const {
        const std::u32string letters = characters(words);
        double left = 0.0;
        for (std::size_t i = 0; i < letters.size(); ++i) {
            const auto code = static_cast<int>(letters[i]);
            visit(code, left);
            int advance = 0;
            int bearing = 0;
            stbtt_GetCodepointHMetrics(&info, code, &advance, &bearing);
            if (i + 1 < letters.size()) {
                advance +=
                    stbtt_GetCodepointKernAdvance(&info, code, static_cast<int>(letters[i + 1]));
            }
            left += advance * scale;
        }
        return left;
    }
};

Lettering::Lettering(double size_px) : size_px_(size_px) {
    auto font = std::make_unique<Font>();
    font->file = first_font_file();
    if (font->file.empty() || stbtt_InitFont(&font->info, font->file.data(), 0) == 0) return;
    int ascent = 0;
    int descent = 0;
    int gap = 0;
    stbtt_GetFontVMetrics(&font->info, &ascent, &descent, &gap);
    font->scale = size_px / (ascent - descent);
    font->ascent = ascent * font->scale;
    font_ = std::move(font);
}

Lettering::~Lettering() = default;

// The vector font's are about those of others.
double Lettering::em() const {
    return font_ ? font_->scale / stbtt_ScaleForMappingEmToPixels(&font_->info, 1.0f)
                 : 0.82 * size_px_;
}

double Lettering::ascent() const { return font_ ? font_->ascent : 0.8 * size_px_; }

double Lettering::width(const std::string& words) const {
    if (font_) return font_->walk(words, [](int, double) {});
    std::string copy = in_ascii(words);  // stb takes char* but does not write
    return stb_easy_font_width(copy.data()) * size_px_ / kEasyFontHeight;
}

void Lettering::write(Raster& raster, double left, double top, const std::string& words,
                      Rgb colour) const {
    if (font_) {
        const int baseline = static_cast<int>(std::lround(top + font_->ascent));
        const auto scale = static_cast<float>(font_->scale);
        font_->walk(words, [&](int code, double offset) {
            const double at = left + offset;
            const auto shift = static_cast<float>(at - std::floor(at));
            int width = 0, height = 0, x_offset = 0, y_offset = 0;
            unsigned char* bitmap =
                stbtt_GetCodepointBitmapSubpixel(&font_->info, scale, scale, shift, 0.0f, code,
                                                 &width, &height, &x_offset, &y_offset);
            const int x0 = static_cast<int>(std::floor(at)) + x_offset;
            for (int i = 0; i < width * height; ++i) {
                raster.blend(x0 + i % width, baseline + y_offset + i / width, colour,
                             bitmap[i] / 255.0);
            }
            stbtt_FreeBitmap(bitmap, nullptr);
        });
        return;
    }
    std::string copy = in_ascii(words);
    struct Corner {
        float x, y, z;
        unsigned char colour[4];
    };
    std::vector<Corner> corners(copy.size() * 80 + 4);
    const int quads = stb_easy_font_print(0, 0, copy.data(), nullptr, corners.data(),
                                          static_cast<int>(corners.size() * sizeof(Corner)));
    const double scale = size_px_ / kEasyFontHeight;
    for (int quad = 0; quad < quads; ++quad) {
        const Corner& from = corners[static_cast<std::size_t>(quad) * 4];
        const Corner& to = corners[static_cast<std::size_t>(quad) * 4 + 2];
        raster.fill(left + from.x * scale, top + from.y * scale, left + to.x * scale,
                    top + to.y * scale, colour);
    }
}

}  // namespace elbow::charts

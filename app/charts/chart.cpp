#include "app/charts/chart.h"

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"

namespace elbow::charts {
namespace {

constexpr Rgb kWhite{255, 255, 255};
constexpr Rgb kInk{30, 30, 30};
constexpr Rgb kGrid{228, 228, 228};

// Everything is measured in the size of the letters.
constexpr double kLetters_px = 22.0;
constexpr double kPanelWidth = 25.0;
constexpr double kPanelHeight = 22.0;
constexpr double kLeftOfAxis = 4.6;   // the numbers of the y axis
constexpr double kRightOfAxis = 1.6;  // half of the last number of the x axis
constexpr double kAboveAxis = 2.2;    // the title
constexpr double kBelowAxis = 4.2;    // the numbers and the name of the x axis
constexpr double kYLabel = 2.2;       // the name of the y axis, left of the first panel
constexpr double kLegendLine = 1.8;
constexpr double kSwatch = 3.0;
constexpr double kLine_px = 2.4;
constexpr double kDash_px = 11.0;
constexpr double kDashGap_px = 8.0;

// 1, 2 or 5 times a power of ten, so that at most `most` of them fit into the span.
double tick_step(double span, int most) {
    const double least = span / most;
    const double decade = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * decade >= least * (1.0 - 1e-9)) return factor * decade;
    }
    return 10.0 * decade;
}

std::string number(double value, double step) {
    char text[32];
    const int decimals = step < 1.0 ? static_cast<int>(std::ceil(-std::log10(step) - 1e-9)) : 0;
    std::snprintf(text, sizeof text, "%.*f", decimals, value + 0.0);
    return text;
}

// Draws a path as dashes, or whole. The dashes go on around its corners.
class Pen {
  public:
    Pen(Raster& raster, const LineStyle& style) : raster_(raster), style_(style) {}

    void segment(double x0, double y0, double x1, double y1) {
        const double width = kLine_px * style_.width;
        if (!style_.dashed) {
            raster_.line(x0, y0, x1, y1, width, style_.colour);
            return;
        }
        const double length = std::hypot(x1 - x0, y1 - y0);
        const double dash = kDash_px * std::max(style_.width, 0.7);
        const double period = dash + kDashGap_px;
        for (double at = 0.0; at < length;) {
            const double phase = std::fmod(drawn_ + at, period);
            const bool inside = phase < dash;
            const double end = std::min(length, at + (inside ? dash : period) - phase + 1e-6);
            if (inside) {
                const auto x = [&](double along) { return x0 + (x1 - x0) * along / length; };
                const auto y = [&](double along) { return y0 + (y1 - y0) * along / length; };
                raster_.line(x(at), y(at), x(end), y(end), width, style_.colour);
            }
            at = end;
        }
        drawn_ = std::fmod(drawn_ + length, period);
    }

  private:
    Raster& raster_;
    const LineStyle& style_;
    double drawn_ = 0.0;  // length of the path so far, in pixels
};

class ChartPainter {
  public:
    explicit ChartPainter(const Chart& chart)
        : chart_(chart),
          letters_(kLetters_px),
          small_(0.72 * kLetters_px),
          legend_(legend_rows()),
          raster_(static_cast<int>(width() * kLetters_px), static_cast<int>(height() * kLetters_px),
                  kWhite) {}

    Raster paint() {
        for (std::size_t row = 0; row < chart_.rows.size(); ++row) {
            const double top = static_cast<double>(row) * row_height() * kLetters_px;
            paint_y_label(top);
            for (std::size_t column = 0; column < chart_.rows[row].size(); ++column) {
                paint_panel(chart_.rows[row][column],
                            (kYLabel + static_cast<double>(column) * column_width()) * kLetters_px,
                            top);
            }
        }
        paint_legend();
        return std::move(raster_);
    }

  private:
    static double column_width() { return kLeftOfAxis + kPanelWidth + kRightOfAxis; }
    static double row_height() { return kAboveAxis + kPanelHeight + kBelowAxis; }

    double width() const {
        std::size_t most = 1;
        for (const auto& row : chart_.rows) most = std::max(most, row.size());
        return kYLabel + static_cast<double>(most) * column_width();
    }
    double height() const {
        return static_cast<double>(chart_.rows.size()) * row_height() +
               (static_cast<double>(legend_.size()) + 0.6) * kLegendLine;
    }

    // All entries are as wide as the widest, so that they stand in columns.
    double entry_px() const {
        double widest = 0.0;
        for (const LegendEntry& entry : chart_.legend)
            widest = std::max(widest, letters_.width(entry.words));
        return (kSwatch + 0.8 + 2.0) * kLetters_px + widest;
    }

    // The legend's entries, line by line.
    std::vector<std::vector<const LegendEntry*>> legend_rows() const {
        const auto columns = static_cast<std::size_t>(
            std::max(1.0, (width() - 2 * kYLabel) * kLetters_px / entry_px()));
        std::vector<std::vector<const LegendEntry*>> rows;
        for (const LegendEntry& entry : chart_.legend) {
            if (rows.empty() || rows.back().size() == columns) rows.emplace_back();
            rows.back().push_back(&entry);
        }
        return rows;
    }

    void paint_panel(const Panel& panel, double left, double top) {
        left_ = left + kLeftOfAxis * kLetters_px;
        right_ = left_ + kPanelWidth * kLetters_px;
        top_ = top + kAboveAxis * kLetters_px;
        bottom_ = top_ + kPanelHeight * kLetters_px;
        paint_title(panel.title, top + 0.7 * kLetters_px);
        paint_x_axis();
        paint_y_axis(panel);
        raster_.clip(left_, top_, right_, bottom_);
        for (const ChartLine& line : panel.lines) {
            Pen pen(raster_, line.style);
            if (line.x.size() == 1)
                pen.segment(px(line.x[0]), py(panel, line.y[0]), px(line.x[0]),
                            py(panel, line.y[0]));
            for (std::size_t i = 1; i < line.x.size(); ++i) {
                if (!std::isfinite(line.y[i - 1]) || !std::isfinite(line.y[i])) continue;
                pen.segment(px(line.x[i - 1]), py(panel, line.y[i - 1]), px(line.x[i]),
                            py(panel, line.y[i]));
            }
        }
        raster_.clip_nothing();
        raster_.line(left_, top_, left_, bottom_, 2.0, kInk);
        raster_.line(left_, bottom_, right_, bottom_, 2.0, kInk);
    }

    // In the middle above the panel; what follows an underscore, up to a space, is set lower.
    void paint_title(const std::string& title, double top) {
        struct Piece {
            std::string words;
            bool lower;
        };
        std::vector<Piece> pieces = {{"", false}};
        for (const char letter : title) {
            if (letter == '_') {
                pieces.push_back({"", true});
                continue;
            }
            if (letter == ' ' && pieces.back().lower) pieces.push_back({"", false});
            pieces.back().words += letter;
        }
        double width_px = 0.0;
        const auto face = [this](bool lower) -> const Lettering& {
            return lower ? small_ : letters_;
        };
        for (const Piece& piece : pieces) width_px += face(piece.lower).width(piece.words);
        double left = (left_ + right_ - width_px) / 2;
        for (const Piece& piece : pieces) {
            face(piece.lower)
                .write(raster_, left, top + (piece.lower ? 0.45 * kLetters_px : 0.0), piece.words,
                       kInk);
            left += face(piece.lower).width(piece.words);
        }
    }

    double px(double x) const {
        return left_ + (right_ - left_) * std::log(x / chart_.x_min) /
                           std::log(chart_.x_max / chart_.x_min);
    }
    double py(const Panel& panel, double y) const {
        return bottom_ - (bottom_ - top_) * (y - panel.y_min) / (panel.y_max - panel.y_min);
    }

    void paint_x_axis() {
        const int first = static_cast<int>(std::floor(std::log10(chart_.x_min) + 1e-9));
        const int last = static_cast<int>(std::ceil(std::log10(chart_.x_max) - 1e-9));
        for (int decade = first; decade <= last; ++decade) {
            for (int factor = 1; factor < 10; ++factor) {
                const double value = factor * std::pow(10.0, decade);
                if (value < chart_.x_min * 0.999 || value > chart_.x_max * 1.001) continue;
                const double at = px(value);
                if (factor == 1) {
                    raster_.line(at, top_, at, bottom_, 1.0, kGrid);
                    paint_power_of_ten(at, decade);
                }
                raster_.line(at, bottom_, at, bottom_ - (factor == 1 ? 9.0 : 5.0), 1.2, kInk);
            }
        }
        letters_.write(raster_, (left_ + right_ - letters_.width(chart_.x_label)) / 2,
                       bottom_ + 2.2 * kLetters_px, chart_.x_label, kInk);
    }

    void paint_power_of_ten(double centre, int exponent) {
        const std::string power = std::to_string(exponent);
        const double ten_px = letters_.width("10");
        const double left = centre - (ten_px + small_.width(power)) / 2;
        const double top = bottom_ + 0.6 * kLetters_px;
        letters_.write(raster_, left, top, "10", kInk);
        small_.write(raster_, left + ten_px + 1.0, top - 0.25 * kLetters_px, power, kInk);
    }

    void paint_y_axis(const Panel& panel) {
        const double step = tick_step(panel.y_max - panel.y_min, 8);
        for (double i = std::ceil(panel.y_min / step - 1e-9); i * step <= panel.y_max + 1e-9 * step;
             ++i) {
            const double at = py(panel, i * step);
            raster_.line(left_, at, right_, at, 1.0, kGrid);
            raster_.line(left_, at, left_ + 9.0, at, 1.2, kInk);
            const std::string words = number(i * step, step);
            letters_.write(raster_, left_ - 0.5 * kLetters_px - letters_.width(words),
                           at - 0.5 * kLetters_px, words, kInk);
        }
    }

    // Written along a strip of its own, which is then turned to read upwards.
    void paint_y_label(double top) {
        const int length = static_cast<int>(letters_.width(chart_.y_label)) + 4;
        const int thickness = static_cast<int>(1.4 * kLetters_px);
        Raster strip(length, thickness, kWhite);
        letters_.write(strip, 2.0, 0.1 * kLetters_px, chart_.y_label, kInk);
        const int left = static_cast<int>(0.7 * kLetters_px);
        const int bottom =
            static_cast<int>(top + (kAboveAxis + kPanelHeight / 2) * kLetters_px + length / 2.0);
        for (int y = 0; y < thickness; ++y) {
            for (int x = 0; x < length; ++x) {
                const std::uint8_t* pixel =
                    strip.pixels().data() + 3 * (static_cast<std::size_t>(y) * length + x);
                raster_.blend(left + y, bottom - x, {pixel[0], pixel[1], pixel[2]}, 1.0);
            }
        }
    }

    void paint_legend() {
        double top = static_cast<double>(chart_.rows.size()) * row_height() * kLetters_px;
        for (const auto& row : legend_) {
            // Under the axis where there is room.
            const double row_px = entry_px() * static_cast<double>(legend_.front().size());
            double left = std::max(
                kYLabel * kLetters_px,
                std::min((kYLabel + kLeftOfAxis) * kLetters_px, width() * kLetters_px - row_px));
            for (const LegendEntry* entry : row) {
                const double middle = top + 0.5 * kLetters_px;
                Pen(raster_, entry->style)
                    .segment(left, middle, left + kSwatch * kLetters_px, middle);
                letters_.write(raster_, left + (kSwatch + 0.8) * kLetters_px, top, entry->words,
                               kInk);
                left += entry_px();
            }
            top += kLegendLine * kLetters_px;
        }
    }

    const Chart& chart_;
    Lettering letters_, small_;
    std::vector<std::vector<const LegendEntry*>> legend_;
    Raster raster_;
    double left_ = 0.0, top_ = 0.0, right_ = 0.0, bottom_ = 0.0;  // of the panel's axes, in pixels
};

}  // namespace

Raster draw_chart(const Chart& chart) {
    if (std::all_of(chart.rows.begin(), chart.rows.end(),
                    [](const auto& row) { return row.empty(); })) {
        throw Error("There is nothing to draw yet: expected at least one panel of curves.");
    }
    return ChartPainter(chart).paint();
}

}  // namespace elbow::charts

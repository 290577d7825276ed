#include "app/gui/widgets/plot_scale.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>

namespace elbow::gui {
namespace {

constexpr int kFitColumns = 200;
constexpr int kBoxColumns = 32;
constexpr double kFarOutside =
    20.0;  // fractions of the view past which a line need not be followed

std::string with_decimals(double value, int decimals) {
    char text[48];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

int decimals_for(double step) {
    if (!(step > 0.0)) return 0;
    return std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 9);
}

// Linear between neighbours; NaN outside the line and beside a break. On a logarithmic axis nothing
// leads from a point at 0 to the next.
double value_at(const LineView& line, double x, bool log) {
    const auto above = std::lower_bound(line.x.begin(), line.x.end(), x);
    if (above == line.x.end()) return std::numeric_limits<double>::quiet_NaN();
    const auto i = static_cast<std::size_t>(above - line.x.begin());
    if (*above == x) return line.y[i];
    if (i == 0 || (log && line.x[i - 1] <= 0.0)) return std::numeric_limits<double>::quiet_NaN();
    const double share = (x - line.x[i - 1]) / (line.x[i] - line.x[i - 1]);
    return line.y[i - 1] + share * (line.y[i] - line.y[i - 1]);
}

double quantile(const std::vector<double>& sorted, double p) {
    const double position = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] +
           (position - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

Range padded(Range range) {
    const double least = std::max(1e-9, 1e-3 * std::max(std::abs(range.min), std::abs(range.max)));
    const double pad = std::max(0.06 * range.span(), least);
    return {range.min - pad, range.max + pad};
}

// The points that fall into one pixel column, in the order of the line.
class PixelColumn {
  public:
    void add(const LinePoint& point) {
        if (count_ == 0) first_ = lowest_ = highest_ = point;
        if (point.y < lowest_.y) lowest_ = point;
        if (point.y > highest_.y) highest_ = point;
        last_ = point;
        ++count_;
    }
    void flush(std::vector<LinePoint>& out) {
        if (count_ > 0) out.push_back(first_);
        if (count_ > 2) {
            const bool low_first = lowest_.x <= highest_.x;
            out.push_back(low_first ? lowest_ : highest_);
            out.push_back(low_first ? highest_ : lowest_);
        }
        if (count_ > 1) out.push_back(last_);
        count_ = 0;
    }

  private:
    int count_ = 0;
    LinePoint first_{}, lowest_{}, highest_{}, last_{};
};

}  // namespace

double AxisScale::fraction(double value_) const {
    if (!log) return (value_ - range.min) / range.span();
    return std::log(value_ / range.min) / std::log(range.max / range.min);
}

double AxisScale::value(double fraction_) const {
    if (!log) return range.min + fraction_ * range.span();
    return range.min * std::pow(range.max / range.min, fraction_);
}

Range x_extent(std::span<const LineView> lines, bool log) {
    Range extent{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    for (const LineView& line : lines) {
        auto first = line.x.begin();
        if (log) first = std::upper_bound(line.x.begin(), line.x.end(), 0.0);
        if (first == line.x.end()) continue;
        extent.min = std::min(extent.min, *first);
        extent.max = std::max(extent.max, line.x.back());
    }
    if (extent.min > extent.max) return log ? Range{1.0, 10.0} : Range{0.0, 1.0};
    if (extent.min == extent.max) {
        return log ? Range{extent.min, extent.min * 10.0} : Range{extent.min, extent.min + 1.0};
    }
    return extent;
}

Range fit_y(std::span<const LineView> lines, const AxisScale& x) {
    std::vector<double> all;
    Range late{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    for (const LineView& line : lines) {
        for (int column = 0; column <= kFitColumns; ++column) {
            const double fraction = static_cast<double>(column) / kFitColumns;
            const double y =
                value_at(line, column == kFitColumns ? x.range.max : x.value(fraction), x.log);
            if (!std::isfinite(y)) continue;
            all.push_back(y);
            if (fraction < 0.8) continue;
            late.min = std::min(late.min, y);
            late.max = std::max(late.max, y);
        }
    }
    if (all.empty()) return {0.0, 1.0};
    std::sort(all.begin(), all.end());
    const double low = quantile(all, 0.25);
    const double high = quantile(all, 0.75);
    // A line that goes on straight past the quantiles still fits; one that drops steeply is cut.
    const double reach = 0.7 * (high - low);
    const double least = std::max(all.front(), low - reach);
    const double most = std::min(all.back(), high + reach);
    return padded({std::min(least, late.min), std::max(most, late.max)});
}

Range fit_y_over(std::span<const LineView> lines, std::span<const LineView> behind,
                 const AxisScale& x) {
    const Range others = fit_y(behind, x);
    if (lines.empty()) return others;
    Range own = fit_y(lines, {x_extent(lines, x.log), x.log});
    const double low = others.min - 0.5 * others.span();
    const bool has_come = std::any_of(lines.begin(), lines.end(), [&](const LineView& line) {
        return !line.y.empty() && line.y.back() >= low;
    });
    if (has_come) own.min = std::max(own.min, low);
    return {std::min(own.min, others.min), std::max(own.max, others.max)};
}

Range whole_y(std::span<const LineView> lines, const AxisScale& x) {
    Range whole{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    for (const LineView& line : lines) {
        for (std::size_t i = 0; i < line.x.size(); ++i) {
            const bool inside = line.x[i] >= x.range.min && line.x[i] <= x.range.max;
            if (!inside || !std::isfinite(line.y[i])) continue;
            whole.min = std::min(whole.min, line.y[i]);
            whole.max = std::max(whole.max, line.y[i]);
        }
    }
    return whole.min > whole.max ? Range{0.0, 1.0} : padded(whole);
}

int places_covered(std::span<const LineView> lines, const AxisScale& x, const AxisScale& y,
                   const PlotBox& box) {
    int covered = 0;
    for (const LineView& line : lines) {
        for (int column = 0; column <= kBoxColumns; ++column) {
            const double part = static_cast<double>(column) / kBoxColumns;
            const double across = box.left + part * (box.right - box.left);
            const double at = value_at(line, across >= 1.0 ? x.range.max : x.value(across), x.log);
            if (!std::isfinite(at)) continue;
            const double up = y.fraction(at);
            if (up >= box.bottom && up <= box.top) ++covered;
        }
    }
    return covered;
}

std::vector<std::vector<LinePoint>> reduce_line(const LineView& line, const AxisScale& x,
                                                const AxisScale& y, int columns) {
    std::vector<std::vector<LinePoint>> pieces;
    std::vector<LinePoint> piece;
    PixelColumn column;
    int column_index = std::numeric_limits<int>::min();
    const auto end_piece = [&] {
        column.flush(piece);
        if (!piece.empty()) pieces.push_back(std::move(piece));
        piece.clear();
    };
    const auto begin = std::lower_bound(line.x.begin(), line.x.end(), x.range.min) - line.x.begin();
    const auto count = static_cast<std::ptrdiff_t>(line.x.size());
    for (std::ptrdiff_t i = std::max<std::ptrdiff_t>(begin - 1, 0); i < count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (x.log && line.x[at] <= 0.0) continue;
        if (!std::isfinite(line.y[at])) {
            end_piece();
            continue;
        }
        const double across = x.fraction(line.x[at]);
        const int here = static_cast<int>(std::floor(std::clamp(across, -1.0, 2.0) * columns));
        if (here != column_index) column.flush(piece);
        column_index = here;
        column.add({across, std::clamp(y.fraction(line.y[at]), -kFarOutside, kFarOutside)});
        if (across > 1.0) break;
    }
    end_piece();
    return pieces;
}

int nearest_point(const LineView& line, double x) {
    const auto above = std::lower_bound(line.x.begin(), line.x.end(), x) - line.x.begin();
    const auto count = static_cast<std::ptrdiff_t>(line.x.size());
    std::ptrdiff_t right = above;
    while (right < count && !std::isfinite(line.y[static_cast<std::size_t>(right)])) ++right;
    std::ptrdiff_t left = above - 1;
    while (left >= 0 && !std::isfinite(line.y[static_cast<std::size_t>(left)])) --left;
    if (left < 0) return right < count ? static_cast<int>(right) : -1;
    if (right >= count) return static_cast<int>(left);
    const bool left_nearer =
        x - line.x[static_cast<std::size_t>(left)] <= line.x[static_cast<std::size_t>(right)] - x;
    return static_cast<int>(left_nearer ? left : right);
}

std::vector<double> ticks(double min, double max, int most) {
    std::vector<double> positions;
    if (!(max > min) || most < 1 || !std::isfinite(max - min)) return positions;
    double step = std::pow(10.0, std::floor(std::log10((max - min) / most)));
    const auto count = [&] {
        return std::floor(max / step + 1e-9) - std::ceil(min / step - 1e-9) + 1;
    };
    for (int i = 0; count() > most; ++i) step *= i % 3 == 1 ? 2.5 : 2.0;
    const double first = std::ceil(min / step - 1e-9);
    for (int i = 0; i <= most; ++i) {
        const double position = (first + i) * step;
        if (position > max + 1e-9 * step) break;
        positions.push_back(position == 0.0 ? 0.0 : position);
    }
    return positions;
}

std::vector<double> log_ticks(double min, double max, int most) {
    if (!(min > 0.0) || !(max > min) || most < 1) return {};
    const int low = static_cast<int>(std::floor(std::log10(min)));
    const int high = static_cast<int>(std::ceil(std::log10(max)));
    const auto collect = [&](std::initializer_list<double> digits, int stride) {
        std::vector<double> positions;
        for (int power = low; power <= high; ++power) {
            if (power % stride != 0) continue;
            for (const double digit : digits) {
                const double position = digit * std::pow(10.0, power);
                if (position >= min * (1 - 1e-9) && position <= max * (1 + 1e-9))
                    positions.push_back(position);
            }
        }
        return positions;
    };
    const auto fits = [&](const std::vector<double>& positions) {
        return static_cast<int>(positions.size()) <= most;
    };
    if (auto all = collect({1.0, 2.0, 5.0}, 1); fits(all))
        return all.size() >= 2 ? all : ticks(min, max, most);
    for (int stride = 1; stride < 40; ++stride) {
        if (auto decades = collect({1.0}, stride); fits(decades)) return decades;
    }
    return {};
}

std::string tick_label(double value, double step) {
    if (value == 0.0) return "0";
    const double size = std::abs(value);
    if (size >= 1e9 - 1) return with_decimals(value / 1e9, decimals_for(step / 1e9)) + " G";
    if (size >= 1e6 - 1) return with_decimals(value / 1e6, decimals_for(step / 1e6)) + " M";
    if (size >= 1e4 - 1) return with_decimals(value / 1e3, decimals_for(step / 1e3)) + " k";
    return with_decimals(value, decimals_for(step));
}

std::string reading(double value) {
    if (!std::isfinite(value)) return "not a number";
    const double size = std::abs(value);
    if (size < 1000.0) {
        char text[32];
        const bool whole = value == std::floor(value);
        std::snprintf(text, sizeof text, whole ? "%.0f" : size < 0.01 ? "%.3g" : "%.2f", value);
        return text;
    }
    std::string digits = with_decimals(size, 0);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), " ");
    }
    return value < 0.0 ? "-" + digits : digits;
}

}  // namespace elbow::gui

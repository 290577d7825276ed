#include "app/gui/map/metric_marks.h"

#include <algorithm>
#include <cmath>

#include "app/gui/map/colourings.h"

namespace elbow::gui {

namespace {

// Design pixels.
constexpr double kMetricCellPx = 9.0;
constexpr int kMostMetricCells = 64 * 64;
constexpr double kSpacingPx = 56.0;                       // between ellipses
constexpr double kUsualRadius = 0.3, kMostRadius = 0.48;  // of the space between them

// The largest of 1, 2 and 5 times a power of ten that is no larger.
double round_below(double value) {
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {5.0, 2.0})
        if (step * power <= value) return step * power;
    return power;
}

// What is unknown on the far side does not count.
double between(double near, double far, double part) {
    return part > 0.0 ? (1.0 - part) * near + part * far : near;
}

}  // namespace

explore::ManifoldRequest metric_cells(const PlaneView& view, double scale, bool has_plane) {
    if (!has_plane) return density_cells(view, scale, false);
    return aligned_grid(view, kMetricCellPx * scale, kMostMetricCells);
}

VolumeShade::VolumeShade(const explore::Metric& metric) : plane_(metric.plane) {
    logs_.reserve(metric.tensors.size());
    for (std::size_t cell = 0; cell < metric.tensors.size(); ++cell) {
        // Where the image does not change at all there is no logarithm.
        logs_.push_back(static_cast<float>(std::log(std::max(metric.volume(cell), 1e-12))));
    }
    const ColourScale ends = scale_of(logs_);
    low_ = double{ends.low};
    high_ = double{ends.high};
}

double VolumeShade::cell(int row, int column) const {
    return double{logs_[static_cast<std::size_t>(row) * static_cast<std::size_t>(plane_.columns) +
                        static_cast<std::size_t>(column)]};
}

std::optional<double> VolumeShade::at(PlanePoint place) const {
    const double across =
        (place.x - plane_.x_min) / (double{plane_.x_max} - plane_.x_min) * plane_.columns - 0.5;
    const double down =
        (plane_.y_max - place.y) / (double{plane_.y_max} - plane_.y_min) * plane_.rows - 0.5;
    if (!(across >= -0.5 && down >= -0.5 && across <= plane_.columns - 0.5 &&
          down <= plane_.rows - 0.5))
        return std::nullopt;
    const auto split = [](double at, int count) {
        const double within = std::clamp(at, 0.0, count - 1.0);
        const int left = std::min(static_cast<int>(within), std::max(count - 2, 0));
        return std::pair{left, within - left};
    };
    const auto [column, right] = split(across, plane_.columns);
    const auto [row, below] = split(down, plane_.rows);
    const int next = std::min(column + 1, plane_.columns - 1);
    const int under = std::min(row + 1, plane_.rows - 1);
    const double value = between(between(cell(row, column), cell(row, next), right),
                                 between(cell(under, column), cell(under, next), right), below);
    if (!std::isfinite(value)) return std::nullopt;
    return std::clamp((value - low_) / (high_ - low_), 0.0, 1.0);
}

MetricMarks metric_marks(const explore::Metric& metric, const PlaneView& view, double scale) {
    const explore::ManifoldRequest& plane = metric.plane;
    const double size = (double{plane.x_max} - plane.x_min) / plane.columns;
    const int every = std::max(
        1, static_cast<int>(std::lround(kSpacingPx * scale / (size * view.pixels_per_unit()))));
    // At whole multiples in latent units, so that they stay where they are while the view pans.
    const auto first = [&](double end) {
        const auto cells = static_cast<long>(std::floor(end / size + 0.5));
        return static_cast<int>(((-cells) % every + every) % every);
    };
    struct Chosen {
        PlanePoint at;
        explore::MetricTensor tensor;
    };
    std::vector<Chosen> chosen;
    std::vector<float> speeds;  // the mean of both directions
    const int from_bottom = first(plane.y_min);
    for (int up = from_bottom; up < plane.rows; up += every) {
        const int row = plane.rows - 1 - up;
        for (int column = first(plane.x_min); column < plane.columns; column += every) {
            const auto& g = metric.tensors[static_cast<std::size_t>(row) *
                                               static_cast<std::size_t>(plane.columns) +
                                           static_cast<std::size_t>(column)];
            const float speed = std::sqrt(0.5f * (g.xx + g.yy));
            if (!std::isfinite(speed) || !(speed > 0.0f)) continue;
            chosen.push_back(
                {{plane.x_min + (column + 0.5) * size, plane.y_max - (row + 0.5) * size}, g});
            speeds.push_back(speed);
        }
    }
    MetricMarks marks;
    if (chosen.empty()) return marks;
    const auto middle = speeds.begin() + static_cast<std::ptrdiff_t>(speeds.size() / 2);
    std::nth_element(speeds.begin(), middle, speeds.end());
    const double space = every * size;
    marks.distance = round_below(kUsualRadius * space * double{*middle});
    for (const Chosen& each : chosen) {
        marks.ellipses.push_back(
            {each.at, explore::ellipse_of(each.tensor, marks.distance, kMostRadius * space)});
    }
    return marks;
}

}  // namespace elbow::gui

#include "app/gui/map/map_view.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace elbow::gui {

namespace {

constexpr double kPriorMiddle =
    1.0;  // latent units: a fit always shows one standard deviation of the prior
constexpr double kSmallestFit =
    2.6;                             // half the height of a fitted view at least: 99 % of the prior
constexpr double kFitMargin = 1.08;  // so that the outermost points do not sit on the frame
constexpr double kFarOut = 0.12;     // beyond 99 % of the points, in parts of what these span
constexpr double kManifoldSeconds =
    0.012;  // a frame at 60 a second, less what else is decoded in it
constexpr int kFewestCells = 64;
constexpr double kDensityCellPx = 8.0, kNarrowCellPx = 3.0;  // scale 1
constexpr int kMostDensityCells = 10000;
constexpr double kLeastProbability = 1e-6;  // of a place in the unit square: z = -4.75
constexpr double kWidestOfPrior = 1.6;  // standard deviation of codes that a prior N(0, 1) holds
constexpr double kRowsHeight =
    6.0;  // latent units that the rows of the classes share, with one latent

// From the smallest to the largest of the finite values of a component, but for what lies far
// beyond 99 % of them; false: there are none.
bool robust_extent(std::span<const float> xy, int component, double& low, double& high) {
    std::vector<float> values;
    values.reserve(xy.size() / 2);
    for (std::size_t i = static_cast<std::size_t>(component); i < xy.size(); i += 2)
        if (std::isfinite(xy[i])) values.push_back(xy[i]);
    if (values.empty()) return false;
    const auto quantile = [&](double q) {
        const auto place =
            values.begin() +
            static_cast<std::ptrdiff_t>(std::lround(q * static_cast<double>(values.size() - 1)));
        std::nth_element(values.begin(), place, values.end());
        return static_cast<double>(*place);
    };
    const double inner_low = quantile(0.005), inner_high = quantile(0.995);
    const double far = kFarOut * (inner_high - inner_low);
    const auto [smallest, largest] = std::minmax_element(values.begin(), values.end());
    low = std::max(double{*smallest}, inner_low - far);
    high = std::min(double{*largest}, inner_high + far);
    return true;
}

// One axis of a view that fits: what it has to show of the points, of the prior and of the discs.
struct FitAxis {
    double low, high;            // of points and prior
    double held_low, held_high;  // of the discs' middles
    double pixels, held_px;      // the canvas, and a disc's radius

    double middle() const { return 0.5 * (std::min(low, held_low) + std::max(high, held_high)); }
    // Half of what the canvas shows at least, latent units.
    double half() const {
        const double points = kFitMargin * std::max(high - middle(), middle() - low);
        const double discs = std::max(held_high - middle(), middle() - held_low);
        const double free = std::max(1.0 - 2.0 * held_px / pixels, 0.3);
        return std::max(points, discs / free);
    }
};

FitAxis fit_axis(const FitWish& wish, double PlanePoint::*along, double pixels, double held_px) {
    double low = wish.points.low.*along, high = wish.points.high.*along;
    if (!wish.points.any) low = high = 0.0;
    if (wish.prior) {
        low = std::min(low, -kPriorMiddle);
        high = std::max(high, kPriorMiddle);
    }
    FitAxis axis{low, high, low, high, pixels, held_px};
    for (const PlanePoint& place : wish.held) {
        if (!std::isfinite(place.*along)) continue;
        axis.held_low = std::min(axis.held_low, place.*along);
        axis.held_high = std::max(axis.held_high, place.*along);
    }
    return axis;
}

// A number in [-1, 1] that looks random and is the same for the same index (the finaliser of
// splitmix64).
double jitter(std::uint64_t index) {
    std::uint64_t bits = index + 0x9e3779b97f4a7c15ULL;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9ULL;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
    bits ^= bits >> 31;
    return static_cast<double>(bits >> 11) * 0x1.0p-52 - 1.0;
}

struct Cells {
    std::int64_t first, count;
};

Cells cells_between(double low, double high, double size) {
    const auto first = static_cast<std::int64_t>(std::floor(low / size));
    const auto last = static_cast<std::int64_t>(std::ceil(high / size));
    return {first, std::max<std::int64_t>(1, last - first)};
}

}  // namespace

PointExtent point_extent(std::span<const float> xy) {
    PointExtent extent;
    extent.any = robust_extent(xy, 0, extent.low.x, extent.high.x) &&
                 robust_extent(xy, 1, extent.low.y, extent.high.y);
    return extent;
}

MapRect fitted(const FitWish& wish, ImVec2 size_px, float held_px) {
    const FitAxis x = fit_axis(wish, &PlanePoint::x, size_px.x, held_px);
    const FitAxis y = fit_axis(wish, &PlanePoint::y, size_px.y, held_px);
    const double half = std::max(y.half(), x.half() * size_px.y / size_px.x);
    // Codes without a prior may be of any size; where all are at one place there is none to tell.
    const double smallest = wish.prior ? kSmallestFit : kSmallestHeight;
    return {.x_center = x.middle(),
            .y_center = y.middle(),
            .half_height = half > 0.0 ? std::clamp(half, smallest, kLargestHeight) : kSmallestFit};
}

bool holds(const MapRect& rect, const FitWish& wish, ImVec2 size_px, float held_px) {
    const PlaneView view(rect, {0, 0}, size_px);
    const double pad = 0.99 * held_px / view.pixels_per_unit();
    return std::all_of(wish.held.begin(), wish.held.end(), [&](const PlanePoint& place) {
        return place.x - pad >= view.x_min() && place.x + pad <= view.x_max() &&
               place.y - pad >= view.y_min() && place.y + pad <= view.y_max();
    });
}

double size_in_steps(double least) {
    return std::exp2(std::ceil(2.0 * std::log2(least) - 1e-6) / 2.0);
}

explore::ManifoldRequest aligned_grid(const PlaneView& view, double smallest_px, int most_cells) {
    double size = size_in_steps(smallest_px / view.pixels_per_unit());
    Cells across = cells_between(view.x_min(), view.x_max(), size);
    Cells down = cells_between(view.y_min(), view.y_max(), size);
    while (across.count * down.count > std::max(most_cells, kFewestCells)) {
        size *= std::sqrt(2.0);
        across = cells_between(view.x_min(), view.x_max(), size);
        down = cells_between(view.y_min(), view.y_max(), size);
    }
    explore::ManifoldRequest request;
    request.columns = static_cast<int>(across.count);
    request.rows = static_cast<int>(down.count);
    request.x_min = static_cast<float>(static_cast<double>(across.first) * size);
    request.x_max = static_cast<float>(static_cast<double>(across.first + across.count) * size);
    request.y_min = static_cast<float>(static_cast<double>(down.first) * size);
    request.y_max = static_cast<float>(static_cast<double>(down.first + down.count) * size);
    return request;
}

explore::ManifoldRequest unit_square_grid(const PlaneView& view, double smallest_px,
                                          int most_cells) {
    const auto side = [](double at) { return std::clamp(at, 0.0, 1.0); };
    const auto between = [&](double low, double high, double size) {
        const Cells cells = cells_between(side(low), side(high), size);
        return std::pair(static_cast<float>(static_cast<double>(cells.first) * size), cells.count);
    };
    // A power of two, so that cells end at 0 and at 1.
    double size =
        std::min(0.5, std::exp2(std::ceil(std::log2(smallest_px / view.pixels_per_unit()))));
    auto across = between(view.x_min(), view.x_max(), size);
    auto down = between(view.y_min(), view.y_max(), size);
    while (size < 0.5 && across.second * down.second > std::max(most_cells, kFewestCells)) {
        size *= 2.0;
        across = between(view.x_min(), view.x_max(), size);
        down = between(view.y_min(), view.y_max(), size);
    }
    const auto last_within = [&](const std::pair<float, std::int64_t>& cells) {
        return std::min(cells.first, static_cast<float>(1.0 - size));
    };
    explore::ManifoldRequest request;
    request.columns = static_cast<int>(across.second);
    request.rows = static_cast<int>(down.second);
    request.x_min = last_within(across);
    request.y_min = last_within(down);
    request.x_max = request.x_min + static_cast<float>(size * static_cast<double>(across.second));
    request.y_max = request.y_min + static_cast<float>(size * static_cast<double>(down.second));
    return request;
}

explore::ManifoldRequest density_cells(const PlaneView& view, double scale, bool has_plane) {
    explore::ManifoldRequest cells =
        has_plane ? aligned_grid(view, kDensityCellPx * scale, kMostDensityCells)
                  : aligned_grid(view, kNarrowCellPx * scale, std::numeric_limits<int>::max());
    const float size = (cells.x_max - cells.x_min) / static_cast<float>(cells.columns);
    cells.columns += 2;
    cells.x_min -= size;
    cells.x_max += size;
    if (!has_plane) {
        cells.rows = 1;
        return cells;
    }
    cells.rows += 2;
    cells.y_min -= size;
    cells.y_max += size;
    return cells;
}

explore::ManifoldRequest on_plane(const ViewState& view_state, explore::ManifoldRequest cells) {
    cells.x_axis = view_state.x_axis;
    cells.y_axis = view_state.anchor.size() < 2 ? view_state.x_axis : view_state.y_axis;
    cells.anchor = view_state.anchor;
    cells.label = view_state.label;
    cells.quantiles = view_state.paper_view;
    return cells;
}

bool along_axes(const ViewState& view_state, const explore::ManifoldRequest& cells) {
    return cells.x_axis == view_state.x_axis && cells.quantiles == view_state.paper_view &&
           (cells.y_axis == view_state.y_axis || view_state.anchor.size() < 2);
}

void ManifoldFineness::took(int cells, double seconds) {
    if (cells <= 0 || seconds <= 0.0) return;
    const double cost = seconds / cells;
    seconds_per_cell_ =
        seconds_per_cell_ == 0.0 ? cost : seconds_per_cell_ + 0.2 * (cost - seconds_per_cell_);
    const double affordable = std::clamp(kManifoldSeconds / seconds_per_cell_, double{kFewestCells},
                                         double{kMostManifoldCells});
    // Upwards only by a whole step of the grid, so that it does not flip back and forth.
    if (affordable < most_cells_ || affordable >= 2.0 * most_cells_ ||
        affordable == double{kMostManifoldCells}) {
        most_cells_ = static_cast<int>(affordable);
    }
}

PlanePoint PlacedPoints::at(int index) const {
    return {xy[2 * static_cast<std::size_t>(index)], xy[2 * static_cast<std::size_t>(index) + 1]};
}

int PlacedPoints::label(int index) const {
    return labels.empty() ? 0 : labels[static_cast<std::size_t>(index)];
}

double label_row(int label, int classes) {
    const int rows = std::max(classes, 1);
    return (0.5 * (rows - 1) - label) * kRowsHeight / rows;
}

double row_unit(const explore::LatentMap& map) {
    double sum = 0.0, squares = 0.0, count = 0.0;
    for (const float mean : map.mean) {
        if (!std::isfinite(mean)) continue;
        sum += mean;
        squares += static_cast<double>(mean) * mean;
        ++count;
    }
    if (count == 0.0) return 1.0;
    const double middle = sum / count;
    const double deviation = std::sqrt(std::max(squares / count - middle * middle, 0.0));
    const double widths = std::clamp(deviation / kWidestOfPrior, 1.0, kLargestHeight);
    return std::exp2(std::ceil(std::log2(widths)));
}

PlacedPoints place_points(const explore::LatentMap& map, std::span<const std::uint8_t> labels,
                          int classes, int x_axis, int y_axis) {
    PlacedPoints points;
    const auto count = static_cast<std::size_t>(map.count);
    const auto latents = static_cast<std::size_t>(map.latents);
    if (labels.size() == count) points.labels.assign(labels.begin(), labels.end());
    points.xy.resize(2 * count);
    const bool rows = map.latents < 2;
    if (rows) points.row_unit = row_unit(map);
    const double spread = 0.38 * kRowsHeight / std::max(classes, 1);
    for (std::size_t i = 0; i < count; ++i) {
        points.xy[2 * i] = map.mean[i * latents + static_cast<std::size_t>(x_axis)];
        if (rows) {
            const double row = label_row(points.label(static_cast<int>(i)), classes);
            points.xy[2 * i + 1] = static_cast<float>(points.row_unit * (row + spread * jitter(i)));
        } else {
            points.xy[2 * i + 1] = map.mean[i * latents + static_cast<std::size_t>(y_axis)];
        }
    }
    return points;
}

std::vector<float> mean_of(const explore::LatentMap& map, int index) {
    const auto n = static_cast<std::ptrdiff_t>(map.latents);
    const auto begin = map.mean.begin() + index * n;
    return {begin, begin + n};
}

PlanePoint projected(const ViewState& view_state, std::span<const float> z) {
    const auto value = [&z](int axis) {
        const auto index = static_cast<std::size_t>(axis);
        return index < z.size() ? static_cast<double>(z[index]) : 0.0;
    };
    return on_map(view_state,
                  {value(view_state.x_axis), z.size() < 2 ? 0.0 : value(view_state.y_axis)});
}

PlanePoint on_map(const ViewState& view_state, PlanePoint z) {
    if (!view_state.paper_view) return z;
    return {explore::normal_cdf(z.x), explore::normal_cdf(z.y)};
}

std::vector<PlanePoint> ellipse_on_map(const ViewState& view_state, PlanePoint z, double x_radius,
                                       double y_radius, std::size_t corners) {
    std::vector<PlanePoint> around(corners);
    for (std::size_t i = 0; i < corners; ++i) {
        const double turn =
            2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners);
        around[i] =
            on_map(view_state, {z.x + x_radius * std::cos(turn), z.y + y_radius * std::sin(turn)});
    }
    return around;
}

void into_unit_square(PlacedPoints& points) {
    for (float& each : points.xy)
        each = static_cast<float>(explore::normal_cdf(static_cast<double>(each)));
}

PointExtent unit_square() { return {true, {0.0, 0.0}, {1.0, 1.0}}; }

std::vector<float> lifted(const ViewState& view_state, PlanePoint place) {
    std::vector<float> z = view_state.anchor;
    if (view_state.paper_view) {
        const auto quantile = [](double p) {
            return explore::inverse_normal_cdf(
                std::clamp(p, kLeastProbability, 1.0 - kLeastProbability));
        };
        place = {quantile(place.x), quantile(place.y)};
    }
    if (z.size() > 1) z[static_cast<std::size_t>(view_state.y_axis)] = static_cast<float>(place.y);
    z[static_cast<std::size_t>(view_state.x_axis)] = static_cast<float>(place.x);
    return z;
}

double off_plane(const ViewState& view_state, std::span<const float> z) {
    double squared = 0.0;
    for (std::size_t i = 0; i < std::min(z.size(), view_state.anchor.size()); ++i) {
        const auto axis = static_cast<int>(i);
        if (axis == view_state.x_axis || axis == view_state.y_axis) continue;
        squared += (z[i] - view_state.anchor[i]) * (z[i] - view_state.anchor[i]);
    }
    return std::sqrt(squared);
}

std::optional<int> point_near(const PlacedPoints& points, std::uint32_t hidden_labels,
                              PlanePoint place, double radius) {
    std::optional<int> best;
    double best_squared = radius * radius;
    for (int i = 0; i < points.count(); ++i) {
        const PlanePoint at = points.at(i);
        const double squared =
            (at.x - place.x) * (at.x - place.x) + (at.y - place.y) * (at.y - place.y);
        if (!(squared <= best_squared)) continue;  // also where a mean is not a number
        if (is_hidden(hidden_labels, points.label(i))) continue;
        best = i;
        best_squared = squared;
    }
    return best;
}

}  // namespace elbow::gui

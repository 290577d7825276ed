#include "engine/explore/contours.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <iterator>
#include <limits>

namespace elbow::explore {
namespace {

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

// Which crossings a line joins. A crossing goes by the edge that it lies on: each grid point has
// one to its right and one to the next row.
class Crossings {
  public:
    Crossings(std::span<const double> values, std::size_t columns, std::size_t rows, double level)
        : values_(values),
          columns_(columns),
          rows_(rows),
          level_(level),
          joined_(2 * columns * rows, {kNowhere, kNowhere}) {}

    void march() {
        for (std::size_t y = 0; y + 1 < rows_; ++y) {
            for (std::size_t x = 0; x + 1 < columns_; ++x) visit(x, y);
        }
    }

    std::vector<ContourLine> lines() {
        std::vector<ContourLine> all;
        for (const bool open : {true, false}) {  // first those that end at the border
            for (std::size_t edge = 0; edge < joined_.size(); ++edge) {
                const auto& [one, other] = joined_[edge];
                if (one == kNowhere || (open && other != kNowhere)) continue;
                all.push_back(follow(edge));
            }
        }
        return all;
    }

  private:
    double value(std::size_t x, std::size_t y) const { return values_[y * columns_ + x]; }
    std::size_t along_row(std::size_t x, std::size_t y) const { return 2 * (y * columns_ + x); }
    std::size_t to_next_row(std::size_t x, std::size_t y) const { return along_row(x, y) + 1; }

    void join(std::size_t a, std::size_t b) {
        for (const auto& [from, to] : {std::array{a, b}, std::array{b, a}}) {
            auto& ends = joined_[from];
            (ends[0] == kNowhere ? ends[0] : ends[1]) = to;
        }
    }

    void visit(std::size_t x, std::size_t y) {
        // Around the square, as are its edges: the first edge goes from the first corner to the
        // second.
        const std::array corners{value(x, y), value(x + 1, y), value(x + 1, y + 1),
                                 value(x, y + 1)};
        const std::array edges{along_row(x, y), to_next_row(x + 1, y), along_row(x, y + 1),
                               to_next_row(x, y)};
        std::array<std::size_t, 4> crossed{};
        std::size_t count = 0;
        double sum = 0.0;
        for (std::size_t i = 0; i < corners.size(); ++i) {
            if (!std::isfinite(corners[i])) return;
            sum += corners[i];
            if ((corners[i] > level_) != (corners[(i + 1) % 4] > level_))
                crossed[count++] = edges[i];
        }
        if (count == 2) join(crossed[0], crossed[1]);
        if (count != 4) return;
        // A saddle: its middle belongs to one of the two pairs of opposite corners.
        const bool first_pair = (corners[0] > level_) == (sum / 4.0 > level_);
        join(edges[0], edges[first_pair ? 1 : 3]);
        join(edges[2], edges[first_pair ? 3 : 1]);
    }

    ContourPoint place(std::size_t edge) const {
        const std::size_t point = edge / 2, x = point % columns_, y = point / columns_;
        const bool along = edge % 2 == 0;
        const double from = value(x, y), to = along ? value(x + 1, y) : value(x, y + 1);
        const double part = (level_ - from) / (to - from);
        return {static_cast<double>(x) + (along ? part : 0.0),
                static_cast<double>(y) + (along ? 0.0 : part)};
    }

    // Takes the line out.
    ContourLine follow(std::size_t edge) {
        ContourLine line;
        while (edge != kNowhere) {
            line.push_back(place(edge));
            auto& ends = joined_[edge];
            const std::size_t next = ends[0] != kNowhere ? ends[0] : ends[1];
            ends = {kNowhere, kNowhere};
            if (next != kNowhere) {
                auto& back = joined_[next];
                (back[0] == edge ? back[0] : back[1]) = kNowhere;
            }
            edge = next;
        }
        return line;
    }

    std::span<const double> values_;
    std::size_t columns_, rows_;
    double level_;
    std::vector<std::array<std::size_t, 2>> joined_;  // of each edge, its neighbours on the line
};

}  // namespace

std::vector<ContourLine> contours(std::span<const double> values, int columns, int rows,
                                  double level) {
    if (columns < 2 || rows < 2) return {};
    Crossings crossings(values, static_cast<std::size_t>(columns), static_cast<std::size_t>(rows),
                        level);
    crossings.march();
    return crossings.lines();
}

double highest_of(std::span<const double> values) {
    double highest = -std::numeric_limits<double>::infinity();
    for (const double value : values)
        if (std::isfinite(value)) highest = std::max(highest, value);
    return highest;
}

double level_holding(std::span<const double> nats, double part) {
    std::vector<double> sorted;
    sorted.reserve(nats.size());
    std::copy_if(nats.begin(), nats.end(), std::back_inserter(sorted),
                 [](double value) { return std::isfinite(value); });
    if (sorted.empty()) return 0.0;
    std::sort(sorted.begin(), sorted.end(), std::greater<>());
    const double highest = sorted.front();
    double all = 0.0;
    for (const double value : sorted) all += std::exp(value - highest);
    double held = 0.0;
    for (const double value : sorted) {
        held += std::exp(value - highest);
        if (held >= part * all) return value;
    }
    return sorted.back();
}

std::vector<ContourLine> contours(std::span<const double> values, const ManifoldRequest& plane,
                                  double level) {
    std::vector<ContourLine> lines = contours(values, plane.columns, plane.rows, level);
    const double width = (double{plane.x_max} - plane.x_min) / plane.columns;
    const double height = (double{plane.y_max} - plane.y_min) / plane.rows;
    for (ContourLine& line : lines) {
        for (ContourPoint& point : line)
            point = {plane.x_min + (point.x + 0.5) * width, plane.y_max - (point.y + 0.5) * height};
    }
    return lines;
}

}  // namespace elbow::explore

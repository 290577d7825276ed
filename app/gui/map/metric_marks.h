#pragma once

// How the decoder's metric is shown on the map: a shade between the cells' values, and ellipses at
// some of the cells. Pure functions and values.

#include <optional>
#include <vector>

#include "app/gui/map/map_view.h"
#include "engine/explore/metric.h"

namespace elbow::gui {

// The cells at whose middles the metric is asked for; without a plane (one latent), a row of them.
// scale: pixels for a design pixel.
explore::ManifoldRequest metric_cells(const PlaneView&, double scale, bool has_plane);

// The logarithm of the metric's volume, from little (0) to much (1).
class VolumeShade {
  public:
    explicit VolumeShade(const explore::Metric&);
    // Linear between the middles of the cells; nothing beyond them, nor where it is not known.
    std::optional<double> at(PlanePoint) const;
    const explore::ManifoldRequest& plane() const { return plane_; }
    // What 0 and 1 stand for: logarithms of the volume.
    double low() const { return low_; }
    double high() const { return high_; }

  private:
    double cell(int row, int column) const;
    explore::ManifoldRequest plane_;
    std::vector<float> logs_;  // [rows, columns]; NaN where it is not known
    double low_ = 0.0, high_ = 1.0;
};

struct MetricMark {
    PlanePoint at;
    explore::MetricEllipse shape;  // latent units
};
struct MetricMarks {
    std::vector<MetricMark> ellipses;
    double distance =
        0.0;  // of images, that each of them stands for: 1, 2 or 5 times a power of 10
};
// Of cells far enough from each other for their ellipses to be told apart.
MetricMarks metric_marks(const explore::Metric&, const PlaneView&, double scale);

}  // namespace elbow::gui

#pragma once

// The lines of the curves panel, made from the records of the run in hand, or of both where two
// race. GUI thread.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/context.h"
#include "app/gui/runs/paper_curves.h"
#include "app/gui/widgets/plot.h"

namespace elbow::gui {

// Of a run that is compared, so short that a legend holds it.
std::string short_run_name(const std::string& name);

enum class CurveKind { kBound, kReconstruction, kKl };

// Where a moment of the run in hand lies along the axis, by the nearest of its records; absent:
// there is none, or it is at the axis' end.
std::optional<double> place_along(const Context&, std::optional<std::int64_t> samples);

// The other way: after how many training images a curve is so far along the axis.
std::optional<std::int64_t> samples_along(const Context&, double place);

// Each set of lines is made anew only where its records or what is asked for have changed; what a
// click on the legend has hidden stays hidden.
class CurveLines {
  public:
    // Training and held-out images, of each run; before them the paper's of each run that is one of
    // its experiments, and the held-out images of the runs that are compared.
    std::vector<PlotSeries>& of(const Context&, CurveKind, const PaperCurves* = nullptr);
    // What the estimator of the run in hand tells, its `reading`-th, and the target of that.
    std::vector<PlotSeries>& of_reading(const Context&, std::size_t reading);

  private:
    // What the lines were made of.
    struct Made {
        std::uint64_t version = 0;
        CurveAxis axis = CurveAxis::kSamples;
        int kind = 0;
        std::string dataset, runs;
        std::size_t run_number = 0;
        std::uint64_t compared = 0;
        std::string published = {};
        bool operator==(const Made&) const = default;
    };
    using Published = std::array<SharedCurves, 2>;  // of each run; null: not shown
    // Says whether the lines have to be made.
    bool is_news(const Context&, int kind, const std::string& published = {});
    void make_run(const Context&, CurveKind, const Published&);
    void make_race(const RaceView&, const Context&, CurveKind, const Published&);
    void colour_race(const RaceView&);
    void colour_run(const Theme&, CurveKind);

    std::optional<Made> made_;
    std::vector<PlotSeries> run_{2};   // the paper's, those that are compared, training, held-out
    std::vector<PlotSeries> race_{4};  // the paper's, then training and held-out of both
    std::size_t published_of_first_ = 0;  // so many of the paper's belong to the first run
    std::vector<PlotSeries> reading_{2};  // the reading, its target
};

}  // namespace elbow::gui

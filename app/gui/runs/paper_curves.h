#pragma once

// The paper's published curves of the experiment that a run is, to be drawn behind those of the
// run. The files are read on a thread of its own. GUI thread.

#include <array>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "app/charts/curves.h"
#include "engine/core/task.h"
#include "engine/run/config.h"

namespace elbow::gui {

struct PublishedCurve {
    std::string name;        // in a legend: "Kingma & Welling 2013, figure 2, test"
    std::string short_name;  // at a crosshair: "K & W 2013, figure 2, test"
    bool train = false;
    std::vector<double> samples;  // training images seen, ascending
    std::vector<double> nats;     // as many: of figure 3 the marginal likelihood, as the name says
};

// The curves of a figure ("fig2", "fig3") that belong to the run, held-out images first; none where
// the run is no experiment of the figure. `method`: the names say which ("AEVB"). Pure function.
std::vector<PublishedCurve> published_curves(const RunConfig&, const std::string& figure,
                                             const std::vector<charts::Curve>&, bool method);

// The figure whose curves belong to the run; empty: none does.
std::string figure_of(const RunConfig&);

using SharedCurves = std::shared_ptr<const std::vector<PublishedCurve>>;  // never null

class PaperCurves {
  public:
    // Begins to read what the run's figure needs, and takes in what was read. Once a frame and run.
    void want(const RunConfig&);
    // What was found so far, as published_curves() and figure_of() have it: worked out once for
    // each of the newest configurations, so that a frame may ask.
    SharedCurves of(const RunConfig&, bool method) const;
    std::string figure(const RunConfig&) const;
    // Why there are none of a run's figure; empty: they are there, or are being read.
    const std::string& failure() const { return failure_; }

  private:
    static constexpr std::size_t kMostKnown = 4;  // a race's two runs, with the method and without
    struct Figure {
        std::string name;
        std::vector<charts::Curve> curves;
    };
    struct Known {
        RunConfig config;
        bool method;
        std::size_t figures_read;
        std::string figure;
        SharedCurves curves;
    };
    const Figure* read(const std::string& name) const;
    Known known(const RunConfig&, bool method) const;

    std::vector<Figure> figures_;
    std::unique_ptr<Task<Figure>> task_;
    std::string failure_;
    mutable std::list<Known> known_;  // the newest first
};

}  // namespace elbow::gui

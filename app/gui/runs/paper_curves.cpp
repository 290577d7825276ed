#include "app/gui/runs/paper_curves.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "engine/core/error.h"
#include "engine/run/paper.h"

namespace elbow::gui {
namespace {

constexpr const char* kMarginal = "fig3";  // its curves are not of the bound

// The first of the run's experiments that is drawn as curves.
std::optional<run::PaperExperiment> drawn_experiment(const RunConfig& config) {
    for (run::PaperExperiment& one : run::paper_experiments_of(config)) {
        const std::string name = one.figure->name;
        if (name == "fig2" || name == "fig3") return std::move(one);
    }
    return std::nullopt;
}

// ", figure 2, AEVB, test"
std::string end_of_name(const run::PaperExperiment& experiment, const std::string& split,
                        bool method) {
    const std::string figure = experiment.figure->name;
    return ", figure " + figure.substr(figure.size() - 1) +
           (method ? std::string(", ") + experiment.method->title : "") + ", " + split +
           (figure == kMarginal ? ", log p(x)" : "");
}

}  // namespace

std::vector<PublishedCurve> published_curves(const RunConfig& config, const std::string& figure,
                                             const std::vector<charts::Curve>& curves,
                                             bool method) {
    const std::optional<run::PaperExperiment> experiment = drawn_experiment(config);
    if (!experiment || experiment->figure->name != figure) return {};
    std::vector<PublishedCurve> found;
    for (const char* split : {"test", "train"}) {
        const charts::Curve* curve = charts::find_curve(
            curves, {run::paper_panel(experiment->model), experiment->method->name, split, {}, {}});
        if (curve == nullptr) continue;
        const std::string end = end_of_name(*experiment, split, method);
        found.push_back({"Kingma & Welling 2013" + end, "K & W 2013" + end,
                         split == std::string("train"), curve->samples, curve->nats});
    }
    return found;
}

std::string figure_of(const RunConfig& config) {
    const std::optional<run::PaperExperiment> experiment = drawn_experiment(config);
    return experiment ? experiment->figure->name : "";
}

const PaperCurves::Figure* PaperCurves::read(const std::string& name) const {
    const auto found = std::find_if(figures_.begin(), figures_.end(),
                                    [&](const Figure& one) { return one.name == name; });
    return found == figures_.end() ? nullptr : &*found;
}

void PaperCurves::want(const RunConfig& config) {
    if (task_ && task_->done()) {
        try {
            figures_.push_back(task_->take());
        } catch (const std::exception& failure) {
            failure_ = message_of(failure);
        }
        task_.reset();
    }
    const std::string name = figure(config);
    if (name.empty() || task_ || !failure_.empty() || read(name) != nullptr) return;
    task_ = std::make_unique<Task<Figure>>([name](Progress&) {
        return Figure{name, charts::paper_curves(name)};
    });
}

PaperCurves::Known PaperCurves::known(const RunConfig& config, bool method) const {
    const auto found = std::find_if(known_.begin(), known_.end(), [&](const Known& one) {
        return one.method == method && one.figures_read == figures_.size() && one.config == config;
    });
    if (found != known_.end()) return *found;
    std::vector<PublishedCurve> curves;
    const std::string name = figure_of(config);
    if (const Figure* figure = read(name))
        curves = published_curves(config, name, figure->curves, method);
    known_.push_front({config, method, figures_.size(), name,
                       std::make_shared<const std::vector<PublishedCurve>>(std::move(curves))});
    if (known_.size() > kMostKnown) known_.pop_back();
    return known_.front();
}

SharedCurves PaperCurves::of(const RunConfig& config, bool method) const {
    return known(config, method).curves;
}

std::string PaperCurves::figure(const RunConfig& config) const {
    return known(config, false).figure;
}

}  // namespace elbow::gui

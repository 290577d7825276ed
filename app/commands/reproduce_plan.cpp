#include "app/commands/reproduce_plan.h"

#include <algorithm>
#include <array>
#include <optional>

#include "engine/core/error.h"
#include "engine/core/suggestion.h"
#include "engine/core/text.h"
#include "engine/data/datasets.h"
#include "engine/io/run_folder.h"
#include "engine/run/paper.h"

namespace elbow::commands {

namespace {

namespace fs = std::filesystem;
using run::PaperFigure;
using run::PaperMethod;
using run::PaperModel;

std::vector<std::string> listed(const std::string& text) {
    std::vector<std::string> names;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const std::string name(trimmed(std::string_view(text).substr(begin, end - begin)));
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        begin = end + 1;
    }
    return names;
}

template <class List>
std::string joined(const List& list) {
    std::string text;
    for (const auto& name : list) text += (text.empty() ? "" : ", ") + std::string(name);
    return text;
}

const PaperFigure& find_figure(const std::string& name) {
    std::vector<std::string> names;
    for (const PaperFigure& figure : run::paper_figures()) {
        if (figure.name == name) return figure;
        names.emplace_back(figure.name);
    }
    throw UsageError("There is no figure '" + name + "' to reproduce." + did_you_mean(name, names) +
                     " Choose one of: " + joined(names) + ".");
}

const PaperMethod& find_method(const std::string& name) {
    if (const PaperMethod* method = run::find_paper_method(name)) return *method;
    std::vector<std::string> names;
    for (const PaperMethod& method : run::paper_methods()) names.emplace_back(method.name);
    throw UsageError("--methods: there is no method '" + name + "'." + did_you_mean(name, names) +
                     " Choose from: " + joined(names) + ".");
}

void check_method(const PaperFigure& figure, const std::string& name) {
    find_method(name);
    if (std::find(figure.methods.begin(), figure.methods.end(), name) == figure.methods.end()) {
        throw UsageError("--methods: " + std::string(figure.name) + " has no curve of " + name +
                         ". Choose from: " + joined(figure.methods) + ".");
    }
}

// Throws UsageError where the model is none of the figure's, and none to try the figure with.
PaperModel find_model(const PaperFigure& figure, const std::string& name) {
    const std::optional<PaperModel> model = run::parse_paper_model(name);
    const bool own =
        std::find(figure.models.begin(), figure.models.end(), name) != figure.models.end();
    const bool with_count = figure.name == std::string("fig3");
    const bool trial = model && model->data->name == std::string("shapes") &&
                       (model->train_images > 0) == with_count &&
                       (figure.name != std::string("fig4") || model->latents == 2);
    if (model && (own || trial)) return *model;
    const std::vector<std::string> names(figure.models.begin(), figure.models.end());
    throw UsageError("--models: " + std::string(figure.name) + " has no model '" + name + "'." +
                     did_you_mean(name, names) + " Choose from: " + joined(figure.models) +
                     "; or try it with " + (with_count ? "shapes-3-1000" : "shapes-2") +
                     ", images that are drawn in code.");
}

std::string title_of(const PaperModel& model) {
    const std::string counted = model.train_images == 0
                                    ? std::string()
                                    : ", N_train = " + std::to_string(model.train_images);
    return std::string(model.data->title) + ", N_z = " + std::to_string(model.latents) + counted;
}

PlannedCurve plan_curve(const PaperFigure& figure, const std::string& model_name,
                        const std::string& method, double step_size) {
    const PaperModel model = find_model(figure, model_name);
    PlannedCurve curve;
    curve.name = run::paper_run_name(model_name, method);
    curve.model = model_name;
    curve.method = method;
    curve.title = title_of(model);
    curve.panel = run::paper_panel(model);
    curve.config = run::paper_config(model, find_method(method));
    if (step_size > 0.0) curve.config.step_size = step_size;
    return curve;
}

std::string differing_settings(const RunConfig& found, const RunConfig& wanted) {
    std::string text;
    for (const Option& option : run_options()) {
        const std::string there = option_text(found, option);
        const std::string here = option_text(wanted, option);
        if (there == here) continue;
        if (!text.empty()) text += ", ";
        text.append(option.name).append(" ").append(there).append(" instead of ").append(here);
    }
    return text;
}

}  // namespace

ReproducePlan make_reproduce_plan(const ReproduceOptions& options) {
    const PaperFigure& figure = find_figure(options.figure);
    std::vector<std::string> models(figure.models.begin(), figure.models.end());
    std::vector<std::string> methods(figure.methods.begin(), figure.methods.end());
    if (!options.models.empty()) models = listed(options.models);
    if (!options.methods.empty()) methods = listed(options.methods);
    for (const std::string& method : methods) check_method(figure, method);

    ReproducePlan plan;
    plan.figure = figure.name;
    plan.samples = (options.samples + kRound - 1) / kRound * kRound;
    for (const std::string& model : models) {
        for (const std::string& method : methods) {
            plan.curves.push_back(plan_curve(figure, model, method, options.step_size));
            check(plan.curves.back().config);
            data::datasets().at(plan.curves.back().config.dataset);
        }
    }
    for (const char* model : figure.models) {
        for (const char* method : figure.methods) {
            plan.shown.push_back(plan_curve(figure, model, method, options.step_size));
        }
    }
    for (const PlannedCurve& curve : plan.curves) {
        const bool known = std::any_of(plan.shown.begin(), plan.shown.end(),
                                       [&](const auto& one) { return one.name == curve.name; });
        if (!known) plan.shown.push_back(curve);
    }
    return plan;
}

std::map<std::string, io::RunLock> lock_runs(const ReproducePlan& plan, const fs::path& out) {
    std::map<std::string, io::RunLock> locks;
    for (const PlannedCurve& curve : plan.curves) {
        const fs::path folder = curve.run_folder(out);
        locks.emplace(curve.name, io::lock_run_folder(folder));
        if (!io::holds_run(folder)) continue;
        const train::Checkpoint found = io::load_run(folder).checkpoint;
        std::string differing = differing_settings(found.config, curve.config);
        if (!found.changes.empty())
            differing += std::string(differing.empty() ? "" : ", ") + "changes on the way";
        if (differing.empty() && found.samples % kRound != 0)
            differing = "a length that is no multiple of " + std::to_string(kRound);
        if (differing.empty()) continue;
        throw Error("The run in '" + folder.string() +
                    "' cannot go on as a curve of this figure: it was made with " + differing +
                    ". Choose another --out folder, give the same settings, or remove that run.");
    }
    return locks;
}

std::int64_t next_point(std::int64_t samples) {
    constexpr std::array<std::int64_t, 4> kEarly = {20'000, 30'000, 50'000, 70'000};
    // Hundredths of a power of ten: equal steps of its logarithm, about, and round numbers.
    constexpr std::array<std::int64_t, 20> kHundredths = {100, 112, 125, 140, 160, 180, 200,
                                                          225, 250, 280, 300, 350, 400, 450,
                                                          500, 560, 600, 700, 800, 900};
    for (const std::int64_t count : kEarly) {
        if (count > samples) return count;
    }
    for (std::int64_t decade = 100'000;; decade *= 10) {
        for (const std::int64_t hundredths : kHundredths) {
            const std::int64_t count = decade / 100 * hundredths;
            if (count > samples) return count;
        }
    }
}

std::string method_title(const std::string& method) { return find_method(method).title; }

}  // namespace elbow::commands

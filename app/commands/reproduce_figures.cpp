#include "app/commands/reproduce_figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>

#include "app/charts/chart.h"
#include "app/charts/curves.h"
#include "app/commands/curve_points.h"
#include "engine/core/file.h"
#include "engine/io/image_sheet.h"

namespace elbow::commands {

namespace {

namespace fs = std::filesystem;
using charts::Chart;
using charts::Curve;
using charts::LineStyle;
using charts::Panel;
using charts::Rgb;

constexpr std::array kComparedAt = {1e6, 3e6, 5e6, 1e7, 2e7, 3e7, 6e7, 1e8};

// Told apart by colour-blind readers (Okabe and Ito's palette); a method's two colours are kin.
struct Colour {
    const char* method;
    const char* split;
    Rgb colour;
};
constexpr std::array kColours = {
    Colour{"aevb", "test", {213, 94, 0}},        Colour{"aevb", "train", {230, 159, 0}},
    Colour{"wake-sleep", "test", {0, 114, 178}}, Colour{"wake-sleep", "train", {86, 180, 233}},
    Colour{"mcem", "test", {0, 128, 92}},        Colour{"mcem", "train", {110, 200, 130}},
};
constexpr Rgb kGrey{110, 110, 110};

// What the paper's axes show; a better curve raises the upper end.
struct Axis {
    const char* figure;
    const char* dataset;
    double y_min, y_max, y_step;
};
constexpr std::array kAxes = {
    Axis{"fig2", "mnist", -160.0, -95.0, 5.0},
    Axis{"fig2", "frey", 0.0, 1600.0, 200.0},
    Axis{"fig3", "mnist", -160.0, -100.0, 5.0},
};

// Our curves of one plan line, and whether the paper has such a model.
struct Drawn {
    const PlannedCurve* planned;
    std::vector<Curve> curves;  // test, then train; none where there are no points
    bool published;
};

std::vector<Drawn> collect(const ReproducePlan& plan, const fs::path& out) {
    std::vector<Drawn> all;
    for (const PlannedCurve& planned : plan.shown) {
        const std::vector<CurvePoint> points = whole_points(load_points(planned.points_file(out)));
        Drawn drawn{&planned, {}, planned.config.dataset != "shapes"};
        if (!points.empty()) {
            Curve test{planned.panel, planned.method, "test", {}, {}};
            Curve train{planned.panel, planned.method, "train", {}, {}};
            for (const CurvePoint& point : points) {
                const auto samples = static_cast<double>(point.samples);
                test.samples.push_back(samples);
                test.nats.push_back(point.test_nats);
                train.samples.push_back(samples);
                train.nats.push_back(point.train_nats);
            }
            drawn.curves = {test, train};
        }
        const bool wanted =
            std::any_of(plan.curves.begin(), plan.curves.end(),
                        [&](const auto& curve) { return curve.model == planned.model; });
        if (wanted || !drawn.curves.empty()) all.push_back(std::move(drawn));
    }
    return all;
}

LineStyle style_of(const std::string& method, const std::string& split, bool paper) {
    for (const Colour& entry : kColours) {
        if (method == entry.method && split == entry.split) {
            return {entry.colour, paper ? 0.8 : 1.5, paper};
        }
    }
    return {kGrey, 1.0, paper};
}

void set_axis(Panel& panel, const std::string& figure, const std::string& dataset, double x_min) {
    double lowest = INFINITY;
    double highest = -INFINITY;
    for (const charts::ChartLine& line : panel.lines) {
        for (std::size_t i = 0; i < line.x.size(); ++i) {
            if (line.x[i] < x_min || !std::isfinite(line.y[i])) continue;
            lowest = std::min(lowest, line.y[i]);
            highest = std::max(highest, line.y[i]);
        }
    }
    for (const Axis& axis : kAxes) {
        if (figure != axis.figure || dataset != axis.dataset) continue;
        panel.y_min = axis.y_min;
        panel.y_max = axis.y_max;
        if (highest > axis.y_max) panel.y_max = std::ceil(highest / axis.y_step) * axis.y_step;
        return;
    }
    if (!(lowest <= highest)) return;
    const double margin = 0.05 * (highest - lowest) + 0.5;
    panel.y_min = lowest - margin;
    panel.y_max = highest + margin;
}

// One panel a model, one row a data set; within a panel the paper's curves lie under ours.
Chart chart_of(const std::string& figure, const std::vector<Drawn>& all,
               const std::vector<Curve>& paper) {
    Chart chart;
    chart.x_label = "training images seen";
    chart.y_label = figure == "fig2" ? "lower bound, nats per image"
                                     : "marginal log-likelihood, nats per image";
    for (const Drawn& drawn : all) {
        for (const Curve& curve : drawn.curves)
            chart.x_max = std::max(chart.x_max, curve.samples.back());
    }
    std::string row;
    std::string model;
    for (const Drawn& drawn : all) {
        const PlannedCurve& planned = *drawn.planned;
        if (row != planned.config.dataset) chart.rows.emplace_back();
        row = planned.config.dataset;
        if (model == planned.model) continue;
        model = planned.model;
        Panel panel{planned.title, 0.0, 1.0, {}};
        for (const Curve& curve : paper) {
            if (drawn.published && curve.panel == planned.panel) {
                panel.lines.push_back(
                    {style_of(curve.method, curve.split, true), curve.samples, curve.nats});
            }
        }
        for (const Drawn& ours : all) {
            if (ours.planned->model != model) continue;
            for (const Curve& curve : ours.curves) {
                panel.lines.push_back(
                    {style_of(curve.method, curve.split, false), curve.samples, curve.nats});
            }
        }
        set_axis(panel, figure, row, chart.x_min);
        chart.rows.back().push_back(std::move(panel));
    }
    return chart;
}

void add_legend(Chart& chart, const std::vector<Drawn>& all) {
    for (const Colour& entry : kColours) {
        const bool shown = std::any_of(all.begin(), all.end(), [&](const Drawn& drawn) {
            return drawn.planned->method == entry.method;
        });
        if (!shown) continue;
        chart.legend.push_back({method_title(entry.method) + ", " + entry.split,
                                style_of(entry.method, entry.split, false)});
    }
    chart.legend.push_back({"the same in the paper", {kGrey, 0.8, true}});
}

std::string number(const char* format, double value) {
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

std::string table_line(const std::string& model, const std::string& method,
                       const std::string& split, const std::string& samples,
                       const std::string& ours, const std::string& paper,
                       const std::string& difference) {
    char text[256];
    std::snprintf(text, sizeof text, "%-14s %-10s %-5s %9s %10s %10s %11s", model.c_str(),
                  method.c_str(), split.c_str(), samples.c_str(), ours.c_str(), paper.c_str(),
                  difference.c_str());
    return text;
}

std::vector<std::string> table(const std::vector<charts::Difference>& list,
                               const std::vector<Drawn>& all) {
    if (list.empty()) return {};
    std::vector<std::string> lines = {
        table_line("model", "method", "split", "samples", "ours", "the paper", "difference")};
    for (const charts::Difference& one : list) {
        std::string model = one.panel;
        for (const Drawn& drawn : all) {
            if (drawn.planned->panel == one.panel) model = drawn.planned->model;
        }
        lines.push_back(table_line(
            model, one.method, one.split, number("%.0e", one.samples),
            number("%.2f", one.ours_nats), one.paper_nats ? number("%.2f", *one.paper_nats) : "-",
            one.paper_nats ? number("%+.2f", one.ours_nats - *one.paper_nats) : "-"));
    }
    return lines;
}

}  // namespace

std::vector<std::string> write_curves(const ReproducePlan& plan, const fs::path& out) {
    const std::vector<Drawn> all = collect(plan, out);
    const std::vector<Curve> paper = charts::paper_curves(plan.figure);
    const std::string header = charts::csv_header(plan.figure);
    std::vector<Curve> ours;
    std::vector<charts::Difference> differing;
    for (const Drawn& drawn : all) {
        ours.insert(ours.end(), drawn.curves.begin(), drawn.curves.end());
        const std::vector<charts::Difference> found = charts::differences(
            drawn.curves, drawn.published ? paper : std::vector<Curve>{}, kComparedAt);
        differing.insert(differing.end(), found.begin(), found.end());
    }
    const std::string base = (out / plan.figure).string();
    write_file_atomically(base + ".csv", std::string_view(charts::curves_csv(header, ours)));
    write_file_atomically(base + "-differences.csv",
                          std::string_view(charts::differences_csv(header, differing)));
    Chart chart = chart_of(plan.figure, all, paper);
    add_legend(chart, all);
    const charts::Raster picture = charts::draw_chart(chart);
    io::write_png(base + ".png", {picture.width(), picture.height(), 3, picture.pixels()});
    return table(differing, all);
}

}  // namespace elbow::commands

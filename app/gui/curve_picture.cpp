#include "app/gui/curve_picture.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "app/charts/raster_painter.h"
#include "app/charts/svg_painter.h"
#include "app/gui/widgets/chart.h"
#include "engine/core/error.h"

namespace elbow::gui {
namespace {

using charts::Lettering;
using charts::Raster;
using charts::RasterPainter;
using charts::Rgb;

// Told apart by colour-blind readers, and by their lightness in print (Okabe and Ito's palette).
constexpr Rgb kWhite{255, 255, 255};
constexpr Rgb kInk{30, 30, 30};
constexpr Rgb kGrid{225, 225, 225};
constexpr Rgb kTrain{230, 159, 0};
constexpr Rgb kHeldOut{0, 114, 178};
constexpr Rgb kPublished{122, 94, 130}, kPublishedTrain{186, 168, 190};
constexpr Rgb kBranch{90, 90, 90};
constexpr const char* kBranchWords = "branched off here";

struct Line {
    std::string name;
    Rgb colour;
    std::vector<double> x, y;
};

struct Chart {
    std::string title;  // with the unit
    std::vector<Line> lines;
    std::vector<float> bars = {};  // instead: one a latent
    // Where along the axis the run is a branch of another.
    std::vector<double> branches = {};
};

struct Box {
    float left, top, right, bottom;
};

template <class Record>
double position(const Record& record, CurveStyle::Axis axis) {
    switch (axis) {
        case CurveStyle::Axis::kSamples:
            return static_cast<double>(record.samples);
        case CurveStyle::Axis::kEpochs:
            return record.epoch;
        case CurveStyle::Axis::kSeconds:
            return record.seconds;
    }
    return 0.0;
}

template <class Record, class Value>
Line line_of(const std::string& name, Rgb colour, const std::vector<Record>& records,
             CurveStyle::Axis axis, const Value& value) {
    Line line{name, colour, {}, {}};
    for (const Record& record : records) {
        line.x.push_back(position(record, axis));
        line.y.push_back(value(record));
    }
    return line;
}

std::vector<double> branches_along(const CurveStyle& style,
                                   const std::vector<train::TrainRecord>& train) {
    std::vector<double> places;
    for (const train::Moment& each : style.branches) {
        const auto after = std::find_if(train.begin(), train.end(), [&](const auto& record) {
            return record.samples >= each.samples;
        });
        if (style.axis == CurveStyle::Axis::kSamples)
            places.push_back(static_cast<double>(each.samples));
        else if (after != train.end())
            places.push_back(position(*after, style.axis));
    }
    return places;
}

std::string axis_label(CurveStyle::Axis axis) {
    switch (axis) {
        case CurveStyle::Axis::kSamples:
            return "training images seen";
        case CurveStyle::Axis::kEpochs:
            return "epochs";
        case CurveStyle::Axis::kSeconds:
            return "training time in seconds";
    }
    return {};
}

// Everything is measured in `em`, the size of the lettering.
ChartLook print_look(float em) {
    return {.grid = {kGrid},
            .axis = {kInk},
            .words = {kInk},
            .axis_width = 1.5f,
            .line_width = 0.11f * em,
            .dot_radius = 0.15f * em,
            .dash = 0.35f * em,
            .gap_left = 0.5f * em,
            .gap_below = 0.4f * em,
            .tick_room = 4.5f * em,
            .widest_bar = 40.0f * em};
}

// Latents are counted from 1.
void paint_bars(ChartArea& area, const std::vector<float>& bars, float label_top) {
    const auto count = static_cast<double>(bars.size());
    const double top = std::max(0.01, static_cast<double>(*std::ranges::max_element(bars)));
    area.x = {{0.5, count + 0.5}, false};
    area.y = {{0.0, 1.08 * top}, false};
    draw_bar_ticks(area, count);
    draw_axis_lines(area, "latent dimension", label_top);
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const auto [min, max] = bar_place(area, i, bars.size(), bars[i]);
        area.painter.box(min, max, {kHeldOut});
    }
}

void paint_dashes(charts::Painter& painter, charts::Pixel from, charts::Pixel to) {
    const float em = painter.line_height();
    draw_dashes(painter, {from, to}, print_look(em).dash, 0.08f * em, {kBranch});
}

void paint_lines(ChartArea& area, const Chart& chart, const CurveStyle& style, float label_top) {
    const std::vector<Line>& lines = chart.lines;
    std::vector<LineView> views;
    views.reserve(lines.size());
    for (const Line& line : lines) views.push_back({line.x, line.y});
    area.x = {x_extent(views, style.log_x), style.log_x};
    area.y = {fit_y(views, area.x), false};
    draw_ticks(area);
    draw_axis_lines(area, axis_label(style.axis), label_top);
    area.painter.clip(area.area_min, area.area_max);
    for (std::size_t i = 0; i < lines.size(); ++i) draw_curve(area, views[i], {lines[i].colour});
    for (const double place : chart.branches) {
        const float at = area.px(area.x.fraction(place));
        if (at >= area.area_min.x && at <= area.area_max.x)
            paint_dashes(area.painter, {at, area.area_min.y}, {at, area.area_max.y});
    }
    area.painter.clip_nothing();
}

void paint_chart(charts::Painter& painter, const Chart& chart, const Box& box,
                 const CurveStyle& style) {
    const float em = painter.line_height();
    ChartArea area{painter,
                   print_look(em),
                   {box.left, box.top},
                   {box.right, box.bottom},
                   {box.left + 4.5f * em, box.top + 2.0f * em},
                   {box.right - 1.5f * em, box.bottom - 3.2f * em}};
    painter.text({box.left + em, box.top + 0.4f * em}, chart.title, {kInk});
    const float label_top = box.bottom - 1.4f * em;
    if (chart.bars.empty()) return paint_lines(area, chart, style, label_top);
    paint_bars(area, chart.bars, label_top);
}

// What the lines are, under the title: the charts below share them. Returns where it ends.
float paint_legend(charts::Painter& painter, const Chart& chart, float top, float width) {
    const float em = painter.line_height(), row = 1.5f * em;
    float left = em;
    const auto entry = [&](const std::string& name, const auto& paint_sample) {
        const float wide = 2.6f * em + painter.text_width(name);
        if (left > em && left + wide > width - em) {
            left = em;
            top += row;
        }
        paint_sample(charts::Pixel{left, top + row / 2},
                     charts::Pixel{left + 1.8f * em, top + row / 2});
        painter.text({left + 2.4f * em, top + 0.2f * em}, name, {kInk});
        left += wide + 2.0f * em;
    };
    for (const Line& line : chart.lines)
        entry(line.name, [&](charts::Pixel from, charts::Pixel to) {
            painter.line(from, to, 0.2f * em, {line.colour});
        });
    if (!chart.branches.empty())
        entry(kBranchWords,
              [&](charts::Pixel from, charts::Pixel to) { paint_dashes(painter, from, to); });
    return top + row;
}

// A reading's number in the records is `number`.
Chart chart_of(const estimator::Reading& reading, std::size_t number,
               const std::vector<train::TrainRecord>& train, CurveStyle::Axis axis) {
    Chart chart{std::string(reading.name) + ", " + reading.unit, {}};
    if (reading.target && !train.empty()) {
        chart.title += ", with its target";
        chart.lines.push_back({"target",
                               kPublishedTrain,
                               {position(train.front(), axis), position(train.back(), axis)},
                               {*reading.target, *reading.target}});
    }
    chart.lines.push_back(line_of(reading.name, kTrain, train, axis, [&](const auto& record) {
        return number < record.readings.size() ? record.readings[number]
                                               : std::numeric_limits<double>::quiet_NaN();
    }));
    return chart;
}

std::vector<Chart> charts_of(const std::vector<train::TrainRecord>& train,
                             const std::vector<train::EvaluationRecord>& evaluations,
                             const CurveStyle& style) {
    const CurveStyle::Axis axis = style.axis;
    const std::string train_name = "train: mean over minibatches, " + style.targets;
    const std::string test_name = "held-out images, " + style.targets + style.weights;
    const auto pair = [&](const char* title, auto train_value, auto test_value) {
        return Chart{std::string(title) + ", nats per image",
                     {line_of(train_name, kTrain, train, axis, train_value),
                      line_of(test_name, kHeldOut, evaluations, axis, test_value)}};
    };
    Chart bound = pair(
        "Lower bound", [](const auto& record) { return record.bound; },
        [](const auto& record) { return record.test_bound; });
    for (const PublishedCurve& curve : style.published) {
        bound.lines.insert(
            bound.lines.begin(),
            {curve.name, curve.train ? kPublishedTrain : kPublished, curve.samples, curve.nats});
    }
    std::vector<Chart> charts{
        std::move(bound),
        pair(
            "Reconstruction term", [](const auto& record) { return record.reconstruction; },
            [](const auto& record) { return record.test_reconstruction; }),
        pair(
            "KL term", [](const auto& record) { return record.kl; },
            [](const auto& record) { return record.test_kl; })};
    if (!evaluations.empty()) {
        const train::EvaluationRecord& newest = evaluations.back();
        const std::vector<float>& bars = newest.test_kl_per_latent;
        const auto known = [](float value) { return std::isfinite(value); };
        if (bars.size() > 1 && std::ranges::all_of(bars, known))
            charts.push_back({"KL per latent, held-out, nats per image", {}, bars});
    }
    for (std::size_t i = 0; i < style.readings.size(); ++i)
        charts.push_back(chart_of(style.readings[i], i, train, axis));
    for (Chart& chart : charts) chart.branches = branches_along(style, train);
    return charts;
}

// Throws Error where there is nothing to draw, or no room for it.
void check_curves(const std::vector<train::TrainRecord>& train,
                  const std::vector<train::EvaluationRecord>& evaluations,
                  const CurveStyle& style) {
    if (train.empty() && evaluations.empty()) {
        throw Error(
            "There are no curves to draw yet: expected at least one evaluation, found none. Let it "
            "train for a "
            "moment and export again.");
    }
    if (style.width < 400 || style.height < 300) {
        throw Error("A picture of the curves needs at least 400 x 300 pixels, found " +
                    std::to_string(style.width) + " x " + std::to_string(style.height) + ".");
    }
}

double letters_of_curves(const CurveStyle& style) { return std::max(11.0, style.height / 50.0); }

void paint_curves(const std::vector<train::TrainRecord>& train,
                  const std::vector<train::EvaluationRecord>& evaluations, const CurveStyle& style,
                  charts::Painter& painter) {
    const float em = painter.line_height();
    const auto width = static_cast<float>(style.width), height = static_cast<float>(style.height);
    const std::vector<Chart> charts = charts_of(train, evaluations, style);
    const float top =
        paint_legend(painter, charts.front(), style.title.empty() ? 0.5f * em : 2.2f * em, width);
    painter.text({em, 0.8f * em}, style.title, {kInk});
    // The bound above, as wide as the picture; the others below in rows of up to three.
    const std::size_t small = charts.size() - 1, rows = (small + 2) / 3;
    const std::size_t columns = (small + rows - 1) / rows;
    const float middle = top + (rows == 1 ? 0.55f : 0.4f) * (height - top);
    const float tall = (height - middle) / static_cast<float>(rows);
    const float wide = width / static_cast<float>(columns);
    paint_chart(painter, charts[0], {0.0f, top, width, middle}, style);
    for (std::size_t i = 0; i < small; ++i) {
        const float left = static_cast<float>(i % columns) * wide;
        const std::size_t row = i / columns;
        const float upper = middle + static_cast<float>(row) * tall;
        paint_chart(painter, charts[i + 1], {left, upper, left + wide, upper + tall}, style);
    }
}

}  // namespace

io::Picture curve_picture(const std::vector<train::TrainRecord>& train,
                          const std::vector<train::EvaluationRecord>& evaluations,
                          const CurveStyle& style) {
    check_curves(train, evaluations, style);
    Raster raster(style.width, style.height, kWhite);
    const Lettering letters(letters_of_curves(style));
    RasterPainter painter(raster, letters, 1.0);
    paint_curves(train, evaluations, style, painter);
    return {style.width, style.height, 3, raster.pixels()};
}

std::string curve_svg(const std::vector<train::TrainRecord>& train,
                      const std::vector<train::EvaluationRecord>& evaluations,
                      const CurveStyle& style) {
    check_curves(train, evaluations, style);
    const Lettering letters(letters_of_curves(style));
    charts::SvgPainter painter(style.width, style.height, kWhite, letters, 1.0);
    paint_curves(train, evaluations, style, painter);
    return painter.finish();
}

}  // namespace elbow::gui

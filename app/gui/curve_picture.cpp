#include "app/gui/curve_picture.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "app/figures/raster.h"
#include "app/gui/widgets/plot_scale.h"
#include "engine/core/error.h"

namespace elbow::gui {
namespace {

using figures::Lettering;
using figures::Raster;
using figures::Rgb;

// Told apart by colour-blind readers, and by their lightness in print (Okabe and Ito's palette).
constexpr Rgb kWhite{255, 255, 255};
constexpr Rgb kInk{30, 30, 30};
constexpr Rgb kGrid{225, 225, 225};
constexpr Rgb kTrain{230, 159, 0};
constexpr Rgb kHeldOut{0, 114, 178};
constexpr Rgb kPublished{122, 94, 130}, kPublishedTrain{186, 168, 190};

struct Line {
    std::string name;
    Rgb colour;
    std::vector<double> x, y;
};

struct Chart {
    std::string title;  // with the unit
    std::vector<Line> lines;
    std::vector<float> bars = {};  // instead: one a latent
};

struct Box {
    double left, top, right, bottom;
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

// Draws one chart into its box; everything is measured in `em`, the size of the lettering.
class ChartPainter {
  public:
    ChartPainter(Raster& raster, const Lettering& letters, const CurveStyle& style)
        : raster_(raster), letters_(letters), style_(style), em_(letters.size()) {}

    void paint(const Chart& chart, const Box& box) {
        area_ = {box.left + 4.5 * em_, box.top + 2.0 * em_, box.right - 1.5 * em_,
                 box.bottom - 3.2 * em_};
        letters_.write(raster_, box.left + em_, box.top + 0.4 * em_, chart.title, kInk);
        if (!chart.bars.empty()) return paint_bars(chart.bars, box);
        std::vector<LineView> views;
        for (const Line& line : chart.lines) views.push_back({line.x, line.y});
        x_ = {x_extent(views, style_.log_x), style_.log_x};
        y_ = {fit_y(views, x_), false};
        const Range& x = x_.range;
        paint_axes(
            box,
            x_.log ? log_ticks(x.min, x.max, most_across()) : ticks(x.min, x.max, most_across()),
            axis_label(style_.axis));
        raster_.clip(area_.left, area_.top, area_.right, area_.bottom);
        for (const Line& line : chart.lines) paint_line(line);
        raster_.clip_nothing();
    }

  private:
    double px(double fraction) const { return area_.left + fraction * (area_.right - area_.left); }
    double py(double fraction) const {
        return area_.bottom - fraction * (area_.bottom - area_.top);
    }

    int most_across() const {
        return std::max(2, static_cast<int>((area_.right - area_.left) / (4.5 * em_)));
    }

    // Latents are counted from 1.
    void paint_bars(const std::vector<float>& bars, const Box& box) {
        const auto count = static_cast<double>(bars.size());
        const double top = std::max(0.01, static_cast<double>(*std::ranges::max_element(bars)));
        x_ = {{0.5, count + 0.5}, false};
        y_ = {{0.0, 1.08 * top}, false};
        std::vector<double> whole = ticks(0.0, count, most_across());
        std::erase_if(whole, [](double at) { return at != std::floor(at) || at < 1.0; });
        paint_axes(box, whole, "latent dimension");
        for (std::size_t i = 0; i < bars.size(); ++i) {
            const double middle = static_cast<double>(i) + 1.0;
            raster_.fill(px(x_.fraction(middle - 0.4)), py(y_.fraction(bars[i])),
                         px(x_.fraction(middle + 0.4)), area_.bottom, kHeldOut);
        }
    }

    void paint_axes(const Box& box, const std::vector<double>& across, const std::string& x_label) {
        const int most_y = std::max(2, static_cast<int>((area_.bottom - area_.top) / (2.2 * em_)));
        for (const double value : across) {
            const double at = px(x_.fraction(value));
            raster_.line(at, area_.top, at, area_.bottom, 1.0, kGrid);
            const double step = x_.log || across.size() < 2 ? value : across[1] - across[0];
            const std::string label = tick_label(value, step);
            letters_.write(raster_, at - letters_.width(label) / 2, area_.bottom + 0.4 * em_, label,
                           kInk);
        }
        const auto up = ticks(y_.range.min, y_.range.max, most_y);
        for (const double value : up) {
            const double at = py(y_.fraction(value));
            raster_.line(area_.left, at, area_.right, at, 1.0, kGrid);
            const std::string label = tick_label(value, up.size() > 1 ? up[1] - up[0] : 1.0);
            letters_.write(raster_, area_.left - 0.5 * em_ - letters_.width(label), at - em_ / 2,
                           label, kInk);
        }
        raster_.line(area_.left, area_.top, area_.left, area_.bottom, 1.5, kInk);
        raster_.line(area_.left, area_.bottom, area_.right, area_.bottom, 1.5, kInk);
        letters_.write(raster_, (area_.left + area_.right - letters_.width(x_label)) / 2,
                       box.bottom - 1.4 * em_, x_label, kInk);
    }

    void paint_line(const Line& line) {
        const double line_width = 0.11 * em_;
        const int columns = static_cast<int>(area_.right - area_.left);
        for (const auto& piece : reduce_line({line.x, line.y}, x_, y_, columns)) {
            if (piece.size() == 1) {
                raster_.line(px(piece[0].x), py(piece[0].y), px(piece[0].x), py(piece[0].y),
                             0.3 * em_, line.colour);
            }
            for (std::size_t i = 1; i < piece.size(); ++i) {
                raster_.line(px(piece[i - 1].x), py(piece[i - 1].y), px(piece[i].x), py(piece[i].y),
                             line_width, line.colour);
            }
        }
    }

    Raster& raster_;
    const Lettering& letters_;
    const CurveStyle& style_;
    double em_;
    Box area_{};
    AxisScale x_, y_;
};

// What the lines are, under the title: the charts below share them. Returns where it ends.
double paint_legend(Raster& raster, const Lettering& letters, const std::vector<Line>& lines,
                    double top) {
    const double em = letters.size(), row = 1.5 * em;
    double left = em;
    for (const Line& line : lines) {
        const double width = 2.6 * em + letters.width(line.name);
        if (left > em && left + width > raster.width() - em) {
            left = em;
            top += row;
        }
        raster.line(left, top + row / 2, left + 1.8 * em, top + row / 2, 0.2 * em, line.colour);
        letters.write(raster, left + 2.4 * em, top + 0.2 * em, line.name, kInk);
        left += width + 2.0 * em;
    }
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
    return charts;
}

}  // namespace

RgbPicture curve_picture(const std::vector<train::TrainRecord>& train,
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
    Raster raster(style.width, style.height, kWhite);
    const Lettering letters(std::max(11.0, style.height / 50.0));
    const double em = letters.size();
    const double width = style.width;
    const std::vector<Chart> charts = charts_of(train, evaluations, style);
    const double top = paint_legend(raster, letters, charts.front().lines,
                                    style.title.empty() ? 0.5 * em : 2.2 * em);
    letters.write(raster, em, 0.8 * em, style.title, kInk);
    ChartPainter painter(raster, letters, style);
    // The bound above, as wide as the picture; the others below in rows of up to three.
    const std::size_t small = charts.size() - 1, rows = (small + 2) / 3;
    const std::size_t columns = (small + rows - 1) / rows;
    const double middle = top + (rows == 1 ? 0.55 : 0.4) * (style.height - top);
    const double tall = (style.height - middle) / static_cast<double>(rows);
    const double wide = width / static_cast<double>(columns);
    painter.paint(charts[0], {0.0, top, width, middle});
    for (std::size_t i = 0; i < small; ++i) {
        const double left = static_cast<double>(i % columns) * wide;
        const std::size_t row = i / columns;
        const double upper = middle + static_cast<double>(row) * tall;
        painter.paint(charts[i + 1], {left, upper, left + wide, upper + tall});
    }
    return {style.width, style.height, raster.pixels()};
}

}  // namespace elbow::gui

#include "app/gui/panels/compare_choice.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "app/gui/runs/compared_runs.h"
#include "app/gui/widgets/controls.h"

namespace elbow::gui {

std::vector<OtherWeights> other_weights(const Context& context, const train::SnapshotPtr& held) {
    std::vector<OtherWeights> found;
    if (!context.has_run()) return found;
    const auto fits = [&](const train::SnapshotPtr& other) {
        return other != nullptr && other->spec.image == context.dataset()->shape();
    };
    if (fits(held))
        found.push_back({"moment",
                         "after " + short_count(static_cast<double>(held->samples)) + " images",
                         held});
    if (context.race != nullptr) {
        const Contestant& other = context.race->runs[1 - context.run_number];
        if (fits(other.trainer->snapshot))
            found.push_back({"race", other.name, other.trainer->snapshot,
                             &other.curves->evaluations.records()});
    }
    if (context.compared == nullptr) return found;
    const std::vector<ComparedRun>& runs = context.compared->runs();
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (runs[i].dataset == context.dataset()->name && fits(runs[i].snapshot))
            found.push_back(
                {"run." + std::to_string(i), runs[i].name, runs[i].snapshot, &runs[i].evaluations});
    }
    return found;
}

PlotSeries difference_of(const std::vector<train::EvaluationRecord>& records,
                         const std::vector<train::EvaluationRecord>& other, ImU32 colour) {
    PlotSeries line{.name = "held-out bound, this less the other",
                    .short_name = "difference",
                    .colour = colour,
                    .x = {},
                    .y = {}};
    for (const train::EvaluationRecord& each : records) {
        const auto after = std::lower_bound(
            other.begin(), other.end(), each.samples,
            [](const auto& record, std::int64_t samples) { return record.samples < samples; });
        if (after == other.end() || (after == other.begin() && after->samples != each.samples))
            continue;
        double there = after->test_bound;
        if (after->samples != each.samples) {
            const train::EvaluationRecord& before = *std::prev(after);
            const double part = static_cast<double>(each.samples - before.samples) /
                                static_cast<double>(after->samples - before.samples);
            there = before.test_bound + part * (after->test_bound - before.test_bound);
        }
        line.x.push_back(static_cast<double>(each.samples));
        line.y.push_back(each.test_bound - there);
    }
    return line;
}

double distance_between(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
    double squares = 0.0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        const double difference = (static_cast<double>(a[i]) - b[i]) / 255.0;
        squares += difference * difference;
    }
    return std::sqrt(squares);
}

}  // namespace elbow::gui

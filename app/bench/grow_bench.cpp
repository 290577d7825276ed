// How speed and memory grow with the sizes of everything. Each case is this program once more: what
// one case has taken from the system does not count for the next.

#include "app/bench/bench.h"
#include "app/bench/cases_named.h"
#include "app/bench/child.h"
#include "app/bench/grow_cases.h"
#include "engine/core/memory.h"
#include "engine/core/text.h"

namespace elbow::bench {
namespace {

void measure(const GrowCase& each, const BenchOptions& options, Figures& figures) {
    const ProcessResult result = run_elbow(
        {"bench", "grow", "--model", each.name, "--in-this-process", "--json", "--threads",
         std::to_string(options.threads), "--seconds", number_text(options.seconds)},
        [&] { options.next(each.name); });
    const Json object = json_of_last_line(result);
    for (const Json& figure : object.at("figures").array()) {
        figures.add(figure.at("part").string(), figure.at("subject").string(),
                    static_cast<int>(figure.at("threads").whole()), figure.at("quantity").string(),
                    figure.at("median").number());
    }
}

}  // namespace

std::vector<std::string> bench_grow(const BenchOptions& options, Figures& figures) {
    std::vector<GrowCase> cases;
    std::vector<std::string> left_out;
    for (GrowCase& each : cases_named(grow_cases(), options.model, "case of grow")) {
        const std::uint64_t needed = memory_needed(each);
        if (available_below(needed)) {
            left_out.push_back(each.name + " (" + bytes_text(needed) + ")");
        } else {
            cases.push_back(std::move(each));
        }
    }
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
        for (const GrowCase& each : cases) measure(each, options, figures);
    }
    return left_out;
}

}  // namespace elbow::bench

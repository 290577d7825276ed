// The table of evaluations, metrics.csv.

#include "engine/io/tables.h"
#include "tests/fuzz/fuzz.h"

namespace elbow::fuzz {

void read_input(Bytes bytes) {
    std::vector<train::EvaluationRecord> records;
    if (!takes([&] { records = io::parse_metrics_csv(std::string(text_of(bytes))); })) return;
    const std::string written = io::metrics_csv(records);
    std::vector<train::EvaluationRecord> again;
    expect(takes([&] { again = io::parse_metrics_csv(written); }), "what was written can be read");
    expect(io::metrics_csv(again) == written, "it is the same");
}

}  // namespace elbow::fuzz

// What a run is, as run.json says it.

#include "engine/io/run_json.h"

#include "tests/fuzz/fuzz.h"

namespace elbow::fuzz {

void read_input(Bytes bytes) {
    const std::string text(text_of(bytes));
    const bool ours = io::is_run_json(text);
    io::SavedRun run;
    if (!takes([&] { run = io::parse_run_json(text, "The input"); })) return;
    expect(ours, "a run that can be read is known as one");
    const std::string written = io::run_json(run);
    io::SavedRun again;
    expect(takes([&] { again = io::parse_run_json(written, "The copy"); }),
           "what was written can be read");
    expect(io::run_json(again) == written, "it is the same");
}

}  // namespace elbow::fuzz

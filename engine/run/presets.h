#pragma once

// How a run learns, by a name: sets of values for the options that decide how fast it comes to a
// good model, and not what model that is. Values and pure functions, for any thread.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/core/registry.h"
#include "engine/run/config.h"

namespace elbow::run {

// Names of options and their values as option_text() writes them.
using PresetValues = std::vector<std::pair<std::string_view, std::string>>;

struct Preset {
    std::string name;   // as on the command line: "quick"
    std::string title;  // as in the window: "Quick"
    std::string help;   // one sentence: what it is for
    // What it sets for a run whose other options are these. Every preset sets the same options, so
    // that one takes the place of another whole.
    PresetValues (*values)(const RunConfig&);
};

const Registry<Preset>& presets();

// That of whoever chooses none.
const Preset& usual_preset();

// The run with the preset's values in the place of its own.
RunConfig with_preset(const Preset&, const RunConfig&);
// The same where these options were chosen by the person and stay as they are.
RunConfig with_preset(const Preset&, const RunConfig&, const std::vector<const Option*>& chosen);

// What every option is where nobody chooses otherwise, in a run whose other options are these.
RunConfig usual_config(const RunConfig&);

// The first preset whose values the run has; null: it has none's.
const Preset* preset_of(const RunConfig&);

// What it sets otherwise than `plain` does, as a person reads it: "activation relu, step size
// 0.004, average exponential". Empty where that is nothing.
std::string preset_text(const Preset&, const RunConfig&);

}  // namespace elbow::run

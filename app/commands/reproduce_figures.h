#pragma once

// What `elbow reproduce` writes from the trainings it finds: curves as CSV and as a plot beside the
// paper's, their differences, and sheets of decoded images. Main thread only.

#include <filesystem>
#include <string>
#include <vector>

#include "app/commands/reproduce_plan.h"

namespace elbow::commands {

// Figures 2 and 3: OUT/figN.csv, figN.png and figN-differences.csv of every curve of the figure
// that is in OUT. Answers the differences as a table for a person, a line each; empty where no
// curve has come so far. Throws Error where a file cannot be written.
std::vector<std::string> write_curves(const ReproducePlan&, const std::filesystem::path& out);

// Figures 4 and 5, of the plan's curves: a PNG each, and one of all together. Answers the files.
std::vector<std::filesystem::path> write_sheets(const ReproducePlan&,
                                                const std::filesystem::path& out);

}  // namespace elbow::commands

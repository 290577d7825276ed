#pragma once

// run.json as text, and back. Pure functions; run_folder.h is what others use.

#include <string>

#include "engine/io/run_folder.h"

namespace elbow::io {

// Everything of the run but its tensors and its evaluations.
std::string run_json(const SavedRun&);

// The parameters and the optimiser's state stay empty. `where` names the file in messages. Throws
// Error.
SavedRun parse_run_json(const std::string& text, const std::string& where);

// Whether the text is a JSON object that says that it is an Elbow run, of whatever version.
bool is_run_json(const std::string& text);

}  // namespace elbow::io

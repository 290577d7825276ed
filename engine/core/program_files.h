#pragma once

// Where the program's own files are: shaders, the paper's curves. Pure functions.

#include <filesystem>
#include <string>
#include <vector>

namespace elbow {

// Folders called `name` ("shaders") that may hold them, in this order: the one that the environment
// variable names, the source tree's, those beside the program.
std::vector<std::filesystem::path> program_folders(const std::string& name, const char* variable);

}  // namespace elbow

#pragma once

// Where the program's own files are: shaders, the paper's curves, the parts of a page. Pure
// functions.

#include <filesystem>
#include <string>
#include <vector>

namespace elbow {

// Folders called `name` ("shaders") that may hold them, in this order: the one that the environment
// variable names, the source tree's, those beside the program.
std::vector<std::filesystem::path> program_folders(const std::string& name, const char* variable);

// A file of the folder "assets", "paper/fig2.csv". Throws Error, saying where it was looked for, if
// there is none; `what`: "The paper's curves were".
std::filesystem::path asset_file(const std::filesystem::path& name, const std::string& what);

}  // namespace elbow

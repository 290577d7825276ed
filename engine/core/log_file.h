#pragma once

// The files of lines that tests and demonstrations ask for, such as the start log.

#include <filesystem>
#include <fstream>
#include <string>

namespace elbow {

// Opens the file anew with its first line. `what` is for messages: "start log". Throws Error where
// the file cannot be written, or is none: a pipe would wait for its reader.
std::ofstream open_log(const std::filesystem::path&, const std::string& what,
                       const std::string& first_line);

}  // namespace elbow

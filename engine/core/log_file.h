#pragma once

// The files of lines that tests and demonstrations ask for, such as the start log.

#include <filesystem>
#include <fstream>
#include <string>

namespace elbow {

class LogFile {
  public:
    // Opens the file anew with its first line; an empty path: nothing is written. `what` is for
    // messages: "start log". Throws Error where the file cannot be written, or is none: a pipe
    // would wait for its reader.
    LogFile(const std::filesystem::path&, const std::string& what, const std::string& first_line);

    bool is_open() const { return out_.is_open(); }
    // For programs that read along, the line is in the file at once. One that cannot be written is
    // told by check(): a log is no reason to interrupt what it tells of.
    void write(const std::string& line);
    // Throws Error where a line could not be written.
    void check() const;

  private:
    std::filesystem::path file_;
    std::string what_, failure_;
    std::ofstream out_;
};

}  // namespace elbow

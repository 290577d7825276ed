#include "app/bench/child.h"

#include <stdlib.h>

#include <cerrno>
#include <sstream>
#include <system_error>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/system_remedy.h"

namespace elbow::bench {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder() {
    std::string name = (fs::temp_directory_path() / "elbow-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        throw Error("A folder for temporary files cannot be made at " + name + " (" +
                    system_words(errno) + "). Set TMPDIR to a folder that can be written.");
    }
    path_ = name;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

ProcessResult run_elbow(const std::vector<std::string>& arguments,
                        const std::function<void()>& poll) {
    ProcessRequest request;
    request.arguments = {fs::read_symlink("/proc/self/exe").string()};
    request.arguments.insert(request.arguments.end(), arguments.begin(), arguments.end());
    request.poll = poll;
    ProcessResult result = run_process(request);
    if (result.exit_code == 0) return result;
    const std::string said = last_line(result.standard_error);
    const std::string name = "elbow: ";
    throw Error("`elbow " + arguments.front() + "`, started to be measured, ended with code " +
                std::to_string(result.exit_code) + ": " +
                (said.starts_with(name) ? said.substr(name.size()) : said));
}

void run_elbow_until_seen(const std::vector<std::string>& arguments,
                          const std::function<void()>& poll) {
    try {
        run_elbow(arguments, poll);
    } catch (const Seen&) {
    }
}

std::map<std::string, double> read_events(const fs::path& file) {
    std::map<std::string, double> events;
    std::error_code none;
    if (!fs::exists(file, none)) return events;  // not yet
    std::istringstream log(read_text_file(file));
    std::string line;
    while (std::getline(log, line) && !log.eof()) {
        const auto comma = line.find(',');
        if (comma == std::string::npos || line == "event,steady_s") continue;
        events[line.substr(0, comma)] = std::stod(line.substr(comma + 1));
    }
    return events;
}

Json json_of_last_line(const ProcessResult& result) {
    const std::string line = last_line(result.standard_output);
    if (auto json = parse_json(line)) return std::move(*json);
    throw Error(
        "A program that was started to be measured should have printed JSON, and printed '" +
        line.substr(0, 60) + "'. Look for another elbow beside this one.");
}

}  // namespace elbow::bench

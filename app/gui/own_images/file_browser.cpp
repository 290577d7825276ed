#include "app/gui/own_images/file_browser.h"

#include <exception>
#include <utility>

#include "engine/core/process.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

bool has_browser(const std::string& program) { return find_program(program).has_value(); }

}  // namespace

std::vector<std::string> browse_command(const fs::path& from,
                                        const std::function<bool(const std::string&)>& has) {
    const std::string title = "An archive or a file of arrays";
    // With a slash at its end the dialog begins in the folder instead of beside it.
    if (has("zenity"))
        return {"zenity", "--file-selection", "--title=" + title,
                "--filename=" + (from / "").string()};
    if (has("kdialog")) return {"kdialog", "--getopenfilename", from.string(), "--title", title};
    return {};
}

bool FileBrowser::is_there() {
    static const bool there = !browse_command({}, has_browser).empty();
    return there;
}

void FileBrowser::ask(const fs::path& from) {
    if (task_) return;
    task_ = std::make_unique<Task<std::optional<fs::path>>>(
        [command =
             browse_command(from, has_browser)](Progress& progress) -> std::optional<fs::path> {
            ProcessRequest request{command, {}, [&progress] { progress.throw_if_cancelled(); }};
            std::string answer = run_process(request).standard_output;
            while (answer.ends_with('\n')) answer.pop_back();
            if (answer.empty()) return std::nullopt;
            return answer;
        });
}

std::optional<fs::path> FileBrowser::poll() {
    if (!task_ || !task_->done()) return std::nullopt;
    const auto task = std::exchange(task_, nullptr);
    try {
        return task->take();
    } catch (const std::exception&) {  // as if nothing had been chosen: the path can be typed
        return std::nullopt;
    }
}

}  // namespace elbow::gui

#include "app/gui/own_images/file_browser.h"

#include <exception>
#include <utility>

#include "app/gui/own_images/portal.h"
#include "engine/core/error.h"
#include "engine/core/process.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDialogTitle = "An archive or a file of arrays";

std::optional<fs::path> ask_program(const fs::path& from, Progress& progress) {
    const std::vector<std::string> command = browse_command(
        kDialogTitle, from,
        [](const std::string& program) { return find_program(program).has_value(); });
    if (command.empty())
        throw Error(
            "This desktop shows no dialog for files: there is no portal for it "
            "(xdg-desktop-portal), no zenity and no kdialog. Type the path, or drop the file on "
            "the window.");
    ProcessRequest request{command, {}, [&progress] { progress.throw_if_cancelled(); }};
    std::string answer = run_process(request).standard_output;
    while (answer.ends_with('\n')) answer.pop_back();
    if (answer.empty()) return std::nullopt;
    return answer;
}

}  // namespace

std::vector<std::string> browse_command(const std::string& title, const fs::path& from,
                                        const std::function<bool(const std::string&)>& has) {
    // With a slash at its end the dialog begins in the folder instead of beside it.
    if (has("zenity"))
        return {"zenity", "--file-selection", "--title=" + title,
                "--filename=" + (from / "").string()};
    if (has("kdialog")) return {"kdialog", "--getopenfilename", from.string(), "--title", title};
    return {};
}

void FileBrowser::ask(const fs::path& from) {
    if (task_) return;
    task_ = std::make_unique<Task<std::optional<fs::path>>>([from](Progress& progress) {
        const std::string bus = session_bus_address();
        if (!bus.empty())
            if (const auto answer = ask_portal(bus, kDialogTitle, from, progress))
                return answer->chosen;
        return ask_program(from, progress);
    });
}

std::optional<fs::path> FileBrowser::poll(Toasts& toasts) {
    if (!task_ || !task_->done()) return std::nullopt;
    const auto task = std::exchange(task_, nullptr);
    try {
        return task->take();
    } catch (const std::exception& failure) {
        toasts.add(ToastKind::kError, message_of(failure));
        return std::nullopt;
    }
}

}  // namespace elbow::gui

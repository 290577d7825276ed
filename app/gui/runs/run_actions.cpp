#include "app/gui/runs/run_actions.h"

#include <array>

namespace elbow::gui {
namespace {

constexpr std::array<RunActionEntry, 9> kActions{{
    {RunAction::kOpen, "runs.open", "Open", "Enter",
     "Opens the run as it was left, paused or playing. The present run is kept first."},
    {RunAction::kContinue, "runs.continue", "Continue", "",
     "Opens the run and goes on training it. The present run is kept first."},
    {RunAction::kRename, "runs.rename", "Rename", "F2",
     "Gives the run a name. Named runs are never removed to make room."},
    {RunAction::kPin, "runs.pin", "Pin", "",
     "Pinned runs stand at the top and are never removed to make room."},
    {RunAction::kDuplicate, "runs.duplicate", "Duplicate", "",
     "Makes a copy beside it, which can then learn in another way."},
    {RunAction::kCompare, "runs.compare", "Compare", "",
     "Draws its held-out curves behind those of the present run, whose tab Compare then shows what "
     "its weights make of the same dot and the same image."},
    {RunAction::kCopyPath, "runs.copy_path", "Copy path", "Ctrl+C",
     "Copies the path of its folder, for a terminal."},
    {RunAction::kShowFolder, "runs.folder", "Show folder", "",
     "Opens its folder in the file manager."},
    {RunAction::kDelete, "runs.delete", "Delete", "Del",
     "Moves the run to the trash. It can be brought back."},
}};

bool needs_a_whole_run(RunAction action) {
    return action != RunAction::kCopyPath && action != RunAction::kShowFolder &&
           action != RunAction::kDelete;
}

}  // namespace

std::span<const RunActionEntry> run_actions() { return kActions; }

bool is_only_remembered(const RunEntry& run) {
    return run.place == RunPlace::kElsewhere && !run.problem.empty();
}

std::string label_of(const RunActionEntry& entry, const RunEntry& run) {
    if (entry.action == RunAction::kDelete && is_only_remembered(run)) return "Forget";
    return entry.action == RunAction::kPin && run.pinned ? "Unpin" : entry.label;
}

std::string why_not(RunAction action, const RunEntry& run, bool open_here,
                    const ComparedRuns& compared) {
    if (!run.problem.empty() && needs_a_whole_run(action)) return run.problem;
    if (action == RunAction::kCompare) return compared.why_not(run.folder);
    if (!open_here) return {};
    if (action == RunAction::kDelete)
        return "This run is in the window. Open another one before you delete it.";
    if (action == RunAction::kOpen || action == RunAction::kContinue)
        return "This run is in the window already.";
    return {};
}

}  // namespace elbow::gui

#pragma once

// What can be done with a run of the list: one table for buttons, menu and keys. Pure functions.

#include <span>
#include <string>

#include "app/gui/runs/compared_runs.h"
#include "app/gui/runs/run_list.h"

namespace elbow::gui {

enum class RunAction {
    kOpen,
    kContinue,
    kRename,
    kPin,
    kDuplicate,
    kCompare,
    kCopyPath,
    kShowFolder,
    kDelete
};

struct RunActionEntry {
    RunAction action;
    const char* id;     // in the layout log: "runs.open"
    const char* label;  // on the button
    const char* key;    // beside it in the menu; may be empty
    const char* help;
};

// All of them, in the order in which they are shown.
std::span<const RunActionEntry> run_actions();

// Opened once, and no longer a run: it can only be removed from the list.
bool is_only_remembered(const RunEntry&);

// "Unpin" for a run that is pinned, "Forget" for one that is only remembered.
std::string label_of(const RunActionEntry&, const RunEntry&);

// Why it cannot be done; empty: it can. `open_here`: the run is the one in this window.
std::string why_not(RunAction, const RunEntry&, bool open_here, const ComparedRuns&);

}  // namespace elbow::gui

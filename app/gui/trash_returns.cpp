#include "app/gui/trash_returns.h"

#include "engine/core/error.h"

namespace elbow::gui {

void TrashReturns::offer(const std::string& text, const std::vector<TrashedRun>& gone,
                         Toasts& toasts) {
    toasts.add(ToastKind::kInfo, text, {}, {"Undo", [this, gone] { bring_back(gone); }});
}

void TrashReturns::bring_back(const std::vector<TrashedRun>& gone) {
    tasks_.push_back(std::make_unique<Work>([state = state_, gone](Progress&) {
        for (const TrashedRun& run : gone) gui::bring_back(state, run);
        return gone.size() == 1 ? "The run '" + gone.front().what + "' is back."
                                : std::to_string(gone.size()) + " runs are back.";
    }));
}

void TrashReturns::poll(Toasts& toasts) {
    for (auto& task : tasks_) {
        if (!task->done()) continue;
        try {
            toasts.add(ToastKind::kGood, task->take());
        } catch (const std::exception& failure) {
            toasts.add(ToastKind::kError, message_of(failure));
        }
        task.reset();
    }
    std::erase(tasks_, nullptr);
}

}  // namespace elbow::gui

#pragma once

// Pieces of work of which only the newest one counts: one that was overtaken is told to stop, is
// never reported, and nobody waits for it but the owner's destructor. Used by one thread.

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "engine/core/task.h"

namespace elbow {

template <class Result>
class NewestTask {
  public:
    void start(std::function<Result(Progress&)> work) {
        overtake();
        task_ = std::make_unique<Task<Result>>(std::move(work));
    }
    // There is no newer one either.
    void overtake() {
        if (!task_) return;
        task_->progress().cancel();
        overtaken_.push_back(std::move(task_));
    }

    bool busy() const { return task_ != nullptr; }
    // While it is busy.
    Progress& progress() const { return task_->progress(); }

    // Now and then: the newest one once it has ended, to take() from; else null.
    std::unique_ptr<Task<Result>> poll() {
        std::erase_if(overtaken_, [](const auto& task) { return task->done(); });
        return task_ && task_->done() ? std::move(task_) : nullptr;
    }

  private:
    std::unique_ptr<Task<Result>> task_;
    std::vector<std::unique_ptr<Task<Result>>> overtaken_;  // not yet ended
};

}  // namespace elbow

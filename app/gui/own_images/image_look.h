#pragma once

// A look at what may become a data set, on a thread of its own: what it has found so far is there
// while it goes on. The newest one counts; one that was overtaken is told to stop, and no frame
// waits for it. GUI thread.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/task.h"
#include "engine/data/sources/finding.h"

namespace elbow::gui {

class ImageLook {
  public:
    void start(const std::filesystem::path&, const data::LookWishes& = {});
    void stop();
    // Once a frame.
    void poll();

    bool busy() const { return task_ != nullptr; }
    // Null: nothing yet. Not complete while the look goes on.
    const std::shared_ptr<const data::Finding>& found() const { return found_; }
    // Why there is nothing to be had; empty: there is, or nobody knows yet.
    const std::string& failure() const { return failure_; }
    double fraction() const { return task_ ? task_->progress().fraction() : 1.0; }
    std::string what() const { return task_ ? task_->progress().what() : ""; }

  private:
    struct Shared;
    using Found = std::shared_ptr<const data::Finding>;
    using Work = Task<Found>;
    void retire();

    Found found_;
    std::string failure_;
    std::shared_ptr<Shared> shared_;  // with the thread
    std::unique_ptr<Work> task_;
    std::vector<std::unique_ptr<Work>> retired_;
};

}  // namespace elbow::gui

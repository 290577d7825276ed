#pragma once

// A look at what may become a data set, on a thread of its own: what it has found so far is there
// while it goes on. The newest one counts; one that was overtaken is told to stop, and no frame
// waits for it. GUI thread.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/newest_task.h"
#include "engine/data/sources/finding.h"

namespace elbow::gui {

class ImageLook {
  public:
    void start(const std::filesystem::path&, const data::LookWishes& = {});
    void stop();
    // Once a frame.
    void poll();

    bool busy() const { return work_.busy(); }
    // Null: nothing yet. Not complete while the look goes on.
    const std::shared_ptr<const data::Finding>& found() const { return found_; }
    // Why there is nothing to be had; empty: there is, or nobody knows yet.
    const std::string& failure() const { return failure_; }
    // While it is busy.
    double fraction() const { return work_.progress().fraction(); }
    std::string what() const { return work_.progress().what(); }

  private:
    struct Shared;
    using Found = std::shared_ptr<const data::Finding>;

    Found found_;
    std::string failure_;
    std::shared_ptr<Shared> shared_;  // with the thread
    NewestTask<Found> work_;
};

}  // namespace elbow::gui

#pragma once

// Saved runs that the present run is compared with: their held-out curves are drawn behind its own,
// and their weights answer what it is asked. They are read on a thread of their own. GUI thread.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/gui/widgets/toasts.h"
#include "engine/core/task.h"
#include "engine/train/history.h"
#include "engine/train/snapshot.h"

namespace elbow::gui {

struct ComparedRun {
    std::filesystem::path folder;
    std::string name;  // as the list of runs calls it
    std::string of;    // "MNIST, grey targets": where it differs, the numbers do not compare
    std::vector<train::EvaluationRecord> evaluations;
    std::string dataset;          // as in the list of data sets
    train::SnapshotPtr snapshot;  // null: its weights cannot be read
};

// For any thread. Throws Error where the folder is no run.
ComparedRun read_for_comparison(const std::filesystem::path& folder, const std::string& name);

class ComparedRuns {
  public:
    static constexpr std::size_t kMost = 4;  // more could not be told apart

    // Why the run cannot be added: it is compared already, or is one too many; empty: it can.
    std::string why_not(const std::filesystem::path& folder) const;
    void add(const std::filesystem::path& folder, const std::string& name);
    void remove(std::size_t number);
    void remove(const std::filesystem::path& folder);  // where it is among them
    // Once a frame.
    void poll(Toasts&);
    bool busy() const { return task_ != nullptr; }

    const std::vector<ComparedRun>& runs() const { return runs_; }
    std::uint64_t version() const { return version_; }  // rises with each change

  private:
    using Work = Task<ComparedRun>;
    std::vector<ComparedRun> runs_;
    std::uint64_t version_ = 0;
    std::unique_ptr<Work> task_;
};

}  // namespace elbow::gui

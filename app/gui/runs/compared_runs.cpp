#include "app/gui/runs/compared_runs.h"

#include <algorithm>
#include <utility>

#include "engine/core/error.h"
#include "engine/data/targets.h"
#include "engine/io/run_folder.h"
#include "engine/train/held_out.h"

namespace elbow::gui {

namespace {

// A run whose weights are damaged still has a curve.
io::SavedRun read(const std::filesystem::path& folder) {
    try {
        return io::load_run(folder);
    } catch (const Error&) {
        return io::load_description(folder);
    }
}

}  // namespace

ComparedRun read_for_comparison(const std::filesystem::path& folder, const std::string& name) {
    io::SavedRun run = read(folder);
    const RunConfig& config = run.checkpoint.config;
    const std::string dataset = run.dataset ? run.dataset->title : config.dataset;
    const std::string targets =
        data::targets_text(data::targets_of(config.targets), run.checkpoint.spec.image.channels);
    const std::string weights = train::weights_text(config, run.checkpoint.evaluations);
    const bool whole = !run.checkpoint.parameters.empty();
    train::SnapshotPtr snapshot = whole ? train::snapshot_of(run.checkpoint) : nullptr;
    return {folder,
            name,
            dataset + ", " + targets + weights,
            std::move(run.checkpoint.evaluations),
            config.dataset,
            std::move(snapshot)};
}

std::string ComparedRuns::why_not(const std::filesystem::path& folder) const {
    const bool there = std::any_of(runs_.begin(), runs_.end(),
                                   [&](const ComparedRun& run) { return run.folder == folder; });
    if (there) return "Its curve is drawn already, behind those of the present run.";
    if (runs_.size() < kMost) return {};
    return "The curves of " + std::to_string(kMost) +
           " runs are drawn already. Remove one of them, above the curves.";
}

void ComparedRuns::add(const std::filesystem::path& folder, const std::string& name) {
    if (task_ || !why_not(folder).empty()) return;
    task_ = std::make_unique<Work>(
        [folder, name](Progress&) { return read_for_comparison(folder, name); });
}

void ComparedRuns::remove(std::size_t number) {
    if (number >= runs_.size()) return;
    runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(number));
    ++version_;
}

void ComparedRuns::remove(const std::filesystem::path& folder) {
    if (std::erase_if(runs_, [&](const ComparedRun& run) { return run.folder == folder; }) > 0)
        ++version_;
}

void ComparedRuns::poll(Toasts& toasts) {
    if (!task_ || !task_->done()) return;
    try {
        ComparedRun run = task_->take();
        if (run.evaluations.empty()) {
            toasts.add(ToastKind::kInfo,
                       "The run " + run.name + " has no curve: it was never evaluated.");
        } else {
            runs_.push_back(std::move(run));
            ++version_;
        }
    } catch (const std::exception& failure) {
        toasts.add(ToastKind::kError, message_of(failure));
    }
    task_.reset();
}

}  // namespace elbow::gui

#include "app/gui/runs/runs_desk.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "app/gui/autosave_files.h"
#include "app/gui/runs/runs_menu.h"
#include "app/gui/window_words.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostOpened = 20;
constexpr const char* kSavedFolder = "runs";  // below the export folder

}  // namespace

RunsDesk::RunsDesk(fs::path state, Settings& settings, LiveRuns& runs, RunStarter& starter)
    : state_(std::move(state)),
      settings_(settings),
      runs_(runs),
      starter_(starter),
      window_(state_) {}

void RunsDesk::add_actions(Actions& actions) {
    actions.open_runs = [this] { window_.open(); };
    actions.save_run = [this] { save_dialog_.open(proposed_name()); };
    actions.open_run = [this](const fs::path& folder, std::optional<bool> play) {
        starter_.resume(folder, play);
    };
    actions.compare_run = [this](const fs::path& folder, const std::string& name) {
        compared_.add(folder, name);
    };
    actions.forget_run = [this](const fs::path& folder) {
        std::erase(settings_.opened_runs, folder);
    };
    actions.stop_comparing = [this](std::size_t number) { compared_.remove(number); };
}

void RunsDesk::add_to(Context& context) const {
    context.compared = &compared_;
    if (window_.has_looked()) context.known_runs = &window_.entries();
}

void RunsDesk::poll(double now_s, bool runs_are_listed, Toasts& toasts) {
    compared_.poll(toasts);
    window_.poll(places(), menu_is_open_ || runs_are_listed, now_s, toasts);
}

void RunsDesk::draw(Context& context) {
    menu_is_open_ = runs_menu_is_open();
    window_.draw(context, [this](const RunEntry& run) { return is_open_here(run.folder); });
    const fs::path parent = export_folder(settings_.export_folder);
    if (save_dialog_.draw(context, (parent / kSavedFolder).string()))
        runs_.in_hand().saver.save(parent, save_dialog_.name());
}

void RunsDesk::note_opened(const fs::path& folder) {
    compared_.remove(folder);  // its curve is the run's own now
    std::vector<fs::path>& opened = settings_.opened_runs;
    std::erase(opened, folder);
    opened.insert(opened.begin(), folder);
    if (opened.size() > kMostOpened) opened.resize(kMostOpened);
}

void RunsDesk::drop(const std::vector<fs::path>& dropped, Toasts& toasts) {
    if (dropped.empty()) return;
    if (dropped.size() > 1)
        toasts.add(ToastKind::kInfo,
                   "Only one run opens at a time: the first of those that were dropped.");
    starter_.resume(run_folder_of(dropped.front()));
}

RunPlaces RunsDesk::places() const {
    return {state_ / kRunsFolder, export_folder(settings_.export_folder) / kSavedFolder,
            settings_.opened_runs};
}

bool RunsDesk::is_open_here(const fs::path& folder) const {
    for (std::size_t i = 0; i < runs_.count(); ++i) {
        const fs::path here = runs_.run(i).folder();
        if (!here.empty() && here == folder) return true;
    }
    return false;
}

std::string RunsDesk::proposed_name() const {
    const LiveRun& run = runs_.in_hand();
    if (!run.name.empty()) return run.name;
    if (!run.state->snapshot || !run.state->dataset) return {};
    return run.state->dataset->title + ", " + latents_text(run.state->snapshot->spec.latents);
}

}  // namespace elbow::gui

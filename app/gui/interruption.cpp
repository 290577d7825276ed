#include "app/gui/interruption.h"

#include <system_error>
#include <utility>

#include "app/gui/autosave_files.h"
#include "app/gui/autosaves.h"
#include "app/gui/strays.h"
#include "app/gui/widgets/controls.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/io/run_folder.h"
#include "engine/io/run_json.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

// Absent where there is no run that can be read.
std::optional<InterruptedRun> run_in(const fs::path& folder) {
    try {
        io::finish_save(folder);
        if (!io::holds_run(folder)) return std::nullopt;
        const std::vector<std::uint8_t> bytes = read_file(folder / io::kRunFiles.back());
        const io::SavedRun run = io::parse_run_json({bytes.begin(), bytes.end()}, "run.json");
        const std::string name = marks_of(folder).name;
        return InterruptedRun{folder,
                              name.empty() ? without_stamp(folder.filename().string()) : name,
                              run.checkpoint.samples};
    } catch (const Error&) {
        return std::nullopt;
    }
}

void remove_marks(std::vector<OrphanedMark>& marks) {
    std::error_code ignored;
    for (const OrphanedMark& mark : marks) fs::remove(mark.file, ignored);
    marks.clear();
}

}  // namespace

std::string question_about(const InterruptedRun& run) {
    return "Continue the run '" + run.what + "', which was interrupted after " +
           short_count(static_cast<double>(run.samples)) + " images?";
}

// A mark that is taken here looks alive when strays are removed, so that comes first.
Interruption::Interruption(fs::path state, data::SearchPath path, fs::path opened)
    : task_(std::make_unique<Task<Found>>(
          [state = std::move(state), opened = std::move(opened)](Progress&) {
              remove_strays(state);
              return look(state, opened);
          })),
      tidying_(std::make_unique<Task<bool>>([path = std::move(path)](Progress&) {
          remove_stray_downloads(path);
          return true;
      })) {}

Interruption::~Interruption() = default;

Interruption::Found Interruption::look(const fs::path& state, const fs::path& opened) {
    Found found;
    std::error_code error;
    if (!fs::is_directory(state, error)) return found;
    found.marks = take_orphaned_marks(state);
    std::uint64_t newest = 0;
    for (const OrphanedMark& mark : found.marks) {
        for (const std::string& name : mark.runs) {
            const fs::path folder = state / kRunsFolder / name;
            const bool is_open = !opened.empty() && fs::equivalent(folder, opened, error);
            const std::optional<InterruptedRun> run = is_open ? std::nullopt : run_in(folder);
            if (!run || (found.run && number_of(folder) < newest)) continue;
            newest = number_of(folder);
            found.run = run;
        }
    }
    if (!found.run) remove_marks(found.marks);
    return found;
}

void Interruption::poll() {
    if (!task_ || !task_->done()) return;
    try {
        found_ = task_->take();
    } catch (const std::exception&) {
        // A state folder that cannot be read offers nothing; saving to it says why.
    }
    task_.reset();
}

fs::path Interruption::accept() {
    fs::path folder = found_.run ? found_.run->folder : fs::path();
    dismiss();
    return folder;
}

void Interruption::dismiss() {
    remove_marks(found_.marks);
    found_.run.reset();
}

}  // namespace elbow::gui

#include "app/gui/loader.h"

#include <system_error>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/data/imported_content.h"
#include "engine/io/run_folder.h"

namespace elbow::gui {

std::string dataset_title(const std::string& name) {
    const auto entry = data::find_entry(name);
    return entry ? entry->title : name;
}

void Loader::start(Job job) {
    job_ = std::move(job);
    work_.start(
        [job = job_, path = path_](Progress& progress) { return work(job, path, progress); });
}

void Loader::cancel() {
    if (work_.busy()) work_.progress().cancel();
}

void Loader::load_run(const Job& job, Loaded& loaded) {
    // A link such as last-run may be pointed elsewhere between two files.
    std::error_code error;
    loaded.folder = std::filesystem::canonical(*job.run_folder, error);
    if (error) loaded.folder = *job.run_folder;
    loaded.run = std::make_shared<io::SavedRun>(io::load_run(loaded.folder));
    loaded.run->checkpoint.config.device = job.config.device;
    loaded.remark = loaded.run->remark;
    try {
        loaded.session =
            parse_session(loaded.run->session, quoted(*job.run_folder / io::kSessionFile));
    } catch (const Error& damage) {
        loaded.remark += (loaded.remark.empty() ? "" : "\n") + std::string(damage.what()) +
                         " The run was opened without it.";
    }
}

Loader::Result Loader::work(const Job& job, const data::SearchPath& path, Progress& progress) {
    Result result;
    Loaded loaded;
    std::string dataset = job.config.dataset;
    if (job.run_folder) {
        progress.report(-1.0, "Reading the run " + job.run_folder->string());
        load_run(job, loaded);
        dataset = loaded.run->checkpoint.config.dataset;
    }
    const data::DatasetEntry entry = data::entry_of(dataset);
    if (job.fetch) {
        progress.report(-1.0, "Fetching " + entry.title);
        data::fetch_dataset(dataset, path, progress);
    } else if (entry.fetch != nullptr && !entry.find(path)) {
        result.missing_dataset = dataset;
        return result;
    }
    progress.report(-1.0, "Loading " + entry.title);
    loaded.dataset = data::load_dataset(dataset, path, progress);
    if (loaded.run) {
        io::check_dataset(*loaded.run, *loaded.dataset);
        data::check_imported_content(*loaded.dataset, progress);
    }
    progress.throw_if_cancelled();
    result.loaded = std::move(loaded);
    return result;
}

std::optional<Loader::Outcome> Loader::poll() {
    const auto ended = work_.poll();
    if (!ended) return std::nullopt;
    Outcome outcome{job_, std::nullopt, {}, {}};
    try {
        Result result = ended->take();
        outcome.loaded = std::move(result.loaded);
        outcome.missing_dataset = std::move(result.missing_dataset);
    } catch (const Cancelled&) {
        outcome.failure.clear();
    } catch (const std::exception& failure) {
        outcome.failure = failure.what();
    }
    return outcome;
}

LoadingState Loader::state() const {
    if (!work_.busy()) return {};
    return {true, work_.progress().what(), work_.progress().fraction()};
}

}  // namespace elbow::gui

#pragma once

// Loads and fetches data sets and saved runs in the background, one at a time, each on a thread of
// its own. The newest request counts; one that was overtaken is told to stop, and no frame waits
// for it. GUI thread.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/context.h"
#include "app/gui/run_session.h"
#include "engine/core/newest_task.h"
#include "engine/data/datasets.h"
#include "engine/io/run_folder.h"
#include "engine/run/config.h"

namespace elbow::gui {

class Loader {
  public:
    struct Job {
        RunConfig config;                                 // of the run to start
        std::optional<std::filesystem::path> run_folder;  // instead: the run to go on with
        bool fetch = false;                               // download the data set first
        std::optional<RunConfig> rival = std::nullopt;    // of a second run, in a race
        std::optional<bool> play = std::nullopt;          // of a saved run; absent: as it was saved
    };
    struct Loaded {
        std::shared_ptr<const data::Dataset> dataset;
        std::shared_ptr<io::SavedRun> run;  // null where the job named no folder
        RunSession session = {};            // of that run
        std::filesystem::path folder = {};  // likewise; no link
        std::string remark = {};            // what of it was damaged and left out
    };
    struct Outcome {
        Job job;
        std::optional<Loaded> loaded;
        std::string failure;  // what went wrong, for a person; empty when it was cancelled
        std::string
            missing_dataset;  // not empty: this data set is nowhere to be found and can be fetched
    };

    explicit Loader(data::SearchPath path) : path_(std::move(path)) {}

    void start(Job);
    void cancel();
    // For a newer request that needs no loading: the job is never reported. A download goes on.
    void give_up() {
        if (!job_.fetch) work_.overtake();
    }
    bool loads_for_race() const { return work_.busy() && job_.rival; }
    // Once a frame: the end of the newest job.
    std::optional<Outcome> poll();
    LoadingState state() const;

  private:
    struct Result {
        std::optional<Loaded> loaded;
        std::string missing_dataset;
    };
    static void load_run(const Job&, Loaded&);
    static Result work(const Job&, const data::SearchPath&, Progress&);

    data::SearchPath path_;
    Job job_;
    NewestTask<Result> work_;
};

// The title of a data set in the list; the name itself where it is not in it.
std::string dataset_title(const std::string& name);

}  // namespace elbow::gui

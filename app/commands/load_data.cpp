#include "app/commands/load_data.h"

#include <chrono>
#include <thread>

#include "app/commands/terminal_progress.h"
#include "engine/core/task.h"
#include "engine/data/datasets.h"
#include "engine/data/imported_content.h"

namespace elbow::commands {

std::shared_ptr<const data::Dataset> load_data(const std::string& name,
                                               const std::filesystem::path& data_dir,
                                               bool check_content) {
    using std::chrono::milliseconds;
    using Clock = std::chrono::steady_clock;
    constexpr milliseconds kLong{500};  // what takes less needs no bar
    const data::SearchPath search = data::search_path(data_dir);
    Task<std::shared_ptr<const data::Dataset>> task([&](Progress& progress) {
        auto dataset = data::load_dataset(name, search, progress);
        if (check_content) data::check_imported_content(*dataset, progress);
        return dataset;
    });
    const Clock::time_point start = Clock::now();
    TerminalProgress bar;
    while (!task.done()) {
        std::this_thread::sleep_for(milliseconds(2));
        const std::string what = task.progress().what();
        if (!what.empty() && Clock::now() - start > kLong)
            bar.show(task.progress().fraction(), what);
    }
    return task.take();
}

}  // namespace elbow::commands

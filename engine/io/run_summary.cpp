#include "engine/io/run_summary.h"

#include <system_error>
#include <utility>

#include "engine/core/error.h"

namespace elbow::io {
namespace {

namespace fs = std::filesystem;

constexpr int kCopyAttempts = 5;  // a save may come in between

std::uintmax_t bytes_in(const fs::path& folder) {
    std::uintmax_t bytes = 0;
    for (const char* file : kRunFiles) {
        std::error_code error;
        const std::uintmax_t size = fs::file_size(folder / file, error);
        if (!error) bytes += size;
    }
    return bytes;
}

// A folder that is gone unless it was kept.
class NewFolder {
  public:
    explicit NewFolder(fs::path path) : path_(std::move(path)) {
        std::error_code error;
        fs::create_directories(path_.parent_path(), error);
        if (!fs::create_directory(path_, error)) {
            throw Error("A folder '" + path_.string() + "' for the copy cannot be made" +
                        (error ? ": " + error.message() : ": something is there") +
                        ". Choose another.");
        }
    }
    ~NewFolder() {
        std::error_code ignored;
        if (!kept_) fs::remove_all(path_, ignored);
    }
    void keep() { kept_ = true; }
    NewFolder(const NewFolder&) = delete;
    NewFolder& operator=(const NewFolder&) = delete;

  private:
    fs::path path_;
    bool kept_ = false;
};

void copy_files(const fs::path& from, const fs::path& to) {
    for (const char* file : kRunFiles) {
        std::error_code error;
        if (!fs::is_regular_file(from / file, error)) continue;
        fs::copy_file(from / file, to / file, fs::copy_options::overwrite_existing, error);
        if (error) {
            throw Error("'" + (from / file).string() + "' cannot be copied to '" + to.string() +
                        "': " + error.message() + ". Make room, or choose another folder.");
        }
    }
}

}  // namespace

RunSummary load_summary(const fs::path& folder) {
    SavedRun run = load_description(folder);
    RunSummary summary;
    summary.config = run.checkpoint.config;
    summary.spec = run.checkpoint.spec;
    summary.samples = run.checkpoint.samples;
    summary.train_seconds = run.checkpoint.train_seconds;
    summary.dataset = run.dataset;
    summary.session = std::move(run.session);
    auto& evaluations = run.checkpoint.evaluations;
    if (!evaluations.empty()) summary.newest = std::move(evaluations.back());
    summary.bytes = bytes_in(folder);
    std::error_code error;
    summary.saved_at = fs::last_write_time(folder / kRunFiles.back(), error);
    return summary;
}

void copy_run(const fs::path& from, const fs::path& to) {
    finish_save(from);  // where it can be, so that its files are in their places
    load_run(from);     // errors name the run, not its copy
    NewFolder made(to);
    for (int attempt = 1;; ++attempt) {
        copy_files(from, to);
        try {
            load_run(to);
            made.keep();
            return;
        } catch (const Error&) {
            if (attempt == kCopyAttempts) throw;
        }
    }
}

}  // namespace elbow::io

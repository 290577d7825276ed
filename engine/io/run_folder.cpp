#include "engine/io/run_folder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string_view>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/path_text.h"
#include "engine/data/hash.h"
#include "engine/io/plain_table.h"
#include "engine/io/run_json.h"
#include "engine/io/run_tensors.h"
#include "engine/io/tables.h"

namespace elbow::io {

namespace {

namespace fs = std::filesystem;

constexpr const char* kModel = kRunFiles[0];
constexpr const char* kOptimizer = kRunFiles[1];
constexpr const char* kMetrics = kRunFiles[2];
constexpr const char* kHistory = kRunFiles[3];
constexpr const char* kRun = kRunFiles[5];

// What is read is limited by what is written. A run.json has about 2 kB and 80 bytes for each
// change; of the lines of metrics.csv more are read than written, for earlier versions wrote all.
constexpr std::uintmax_t kMostRunJson = std::uintmax_t{16} << 20;  // bytes
constexpr std::size_t kMostEvaluations = 65'536;
constexpr std::uintmax_t kMostLines = 4 * std::uintmax_t{kMostEvaluations};
constexpr std::uintmax_t kMostSession = std::uintmax_t{16} << 20;  // bytes

std::uintmax_t most_metrics_bytes(int latents) {
    constexpr std::uintmax_t kColumns = 8 * 27;  // the longest double with quotes and a comma
    constexpr std::uintmax_t kLatent = 18;       // the longest float with them
    return kMostLines * (kColumns + kLatent * static_cast<std::uintmax_t>(latents));
}

// A session.json that tells nothing: every save has one, so that none of an earlier save stays.
constexpr const char* kNoSession = R"({"format": "elbow-session", "format_version": 1})";

fs::path staged(const fs::path& file) { return file.string() + kStaged; }

std::span<const std::uint8_t> bytes_of(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

bool is_file(const fs::path& path) {
    std::error_code none;
    return fs::is_regular_file(path, none);
}

// What stands in run.json and in run.json.new at a moment; absent where there is no such file, or
// none of a run's size; and how many files of a save are still to be put in place. As each save
// writes another text, equal glimpses mean that no file was put in place in between.
struct Glimpse {
    std::optional<std::string> in_place, staged;
    std::ptrdiff_t files_staged = 0;
    bool operator==(const Glimpse&) const = default;
};

Glimpse glimpse(const fs::path& folder) {
    const auto text_of = [](const fs::path& file) -> std::optional<std::string> {
        if (!is_file(file)) return std::nullopt;
        try {
            return read_text_file(file, kMostRunJson);
        } catch (const Error&) {  // just put in place, or not to be read: load_files says so
            return std::nullopt;
        }
    };
    Glimpse seen;
    seen.files_staged = std::count_if(kRunFiles.begin(), kRunFiles.end(), [&](const char* file) {
        return is_file(staged(folder / file));
    });
    seen.staged = text_of(staged(folder / kRun));
    if (seen.staged && !is_run_json(*seen.staged)) seen.staged.reset();
    seen.in_place = text_of(folder / kRun);
    return seen;
}

bool is_staging(const std::string& name) {
    return std::any_of(kRunFiles.begin(), kRunFiles.end(), [&](const char* file) {
        const std::string staged_name = std::string(file) + kStaged;
        return name == staged_name || name.rfind("." + staged_name + ".", 0) == 0;
    });
}

void remove_staging(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::path> left;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        if (is_staging(entry.path().filename().string())) left.push_back(entry.path());
    }
    for (const fs::path& path : left) fs::remove(path, error);
}

// Throws where the folder holds anything that a run saved there could not own.
void check_not_foreign(const fs::path& folder) {
    std::error_code error;
    const fs::file_status status = fs::status(folder, error);
    if (!fs::exists(status)) return;
    if (!fs::is_directory(status)) {
        throw Error(quoted(folder) +
                    " should be a folder for a run, but is a file. Choose another folder.");
    }
    if (holds_run(folder)) return;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        if (is_remnant(name)) continue;
        throw Error(quoted(folder) + " holds '" + name + "' and no " + kRun +
                    " of Elbow's: it is not a run, and nothing in it is overwritten. Choose a new "
                    "or an empty folder.");
    }
    if (error)
        throw Error(quoted(folder) + " cannot be looked into: " + error.message() +
                    ". Choose another folder.");
}

// `sha256` is of the file as it was read.
void check_same_save(const SavedRun& saved, const fs::path& folder, const char* name,
                     const std::string& sha256) {
    const auto expected = saved.sha256.find(name);
    if (expected == saved.sha256.end() || expected->second == sha256) return;
    throw Error(quoted(folder / name) + " is not the file that was saved with this " + kRun +
                ", by its SHA-256 there: the files are of different moments, or one was changed. "
                "Use a whole copy of the run.");
}

// As far as a spreadsheet that has rounded the numbers leaves it to be seen.
bool ends_with(const std::vector<train::EvaluationRecord>& evaluations,
               const EvaluationMark& mark) {
    constexpr double kRounding = 0.006;  // two decimals
    const auto same = [](double a, double b) {
        return std::isnan(a) == std::isnan(b) && !(std::abs(a - b) > kRounding);
    };
    if (evaluations.empty()) return false;
    const train::EvaluationRecord& last = evaluations.back();
    return last.samples == mark.samples && same(last.seconds, mark.seconds) &&
           same(last.test_reconstruction, mark.test_reconstruction);
}

void check_latents(const fs::path& file, const SavedRun& saved) {
    const auto& evaluations = saved.checkpoint.evaluations;
    if (evaluations.empty()) return;
    const auto found = evaluations.front().test_kl_per_latent.size();
    const int latents = saved.checkpoint.spec.latents;
    if (found == static_cast<std::size_t>(latents)) return;
    throw Error(quoted(file) + " has the KL of " + std::to_string(found) +
                " latents where this run's network has " + std::to_string(latents) +
                ". Use the file that was saved with the run.");
}

// Spreadsheets open this file, and save it in their own way: what is still the same table is read,
// and what is none any more does not keep the weights from being used.
void load_metrics(const fs::path& file, SavedRun& saved) {
    const auto go_without = [&saved](const std::string& why) {
        saved.remark = why +
                       " The run is used without its evaluations, and the next save to this "
                       "folder replaces the file.";
    };
    const std::uintmax_t most = most_metrics_bytes(saved.checkpoint.spec.latents);
    std::error_code error;
    const std::uintmax_t bytes = fs::file_size(file, error);
    if (!error && bytes > most)
        return go_without(quoted(file) + " has " + std::to_string(bytes) + " bytes, and at most " +
                          std::to_string(most) + " were expected.");
    const std::string text = read_text_file(file, most);
    try {
        saved.checkpoint.evaluations = parse_metrics_csv(plain_table(text), quoted(file));
    } catch (const Error& failure) {
        return go_without(failure.what());
    }
    check_latents(file, saved);
    const auto hash = saved.sha256.find(kMetrics);
    if (hash == saved.sha256.end() || hash->second == data::hash_of(bytes_of(text))) {
        return;
    }
    const auto& mark = saved.last_evaluation;
    const auto& evaluations = saved.checkpoint.evaluations;
    if (mark ? ends_with(evaluations, *mark) : evaluations.empty()) return;
    throw Error(quoted(file) + " does not end with the evaluation that " + kRun +
                " tells of: it is of another save or was changed. Use a whole copy of the run.");
}

// Where the file is damaged, the run opens without it.
template <class Read>
void load_companion(const fs::path& file, std::uintmax_t most, SavedRun& saved, const Read& read) {
    std::error_code error;
    if (!fs::exists(file, error)) return;
    try {
        read(read_text_file(file, most));
    } catch (const Error& failure) {
        saved.remark += (saved.remark.empty() ? "" : "\n") + std::string(failure.what()) +
                        " The run was opened without it.";
    }
}

// The files of a run as they lie there: of a save that is not yet in place its files are taken, as
// far as they are still to be put there.
class Files {
  public:
    // `run` is the text of run.json.
    Files(const fs::path& folder, const std::string& run, bool of_staged_save)
        : folder_(folder), run_(run), of_staged_save_(of_staged_save) {}

    SavedRun load_description() const {
        SavedRun saved = parse_run_json(run_, quoted(path(kRun)));
        load_metrics(path(kMetrics), saved);
        load_companion(path(kSessionFile), kMostSession, saved,
                       [&](std::string text) { saved.session = std::move(text); });
        return saved;
    }

    SavedRun load() const {
        SavedRun saved = load_description();
        const model::ParameterLayout layout(saved.checkpoint.spec);
        const std::string model = load_model(path(kModel), layout, saved.checkpoint);
        check_same_save(saved, folder_, kModel, model);
        std::optional<std::int64_t> train_images;
        if (saved.dataset) train_images = saved.dataset->train_images;
        const std::string optimizer =
            load_optimizer(path(kOptimizer), layout, train_images, saved.checkpoint);
        check_same_save(saved, folder_, kOptimizer, optimizer);
        load_companion(path(kHistory), kMostFileBytes, saved, [&](const std::string& text) {
            check_same_save(saved, folder_, kHistory, data::hash_of(bytes_of(text)));
            TrainTable table = parse_train_csv(text, quoted(path(kHistory)));
            saved.checkpoint.training =
                train::records_until(saved.checkpoint.samples, std::move(table.records));
            saved.checkpoint.readings = std::move(table.readings);
        });
        return saved;
    }

  private:
    fs::path path(const char* name) const {
        const fs::path file = folder_ / name;
        return of_staged_save_ && is_file(staged(file)) ? staged(file) : file;
    }

    const fs::path& folder_;
    const std::string& run_;
    bool of_staged_save_;
};

void check_complete(const fs::path& folder) {
    for (const char* file : {kRun, kModel, kOptimizer, kMetrics}) {
        if (is_file(folder / file)) continue;
        std::error_code none;
        const bool is_there = fs::exists(folder / file, none);
        throw Error("The run folder " + quoted(folder) +
                    (is_there ? " has something else than a file as " : " has no ") + file +
                    " (it needs " + kRun + ", " + kMetrics + ", " + kModel + " and " + kOptimizer +
                    "). Use a folder that Elbow saved a run to, whole.");
    }
}

using Load = SavedRun (Files::*)() const;

SavedRun load_as_seen(const fs::path& folder, const Glimpse& seen, Load load) {
    if (seen.staged) {
        try {
            return (Files(folder, *seen.staged, true).*load)();
        } catch (const Error&) {  // a stray: the run that is in place counts
            if (!seen.in_place) throw;
        }
    }
    check_complete(folder);
    const std::string run = read_text_file(folder / kRun, kMostRunJson);
    return (Files(folder, run, false).*load)();
}

// Of one moment, though the run may be saved meanwhile.
SavedRun load_whole(const fs::path& folder, Load load) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
        throw Error(quoted(folder) + " should be a run folder, but " +
                    (fs::exists(folder, error) ? "is a file" : "does not exist") +
                    ". Give the folder that 'elbow train --out' wrote.");
    }
    Glimpse before = glimpse(folder);
    const auto saved_meanwhile = [&] {
        Glimpse now = glimpse(folder);
        return now != std::exchange(before, now);
    };
    while (true) {
        try {
            SavedRun saved = load_as_seen(folder, before, load);
            if (!saved_meanwhile()) return saved;
        } catch (const Error&) {
            if (!saved_meanwhile()) throw;
        }
    }
}

// The staged run.json is written after all others: once it is there, the staged run is whole
// and takes the place of the one before, now or, where the program was killed meanwhile, when a run
// is saved to the folder next.
void put_in_place(const fs::path& folder) {
    for (const char* file : kRunFiles) {
        if (!is_file(staged(folder / file))) continue;
        std::error_code error;
        fs::rename(staged(folder / file), folder / file, error);
        if (error) {
            throw Error(quoted(folder / file) + " cannot be replaced by what was saved after it (" +
                        error.message() + "). Use a folder where you may write.");
        }
    }
}

// By who holds the lock of the folder.
void finish_interrupted_save(const fs::path& folder) {
    if (const Glimpse seen = glimpse(folder); seen.staged) {
        bool whole = true;
        try {
            Files(folder, *seen.staged, true).load();
        } catch (const Error&) {
            whole = false;
        }
        if (whole) put_in_place(folder);
    }
    remove_staging(folder);
}

// `run` has all but the hashes; its evaluations are no more than kMostEvaluations.
void stage(const fs::path& folder, SavedRun run) {
    run.sha256[kModel] = write_model(staged(folder / kModel), run.checkpoint);
    run.sha256[kOptimizer] = write_optimizer(staged(folder / kOptimizer), run.checkpoint);
    const std::string metrics = metrics_csv(run.checkpoint.evaluations);
    run.sha256[kMetrics] = data::hash_of(bytes_of(metrics));
    write_file_atomically(staged(folder / kMetrics), bytes_of(metrics));
    const std::string history = train_csv(run.checkpoint.training, run.checkpoint.readings);
    run.sha256[kHistory] = data::hash_of(bytes_of(history));
    write_file_atomically(staged(folder / kHistory), bytes_of(history));
    // Without a hash: the window changes it alone.
    write_file_atomically(staged(folder / kSessionFile),
                          run.session.empty() ? std::string_view(kNoSession) : run.session);
    write_file_atomically(staged(folder / kRun), std::string_view(run_json(run)));
}

SavedRun to_save(const train::Checkpoint& checkpoint, const data::Dataset* dataset,
                 const std::string& session) {
    SavedRun run;
    run.checkpoint = checkpoint;
    run.session = session;
    train::ThinnedSeries<train::EvaluationRecord> kept(kMostEvaluations);
    for (const auto& evaluation : checkpoint.evaluations) kept.push(evaluation);
    run.checkpoint.evaluations = kept.records();
    if (dataset != nullptr) {
        run.dataset = DatasetFacts{dataset->title, dataset->train.count, dataset->held_out.count,
                                   dataset->fingerprint};
    }
    if (!checkpoint.evaluations.empty()) {
        const train::EvaluationRecord& last = checkpoint.evaluations.back();
        run.last_evaluation = {last.samples, last.seconds, last.test_reconstruction};
    }
    return run;
}

}  // namespace

bool is_remnant(const std::string& name) { return name == RunLock::kFile || is_staging(name); }

RunLock lock_run_folder(const fs::path& folder) {
    if (folder.empty())
        throw UsageError("The run needs a folder to be saved to; an empty name was given.");
    check_not_foreign(folder);
    RunLock lock(folder);
    check_not_foreign(folder);  // now that nobody else can save to it
    return lock;
}

void save_run(RunLock& lock, const train::Checkpoint& checkpoint, const data::Dataset* dataset,
              const std::string& session) {
    lock.renew();
    const fs::path& folder = lock.folder();
    check_not_foreign(folder);
    finish_interrupted_save(folder);
    // A full disk shows while the files are staged; what follows are renames.
    try {
        stage(folder, to_save(checkpoint, dataset, session));
    } catch (...) {
        remove_staging(folder);
        throw;
    }
    put_in_place(folder);
}

void save_run(const fs::path& folder, const train::Checkpoint& checkpoint,
              const data::Dataset* dataset, const std::string& session) {
    RunLock lock = lock_run_folder(folder);
    save_run(lock, checkpoint, dataset, session);
}

SavedRun load_run(const fs::path& folder) { return load_whole(folder, &Files::load); }

SavedRun load_description(const fs::path& folder) {
    return load_whole(folder, &Files::load_description);
}

void finish_save(const fs::path& folder) {
    if (!glimpse(folder).staged) return;
    try {
        const RunLock lock(folder);
        finish_interrupted_save(folder);
    } catch (const Error&) {  // who saves there, or may write there, finishes it
    }
}

std::string load_session(const fs::path& folder) {
    finish_save(folder);
    std::error_code error;
    const fs::path file = folder / kSessionFile;
    return fs::exists(file, error) ? read_text_file(file, kMostSession) : std::string();
}

// Not staged under the name that a save's has: one may be under way.
void replace_session(const fs::path& folder, const std::string& session) {
    finish_save(folder);
    write_file_atomically(folder / kSessionFile, std::string_view(session));
}

void check_run_folder_writable(const fs::path& folder) { lock_run_folder(folder); }

bool holds_run(const fs::path& folder) {
    const Glimpse seen = glimpse(folder);
    return seen.staged || (seen.in_place && is_run_json(*seen.in_place));
}

void check_dataset(const SavedRun& saved, const data::Dataset& dataset) {
    const model::ModelSpec& spec = saved.checkpoint.spec;
    const auto differs = [&](const std::string& expected, const std::string& found) {
        throw Error("The run was trained on " + expected + ", but the data set '" + dataset.name +
                    "' has " + found + ". Use the data that the run was trained on (--data-dir).");
    };
    if (dataset.shape() != spec.image)
        differs("images of " + text_of(spec.image), text_of(dataset.shape()));
    if (!saved.dataset) return;
    const auto counts = [](int train, int held_out) {
        return std::to_string(train) + " training and " + std::to_string(held_out) +
               " held-out images";
    };
    if (saved.dataset->train_images != dataset.train.count ||
        saved.dataset->held_out_images != dataset.held_out.count) {
        differs(counts(saved.dataset->train_images, saved.dataset->held_out_images),
                counts(dataset.train.count, dataset.held_out.count));
    }
    const std::string& trained_on = saved.dataset->fingerprint;
    if (trained_on.empty() || dataset.fingerprint.empty() || trained_on == dataset.fingerprint)
        return;
    differs("other images or labels of these sizes (CRC-32 " + trained_on + ")",
            "those of CRC-32 " + dataset.fingerprint);
}

}  // namespace elbow::io

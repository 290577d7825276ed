#include "engine/io/run_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <string_view>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/version.h"
#include "engine/io/run_json.h"
#include "engine/io/safetensors.h"
#include "engine/io/tables.h"

namespace elbow::io {

namespace {

namespace fs = std::filesystem;

constexpr const char* kModel = kRunFiles[0];
constexpr const char* kOptimizer = kRunFiles[1];
constexpr const char* kMetrics = kRunFiles[2];
constexpr const char* kHistory = kRunFiles[3];
constexpr const char* kSession = kRunFiles[4];
constexpr const char* kRun = kRunFiles[5];
constexpr const char* kStaged = ".new";         // a file that is whole, but not yet in its place
constexpr std::uintmax_t kMostText = 1u << 30;  // bytes; a metrics.csv of some million lines
// A session.json that tells nothing: every save has one, so that none of an earlier save stays.
constexpr const char* kNoSession = R"({"format": "elbow-session", "format_version": 1})";
constexpr char kStateSeparator = '/';                   // "adam.first_moment/encoder.hidden.weight"
constexpr const char* kEstimatorPrefix = "estimator/";  // before what the estimator remembers

fs::path staged(const fs::path& file) { return file.string() + kStaged; }

std::string quoted(const fs::path& path) { return "'" + path.string() + "'"; }

std::string read_text(const fs::path& path) {
    std::error_code error;
    if (const std::uintmax_t size = fs::file_size(path, error); !error && size > kMostText) {
        throw Error(quoted(path) + " has " + std::to_string(size) +
                    " bytes, far more than Elbow writes. Use a run "
                    "folder as Elbow wrote it.");
    }
    const std::vector<std::uint8_t> bytes = read_file(path);
    return {bytes.begin(), bytes.end()};
}

void remove_remnants(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::path> remnants;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        if (is_remnant(entry.path().filename().string())) remnants.push_back(entry.path());
    }
    for (const fs::path& path : remnants) fs::remove(path, error);
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

// The folders on the way to `folder` that are missing, innermost first.
std::vector<fs::path> missing_folders(const fs::path& folder) {
    std::vector<fs::path> missing;
    std::error_code ignored;
    for (fs::path path = fs::absolute(folder).lexically_normal();
         !path.empty() && !fs::exists(path, ignored); path = path.parent_path()) {
        if (path.has_filename()) missing.push_back(path);
        if (path == path.parent_path()) break;
    }
    return missing;
}

void create_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        throw Error("The folder " + quoted(folder) + " for the run cannot be made: " +
                    error.message() + ". Choose a folder where you may write.");
    }
}

class RemovedAtEnd {
  public:
    explicit RemovedAtEnd(std::vector<fs::path> paths) : paths_(std::move(paths)) {}
    ~RemovedAtEnd() {
        std::error_code ignored;
        for (const fs::path& path : paths_) fs::remove(path, ignored);
    }
    void keep() { paths_.clear(); }
    RemovedAtEnd(const RemovedAtEnd&) = delete;
    RemovedAtEnd& operator=(const RemovedAtEnd&) = delete;

  private:
    std::vector<fs::path> paths_;
};

std::map<std::string, std::string> metadata(const train::Checkpoint& checkpoint,
                                            const char* format) {
    return {{"format", format},
            {"elbow_version", version()},
            {"step", std::to_string(checkpoint.step)},
            {"samples", std::to_string(checkpoint.samples)},
            {"height", std::to_string(checkpoint.architecture.height)},
            {"width", std::to_string(checkpoint.architecture.width)},
            {"activation", checkpoint.config.activation}};
}

std::vector<std::int64_t> shape_of(const model::ParameterView& view) {
    if (view.is_bias) return {view.rows};
    return {view.rows, view.columns};
}

// One tensor for each parameter, its name after the prefix; values is as long as the flat buffer.
void append_tensors(std::vector<NamedTensor>& tensors, const std::string& prefix,
                    const model::ParameterLayout& layout, const std::vector<float>& values) {
    if (static_cast<std::int64_t>(values.size()) != layout.size()) {
        throw Error("'" + prefix + "' cannot be saved: expected " + std::to_string(layout.size()) +
                    " values, as many as the model has, and found " +
                    std::to_string(values.size()) + ".");
    }
    for (const model::ParameterView& view : layout.views()) {
        const auto begin = values.begin() + view.offset;
        tensors.push_back(
            {prefix + std::string(view.name), shape_of(view), {begin, begin + view.size()}});
    }
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
    std::string text;
    for (const std::int64_t size : shape) text += (text.empty() ? "" : ", ") + std::to_string(size);
    return "[" + text + "]";
}

// The inverse of append_tensors: tensors [first, first + number of views) in any order.
std::vector<float> gather(const fs::path& file, const std::string& prefix,
                          const model::ParameterLayout& layout,
                          std::span<const NamedTensor> tensors) {
    // Looked through before anything of the model's size is allocated: a foreign file costs no
    // memory.
    std::vector<const NamedTensor*> found;
    for (const model::ParameterView& view : layout.views()) {
        const std::string name = prefix + std::string(view.name);
        const auto tensor =
            std::find_if(tensors.begin(), tensors.end(),
                         [&](const NamedTensor& candidate) { return candidate.name == name; });
        if (tensor == tensors.end()) {
            throw Error(quoted(file) + " has no tensor '" + name +
                        "', which this run's network needs. Use the file "
                        "that was saved with the run.");
        }
        if (tensor->shape != shape_of(view)) {
            throw Error("Tensor '" + name + "' in " + quoted(file) + " should have the shape " +
                        shape_text(shape_of(view)) + " and has " + shape_text(tensor->shape) +
                        ". Use the file that was saved with the run.");
        }
        found.push_back(&*tensor);
    }
    std::vector<float> values(static_cast<std::size_t>(layout.size()), 0.0F);
    for (std::size_t i = 0; i < found.size(); ++i) {
        std::copy(found[i]->values.begin(), found[i]->values.end(),
                  values.begin() + layout.views()[i].offset);
    }
    return values;
}

// The tensors belong to the moment of run.json; files that were mixed up show here.
void check_same_moment(const fs::path& file, const Safetensors& tensors,
                       const train::Checkpoint& checkpoint) {
    const auto step = tensors.metadata.find("step");
    const std::string found = step == tensors.metadata.end() ? "no step" : "step " + step->second;
    if (found != "step " + std::to_string(checkpoint.step)) {
        throw Error(quoted(file) + " should be of step " + std::to_string(checkpoint.step) +
                    " as " + kRun + " says, but is of " + found +
                    ": the files are of different moments. Use a whole copy of the run.");
    }
}

void load_model(const fs::path& file, const model::ParameterLayout& layout,
                train::Checkpoint& checkpoint) {
    const Safetensors model = read_safetensors(file);
    checkpoint.parameters = gather(file, "", layout, model.tensors);
    if (model.tensors.size() != layout.views().size()) {
        throw Error(quoted(file) + " has " + std::to_string(model.tensors.size()) +
                    " tensors where this run's network "
                    "has " +
                    std::to_string(layout.views().size()) +
                    ". Use the file that was saved with the run.");
    }
    check_same_moment(file, model, checkpoint);
    for (const NamedTensor& tensor : model.tensors) {
        if (!std::all_of(tensor.values.begin(), tensor.values.end(),
                         [](float value) { return std::isfinite(value); })) {
            throw Error("Tensor '" + tensor.name + "' in " + quoted(file) +
                        " holds values that are not finite numbers. Use a whole copy of the run.");
        }
    }
}

// What the estimator remembers has shapes of its own, which the Session checks.
void take_estimator_state(std::vector<NamedTensor>& tensors, train::Checkpoint& checkpoint) {
    const std::string prefix = kEstimatorPrefix;
    const auto rest = std::stable_partition(
        tensors.begin(), tensors.end(),
        [&](const NamedTensor& tensor) { return tensor.name.rfind(prefix, 0) != 0; });
    for (auto tensor = rest; tensor != tensors.end(); ++tensor) {
        checkpoint.estimator_state.push_back(
            {tensor->name.substr(prefix.size()), std::move(tensor->values)});
    }
    tensors.erase(rest, tensors.end());
}

void load_optimizer(const fs::path& file, const model::ParameterLayout& layout,
                    train::Checkpoint& checkpoint) {
    Safetensors optimizer = read_safetensors(file);
    take_estimator_state(optimizer.tensors, checkpoint);
    std::vector<std::string> names;
    for (const NamedTensor& tensor : optimizer.tensors) {
        const std::string name = tensor.name.substr(0, tensor.name.find(kStateSeparator));
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    if (optimizer.tensors.size() != names.size() * layout.views().size()) {
        throw Error(quoted(file) + " has " + std::to_string(optimizer.tensors.size()) +
                    " tensors, which is not one for each of the network's " +
                    std::to_string(layout.views().size()) +
                    ". Use the file that was saved with the run.");
    }
    for (const std::string& name : names) {
        checkpoint.optimizer_state.push_back(
            {name, gather(file, name + kStateSeparator, layout, optimizer.tensors)});
    }
    check_same_moment(file, optimizer, checkpoint);
}

std::vector<train::EvaluationRecord> load_metrics(const fs::path& file, int latents) {
    std::vector<train::EvaluationRecord> evaluations =
        parse_metrics_csv(read_text(file), quoted(file));
    const auto size = evaluations.empty() ? 0 : evaluations.front().test_kl_per_latent.size();
    if (!evaluations.empty() && size != static_cast<std::size_t>(latents)) {
        throw Error(quoted(file) + " has the KL of " + std::to_string(size) +
                    " latents where this run's network has " + std::to_string(latents) +
                    ". Use the file that was saved with the run.");
    }
    return evaluations;
}

std::string history_of(const Companions& companions, const train::Checkpoint& checkpoint) {
    return train_csv(train::records_until(checkpoint.samples, companions.training),
                     companions.readings);
}

void stage(const fs::path& folder, const train::Checkpoint& checkpoint,
           const std::vector<train::EvaluationRecord>& evaluations,
           const std::optional<DatasetFacts>& dataset, std::optional<int> threads,
           const Companions& companions) {
    const model::ParameterLayout layout(checkpoint.architecture);
    std::vector<NamedTensor> tensors;
    append_tensors(tensors, "", layout, checkpoint.parameters);
    write_safetensors(staged(folder / kModel), tensors, metadata(checkpoint, "elbow-model"));
    tensors.clear();
    for (const train::Checkpoint::NamedState& state : checkpoint.optimizer_state) {
        append_tensors(tensors, state.name + kStateSeparator, layout, state.values);
    }
    for (const train::Checkpoint::NamedState& state : checkpoint.estimator_state) {
        tensors.push_back({kEstimatorPrefix + state.name,
                           {static_cast<std::int64_t>(state.values.size())},
                           state.values});
    }
    write_safetensors(staged(folder / kOptimizer), tensors,
                      metadata(checkpoint, "elbow-optimizer"));
    write_file_atomically(staged(folder / kMetrics), std::string_view(metrics_csv(evaluations)));
    write_file_atomically(staged(folder / kHistory),
                          std::string_view(history_of(companions, checkpoint)));
    write_file_atomically(
        staged(folder / kSession),
        std::string_view(companions.session.empty() ? kNoSession : companions.session));
    write_file_atomically(staged(folder / kRun),
                          std::string_view(run_json(checkpoint, dataset, threads)));
}

// The staged run.json is written after all others: once it is there, the staged run is whole
// and takes the place of the one before, now or, where the program was killed meanwhile, when the
// folder is used next.
void put_in_place(const fs::path& folder) {
    for (const char* file : kRunFiles) {
        std::error_code error;
        if (!fs::exists(staged(folder / file), error)) continue;
        fs::rename(staged(folder / file), folder / file, error);
        // Where it is no more there, another program has put it in place.
        if (error && error != std::errc::no_such_file_or_directory) {
            throw Error(quoted(folder / file) + " cannot be replaced by what was saved after it (" +
                        error.message() + "). Use a folder where you may write.");
        }
    }
}

// Held while files are put in place, so that a reader that finishes a save never meddles with the
// next one. Where the file system knows no locks, nothing is held.
class FolderLock {
  public:
    explicit FolderLock(const fs::path& folder)
        : descriptor_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
        while (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) {
        }
    }
    ~FolderLock() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

  private:
    int descriptor_;
};

void finish_interrupted_save(const fs::path& folder) {
    std::error_code error;
    const fs::path file = staged(folder / kRun);
    if (!fs::is_regular_file(file, error)) return;
    const FolderLock lock(folder);
    if (fs::is_regular_file(file, error) && is_run_json(read_text(file))) put_in_place(folder);
}

bool is_there(const fs::path& file) {
    std::error_code error;
    return fs::exists(file, error);
}

// Where the file is damaged, the run opens without it.
template <class Read>
void load_companion(const fs::path& file, SavedRun& saved, const Read& read) {
    try {
        if (is_there(file)) read(read_text(file));
    } catch (const Error& error) {
        saved.remark += (saved.remark.empty() ? "" : "\n") + std::string(error.what()) +
                        " The run was opened without it.";
    }
}

SavedRun load_light_files(const fs::path& folder, const std::string& run) {
    SavedRun saved = parse_run_json(run, quoted(folder / kRun));
    saved.evaluations = load_metrics(folder / kMetrics, saved.checkpoint.architecture.latents);
    load_companion(folder / kSession, saved,
                   [&](std::string text) { saved.companions.session = std::move(text); });
    return saved;
}

SavedRun load_files(const fs::path& folder, const std::string& run) {
    SavedRun saved = load_light_files(folder, run);
    const model::ParameterLayout layout(saved.checkpoint.architecture);
    load_model(folder / kModel, layout, saved.checkpoint);
    load_optimizer(folder / kOptimizer, layout, saved.checkpoint);
    load_companion(folder / kHistory, saved, [&](const std::string& text) {
        TrainTable table = parse_train_csv(text, quoted(folder / kHistory));
        saved.companions.training =
            train::records_until(saved.checkpoint.samples, std::move(table.records));
        saved.companions.readings = std::move(table.readings);
    });
    return saved;
}

// Of one moment, though the run may be saved meanwhile.
template <class Load>
SavedRun load_whole(const fs::path& folder, const Load& load) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
        throw Error(quoted(folder) + " should be a run folder, but " +
                    (fs::exists(folder, error) ? "is a file" : "does not exist") +
                    ". Give the folder that 'elbow train --out' wrote.");
    }
    finish_interrupted_save(folder);
    for (const char* file : {kRun, kModel, kOptimizer, kMetrics}) {
        if (fs::is_regular_file(folder / file, error)) continue;
        throw Error("The run folder " + quoted(folder) + " has no " + file + " (it needs " + kRun +
                    ", " + kMetrics + ", " + kModel + " and " + kOptimizer +
                    "). Use a folder that Elbow saved a run to, whole.");
    }
    std::string run = read_text(folder / kRun);
    const auto saved_meanwhile = [&] {
        finish_interrupted_save(folder);
        const std::string before = std::exchange(run, read_text(folder / kRun));
        return before != run;
    };
    while (true) {
        try {
            SavedRun saved = load(folder, run);
            if (!saved_meanwhile()) return saved;
        } catch (const Error&) {
            if (!saved_meanwhile()) throw;
        }
    }
}

}  // namespace

bool is_remnant(const std::string& name) {
    return std::any_of(kRunFiles.begin(), kRunFiles.end(), [&](const char* file) {
        const std::string staged_name = std::string(file) + kStaged;
        return name == staged_name || name.rfind("." + staged_name + ".", 0) == 0;
    });
}

void save_run(const fs::path& folder, const train::Checkpoint& checkpoint,
              const std::vector<train::EvaluationRecord>& evaluations, const data::Dataset* dataset,
              std::optional<int> threads, const Companions& companions) {
    check_not_foreign(folder);
    create_folder(folder);
    std::optional<DatasetFacts> facts;
    if (dataset != nullptr)
        facts = DatasetFacts{dataset->title, dataset->train.count, dataset->held_out.count};
    finish_interrupted_save(folder);
    remove_remnants(folder);
    // A full disk shows while the files are staged; what follows are renames.
    try {
        stage(folder, checkpoint, evaluations, facts, threads, companions);
    } catch (...) {
        remove_remnants(folder);
        throw;
    }
    const FolderLock lock(folder);
    put_in_place(folder);
}

SavedRun load_run(const fs::path& folder) { return load_whole(folder, load_files); }

SavedRun load_description(const fs::path& folder) { return load_whole(folder, load_light_files); }

std::string load_session(const fs::path& folder) {
    finish_interrupted_save(folder);
    return is_there(folder / kSession) ? read_text(folder / kSession) : std::string();
}

void replace_session(const fs::path& folder, const std::string& session) {
    finish_interrupted_save(folder);
    const fs::path file = folder / kSession;
    write_file_atomically(staged(file), std::string_view(session));
    const FolderLock lock(folder);
    std::error_code error;
    fs::rename(staged(file), file, error);
    if (error) {
        throw Error(quoted(file) + " cannot be replaced (" + error.message() +
                    "). Use a folder where you may write.");
    }
}

void check_run_folder_writable(const fs::path& folder) {
    if (folder.empty())
        throw UsageError("The run needs a folder to be saved to; an empty name was given.");
    check_not_foreign(folder);
    // Permissions, a read-only or a full disk show only when something is really written.
    const RemovedAtEnd made(missing_folders(folder));
    create_folder(folder);
    const fs::path probe = staged(folder / kRun);
    const RemovedAtEnd probed({probe});
    write_file_atomically(probe, std::string_view("A probe, removed at once.\n"));
}

bool holds_run(const fs::path& folder) {
    std::error_code error;
    finish_interrupted_save(folder);
    const fs::path file = folder / kRun;
    return fs::is_regular_file(file, error) && is_run_json(read_text(file));
}

void check_dataset(const SavedRun& saved, const data::Dataset& dataset) {
    const model::Architecture& architecture = saved.checkpoint.architecture;
    const auto differs = [&](const std::string& expected, const std::string& found) {
        throw Error("The run was trained on " + expected + ", but the data set '" + dataset.name +
                    "' has " + found + ". Use the data that the run was trained on (--data-dir).");
    };
    if (dataset.height != architecture.height || dataset.width != architecture.width) {
        differs("images of " + std::to_string(architecture.height) + " x " +
                    std::to_string(architecture.width) + " pixels",
                std::to_string(dataset.height) + " x " + std::to_string(dataset.width));
    }
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
}

}  // namespace elbow::io

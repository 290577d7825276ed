#include "engine/data/imported.h"

#include <unistd.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <system_error>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/folders.h"
#include "engine/core/json.h"
#include "engine/core/path_text.h"
#include "engine/core/suggestion.h"
#include "engine/core/text.h"
#include "engine/data/idx.h"
#include "engine/data/imported_content.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;

constexpr int kImportedFormat = 1;
constexpr std::uint64_t kMostFactsBytes = 8 << 20;
constexpr std::size_t kLoadedAtOnce = 4 << 20;

bool is_plain_name(std::string_view name) {
    return !name.empty() && name.front() != '.' && name.find('/') == std::string_view::npos &&
           name.find('\0') == std::string_view::npos;
}

std::vector<std::string> strings_of(const Json* list) {
    std::vector<std::string> texts;
    if (list == nullptr || !list->is_array()) return texts;
    for (const Json& each : list->array()) {
        if (each.is_string()) texts.push_back(each.string());
    }
    return texts;
}

// Reads members of an object, and remembers whether each was there and as it has to be.
class FactsReader {
  public:
    explicit FactsReader(const Json& object) : object_(object) {}

    std::string text(const char* key) {
        const Json* value = object_.find(key);
        if (value != nullptr && value->is_string()) return value->string();
        whole_ = false;
        return {};
    }
    int number(const char* key, std::uint64_t least, std::uint64_t most) {
        const Json* value = object_.find(key);
        if (value != nullptr && value->is_number_unsigned() && value->natural() >= least &&
            value->natural() <= most)
            return static_cast<int>(value->natural());
        whole_ = false;
        return 0;
    }
    bool flag(const char* key) {
        const Json* value = object_.find(key);
        whole_ = whole_ && value != nullptr && value->is_boolean();
        return whole_ && value->boolean();
    }
    std::vector<std::string> texts(const char* key) { return strings_of(object_.find(key)); }
    bool whole() const { return whole_; }

  private:
    const Json& object_;
    bool whole_ = true;
};

// Reads the files of a set one after the other.
class ImportedReader {
  public:
    ImportedReader(const ImportedSet& set, Progress& progress)
        : set_(set), folder_(imported_folder() / set.name), progress_(progress) {}

    Pixels mapped(const char* name, std::uint64_t count) {
        const InputFile file(folder_ / name);
        check_size(file, count);
        return Pixels(std::make_shared<const MappedFile>(file));
    }

    std::vector<std::uint8_t> bytes(const char* name, std::uint64_t count) {
        InputFile file(folder_ / name);
        check_size(file, count);
        std::vector<std::uint8_t> all(count);
        for (std::size_t at = 0; at < all.size(); at += kLoadedAtOnce) {
            progress_.throw_if_cancelled();
            progress_.report(static_cast<double>(at) / static_cast<double>(all.size()),
                             "Loading " + set_.name);
            const auto piece = std::span(all).subspan(at);
            file.read(piece.first(std::min(kLoadedAtOnce, piece.size())));
        }
        return all;
    }

    ImageSet images(int count, const char* pixels, const char* labels) {
        ImageSet images;
        images.count = count;
        images.pixels = mapped(pixels, static_cast<std::uint64_t>(count) *
                                           static_cast<std::uint64_t>(set_.shape.size()));
        if (set_.class_names.empty()) return images;
        images.labels = bytes(labels, static_cast<std::uint64_t>(count));
        const auto most = std::max_element(images.labels.begin(), images.labels.end());
        if (most != images.labels.end() && *most >= set_.class_names.size())
            refuse_damaged_import(set_, "it has a label that no class has");
        return images;
    }

    std::vector<Factor> factors() {
        std::vector<Factor> factors;
        if (set_.factor_names.empty()) return factors;
        const auto train = static_cast<std::size_t>(set_.train);
        const auto each = train + static_cast<std::size_t>(set_.held_out);
        const std::vector<std::uint8_t> all =
            bytes(ImportedFiles::kFactors, set_.factor_names.size() * each * sizeof(float));
        const auto* values = reinterpret_cast<const float*>(all.data());
        for (const std::string& name : set_.factor_names) {
            factors.push_back({name, {values, values + train}, {values + train, values + each}});
            values += each;
        }
        return factors;
    }

  private:
    void check_size(const InputFile& file, std::uint64_t count) const {
        if (file.bytes() == count) return;
        refuse_damaged_import(set_, file.path().filename().string() + " has " +
                                        std::to_string(file.bytes()) + " bytes instead of " +
                                        std::to_string(count));
    }

    const ImportedSet& set_;
    fs::path folder_;
    Progress& progress_;
};

// Each set.json as it was read last: the window asks about a set in every frame.
class RememberedSets {
  public:
    static RememberedSets& of_program() {
        static RememberedSets sets;
        return sets;
    }
    std::optional<ImportedSet> read(const fs::path& file) {
        std::error_code error;
        const Version version{fs::last_write_time(file, error), fs::file_size(file, error)};
        const std::lock_guard lock(mutex_);
        const auto known = sets_.find(file);
        if (known != sets_.end() && known->second.first == version) return known->second.second;
        auto set = imported_set_of_text(read_text_file(file, kMostFactsBytes));
        sets_[file] = {version, set};
        return set;
    }

  private:
    using Version = std::pair<fs::file_time_type, std::uintmax_t>;
    std::mutex mutex_;
    std::map<fs::path, std::pair<Version, std::optional<ImportedSet>>> sets_;
};

}  // namespace

std::string ImportedSet::summary() const {
    return std::to_string(train) + " training and " + std::to_string(held_out) +
           " held-out images of " + data::text_of(shape) +
           (class_names.empty() ? "" : " in " + std::to_string(class_names.size()) + " classes") +
           ", from " + text_of_path(source) + ".";
}

fs::path imported_folder() { return data_folder() / "imported"; }

std::vector<ImportedSet> imported_sets() {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator at(imported_folder(), error), end; !error && at != end;
         at.increment(error))
        names.push_back(at->path().filename().string());
    std::sort(names.begin(), names.end());
    std::vector<ImportedSet> sets;
    for (const std::string& name : names) {
        if (auto set = imported_set(name)) sets.push_back(std::move(*set));
    }
    return sets;
}

std::optional<ImportedSet> imported_set(std::string_view name) {
    if (!is_plain_name(name)) return std::nullopt;
    const fs::path file = imported_folder() / name / ImportedFiles::kFacts;
    std::error_code error;
    if (!fs::is_regular_file(file, error) || fs::file_size(file, error) > kMostFactsBytes ||
        ::access(file.c_str(), R_OK) != 0)
        return std::nullopt;
    std::optional<ImportedSet> set = RememberedSets::of_program().read(file);
    if (!set || set->name != name) return std::nullopt;
    return set;
}

std::string text_of(const ImportedSet& set) {
    return json_text(Json::Object{{"format", kImportedFormat},
                                  {"name", set.name},
                                  {"source", text_of_path(set.source)},
                                  {"form", set.form},
                                  {"state", set.state},
                                  {"choices", set.choices},
                                  {"likelihood", set.likelihood},
                                  {"network", set.network},
                                  {"augment", set.augment},
                                  {"channels", set.shape.channels},
                                  {"height", set.shape.height},
                                  {"width", set.shape.width},
                                  {"train", set.train},
                                  {"held_out", set.held_out},
                                  {"continuous", set.continuous},
                                  {"class_names", Json::list_of(set.class_names)},
                                  {"factor_names", Json::list_of(set.factor_names)},
                                  {"notes", Json::list_of(set.notes)},
                                  {"left_out", set.left_out},
                                  {"boot", set.boot},
                                  {"fingerprint", set.fingerprint}},
                     2) +
           "\n";
}

std::optional<ImportedSet> imported_set_of_text(const std::string& text) {
    const std::optional<Json> json = parse_json(text);
    if (!json || !json->is_object()) return std::nullopt;
    FactsReader facts(*json);
    facts.number("format", kImportedFormat, kImportedFormat);
    ImportedSet set;
    set.name = facts.text("name");
    set.source = path_of_text(facts.text("source"));
    set.form = facts.text("form");
    set.state = facts.text("state");
    set.choices = facts.text("choices");
    set.likelihood = facts.text("likelihood");
    set.network = facts.text("network");
    set.shape.channels = facts.number("channels", 1, 3);
    set.shape.height = facts.number("height", 1, kLargestSide);
    set.shape.width = facts.number("width", 1, kLargestSide);
    set.train = facts.number("train", 1, kLargestCount);
    set.held_out = facts.number("held_out", 1, kLargestCount);
    set.continuous = facts.flag("continuous");
    set.class_names = facts.texts("class_names");
    set.factor_names = facts.texts("factor_names");
    set.notes = facts.texts("notes");
    set.left_out = facts.text("left_out");
    set.fingerprint = facts.text("fingerprint");
    // Sets of before have neither.
    if (json->find("boot") != nullptr) set.boot = facts.text("boot");
    if (json->find("augment") != nullptr) set.augment = facts.text("augment");
    const bool fits = set.class_names.size() <= 256 && set.factor_names.size() <= 1024;
    return facts.whole() && fits && set.shape.channels != 2 ? std::optional(set) : std::nullopt;
}

Dataset load_imported(const ImportedSet& set, Progress& progress) {
    ImportedReader reader(set, progress);
    Dataset dataset;
    dataset.name = dataset.title = set.name;
    dataset.note = "of your own, from " + text_of_path(set.source);
    dataset.source = (imported_folder() / set.name).string();
    dataset.channels = set.shape.channels;
    dataset.height = set.shape.height;
    dataset.width = set.shape.width;
    dataset.continuous = set.continuous;
    dataset.class_names = set.class_names;
    dataset.train = reader.images(set.train, ImportedFiles::kTrain, ImportedFiles::kTrainLabels);
    dataset.held_out =
        reader.images(set.held_out, ImportedFiles::kHeldOut, ImportedFiles::kHeldOutLabels);
    dataset.factors = reader.factors();
    dataset.fingerprint = set.fingerprint;
    check_after_boot(set, dataset, progress);
    progress.report(1.0, "Loaded " + set.name);
    return dataset;
}

void forget_imported(const std::string& name) {
    std::error_code error;
    const fs::path folder = imported_folder() / name;
    if (!is_plain_name(name) || !fs::is_directory(folder, error)) {
        std::vector<std::string> names;
        std::string listed;
        for (const ImportedSet& set : imported_sets()) {
            names.push_back(set.name);
            listed += (listed.empty() ? "" : ", ") + set.name;
        }
        throw UsageError(
            "There is no imported data set called '" + name + "'." + did_you_mean(name, names) +
            (names.empty() ? " None has been imported." : " There are: " + listed + "."));
    }
    // First out of sight, so that nobody finds a half of it.
    const fs::path aside = imported_folder() / ("." + name + ".forgotten");
    fs::remove_all(aside, error);
    fs::rename(folder, aside, error);
    if (!error) fs::remove_all(aside, error);
    if (error)
        throw Error("Cannot remove " + quoted(folder) + ": " + error.message() +
                    ". Remove the folder by hand.");
}

}  // namespace elbow::data

#include "engine/io/run_json.h"

#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/json.h"
#include "engine/core/overloaded.h"
#include "engine/core/team.h"
#include "engine/core/version.h"
#include "engine/data/idx.h"
#include "engine/model/families.h"
#include "engine/run/choices.h"
#include "engine/run/spec_of_run.h"

namespace elbow::io {

namespace {

constexpr const char* kFormat = "elbow-run";
constexpr int kFormatVersion = 2;  // 1 had an architecture in the place of the model
// Half of what JSON's numbers hold: a run that goes on from there can be read again.
constexpr std::int64_t kMostSamples = std::int64_t{1} << 52;
constexpr double kMostSeconds = 1e12;
constexpr int kMostChannels = 4;
constexpr int kMostClasses = 256;  // a label is a byte

Json config_json(const RunConfig& config) {
    Json json = Json::Object();
    for (const Option& option : run_options()) {
        if (option.of_machine) continue;
        const bool of_member = std::holds_alternative<OfMember>(option.member);
        if (of_member && !config.of_members.contains(std::string_view(option.name))) continue;
        std::visit([&](const auto& value) { json[option.name] = value; }, option.value(config));
    }
    return json;
}

Json dataset_json(const DatasetFacts& facts) {
    Json json = Json::Object{{"title", facts.title},
                             {"train_images", facts.train_images},
                             {"held_out_images", facts.held_out_images}};
    if (!facts.fingerprint.empty()) json["crc32"] = facts.fingerprint;
    return json;
}

Json changes_json(const std::vector<train::LoggedChange>& changes) {
    Json::Array list;
    for (const train::LoggedChange& change : changes) {
        list.push_back(Json::Object{
            {"step", change.step}, {"option", change.option}, {"value", change.value}});
    }
    return list;
}

// Reads fields out of one object of the file; every refusal names the file and the field.
class Reader {
  public:
    Reader(const Json& object, std::string where) : object_(object), where_(std::move(where)) {
        if (!object.is_object()) refuse("it is not a JSON object");
    }

    [[noreturn]] void refuse(const std::string& found) const {
        throw Error(where_ + " does not describe a run that Elbow " + version() +
                    " can read: " + found + ". Use a run folder as Elbow wrote it.");
    }

    const Json& at(const std::string& key) const {
        const Json* found = object_.find(key);
        if (found == nullptr) refuse("'" + key + "' is missing");
        return *found;
    }

    Reader inside(const std::string& key) const { return {at(key), where_ + ", '" + key + "',"}; }

    Reader element(const std::string& key, const Json& entry) const {
        return {entry, where_ + ", an entry of '" + key + "',"};
    }

    std::string text(const std::string& key) const {
        if (!at(key).is_string()) refuse("'" + key + "' should be a text and is " + shown(key));
        return at(key).string();
    }

    std::int64_t whole(const std::string& key, std::int64_t minimum, std::int64_t maximum) const {
        const Json& value = at(key);
        const bool fits =
            value.is_number_integer() &&
            !(value.is_number_unsigned() &&
              value.natural() > std::uint64_t{std::numeric_limits<std::int64_t>::max()});
        if (!fits || value.whole() < minimum || value.whole() > maximum) {
            refuse("'" + key + "' should be a whole number from " + std::to_string(minimum) +
                   " to " + std::to_string(maximum) + " and is " + shown(key));
        }
        return value.whole();
    }

    double real(const std::string& key) const {
        if (!at(key).is_number()) refuse("'" + key + "' should be a number and is " + shown(key));
        return at(key).number();
    }

    const Json& object() const { return object_; }

  private:
    std::string shown(const std::string& key) const { return json_text(at(key)).substr(0, 60); }

    const Json& object_;
    std::string where_;
};

RunValue read_option(const Reader& reader, const Option& option) {
    if (option.is_text()) return reader.text(option.name);
    if (option.is_real()) return reader.real(option.name);
    return reader.whole(option.name, static_cast<std::int64_t>(option.minimum),
                        static_cast<std::int64_t>(option.maximum));
}

RunConfig read_config(const Reader& reader) {
    RunConfig config;
    for (const auto& [key, value] : reader.object().object()) {
        const Option* option = find_run_option(key);
        if (option == nullptr)
            reader.refuse("it has an option '" + key + "', which does not exist");
        option->set(config, read_option(reader, *option));
    }
    // An option that is missing came after the run was saved, and its default means what was done
    // then.
    try {
        check(config);
        run::check_choices(config);
    } catch (const UsageError& error) {  // the file is wrong here, not how the program was called
        reader.refuse(error.what());
    }
    return config;
}

std::vector<train::LoggedChange> read_changes(const Reader& run, const RunConfig& config,
                                              std::int64_t last_step) {
    const Json& list = run.at("changes");
    if (!list.is_array()) run.refuse("'changes' should be a list");
    std::vector<train::LoggedChange> changes;
    RunConfig changed = config;
    for (const Json& entry : list.array()) {
        const Reader reader = run.element("changes", entry);
        const std::int64_t earliest = changes.empty() ? 0 : changes.back().step;
        changes.push_back({reader.whole("step", earliest, last_step), reader.text("option"),
                           reader.text("value")});
        const Option* option = find_run_option(changes.back().option);
        if (option == nullptr || !option->live) {
            run.refuse("'" + changes.back().option +
                       "' in 'changes' is not an option that may change in a run");
        }
        try {
            set_option_from_text(changed, *option, changes.back().value);
        } catch (const UsageError& error) {
            run.refuse(error.what());
        }
    }
    return changes;
}

Json branches_json(const std::vector<train::Moment>& branches) {
    Json::Array list;
    for (const train::Moment& each : branches)
        list.emplace_back(Json::Object{{"step", each.step}, {"samples", each.samples}});
    return list;
}

std::vector<train::Moment> read_branches(const Reader& run, const train::Checkpoint& checkpoint) {
    std::vector<train::Moment> branches;
    if (!run.object().contains("branches")) return branches;
    const Json& list = run.at("branches");
    if (!list.is_array()) run.refuse("'branches' should be a list");
    for (const Json& entry : list.array()) {
        const Reader reader = run.element("branches", entry);
        const train::Moment before = branches.empty() ? train::Moment{} : branches.back();
        branches.push_back({reader.whole("step", before.step, checkpoint.step),
                            reader.whole("samples", before.samples, checkpoint.samples)});
    }
    return branches;
}

int read_side(const Reader& reader, const char* key) {
    return static_cast<int>(reader.whole(key, 1, data::kLargestSide));
}

// Of format version 1: the paper's network on grey images. A run from before there was a choice
// has a Bernoulli likelihood.
model::ModelSpec read_architecture(const Reader& reader, const RunConfig& config) {
    const bool gaussian =
        reader.object().contains("likelihood") && reader.text("likelihood") == "gaussian";
    model::ModelSpec spec =
        spec_of(config, {1, read_side(reader, "height"), read_side(reader, "width")}, gaussian, 0);
    if (reader.whole("hidden", 1, std::numeric_limits<int>::max()) !=
            spec.network.whole("hidden") ||
        reader.whole("latents", 1, std::numeric_limits<int>::max()) != spec.latents ||
        reader.text("activation") != config.activation) {
        reader.refuse("it is another network than 'config' describes");
    }
    return spec;
}

Json member_json(const model::Member& member) {
    Json json = Json::Object{{"name", member.name}};
    for (const auto& each : member.options) {
        Json& value = json[each.first];
        std::visit(Overloaded{[&](int whole) { value = std::int64_t{whole}; },
                              [&](const auto& other) { value = other; }},
                   each.second);
    }
    return json;
}

Json model_json(const model::ModelSpec& spec) {
    Json json = Json::Object{{"channels", spec.image.channels},
                             {"height", spec.image.height},
                             {"width", spec.image.width},
                             {"latents", spec.latents},
                             {"classes", spec.classes}};
    for (const model::Family& family : model::families())
        json[family.name] = member_json(spec.*family.part);
    return json;
}

// What the configuration makes of images of this size, which has to be what the file says.
model::ModelSpec read_model(const Reader& reader, const RunConfig& config) {
    const data::ImageShape image{static_cast<int>(reader.whole("channels", 1, kMostChannels)),
                                 read_side(reader, "height"), read_side(reader, "width")};
    const bool gaussian = reader.inside("likelihood").text("name") == "gaussian";
    const auto classes = static_cast<int>(reader.whole("classes", 0, kMostClasses));
    model::ModelSpec spec;
    try {
        spec = spec_of(config, image, gaussian, classes);
        model::check(spec);
    } catch (const UsageError& error) {
        reader.refuse(error.what());
    }
    if (json_text(model_json(spec)) != json_text(reader.object()))
        reader.refuse("it is another model than 'config' describes");
    return spec;
}

std::optional<DatasetFacts> read_dataset(const Reader& run) {
    if (!run.object().contains("dataset")) return std::nullopt;
    const Reader reader = run.inside("dataset");
    const auto count = [&](const char* key) {
        return static_cast<int>(reader.whole(key, 0, std::numeric_limits<int>::max()));
    };
    DatasetFacts facts{reader.text("title"), count("train_images"), count("held_out_images")};
    if (reader.object().contains("crc32")) facts.fingerprint = reader.text("crc32");
    return facts;
}

std::map<std::string, std::string> read_hashes(const Reader& run) {
    std::map<std::string, std::string> hashes;
    if (!run.object().contains("sha256")) return hashes;
    const Reader reader = run.inside("sha256");
    for (const auto& [file, hash] : reader.object().object()) hashes[file] = reader.text(file);
    return hashes;
}

std::optional<EvaluationMark> read_last_evaluation(const Reader& run) {
    if (!run.object().contains("last_evaluation")) return std::nullopt;
    const Reader reader = run.inside("last_evaluation");
    EvaluationMark mark{reader.whole("samples", 0, kMostSamples), reader.real("seconds"),
                        std::numeric_limits<double>::quiet_NaN()};
    if (!reader.at("test_reconstruction").is_null())
        mark.test_reconstruction = reader.real("test_reconstruction");
    return mark;
}

std::optional<train::Best> read_best(const Reader& run, const train::Checkpoint& checkpoint) {
    if (!run.object().contains("best")) return std::nullopt;
    const Reader reader = run.inside("best");
    return train::Best{
        reader.real("score"), reader.whole("step", 0, checkpoint.step),
        reader.whole("samples", 0, checkpoint.samples),
        static_cast<int>(reader.whole("evaluations_since", 0, std::numeric_limits<int>::max()))};
}

std::optional<train::Stall> read_stall(const Reader& run) {
    if (!run.object().contains("stall")) return std::nullopt;
    const Reader reader = run.inside("stall");
    constexpr int kMost = std::numeric_limits<int>::max();
    train::Stall stall;
    if (!reader.at("best").is_null()) stall.best = reader.real("best");
    stall.evaluations_since = static_cast<int>(reader.whole("evaluations_since", 0, kMost));
    stall.halvings = static_cast<int>(reader.whole("halvings", 0, kMost));
    stall.next_evaluation = reader.whole("next_evaluation", 0, kMostSamples);
    return stall;
}

}  // namespace

std::string run_json(const SavedRun& run) {
    const train::Checkpoint& checkpoint = run.checkpoint;
    Json json;
    json["format"] = kFormat;
    json["format_version"] = kFormatVersion;
    json["elbow_version"] = version();
    json["config"] = config_json(checkpoint.config);
    json["changes"] = changes_json(checkpoint.changes);
    if (!checkpoint.branches.empty()) json["branches"] = branches_json(checkpoint.branches);
    json["model"] = model_json(checkpoint.spec);
    if (run.dataset) json["dataset"] = dataset_json(*run.dataset);
    // On a graphics card their number says nothing of the last bits.
    if (checkpoint.threads && checkpoint.config.device != "cuda")
        json["threads"] = *checkpoint.threads;
    json["step"] = checkpoint.step;
    json["samples"] = checkpoint.samples;
    json["train_seconds"] = checkpoint.train_seconds;
    if (const auto& best = checkpoint.best) {
        json["best"] = Json::Object{{"score", best->score},
                                    {"step", best->step},
                                    {"samples", best->samples},
                                    {"evaluations_since", best->evaluations_since}};
    }
    if (const auto& stall = checkpoint.stall) {
        json["stall"] = Json::Object{{"best", stall->best},  // null before the first evaluation
                                     {"evaluations_since", stall->evaluations_since},
                                     {"halvings", stall->halvings},
                                     {"next_evaluation", stall->next_evaluation}};
    }
    if (run.last_evaluation) {
        // What is not a number becomes null.
        json["last_evaluation"] =
            Json::Object{{"samples", run.last_evaluation->samples},
                         {"seconds", run.last_evaluation->seconds},
                         {"test_reconstruction", run.last_evaluation->test_reconstruction}};
    }
    if (!run.sha256.empty()) json["sha256"] = Json::Object(run.sha256.begin(), run.sha256.end());
    return json_text(json, 2) + "\n";
}

SavedRun parse_run_json(const std::string& text, const std::string& where) {
    std::string repeated;
    const std::optional<Json> json = parse_json(text, &repeated);
    if (!repeated.empty())
        throw Error(where + " has '" + repeated +
                    "' more than once. Use a run folder as Elbow wrote it.");
    if (!json) throw Error(where + " is not JSON. Use a run folder as Elbow wrote it.");
    const Reader run(*json, where);
    if (run.text("format") != kFormat)
        run.refuse("its format is '" + run.text("format") + "', not '" + kFormat + "'");
    const std::int64_t format_version =
        run.whole("format_version", 1, std::numeric_limits<int>::max());
    if (format_version > kFormatVersion) {
        throw Error(where + " was written by Elbow " + run.text("elbow_version") +
                    " in format version " + std::to_string(format_version) +
                    ", and this is Elbow " + version() + ", which reads versions up to " +
                    std::to_string(kFormatVersion) + ". Use a newer Elbow.");
    }
    SavedRun saved;
    train::Checkpoint& checkpoint = saved.checkpoint;
    checkpoint.config = read_config(run.inside("config"));
    checkpoint.step = run.whole("step", 0, kMostSamples);
    checkpoint.samples = run.whole("samples", 0, kMostSamples);
    checkpoint.train_seconds = run.real("train_seconds");
    if (!(checkpoint.train_seconds >= 0.0 && checkpoint.train_seconds <= kMostSeconds)) {
        run.refuse("'train_seconds' should be a number from 0 to 1e12");
    }
    checkpoint.changes = read_changes(run, checkpoint.config, checkpoint.step);
    checkpoint.branches = read_branches(run, checkpoint);
    checkpoint.spec = format_version == 1
                          ? read_architecture(run.inside("architecture"), checkpoint.config)
                          : read_model(run.inside("model"), checkpoint.config);
    saved.dataset = read_dataset(run);
    saved.sha256 = read_hashes(run);
    saved.last_evaluation = read_last_evaluation(run);
    checkpoint.best = read_best(run, checkpoint);
    checkpoint.stall = read_stall(run);
    if (json->contains("threads"))
        checkpoint.threads = static_cast<int>(run.whole("threads", 1, kMostThreads));
    return saved;
}

bool is_run_json(const std::string& text) {
    const std::optional<Json> json = parse_json(text);
    const Json* format = json ? json->find("format") : nullptr;
    return format != nullptr && format->is_string() && format->string() == kFormat;
}

}  // namespace elbow::io

#include "app/commands/own_data.h"

#include <algorithm>
#include <cstdio>
#include <system_error>

#include "app/commands/task_bar.h"
#include "engine/core/path_text.h"
#include "engine/data/datasets.h"
#include "engine/data/sources/import.h"
#include "engine/run/measure.h"

namespace elbow::commands {
namespace {

namespace fs = std::filesystem;

void tell(const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); }

data::ImportedSet imported_by_proposal(const fs::path& path) {
    const data::Finding finding = look_with_bar(path, {});
    tell(quoted(path) + ": " + text_of(finding) + ".");
    for (const std::string& note : finding.notes) tell(note);
    const data::Choices choices = proposed_for(finding);
    for (const std::string& reason : reasons_for(finding, choices)) tell(reason);
    return import_with_bar(finding, choices, data::proposed_name(path));
}

void take_proposals(RunConfig& config, const Command& command) {
    const auto set = data::imported_set(config.dataset);
    if (!set) return;
    std::string changed;
    const auto propose = [&](const char* name, const std::string& value) {
        const Option& option = *find_run_option(name);
        const std::string flag = std::string("--") + name;
        if (command.given(flag) || option_text(config, option) == value) return;
        set_option_from_text(config, option, value);
        changed += " " + flag + " " + value;
    };
    propose("network", set->network);
    propose("likelihood", set->likelihood);
    if (run::has_encoder(config)) propose("augment", set->augment);
    if (config.minibatch > set->train) propose("batch", std::to_string(set->train));
    if (!changed.empty()) tell("Proposed for '" + set->name + "':" + changed);
}

}  // namespace

bool names_a_path(const std::string& dataset) {
    if (dataset.find('/') != std::string::npos) return true;
    std::error_code error;
    return !data::find_entry(dataset) && fs::exists(dataset, error);
}

data::Finding look_with_bar(const fs::path& path, const data::LookWishes& wishes) {
    return run_with_bar<data::Finding>(
        [&](Progress& progress) { return data::look_at(path, wishes, progress); });
}

data::ImportedSet import_with_bar(const data::Finding& finding, const data::Choices& choices,
                                  const std::string& name) {
    return run_with_bar<data::ImportedSet>(
        [&](Progress& progress) { return data::import_set(finding, choices, name, progress); });
}

void import_named_path(RunConfig& config) {
    if (!names_a_path(config.dataset)) return;
    const fs::path path = config.dataset;
    auto set = run_with_bar<std::optional<data::ImportedSet>>(
        [&](Progress& progress) { return data::imported_from(path, {}, progress); });
    const bool known = set.has_value();
    if (!known) set = imported_by_proposal(path);
    tell(quoted(path) + " is the data set '" + set->name + "': " + set->summary() +
         (known ? " Unchanged since it was imported." : ""));
    config.dataset = set->name;
}

void complete_options(RunConfig& config, const std::string& preset, Command command) {
    import_named_path(config);
    take_proposals(config, command);
    take_preset(command, preset, config);
}

}  // namespace elbow::commands

// elbow data describe, import and forget: pictures of a person's own.

#include <memory>
#include <sstream>

#include "app/commands/own_data.h"
#include "app/commands/standard_output.h"
#include "app/commands/task_bar.h"
#include "engine/core/error.h"
#include "engine/core/json.h"
#include "engine/core/path_text.h"
#include "engine/data/sources/import.h"

namespace elbow::commands {
namespace {

constexpr std::size_t kNamesShown = 5;  // of what was left out

struct OwnDataOptions {
    std::filesystem::path path;
    std::string name;
    std::string size;
    std::string choices;  // as choices_of() reads them: what else stands on the command line
    bool json = false;
    bool grey = false;
    bool colour = false;
    bool no_outside_links = false;
};

data::LookWishes wishes_of(const OwnDataOptions& options) {
    data::LookWishes wishes;
    wishes.source.outside_links = !options.no_outside_links;
    if (!options.size.empty()) {  // of rows of numbers that do not say it
        const data::Choices sized = data::choices_of("size=" + options.size);
        wishes.arrays.size = std::pair(sized.height, sized.width);
    }
    return wishes;
}

void print_left_out(std::ostringstream& text, const data::Finding& finding) {
    for (const data::LeftOut& left : finding.left_out) {
        text << "left out: " << left.count << " " << left.why;
        std::string separator = ": ";
        for (std::size_t i = 0; i < std::min(kNamesShown, left.names.size()); ++i) {
            text << separator << (left.names[i].empty() ? "." : left.names[i]);
            separator = ", ";
        }
        text << (left.count > static_cast<int>(kNamesShown) ? ", ...\n" : "\n");
    }
}

void print_finding(const data::Finding& finding) {
    std::ostringstream text;
    text << quoted(finding.path) << ": " << text_of(finding) << ".\n";
    for (const data::FoundClass& each : finding.classes)
        text << "  " << each.name << "  " << each.count << "\n";
    print_left_out(text, finding);
    for (const std::string& note : finding.notes) text << note << "\n";
    const data::Choices choices = proposed_for(finding);
    text << "\nProposed: " << text_of(choices) << "\n";
    for (const std::string& reason : reasons_for(finding, choices)) text << "  " << reason << "\n";
    text << "Import it with: elbow data import " << shell_word(finding.path) << " --name "
         << data::proposed_name(finding.path) << "\n";
    StandardOutput().print(text.str());
}

void describe(const OwnDataOptions& options) {
    const data::Finding finding = look_with_bar(options.path, wishes_of(options));
    if (!options.json) return print_finding(finding);
    Json json = json_of(finding);
    json["proposed"] = text_of(proposed_for(finding));
    StandardOutput().line(json_text(json, 2));
}

void import_own(const OwnDataOptions& options) {
    if (options.grey && options.colour)
        throw UsageError("--grey and --colour exclude each other. Give one of them.");
    const std::string name =
        options.name.empty() ? data::proposed_name(options.path) : options.name;
    data::check_import_name(name, options.path);
    data::choices_of(options.choices);  // what cannot be is said before anything starts
    const data::Finding finding = look_with_bar(options.path, wishes_of(options));
    data::Choices choices = data::choices_of(options.choices, proposed_for(finding));
    if (!options.size.empty()) choices = data::choices_of("size=" + options.size, choices);
    if (options.grey) choices = data::choices_of("colours=grey", choices);
    if (options.colour) choices = data::choices_of("colours=rgb", choices);
    const data::ImportedSet set = import_with_bar(finding, choices, name);
    StandardOutput output;
    output.line("Imported '" + set.name + "': " + set.summary());
    if (!set.left_out.empty()) output.line("Left out: " + set.left_out + ".");
    for (const std::string& note : set.notes) output.line(note);
    output.line("Train on it with: elbow train --dataset " + set.name);
}

// An option whose value is a part of the choices.
void add_choice_key(const Command& command, const char* key, const std::string& help,
                    const char* type, const std::shared_ptr<OwnDataOptions>& options) {
    command
        .add_option(
            std::string("--") + key,
            [options, key](const std::string& text) {
                options->choices +=
                    (options->choices.empty() ? "" : ",") + std::string(key) + "=" + text;
            },
            help)
        .type_name(type);
}

void add_size(const Command& command, const char* help,
              const std::shared_ptr<OwnDataOptions>& options) {
    command.add_option("--size", options->size, help).type_name("SIZE");
}

void add_source(const Command& command, const std::shared_ptr<OwnDataOptions>& options) {
    add_path(command, "PATH", options->path,
             "A folder of pictures, an archive of them, or a file of arrays")
        .required()
        .type_name("PATH");
    command.add_flag("--no-outside-links", options->no_outside_links,
                     "Do not follow a folder's links out of it");
}

}  // namespace

void add_own_data(Command data) {
    const auto options = std::make_shared<OwnDataOptions>();
    const Command describing = data.add_subcommand(
        "describe", "Say what lies in a folder, an archive or a file of arrays");
    add_source(describing, options);
    add_size(describing, "Of images that are rows of numbers, in pixels: 20x28", options);
    describing.add_flag("--json", options->json, "Print what was found as JSON");
    describing.callback([options] { describe(*options); });

    const Command importing =
        data.add_subcommand("import", "Make a data set of pictures of your own");
    importing.footer("What is not given is proposed, as 'elbow data describe' says.");
    add_source(importing, options);
    importing.add_option("--name", options->name, "What the data set is to be called")
        .type_name("NAME");
    add_size(importing, "A side, or a width and a height, in pixels: 64, 64x48", options);
    add_choice_key(importing, "fit", "How other proportions become that: pad, crop or squash",
                   "NAME", options);
    importing.add_flag("--grey", options->grey, "Grey images");
    importing.add_flag("--colour", options->colour, "Images in colour");
    add_choice_key(importing, "ground",
                   "Under what is transparent and beside what is padded: black, white or a grey "
                   "value",
                   "GROUND", options);
    add_choice_key(importing, "labels", "Keep the classes as labels: on or off", "NAME", options);
    add_choice_key(importing, "held-out",
                   "What is held out: found (as the source says), tenth (by the content), or group "
                   "(whole folders, about a tenth of the pictures)",
                   "NAME", options);
    importing.callback([options] { import_own(*options); });

    const Command forgetting =
        data.add_subcommand("forget", "Remove an imported data set; its source stays");
    forgetting.add_option("name", options->name, "As 'elbow data list' names it").required();
    forgetting.callback([options] {
        data::forget_imported(options->name);
        StandardOutput().line("Forgot '" + options->name + "'.");
    });
}

}  // namespace elbow::commands

// elbow export: of a saved run, the files that the export window writes.

#include <algorithm>
#include <chrono>
#include <list>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "app/commands/command.h"
#include "app/commands/run_source.h"
#include "app/commands/saved_model.h"
#include "app/commands/standard_output.h"
#include "app/commands/stop_signal.h"
#include "app/commands/terminal_progress.h"
#include "app/gui/exporter.h"
#include "app/gui/exports/exports.h"
#include "engine/core/error.h"
#include "engine/core/overloaded.h"
#include "engine/core/suggestion.h"
#include "engine/core/task.h"

namespace elbow::commands {
namespace {

constexpr std::chrono::milliseconds kQuiet{500};  // what is done by then shows no progress

struct ExportOptions {
    std::filesystem::path run;
    std::filesystem::path data_dir;
    std::filesystem::path folder = ".";
    std::vector<const gui::Export*> wanted;
    // The choices of all exports, each once.
    struct Number {
        gui::ExportNumber choice;
        std::int64_t value;
    };
    struct Either {
        gui::ExportEither choice;
        std::string way;
    };
    struct List {
        gui::ExportList choice;
        std::string item;
    };
    std::list<Number> numbers;
    std::list<Either> eithers;
    std::list<List> lists;
};

// A saved run has no moments of its training.
std::vector<const gui::Export*> exports_of_saved_runs() {
    std::vector<const gui::Export*> found;
    for (const gui::Export* each : gui::all_exports()) {
        if (!each->reads_moments) found.push_back(each);
    }
    return found;
}

std::vector<std::string> ids_of_exports() {
    std::vector<std::string> ids;
    for (const gui::Export* each : exports_of_saved_runs()) ids.emplace_back(each->id);
    return ids;
}

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

const gui::Export& export_called(const std::string& id) {
    for (const gui::Export* each : gui::all_exports()) {
        if (id != each->id) continue;
        if (!each->reads_moments) return *each;
        throw UsageError("--what: '" + id +
                         "' shows earlier weights of a run, and its folder holds the last ones "
                         "alone. Export it in the window that trains the run.");
    }
    const std::vector<std::string> ids = ids_of_exports();
    throw UsageError("--what: expected names of exports, found '" + id + "'." +
                     did_you_mean(id, ids) + " Choose among: " + listed(ids) + ".");
}

// "map,manifold"
std::vector<const gui::Export*> parse_exports(const std::string& text) {
    std::vector<const gui::Export*> found;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t end = std::min(text.find(',', from), text.size());
        found.push_back(&export_called(text.substr(from, end - from)));
        from = end + 1;
    }
    return found;
}

const char* option_of(const gui::ExportChoice& choice) {
    return std::visit([](const auto& each) { return each.option; }, choice);
}

bool has_choice(const gui::Export& what, const std::string& option) {
    return std::any_of(what.choices.begin(), what.choices.end(),
                       [&](const auto& choice) { return option == option_of(choice); });
}

// " (manifold, cursor)"
std::string whose(const std::string& option) {
    std::vector<std::string> ids;
    for (const gui::Export* each : exports_of_saved_runs()) {
        if (has_choice(*each, option)) ids.emplace_back(each->id);
    }
    return " (" + listed(ids) + ")";
}

std::string in_capitals(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] += 'A' - 'a';
    return text;
}

void add_choice_option(Command command, ExportOptions& options, const gui::ExportNumber& choice) {
    const int preset = gui::Settings{}.*choice.value;
    ExportOptions::Number& number = options.numbers.emplace_back();
    number = {choice, preset};
    add_count(command, choice.option, number.value,
              in_capitals(choice.label) + whose(choice.option), choice.least, choice.most)
        .default_text(std::to_string(preset));
}

void add_choice_option(Command command, ExportOptions& options, const gui::ExportEither& choice) {
    const auto& [first, second] = choice.ways;
    ExportOptions::Either& either = options.eithers.emplace_back();
    either = {choice, (gui::Settings{}.*choice.first ? first : second).name};
    add_choice(command, choice.option, either.way,
               std::string(first.name) + ": " + first.label + "; " + second.name + ": " +
                   second.label + whose(choice.option),
               {first.name, second.name})
        .default_text(either.way);
}

void add_choice_option(Command command, ExportOptions& options, const gui::ExportList& choice) {
    std::vector<std::string> names;
    std::string labels;
    for (const gui::ExportList::Item& item : choice.items) {
        names.emplace_back(item.name);
        labels += (labels.empty() ? "" : "; ") + std::string(item.name) + ": " + item.label;
    }
    ExportOptions::List& list = options.lists.emplace_back();
    list = {choice, choice.chosen(gui::Settings{}).name};
    add_choice(command, choice.option, list.item, labels + whose(choice.option), names)
        .default_text(list.item);
}

void add_choices(Command command, ExportOptions& options) {
    std::vector<std::string> known;
    for (const gui::Export* each : exports_of_saved_runs()) {
        for (const gui::ExportChoice& choice : each->choices) {
            const std::string option = option_of(choice);
            if (std::find(known.begin(), known.end(), option) != known.end()) continue;
            known.push_back(option);
            std::visit([&](const auto& one) { add_choice_option(command, options, one); }, choice);
        }
    }
}

gui::Settings settings_of(const ExportOptions& options) {
    gui::Settings settings;
    for (const auto& [choice, value] : options.numbers)
        settings.*choice.value = static_cast<int>(value);
    for (const auto& [choice, way] : options.eithers)
        settings.*choice.first = way == choice.ways[0].name;
    for (const auto& [choice, item] : options.lists) settings.*choice.value = item;
    return settings;
}

// Throws UsageError where a choice is of none of the exports that are wanted.
void check_choices(Command command, const ExportOptions& options) {
    const auto check = [&](const char* option) {
        const bool has = std::any_of(options.wanted.begin(), options.wanted.end(),
                                     [&](const auto* each) { return has_choice(*each, option); });
        if (has || !command.option(option).given()) return;
        throw UsageError(std::string(option) +
                         " changes nothing of what is exported. It belongs "
                         "to" +
                         whose(option) + ".");
    };
    for (const auto& number : options.numbers) check(number.choice.option);
    for (const auto& either : options.eithers) check(either.choice.option);
    for (const auto& list : options.lists) check(list.choice.option);
}

// On a thread of its own, so that Ctrl+C stops it and nothing of it is left.
std::vector<std::filesystem::path> written(const gui::Export& what, const gui::ExportSource& source,
                                           const std::filesystem::path& folder) {
    const StopSignal stop;
    Task<std::vector<std::filesystem::path>> task(
        [&](Progress& progress) { return gui::export_files(what, source, folder, progress); });
    {
        TerminalProgress bar;
        const auto began = std::chrono::steady_clock::now();
        while (!task.done()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            if (stop.requested()) task.progress().cancel();
            const std::string now = task.progress().what();
            if (std::chrono::steady_clock::now() - began > kQuiet && !now.empty())
                bar.show(task.progress().fraction(), std::string(what.title) + ": " + now);
        }
    }
    return task.take();
}

void export_run(const ExportOptions& options) {
    const io::SavedRun saved = load_saved(options.run);
    const bool curves = std::any_of(options.wanted.begin(), options.wanted.end(),
                                    [](const auto* each) { return each->reads_records; });
    const gui::ExportSource source =
        source_of(saved, dataset_of(saved, options.data_dir), settings_of(options), curves);
    // Before anything is written.
    for (const gui::Export* each : options.wanted) {
        gui::check_export(*each, source);
        if (each->size != nullptr) each->size(source);
    }
    StandardOutput output;
    for (const gui::Export* each : options.wanted) {
        for (const auto& file : written(*each, source, options.folder))
            output.line(file.lexically_normal().string());
    }
}

}  // namespace

void add_export(Command root) {
    const auto options = std::make_shared<ExportOptions>();
    const Command command =
        root.add_subcommand("export", "Write what the window exports from a saved run");
    std::string about = "What can be exported:\n";
    for (const gui::Export* each : exports_of_saved_runs()) {
        std::string id = each->id;
        id.resize(std::max<std::size_t>(id.size(), 20), ' ');
        about += "  " + id + " " + each->title + "\n";
    }
    command.footer(about +
                   "Dot, A and B, axes and view are those that the window saved with the run, or "
                   "those that it would begin with.\n"
                   "Nothing is overwritten; the names of the files are printed.\n"
                   "Example: elbow export runs/mnist-2 --what map,curves_png --into pictures");
    add_run_folder(command, options->run);
    command
        .add_option(
            "--what", [options](const std::string& text) { options->wanted = parse_exports(text); },
            "Names from the list below, with commas between them")
        .required()
        .type_name("NAME,...");
    add_path(command, "--into", options->folder,
             "Where the files go; a missing folder is made (default: the working folder)")
        .type_name("FOLDER");
    add_choices(command, *options);
    add_data_dir(command, options->data_dir);
    command.callback([options, command] {
        check_choices(command, *options);
        export_run(*options);
    });
}

}  // namespace elbow::commands

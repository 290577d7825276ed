#include "app/gui/runs/run_list.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <limits>
#include <set>
#include <system_error>

#include "app/gui/run_session.h"
#include "app/gui/widgets/plot_scale.h"
#include "app/gui/window_words.h"
#include "engine/core/error.h"
#include "engine/core/word_search.h"
#include "engine/data/targets.h"
#include "engine/io/run_summary.h"
#include "engine/run/choices.h"
#include "engine/run/measure.h"
#include "engine/train/held_out.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

std::string local_time(fs::file_time_type moment, const char* format) {
    const auto system = std::chrono::file_clock::to_sys(moment);
    const std::time_t seconds = std::chrono::system_clock::to_time_t(
        std::chrono::time_point_cast<std::chrono::system_clock::duration>(system));
    std::tm local{};
    localtime_r(&seconds, &local);
    char text[32];
    std::strftime(text, sizeof text, format, &local);
    return text;
}

std::string option_value(const RunConfig& config, const char* option) {
    return run::value_text(config, *find_run_option(option));
}

// The bounds of two runs compare only where this is the same.
std::string score_text(const io::RunSummary& summary) {
    const RunConfig config =
        summary.newest ? train::measured_config(summary.config, *summary.newest) : summary.config;
    std::string text =
        run::held_out_title(config) + ", " +
        data::targets_text(data::targets_of(summary.config.targets), summary.spec.image.channels);
    if (summary.dataset)
        text += ", " + reading(static_cast<double>(summary.dataset->held_out_images)) + " images";
    return text;
}

void describe(RunEntry& entry, const io::RunSummary& summary) {
    const RunConfig& config = summary.config;
    entry.dataset = summary.dataset ? summary.dataset->title : config.dataset;
    entry.latents = config.latents;
    entry.model = latents_text(config.latents);
    entry.learns_by = option_value(config, "estimator");
    entry.score =
        summary.newest ? summary.newest->score() : std::numeric_limits<double>::quiet_NaN();
    entry.score_of = score_text(summary);
    entry.samples = summary.samples;
    entry.train_seconds = summary.train_seconds;
    entry.bytes = summary.bytes;
    entry.saved_at = summary.saved_at;
}

// A session that is damaged takes nothing but the name from the run.
void take_label(RunEntry& entry, const std::string& session) {
    try {
        const RunSession label = parse_session(session);
        entry.named = !label.name.empty();
        entry.pinned = label.pinned;
        if (entry.named) entry.name = label.name;
    } catch (const Error&) {
        entry.named = false;
    }
}

RunEntry entry_of(const fs::path& folder, RunPlace place) {
    RunEntry entry;
    entry.folder = folder;
    entry.place = place;
    entry.name = folder.filename().string();
    try {
        const io::RunSummary summary = io::load_summary(folder);
        describe(entry, summary);
        take_label(entry, summary.session);
    } catch (const std::exception& failure) {
        entry.problem = message_of(failure);
        std::error_code error;
        entry.saved_at = fs::last_write_time(folder, error);
        if (error) entry.saved_at = fs::file_time_type::min();
    }
    if (entry.saved_at != fs::file_time_type::min()) {
        entry.day = local_time(entry.saved_at, "%Y-%m-%d");
        entry.time = local_time(entry.saved_at, "%H:%M");
    }
    return entry;
}

// Empty folders are being made, and those with a dot are work in progress.
std::vector<fs::path> folders_with_something(const fs::path& parent) {
    std::vector<fs::path> folders;
    std::error_code error;
    for (fs::directory_iterator entry(parent, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        const fs::path& path = entry->path();
        const bool hidden = path.filename().string().rfind('.', 0) == 0;
        if (!hidden && fs::is_directory(path, ignored) && !fs::is_empty(path, ignored))
            folders.push_back(path);
    }
    return folders;
}

bool matches(const RunEntry& entry, const WordSearch& search) {
    return search.empty() ||
           search.finds(entry.name + '\n' + entry.dataset + '\n' + entry.model + '\n' +
                        entry.learns_by + '\n' + entry.folder.string() + '\n' + entry.day);
}

bool has_value(const RunEntry& entry, RunColumn column) {
    if (column == RunColumn::kName || column == RunColumn::kDate) return true;
    return entry.problem.empty() && (column != RunColumn::kScore || !std::isnan(entry.score));
}

bool is_less(const RunEntry& a, const RunEntry& b, RunColumn column) {
    switch (column) {
        case RunColumn::kName:
            return in_small_letters(a.name) < in_small_letters(b.name);
        case RunColumn::kDataset:
            return a.dataset < b.dataset;
        case RunColumn::kModel:
            return a.latents != b.latents ? a.latents < b.latents : a.learns_by < b.learns_by;
        case RunColumn::kScore:
            return a.score < b.score;
        case RunColumn::kImages:
            return a.samples < b.samples;
        case RunColumn::kSize:
            return a.bytes < b.bytes;
        case RunColumn::kDate:
            break;
    }
    return a.saved_at < b.saved_at;
}

}  // namespace

std::vector<RunEntry> find_runs(const RunPlaces& places, const Progress& progress) {
    std::vector<RunEntry> entries;
    std::set<fs::path> seen;
    const auto add = [&](const fs::path& folder, RunPlace place) {
        progress.throw_if_cancelled();
        std::error_code error;
        const fs::path real = fs::canonical(folder, error);
        if (seen.insert(error ? folder : real).second) entries.push_back(entry_of(folder, place));
    };
    for (const fs::path& folder : folders_with_something(places.kept))
        add(folder, RunPlace::kAutosaved);
    for (const fs::path& folder : folders_with_something(places.saved))
        add(folder, RunPlace::kSaved);
    for (const fs::path& folder : places.opened) add(folder, RunPlace::kElsewhere);
    return entries;
}

std::vector<std::size_t> shown_runs(const std::vector<RunEntry>& entries, const std::string& search,
                                    const RunOrder& order) {
    const WordSearch words(search);
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (matches(entries[i], words)) shown.push_back(i);
    }
    std::stable_sort(shown.begin(), shown.end(), [&](std::size_t first, std::size_t second) {
        const RunEntry& a = entries[first];
        const RunEntry& b = entries[second];
        if (a.pinned != b.pinned) return a.pinned;
        const bool has_a = has_value(a, order.column), has_b = has_value(b, order.column);
        if (!has_a || !has_b) return has_a && !has_b;
        return order.descending ? is_less(b, a, order.column) : is_less(a, b, order.column);
    });
    return shown;
}

}  // namespace elbow::gui

#include "app/gui/runs/runs_menu.h"

#include <algorithm>
#include <string>

#include "app/gui/actions/families.h"
#include "app/gui/widgets/controls.h"

namespace elbow::gui {
namespace {

constexpr const char* kRunsLabel = "Runs";
constexpr const char* kRunsPopup = "runs menu";
constexpr float kRunsMenuWidth = 420.0f;  // design pixels
constexpr std::size_t kMostRecent = 8;

// By the name that the list of runs shows, too, and what it is.
std::string title_of(const RunEntry& run) {
    return run.name + " \u00B7 " + run.dataset + ", " + run.model;
}

std::string about(const RunEntry& run) {
    return title_of(run) + "\n" + run.folder.string() + "\n" +
           short_count(static_cast<double>(run.samples)) + " images seen. " + run.score_of + ": " +
           nats(run.score);
}

std::vector<const RunEntry*> saved_last(const Context& context) {
    std::vector<const RunEntry*> recent;
    if (context.known_runs == nullptr) return recent;
    for (const RunEntry& run : *context.known_runs) {
        if (run.problem.empty()) recent.push_back(&run);
    }
    std::sort(recent.begin(), recent.end(),
              [](const RunEntry* a, const RunEntry* b) { return a->saved_at > b->saved_at; });
    recent.resize(std::min(recent.size(), kMostRecent));
    return recent;
}

void draw_recent(Context& context) {
    const std::vector<const RunEntry*> recent = saved_last(context);
    if (recent.empty()) {
        ImGui::TextDisabled("No run has been saved yet.");
        return;
    }
    ImGui::TextDisabled("Saved last");
    for (std::size_t i = 0; i < recent.size(); ++i) {
        const RunEntry& run = *recent[i];
        ImGui::PushID(static_cast<int>(i));
        const std::string when = run.day + " " + run.time;
        const float room =
            (kRunsMenuWidth - 30.0f) * context.scale - ImGui::CalcTextSize(when.c_str()).x;
        if (ImGui::MenuItem(fitted(title_of(run), room).c_str(), when.c_str()))
            context.actions.open_run(run.folder, std::nullopt);
        context.layout.mark(("runs.recent." + std::to_string(i)).c_str(), title_of(run));
        hover(context, about(run).c_str());
        ImGui::PopID();
    }
}

}  // namespace

float runs_button_width(const Context& context) {
    return ImGui::CalcTextSize(kRunsLabel).x + 16.0f * context.scale;
}

void draw_runs_menu(Context& context) {
    bool open = ImGui::IsPopupOpen(kRunsPopup);
    if (toggle(context, "top.runs", kRunsLabel, open, "Open, save and compare runs (Ctrl+O)")) {
        ImGui::OpenPopup(kRunsPopup);
    }
    const ImVec2 below(ImGui::GetItemRectMax().x, ImGui::GetItemRectMax().y + 6.0f * context.scale);
    ImGui::SetNextWindowPos(below, ImGuiCond_Always, {1.0f, 0.0f});
    ImGui::SetNextWindowSize({kRunsMenuWidth * context.scale, 0.0f});
    if (!ImGui::BeginPopup(kRunsPopup)) return;
    close_on_escape();
    if (ImGui::MenuItem("All runs...", "Ctrl+O")) context.actions.open_runs();
    context.layout.mark("runs.all");
    if (ImGui::MenuItem("Save this run...", "Ctrl+S", false, context.has_run()))
        context.actions.save_run();
    context.layout.mark("runs.save");
    ImGui::Separator();
    if (context.known_runs != nullptr) {
        draw_recent(context);
    } else {
        ImGui::TextDisabled("Looking for runs...");
    }
    ImGui::EndPopup();
}

void add_saved_run_actions(Context& context, WindowActions& actions) {
    for (const RunEntry* run : saved_last(context)) {
        actions.push_back(
            {.id = "runs.open " + run->folder.string(),
             .title = "Open " + title_of(*run) + ", " + run->day + " " + run->time,
             .help = about(*run),
             .run = [&context,
                     folder = run->folder] { context.actions.open_run(folder, std::nullopt); },
             .place = kRunsLabel});
    }
}

bool runs_menu_is_open() { return ImGui::IsPopupOpen(kRunsPopup); }

}  // namespace elbow::gui

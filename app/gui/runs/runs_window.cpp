#include "app/gui/runs/runs_window.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "app/gui/keys.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/text_input.h"
#include "app/gui/widgets/window_place.h"
#include "engine/core/error.h"

namespace elbow::gui {
namespace {

constexpr std::size_t kSearchRoom = 256;                     // bytes
constexpr double kLookAgain_s = 5.0;                         // while the list is shown
constexpr float kRunsWidth = 1120.0f, kRunsHeight = 660.0f;  // design pixels

std::string count_text(std::size_t shown, std::size_t all) {
    const std::string runs = all == 1 ? " run" : " runs";
    return shown == all ? std::to_string(all) + runs
                        : std::to_string(shown) + " of " + std::to_string(all) + runs;
}

// How many lines the buttons take in so much room.
int button_lines(float room) {
    int lines = 1;
    float x = 0.0f;
    const float gap = ImGui::GetStyle().ItemSpacing.x;
    for (const RunActionEntry& action : run_actions()) {
        const float width = button_width(action.label);
        if (x > 0.0f && x + gap + width > room) {
            ++lines;
            x = 0.0f;
        }
        x += (x > 0.0f ? gap : 0.0f) + width;
    }
    return lines;
}

}  // namespace

bool RunsWindow::close() {
    if (!open_) return false;
    if (table_.renaming()) {
        table_.end_renaming();
    } else {
        open_ = false;
    }
    return true;
}

void RunsWindow::poll(const RunPlaces& places, bool watched, double now_s, Toasts& toasts) {
    take_work(toasts);
    take_list();
    thumbnails_.poll();
    if (!work_ && !waiting_.empty()) {
        work_ = std::make_unique<Task<Done>>(
            [job = std::move(waiting_.front())](Progress&) { return job(); });
        waiting_.pop_front();
    }
    if ((open_ || watched) && !search_ && now_s >= look_at_s_) {
        look_at_s_ = now_s + kLookAgain_s;
        search_ = std::make_unique<Task<std::vector<RunEntry>>>(
            [places](Progress& progress) { return find_runs(places, progress); });
    }
}

void RunsWindow::take_list() {
    if (!search_ || !search_->done()) return;
    try {
        entries_ = search_->take();
        has_looked_ = true;
    } catch (const std::exception&) {  // the next search comes soon
    }
    search_.reset();
}

void RunsWindow::take_work(Toasts& toasts) {
    if (!work_ || !work_->done()) return;
    try {
        const Done done = work_->take();
        if (!done.choose.empty()) table_.choose(done.choose);
        ToastAction undo;
        if (done.deleted) undo = {"Undo", [this, run = *done.deleted] { restore(run); }, true};
        if (!done.text.empty()) toasts.add(ToastKind::kGood, done.text, {}, undo);
    } catch (const std::exception& failure) {
        toasts.add(ToastKind::kError, message_of(failure));
    }
    work_.reset();
    look_at_s_ = 0.0;
}

void RunsWindow::draw(Context& context, const OpenHere& open_here) {
    if (!open_) return;
    const float scale = context.scale;
    place_window({kRunsWidth, kRunsHeight}, {480.0f, 300.0f}, scale);
    constexpr ImGuiWindowFlags kFlags =
        ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings |
        ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;
    if (ImGui::Begin("Runs", &open_, kFlags)) {
        const std::vector<std::size_t> shown = shown_runs(entries_, typed_, order_);
        const RunsTable::Rows rows{entries_, shown, open_here, [&](const RunEntry& entry) {
                                       draw_menu(context, entry, open_here(entry));
                                   }};
        draw_top(context);
        ImGui::SameLine();
        ImGui::TextDisabled("%s", found_text(shown.size()).c_str());
        context.layout.mark("runs.count", std::to_string(shown.size()));
        const ImVec2 room = ImGui::GetContentRegionAvail();
        const float line = ImGui::GetFrameHeightWithSpacing();
        const float below = line * static_cast<float>(button_lines(room.x)) + 2.0f * scale;
        const RunsTable::Wish wish = table_.draw(context, rows, thumbnails_, order_,
                                                 {room.x, std::max(60.0f * scale, room.y - below)});
        const RunEntry* chosen = table_.chosen(rows);
        if (chosen != nullptr && wish.new_name) rename(*chosen, *wish.new_name);
        if (chosen != nullptr && wish.action)
            perform(context, *wish.action, *chosen, open_here(*chosen));
        draw_buttons(context, chosen, chosen != nullptr && open_here(*chosen));
        if (ImGui::IsWindowFocused(ImGuiFocusedFlags_RootAndChildWindows)) keys(context, rows);
    }
    ImGui::End();
}

std::string RunsWindow::found_text(std::size_t shown) const {
    if (!has_looked_) return "Looking for runs...";
    if (entries_.empty())
        return "No runs yet: Ctrl+S saves this one, and Elbow keeps what it replaces.";
    return shown == 0 ? "No run has this." : count_text(shown, entries_.size());
}

void RunsWindow::draw_top(Context& context) {
    ImGui::SetNextItemWidth(260.0f * context.scale);
    if (std::exchange(focus_search_, false)) ImGui::SetKeyboardFocusHere();
    text_input("##search", typed_, kSearchRoom, "Search (Ctrl+F)");
    context.layout.mark("runs.search", typed_);
    hover(context,
          "Shows the runs that have every word in their name, data, model, folder or date.");
}

void RunsWindow::draw_buttons(Context& context, const RunEntry* chosen, bool open_here) {
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    for (const RunActionEntry& entry : run_actions()) {
        const std::string label = chosen == nullptr ? entry.label : label_of(entry, *chosen);
        const std::string why = chosen == nullptr
                                    ? "Choose a run first."
                                    : why_not(entry.action, *chosen, open_here, *context.compared);
        if (entry.action != RunAction::kOpen) same_line_if_room(right, button_width(label.c_str()));
        if (button(context, entry.id, label.c_str(), entry.help, why, {0, 0},
                   entry.action == RunAction::kOpen)) {
            perform(context, entry.action, *chosen, open_here);
        }
    }
}

void RunsWindow::draw_menu(Context& context, const RunEntry& run, bool open_here) {
    for (const RunActionEntry& entry : run_actions()) {
        const std::string why = why_not(entry.action, run, open_here, *context.compared);
        if (ImGui::MenuItem(label_of(entry, run).c_str(), entry.key, false, why.empty()))
            perform(context, entry.action, run, open_here);
        hover(context, why.empty() ? entry.help : why.c_str());
    }
}

void RunsWindow::keys(Context& context, const RunsTable::Rows& rows) {
    if (ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel))
        return;
    if (pressed(Key::kF, true)) focus_search_ = true;
    if (table_.renaming()) return;
    if (pressed(Key::kDown)) table_.choose_next(rows, 1);
    if (pressed(Key::kUp)) table_.choose_next(rows, -1);
    const RunEntry* chosen = table_.chosen(rows);
    if (chosen == nullptr) return;
    const RunEntry run = *chosen;
    const bool here = rows.open_here(run);
    if (pressed(Key::kEnter)) perform(context, RunAction::kOpen, run, here);
    if (pressed(Key::kF2)) perform(context, RunAction::kRename, run, here);
    if (pressed(Key::kC, true)) perform(context, RunAction::kCopyPath, run, here);
    if (pressed(Key::kDelete)) perform(context, RunAction::kDelete, run, here);
}

void RunsWindow::perform(Context& context, RunAction action, const RunEntry& run, bool open_here) {
    if (const std::string why = why_not(action, run, open_here, *context.compared); !why.empty()) {
        context.toasts.add(ToastKind::kInfo, why);
        return;
    }
    if (action == RunAction::kDelete && is_only_remembered(run)) {
        context.actions.forget_run(run.folder);
        look_at_s_ = 0.0;
        return;
    }
    switch (action) {
        case RunAction::kOpen:
        case RunAction::kContinue:
            context.actions.open_run(run.folder, action == RunAction::kContinue
                                                     ? std::optional<bool>(true)
                                                     : std::nullopt);
            open_ = false;
            return;
        case RunAction::kRename:
            return table_.begin_renaming(run);
        case RunAction::kCompare:
            return context.actions.compare_run(run.folder, run.name);
        case RunAction::kCopyPath:
            ImGui::SetClipboardText(run.folder.c_str());
            context.toasts.add(ToastKind::kInfo, "Copied " + run.folder.string());
            return;
        case RunAction::kShowFolder:
            return context.toasts.show_in_file_manager(run.folder);
        default:
            return change_folder(action, run);
    }
}

void RunsWindow::change_folder(RunAction action, const RunEntry& run) {
    if (action == RunAction::kPin) {
        waiting_.push_back([folder = run.folder, name = run.named ? run.name : std::string(),
                            pinned = !run.pinned] {
            label_run(folder, name, pinned);
            return Done{};
        });
    } else if (action == RunAction::kDuplicate) {
        waiting_.push_back([folder = run.folder, name = run.name] {
            const std::filesystem::path copy = duplicate_run(folder, name);
            return Done{"The run was copied to " + copy.string(), std::nullopt, copy};
        });
    } else if (action == RunAction::kDelete) {
        waiting_.push_back([folder = run.folder, name = run.name, state = state_] {
            return Done{"The run " + name + " went to the trash.", delete_run(state, folder), {}};
        });
    }
}

void RunsWindow::rename(const RunEntry& run, const std::string& name) {
    waiting_.push_back([folder = run.folder, name, pinned = run.pinned] {
        label_run(folder, name, pinned);
        return Done{};
    });
    table_.end_renaming();
}

void RunsWindow::restore(const DeletedRun& run) {
    waiting_.push_back([run, state = state_] {
        const std::filesystem::path folder = restore_run(state, run);
        return Done{"The run is back.", std::nullopt, folder};
    });
}

}  // namespace elbow::gui

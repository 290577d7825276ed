#pragma once

// All that the window shows, in whole frames without a display: the bars, the panels with a run
// that learns, the dialogs, the menus and the toasts, with a mouse. On the test's thread.

#include <algorithm>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/actions/actions.h"
#include "app/gui/export_dialog.h"
#include "app/gui/help_sheet.h"
#include "app/gui/lecture.h"
#include "app/gui/live_runs.h"
#include "app/gui/own_images/images_window.h"
#include "app/gui/palette.h"
#include "app/gui/race_bar.h"
#include "app/gui/top_bar.h"
#include "app/gui/tour/guided_tour.h"
#include "app/gui/workspace.h"
#include "engine/live/questions/cursor.h"
#include "engine/live/questions/map.h"
#include "engine/live/questions/path.h"
#include "engine/live/questions/sheets.h"
#include "tests/app/imgui_frame.h"
#include "tests/app/null_gl.h"
#include "tests/engine/train/training.h"

namespace elbow::gui {

class WholeWindow {
  public:
    WholeWindow(float width, float height, float scale, bool dark = true)
        : frames_(width, height), scale_(scale) {
        settings.dark = dark;
        theme_ = make_theme(dark, load_fonts(scale));
        apply_style(theme_, scale);
        actions_.send = [this](const live::Command& command) { runs.send(command); };
        actions_.start = actions_.restart = [](const RunConfig&) {};
        actions_.race = [](const RunConfig&, const RunConfig&) {};
        actions_.branch = [this](train::SnapshotPtr moment) {
            runs.begin(live::Branch{std::move(moment)}, std::nullopt);
        };
        actions_.end_race = [](std::size_t) {};
        actions_.cancel_loading = [] {};
        actions_.open_help = [this] { help_open = true; };
        actions_.open_export = [this] { export_open = true; };
        actions_.save_run = actions_.open_runs = [] {};
        actions_.open_palette = [this] { palette_.toggle(); };
        actions_.toggle_guided_tour = [this] { guided_tour.toggle(); };
        actions_.toggle_lecture = [this] { lecture.toggle(settings, workspace_, scale_); };
        actions_.put_back_lent = [this] { guided_tour.put_back(settings); };
        actions_.show_panel = [this](const std::string& panel) { workspace_.show(panel); };
    }

    void begin(const RunConfig& config, const std::shared_ptr<const data::Dataset>& dataset,
               const std::optional<RunConfig>& rival = std::nullopt) {
        runs.begin(live::Restart{config, dataset}, rival);
    }

    void frame() {
        now_s += 0.1;
        runs.collect(std::nullopt, toasts);
        notes.under_mouse.reset();
        notes.number_under_mouse.reset();
        frames_.frame([&] {
            runs.drag_moment(ImGui::GetIO().MousePos.x);
            std::optional<RaceView> race;
            if (runs.racing()) race = race_view();
            std::vector<Context> contexts;
            for (std::size_t i = 0; i < runs.count(); ++i) {
                contexts.push_back(context_of(i, race ? &*race : nullptr));
            }
            draw(contexts, runs.number_in_hand());
        });
        runs.link_choices(settings.link_maps);
        for (std::size_t i = 0; i < runs.count(); ++i)
            runs.run(i).settle(now_s, false, guided_tour.without(settings));
        shown = layout_.rects();
        layout_.end_frame(0.0);
    }
    // Until nothing has moved for four frames, as a map does that fits itself to new points.
    void settle() {
        for (int frames = 0, still = 0; still < 4 && frames < 400; ++frames) {
            const auto before = std::move(shown);
            frame();
            still = same_places(before, shown) ? still + 1 : 0;
        }
    }
    // Frames until the condition holds; false where it never does.
    bool becomes(const std::function<bool()>& condition) {
        return test::comes_true([&] {
            frame();
            return condition();
        });
    }
    // Until every panel has something to show.
    bool shows_everything() {
        return becomes([&] {
            const live::Views& views = runs.in_hand().link.views();
            const auto& state = *runs.in_hand().state;
            // Before the panel of reconstructions has asked for its images, a sheet has none.
            const auto sheet = views.get<live::SheetView>();
            return state.snapshot && state.snapshot->step > 0 && views.get<live::MapView>() &&
                   sheet && sheet->reconstructed.empty() != state.snapshot->has_encoder &&
                   views.get<live::PathView>() && views.get<live::CursorView>() &&
                   !runs.in_hand().curves.evaluations.records().empty();
        });
    }
    // Every run is paused, and its map is of the newest weights.
    bool shows_the_last_step() const {
        for (std::size_t i = 0; i < runs.count(); ++i) {
            const LiveRun& run = runs.run(i);
            const auto map = run.link.views().get<live::MapView>();
            if (run.state->status != live::TrainerStatus::kPaused || !map ||
                map->stamp.step != run.state->snapshot->step)
                return false;
        }
        return true;
    }
    void move(float x, float y) {
        frames_.mouse(x, y, false);
        frame();
    }
    bool click(const std::string& name) { return press(name, {false, true, false}); }
    bool click_twice(const std::string& name) {
        return press(name, {false, true, false, true, false});
    }
    bool press(const std::string& name, std::initializer_list<bool> button) {
        settle();
        const auto found = shown.find(name);
        if (found == shown.end()) return false;
        const LayoutLog::Rect box = found->second;
        for (const bool down : button) {
            frames_.mouse(box.x + 0.5f * box.width, box.y + 0.5f * box.height, down);
            frame();
        }
        frames_.mouse(-1, -1, false);
        settle();
        return true;
    }
    // The mouse takes hold of the widget and comes by steps to a place, where it still holds it.
    bool carry(const std::string& name, ImVec2 to) {
        settle();
        const auto found = shown.find(name);
        if (found == shown.end()) return false;
        const LayoutLog::Rect box = found->second;
        const ImVec2 from(box.x + 0.5f * box.width, box.y + 0.5f * box.height);
        frames_.mouse(from.x, from.y, false);
        frame();
        for (int step = 0; step <= 4; ++step) {
            const float part = 0.25f * static_cast<float>(step);
            frames_.mouse(from.x + part * (to.x - from.x), from.y + part * (to.y - from.y), true);
            frame();
        }
        return true;
    }
    void let_go(ImVec2 at) {
        frames_.mouse(at.x, at.y, false);
        frame();
        frames_.mouse(-1, -1, false);
        settle();
    }
    // All that it can do, by the time that `take` is called in a frame.
    template <class Take>
    void with_actions(Take take) {
        take_actions_ = take;
        frame();
        take_actions_ = nullptr;
    }
    // As Escape does.
    bool cancel_move() { return workspace_.cancel_move(); }

    bool help_open = false, export_open = false;
    double now_s = 0.0;
    Settings settings;
    Toasts toasts;
    ExportDialog export_dialog;
    ImagesWindow images;
    std::vector<RunConfig> started_on;  // data sets that `images` has made
    GuidedTour guided_tour;
    Lecture lecture;
    FrameNotes notes;
    std::vector<std::filesystem::path> dropped_pictures;
    LiveRuns runs{{2, 1}, rule()};
    std::optional<std::string> message;  // in a bar under the top one
    std::map<std::string, LayoutLog::Rect> shown;

  private:
    using Shown = std::map<std::string, LayoutLog::Rect>;
    static bool same_places(const Shown& a, const Shown& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& c, const auto& d) {
            return c.first == d.first && c.second.x == d.second.x && c.second.y == d.second.y &&
                   c.second.width == d.second.width && c.second.height == d.second.height;
        });
    }
    static KeepingRule rule() {
        KeepingRule rule;
        rule.keeps = false;
        return rule;
    }
    RaceView race_view() const {
        const auto [name, rival] = live::race_names(runs.config(0), runs.config(1));
        const LiveRun& first = runs.run(0);
        const LiveRun& second = runs.run(1);
        return {{Contestant{name, theme_.race_first, first.state, &first.curves},
                 Contestant{rival, theme_.race_second, second.state, &second.curves}},
                runs.pace()};
    }
    Context context_of(std::size_t number, const RaceView* race) {
        LiveRun& run = runs.run(number);
        Context context{run.state,
                        run.link.views(),
                        [&run] { return run.link.newest_views(); },
                        run.curves,
                        loading_,
                        {},
                        run.view_state,
                        run.visible,
                        [&run] { run.follow_dot(); },
                        settings,
                        theme_,
                        actions_,
                        toasts,
                        layout_,
                        scale_,
                        now_s,
                        16.0};
        context.race = race;
        context.run_number = number;
        context.lecture = lecture.on();
        context.status = runs.status();
        context.refusal = &run.refusal;
        context.notes = &notes;
        context.rewind = &run.rewind;
        context.explored = run.explored();
        context.undo = &run.undo;
        context.columns = run.columns.now();
        context.codes = run.codes.now();
        context.dropped_pictures = &dropped_pictures;
        return context;
    }
    // As the application does.
    void draw(std::vector<Context>& contexts, std::size_t in_hand) {
        Context& context = contexts[in_hand];
        const ImVec2 display = ImGui::GetIO().DisplaySize;
        const float margin = 7.0f * scale_;
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize(display);
        ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
        ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0f);
        ImGui::Begin("everything", nullptr,
                     ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                         ImGuiWindowFlags_NoBringToFrontOnFocus);
        ImGui::PopStyleVar(2);
        const Area bar{0, 0, display.x, top_bar_height(scale_)};
        draw_top_bar(context, bar);
        Area area{margin, bar.bottom(), display.x - 2 * margin, message_bar_height(scale_)};
        if (context.race != nullptr) {
            draw_race_bar(context, area);
            area.y += area.height + margin;
        }
        if (message) {
            message_bar(context, "message", BarKind::kError, *message, {"Try again", "Dismiss"},
                        area);
            area.y += area.height + margin;
        }
        workspace_.draw(contexts, in_hand,
                        {margin, area.y, display.x - 2 * margin, display.y - area.y - margin});
        const auto actions = [&] { return window_actions(contexts, in_hand, workspace_); };
        if (take_actions_) take_actions_(actions(), workspace_);
        if (const auto chosen = palette_.draw(context, actions)) perform(*chosen, true, workspace_);
        ImGui::End();
        export_dialog.poll(toasts);
        export_dialog.draw(context, export_open);
        images.poll(toasts);
        images.draw(context, [this](const RunConfig& config) { started_on.push_back(config); });
        draw_help(context, actions, help_open);
        guided_tour.draw(context, workspace_, actions);
        toasts.draw(theme_, scale_, now_s);
    }

    NullGl gl_;
    NullFrames frames_;
    float scale_;
    Theme theme_{};
    LoadingState loading_;
    Actions actions_;
    LayoutLog layout_{"unwritten"};
    Workspace workspace_{make_panels()};
    Palette palette_;
    std::function<void(const WindowActions&, Workspace&)> take_actions_;
};

}  // namespace elbow::gui

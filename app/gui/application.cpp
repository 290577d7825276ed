#include "app/gui/application.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/actions/actions.h"
#include "app/gui/context.h"
#include "app/gui/display_watch.h"
#include "app/gui/export_dialog.h"
#include "app/gui/frame_log.h"
#include "app/gui/help_sheet.h"
#include "app/gui/interruption.h"
#include "app/gui/keys.h"
#include "app/gui/lecture.h"
#include "app/gui/live_runs.h"
#include "app/gui/message_bars.h"
#include "app/gui/own_images/drops.h"
#include "app/gui/own_images/images_window.h"
#include "app/gui/palette.h"
#include "app/gui/panel.h"
#include "app/gui/run_starter.h"
#include "app/gui/runs/runs_desk.h"
#include "app/gui/top_bar.h"
#include "app/gui/tour/guided_tour.h"
#include "app/gui/upkeep.h"
#include "app/gui/window.h"
#include "app/gui/window_words.h"
#include "app/gui/workspace.h"
#include "engine/core/error.h"
#include "engine/core/start_log.h"
#include "engine/core/team.h"
#include "engine/io/image_sheet.h"
#include "engine/live/questions/sheets.h"

namespace elbow::gui {
namespace {

constexpr const char* kProgramTitle = "Elbow";
constexpr float kMargin = 7.0f;  // design pixels around everything
constexpr double kPatienceWithExports_s = 30.0;

// What tests and demonstrations show is not what the person wants to find again.
bool remembers(const GuiOptions& options) {
    return options.width == 0 && options.scale == 0.0f && options.exit_after_s == 0.0 &&
           options.screenshot.empty();
}

// Only what ends by itself is a demonstration; whoever trains in a window of a chosen size wants to
// keep the run.
KeepingRule keeping_rule(const GuiOptions& options) {
    KeepingRule rule;
    rule.keeps = options.exit_after_s == 0.0 && options.screenshot.empty();
    return rule;
}

KeepingBudget budget_of(const Settings& settings) {
    KeepingBudget budget;
    budget.runs_bytes =
        static_cast<std::uintmax_t>(static_cast<double>(settings.autosaves_gb) * 1e9);
    return budget;
}

// Where the person gives no number: all cores while nobody touches the window, and one fewer, which
// draws it, while somebody does.
LiveRuns::Threads threads_of(const GuiOptions& options) {
    if (options.threads > 0) return {options.threads, options.threads};
    return {default_threads(false), default_threads(true)};
}

class Application {
  public:
    explicit Application(const GuiOptions&);
    ~Application();  // finishes the exports that are under way
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;
    void run();
    // After the last frame. Throws Error where the run could not be kept, or a log is not whole.
    void keep_run();

  private:
    // In the order of a frame.
    void take_events(double began_s);
    void adopt_scale_and_theme();
    void take_dropped();
    void collect(double began_s);
    void draw_frame(double began_s);
    std::shared_ptr<const live::TrainerState> state_of(std::size_t number) const;
    Context context_of(std::size_t number, const RaceView* race, double now_s);
    RaceView race_view() const;
    void draw_everything(std::span<Context>, std::size_t in_hand);
    void offer_tour();
    void copy_under_mouse(std::span<Context>);
    WindowActions actions_in(std::span<Context>);
    void keys(std::span<Context>);
    void close_what_is_on_top();
    void after_frame(const Context&);
    void finish(double began_s, bool last);
    void make_actions();
    void note_start(const LiveRun&);
    void remember_window();
    void finish_exports();
    void leave_without_display();

    const GuiOptions& options_;
    SettingsKeeper keeper_;
    Settings& settings_;
    Window window_;
    FrameLog frame_log_;
    StartLog start_log_;
    LayoutLog layout_log_;
    Toasts toasts_;
    LiveRuns runs_;
    RunStarter starter_;
    RunsDesk desk_;
    std::optional<Interruption> interruption_;  // absent in a demonstration
    MessageBars message_bars_{runs_, starter_, interruption_, options_.config.dataset};
    Workspace workspace_;
    ExportDialog export_dialog_;
    Palette palette_;
    GuidedTour guided_tour_;
    Lecture lecture_;
    Actions actions_;

    Theme theme_{};
    float scale_ = 0.0f;
    LoadingState loading_;
    std::string window_title_;
    Pacer pacer_;
    MemoryKeeper memory_;
    bool end_race_ = false;             // after this frame
    std::optional<std::size_t> taken_;  // in hand after this frame
    bool full_screen_asked_ = false;    // after this frame
    struct DecodedImage {
        std::size_t run;
        std::vector<float> z;
    };
    std::optional<DecodedImage> export_image_;  // in this frame
    const Export* write_ = nullptr;             // in this frame; null: none
    const Export* copy_ = nullptr;
    FrameNotes notes_;
    Drops drops_;
    ImagesWindow images_;
    std::vector<std::filesystem::path> dropped_pictures_;
    bool copy_asked_ = false;  // in this frame
    bool help_open_ = false;
    bool export_open_ = false;
    double frame_ms_ = 0.0;
    DisplayWatch display_watch_{[this] { leave_without_display(); }};  // last: uses all of it
};

Application::Application(const GuiOptions& options)
    : options_(options),
      keeper_(settings_file(), remembers(options),
              [this](const Settings& now) { return lecture_.without(guided_tour_.without(now)); }),
      settings_(keeper_.settings),
      window_(kProgramTitle, options.width > 0 ? options.width : settings_.width,
              options.height > 0 ? options.height : settings_.height,
              make_theme(settings_.dark, {}).background),
      frame_log_(options.frame_log),
      start_log_(options.start_log),
      layout_log_(options.layout_log),
      runs_(threads_of(options), keeping_rule(options)),
      starter_(
          data::search_path(options.data_dir), options.config,
          [this] { return runs_.in_hand().trainer.state(); },
          [this](live::Command command, const std::optional<RunConfig>& rival,
                 const OpenedRun& opened) {
              try {
                  runs_.begin(std::move(command), rival, opened);
                  if (!opened.folder.empty()) desk_.note_opened(opened.folder);
              } catch (const UsageError& refusal) {
                  toasts_.add(ToastKind::kError,
                              "The race cannot begin: " + in_window_words(refusal.what()));
              }
          }),
      desk_(keeping_rule(options).state, settings_, runs_, starter_),
      workspace_(make_panels()) {
    if (options.scale > 0.0f) settings_.scale = options.scale;
    make_actions();
    if (const KeepingRule rule = keeping_rule(options); rule.keeps) {
        interruption_.emplace(rule.state, data::search_path(options.data_dir),
                              options.run_folder.value_or(std::filesystem::path()));
    }
    if (options.run_folder) {
        starter_.resume(*options.run_folder);
    } else {
        starter_.restart(options.config);
    }
    if (!keeper_.message().empty()) toasts_.add(ToastKind::kError, keeper_.message());
}

Application::~Application() { finish_exports(); }

void Application::finish_exports() {
    for (const std::string& line : export_dialog_.finish(kPatienceWithExports_s)) {
        std::fprintf(stderr, "%s\n", line.c_str());
    }
}

void Application::make_actions() {
    actions_.send = [this](const live::Command& command) { runs_.send(command); };
    actions_.start = [this](const RunConfig& config) { starter_.restart(config); };
    actions_.branch = [this](train::SnapshotPtr moment) { starter_.branch(std::move(moment)); };
    actions_.restart = [this](const RunConfig& config) {
        if (!runs_.racing()) return starter_.restart(config);
        const auto [first, second] = runs_.both_configs(config);
        starter_.restart(first, second);
    };
    actions_.race = [this](const RunConfig& first, const RunConfig& rival) {
        starter_.restart(first, live::rival_of(first, rival));
    };
    actions_.take_in_hand = [this](std::size_t number) { taken_ = number; };
    actions_.end_race = [this](std::size_t number) {
        runs_.take_in_hand(number);
        end_race_ = true;
        starter_.cancel_race();
    };
    actions_.cancel_loading = [this] { starter_.cancel(); };
    actions_.export_image = [this](std::size_t number, std::vector<float> z) {
        export_image_ = DecodedImage{number, std::move(z)};
    };
    actions_.write_export = [this](const Export& what) { write_ = &what; };
    actions_.copy_export = [this](const Export& what) { copy_ = &what; };
    actions_.copy_under_mouse = [this] { copy_asked_ = !desk_.has_keys(); };
    actions_.open_palette = [this] { palette_.toggle(); };
    actions_.toggle_full_screen = [this] { full_screen_asked_ = true; };
    actions_.open_help = [this] { help_open_ = !help_open_; };
    actions_.open_export = [this] { export_open_ = true; };
    actions_.open_images = [this] { images_.open(); };
    actions_.toggle_guided_tour = [this] {
        help_open_ = false;
        if (lecture_.on()) lecture_.toggle(settings_, workspace_, scale_);
        guided_tour_.toggle();
    };
    actions_.toggle_lecture = [this] {
        guided_tour_.end(settings_, workspace_);
        lecture_.toggle(settings_, workspace_, scale_);
    };
    actions_.put_back_lent = [this] { guided_tour_.put_back(settings_); };
    actions_.show_panel = [this](const std::string& panel) { workspace_.show(panel); };
    desk_.add_actions(actions_);
}

void Application::run() {
    double began_s = Window::now_s();
    for (bool last = false; !last;) {
        take_events(began_s);
        began_s = Window::now_s();
        last = window_.should_close() || (options_.stop_requested && options_.stop_requested()) ||
               (options_.exit_after_s > 0.0 && began_s >= options_.exit_after_s);
        adopt_scale_and_theme();
        collect(began_s);
        if (last || !pacer_.resting(began_s)) {
            draw_frame(began_s);
            finish(began_s, last);
        }
        memory_.note(pacer_.resting(began_s));
        keeper_.save_when_settled(began_s, last, toasts_);
    }
}

void Application::take_events(double began_s) {
    const DisplayWatch::Call call(display_watch_);
    window_.take_events(pacer_.next_frame_s(began_s), pacer_.input_ends_wait(began_s));
}

void Application::keep_run() {
    for (const SaveNews& news : runs_.keep_and_wait()) {
        std::fprintf(stderr, "%s\n", news.text.c_str());
    }
    frame_log_.check();
    start_log_.check();
}

// In the midst of whatever the window did last.
void Application::leave_without_display() {
    std::fputs("elbow: The display has gone, so the window was closed.\n", stderr);
    const auto try_to = [](const auto& act) {
        try {
            act();
        } catch (const std::exception& failure) {
            std::fprintf(stderr, "%s\n", message_of(failure).c_str());
        }
    };
    try_to([this] { keep_run(); });
    try_to([this] { keeper_.save_when_settled(Window::now_s(), true, toasts_); });
    finish_exports();
}

// A change of the scale reloads the fonts, so it waits until the mouse lets go of the slider.
void Application::adopt_scale_and_theme() {
    const float asked = settings_.scale > 0.0f ? settings_.scale : window_.desktop_scale();
    const float wished = std::clamp(asked, 0.5f, 4.0f);
    const bool rescale = scale_ == 0.0f || (wished != scale_ && !ImGui::IsMouseDown(0));
    if (!rescale && theme_.dark == settings_.dark) return;
    if (rescale) {
        scale_ = wished;
        theme_.fonts = window_.load_fonts(scale_);
    }
    theme_ = make_theme(settings_.dark, theme_.fonts);
    apply_style(theme_, scale_);
}

void Application::collect(double began_s) {
    const std::optional<double> input_s = window_.take_input_time();
    starter_.poll(toasts_);
    export_dialog_.poll(toasts_);
    take_dropped();
    images_.poll(toasts_);
    desk_.poll(began_s, palette_.is_open(), toasts_);
    if (interruption_) interruption_->poll();
    loading_ = starter_.loading();
    if (!ImGui::IsAnyItemActive()) runs_.keep_within(budget_of(settings_));
    const bool moves = runs_.collect(input_s, toasts_);
    const auto& dataset = runs_.in_hand().state->dataset;
    const bool failed = runs_.status() == live::TrainerStatus::kFailed;
    const std::string title = std::string(kProgramTitle) +
                              (dataset ? " \u2013 " + dataset->title : "") +
                              (failed ? " \u2013 failed" : "");
    if (title != window_title_) window_.title(title.c_str());
    window_title_ = title;
    if (window_.take_touch()) pacer_.touch(began_s);
    runs_.share_processor(pacer_.touched(began_s));
    pacer_.set_loading(loading_.active && runs_.status() != live::TrainerStatus::kPlaying);
    const bool types = ImGui::GetIO().WantTextInput;  // the caret blinks
    const bool looks_back = interruption_ && interruption_->busy();
    pacer_.note(began_s, moves || input_s || loading_.active || export_dialog_.busy() ||
                             desk_.busy() || images_.busy() || !toasts_.empty() || types ||
                             looks_back);
}

void Application::take_dropped() {
    drops_.take(window_.take_dropped());
    const std::optional<SortedDrop> sorted = drops_.poll();
    if (!sorted) return;
    dropped_pictures_.insert(dropped_pictures_.end(), sorted->pictures.begin(),
                             sorted->pictures.end());
    LiveRun& run = runs_.in_hand();
    if (!sorted->tables.empty() && run.state->dataset)
        run.view_state.table = sorted->tables.front();
    if (!sorted->codes.empty() && run.state->snapshot) run.view_state.codes = sorted->codes.front();
    desk_.drop(sorted->runs, toasts_);
    if (sorted->images.size() > 1)
        toasts_.add(ToastKind::kInfo,
                    "Only one data set is made at a time: the first of those that were dropped.");
    if (!sorted->images.empty()) images_.open(sorted->images.front());
}

// Until there is a run, the options that are seen are those that were asked for.
std::shared_ptr<const live::TrainerState> Application::state_of(std::size_t number) const {
    const std::shared_ptr<const live::TrainerState>& state = runs_.run(number).state;
    if (state->snapshot) return state;
    auto waiting = std::make_shared<live::TrainerState>(*state);
    waiting->config = runs_.racing() ? runs_.config(number) : options_.config;
    return waiting;
}

Context Application::context_of(std::size_t number, const RaceView* race, double now_s) {
    LiveRun& run = runs_.run(number);
    return {state_of(number),
            run.link.views(),
            [&run] { return run.link.newest_views(); },
            run.curves,
            loading_,
            data::search_path(options_.data_dir),
            run.view_state,
            run.visible,
            [&run] { run.follow_dot(); },
            settings_,
            theme_,
            actions_,
            toasts_,
            layout_log_,
            scale_,
            now_s,
            frame_ms_,
            race,
            number,
            number == runs_.number_in_hand(),
            workspace_.is_maximised(),
            lecture_.on(),
            runs_.status(),
            &run.refusal,
            nullptr,
            nullptr,
            &notes_,
            &run.rewind,
            run.explored(),
            &run.undo,
            run.columns.now(),
            run.codes.now(),
            &dropped_pictures_};
}

RaceView Application::race_view() const {
    const LiveRun& first = runs_.run(0);
    const LiveRun& second = runs_.run(1);
    const auto [name, rival] = live::race_names(runs_.config(0), runs_.config(1));
    return {{Contestant{name, theme_.race_first, first.state, &first.curves},
             Contestant{rival, theme_.race_second, second.state, &second.curves}},
            runs_.pace()};
}

void Application::draw_frame(double began_s) {
    window_.begin_frame();
    runs_.drag_moment(ImGui::GetIO().MousePos.x);
    std::optional<RaceView> race;
    if (runs_.racing()) race = race_view();
    const std::size_t in_hand = runs_.number_in_hand();
    std::vector<Context> contexts;
    contexts.reserve(runs_.count());
    for (std::size_t i = 0; i < runs_.count(); ++i) {
        contexts.push_back(context_of(i, race ? &*race : nullptr, began_s));
    }
    for (Context& each : contexts) desk_.add_to(each);
    notes_.under_mouse.reset();
    notes_.number_under_mouse.reset();
    keys(contexts);
    draw_everything(contexts, in_hand);
    after_frame(contexts[in_hand]);
    window_.render(theme_.background, workspace_.grounds(), theme_.panel);
}

void Application::draw_everything(std::span<Context> contexts, std::size_t in_hand) {
    Context& context = contexts[in_hand];
    const ImVec2 display = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos(ImVec2(0, 0));
    ImGui::SetNextWindowSize(display);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0f);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0f);
    ImGui::Begin("everything", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                     ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar(3);
    const float margin = kMargin * scale_;
    const Area bar{0, 0, display.x, top_bar_height(scale_)};
    draw_top_bar(context, bar);
    const float top = message_bars_.draw(context, bar, margin);
    workspace_.draw(contexts, in_hand,
                    {margin, top, std::max(1.0f, display.x - 2 * margin),
                     std::max(1.0f, display.y - top - margin)});
    const auto chosen = palette_.draw(context, [&] { return actions_in(contexts); });
    if (chosen) perform(*chosen, true, workspace_);
    ImGui::End();
    if (const auto image = std::exchange(export_image_, std::nullopt))
        export_dialog_.export_image(contexts[image->run], image->z);
    if (std::exchange(copy_asked_, false)) copy_under_mouse(contexts);
    if (const Export* what = std::exchange(write_, nullptr)) export_dialog_.write(context, *what);
    if (const Export* what = std::exchange(copy_, nullptr))
        export_dialog_.copy(context, {what, {}, {}});
    export_dialog_.draw(context, export_open_);
    desk_.draw(context);
    images_.draw(context, [this](const RunConfig& config) { starter_.start_on_new_data(config); });
    draw_help(
        context, [&] { return actions_in(contexts); }, help_open_);
    offer_tour();
    guided_tour_.draw(context, workspace_, [&] { return actions_in(contexts); });
    toasts_.draw(theme_, scale_, context.now_s);
}

// Once, when there is something to point at.
void Application::offer_tour() {
    if (settings_.tour_offered || !remembers(options_)) return;
    if (runs_.in_hand().curves.evaluations.records().empty()) return;
    settings_.tour_offered = true;
    toasts_.add(ToastKind::kInfo, "New here? A guided tour says what the window shows.", {},
                {"Take the tour (F1)", [this] { guided_tour_.go_to(0); }});
}

void Application::copy_under_mouse(std::span<Context> contexts) {
    if (notes_.under_mouse) {
        export_dialog_.copy(contexts[notes_.under_mouse->run], *notes_.under_mouse);
        return;
    }
    if (const auto& number = notes_.number_under_mouse) {
        ImGui::SetClipboardText(number->value.c_str());
        toasts_.add(ToastKind::kGood,
                    "Copied " + number->value + " to the clipboard: " + number->name);
        return;
    }
    toasts_.add(ToastKind::kInfo,
                "There is nothing under the mouse to copy. Point at the map, the curves, the "
                "strip, a decoded image or a number beside its name.");
}

void Application::close_what_is_on_top() {
    if (workspace_.cancel_move()) return;  // the panel that is carried
    if (!toasts_.empty()) return toasts_.dismiss();
    if (guided_tour_.is_open()) return guided_tour_.close();
    if (bool* open = help_open_ ? &help_open_ : export_open_ ? &export_open_ : nullptr) {
        *open = false;
        return;
    }
    if (images_.close() || desk_.close()) return;
    if (std::exchange(settings_.placing_waypoints, false)) return;
    Rewind& rewind = runs_.in_hand().rewind;
    if (rewind.at()) return rewind.go_to(std::nullopt);
    workspace_.restore();
}

WindowActions Application::actions_in(std::span<Context> contexts) {
    return window_actions(contexts, runs_.number_in_hand(), workspace_);
}

void Application::keys(std::span<Context> contexts) {
    const bool menu_open =
        ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
    if (!menu_open && pressed(Key::kEscape)) close_what_is_on_top();
    if (!any_pressed() || desk_.asks_for_name()) return;
    if (!menu_open && guided_tour_.take_keys()) return;
    for (const WindowAction& action : actions_in(contexts)) {
        if (action.why_not.empty() && asked_by_key(action, menu_open))
            perform(action, false, workspace_);
    }
}

void Application::after_frame(const Context& context) {
    const double now_s = context.now_s;
    const bool held = ImGui::IsMouseDown(0) || ImGui::IsMouseDown(1);
    if (const auto taken = std::exchange(taken_, std::nullopt)) runs_.take_in_hand(*taken);
    runs_.link_choices(settings_.link_maps);
    for (std::size_t i = 0; i < runs_.count(); ++i) {
        if (runs_.run(i).settle(now_s, held, guided_tour_.without(settings_)))
            pacer_.note(now_s, true);
    }
    const std::uint64_t run =
        context.trainer->snapshot == nullptr ? 0 : context.trainer->snapshot->run;
    if (std::exchange(end_race_, false)) runs_.end_race();
    if (std::exchange(full_screen_asked_, false)) window_.toggle_full_screen();
    if (!layout_log_.enabled()) return;
    const ImVec2 display = ImGui::GetIO().DisplaySize;
    layout_log_.mark("window", ImVec2(0, 0), display);
    layout_log_.mark("run", ImVec2(0, 0), ImVec2(0, 0), std::to_string(run));
    layout_log_.mark("toast", toasts_.newest_min(), toasts_.newest_max(), toasts_.newest());
    if (toasts_.action_max().x > 0.0f) {
        layout_log_.mark("toast.action", toasts_.action_min(), toasts_.action_max());
    }
    layout_log_.end_frame(now_s);
}

void Application::finish(double began_s, bool last) {
    if (last && !options_.screenshot.empty()) {
        int width = 0, height = 0;
        auto pixels = window_.read_pixels(width, height);
        io::write_png(options_.screenshot, {width, height, 3, std::move(pixels)});
    }
    {
        const DisplayWatch::Call call(display_watch_);
        window_.swap();
    }
    const double now_s = Window::now_s();
    const double work_ms = (now_s - began_s) * 1e3;
    if (window_.draws_in_software()) pacer_.note_cost(work_ms * 1e-3);
    frame_ms_ = frame_ms_ == 0.0 ? work_ms : frame_ms_ + 0.05 * (work_ms - frame_ms_);
    LiveRun& run = runs_.in_hand();
    const bool plays = run.state->status == live::TrainerStatus::kPlaying;
    frame_log_.write(now_s, work_ms, run.link.swapped(now_s),
                     plays ? run.state->images_per_s : 0.0);
    note_start(run);
    remember_window();
}

void Application::note_start(const LiveRun& run) {
    start_log_.note("first_frame");
    const auto sheets = run.link.views().get<live::SheetView>();
    if (sheets && sheets->stamp.step > 0) start_log_.note("first_trained_picture");
}

void Application::remember_window() {
    if (options_.width > 0 || window_.maximised() || window_.full_screen()) return;
    const Window::Size size = window_.size();
    if (size.width < 320 || size.height < 240) return;  // minimised
    settings_.width = size.width;
    settings_.height = size.height;
}

}  // namespace

void run_gui(const GuiOptions& options) {
    Application application(options);
    try {
        application.run();
    } catch (...) {  // a lost driver or a full disk takes the window, not what was learnt
        try {
            application.keep_run();
        } catch (const std::exception& failure) {
            std::fprintf(stderr, "%s\n", message_of(failure).c_str());
        }
        throw;
    }
    application.keep_run();
}

}  // namespace elbow::gui

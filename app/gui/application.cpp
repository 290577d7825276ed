#include "app/gui/application.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>
#include <string>

#include "app/gui/context.h"
#include "app/gui/explore_link.h"
#include "app/gui/export_dialog.h"
#include "app/gui/frame_log.h"
#include "app/gui/help_sheet.h"
#include "app/gui/keys.h"
#include "app/gui/panel.h"
#include "app/gui/run_saver.h"
#include "app/gui/run_starter.h"
#include "app/gui/top_bar.h"
#include "app/gui/upkeep.h"
#include "app/gui/window.h"
#include "app/gui/workspace.h"
#include "engine/core/error.h"
#include "engine/core/team.h"
#include "engine/io/image_sheet.h"

namespace elbow::gui {
namespace {

constexpr const char* kProgramTitle = "Elbow";
constexpr float kMargin = 7.0f;  // design pixels around everything

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

class Application {
  public:
    explicit Application(const GuiOptions&);
    void run();
    // After the last frame. Throws Error where the run could not be kept.
    void keep_run();

  private:
    // In the order of a frame.
    void adopt_scale_and_theme();
    void collect(double began_s);
    void follow_run(const train::TrainerState&);
    void draw_frame(double began_s);
    void draw_everything(Context&);
    float draw_message_bars(Context&, const Area& below);
    void keys(Context&);
    void run_keys(Context&);
    void after_frame(Context&);
    void finish(double began_s, bool last);
    void make_actions();
    void remember_window();

    const GuiOptions& options_;
    SettingsKeeper keeper_;
    Settings& settings_;
    Window window_;
    FrameLog frame_log_;
    LayoutLog layout_log_;
    Toasts toasts_;
    train::Trainer trainer_;
    RunSaver saver_;
    RunStarter starter_;
    ExploreLink link_;
    Workspace workspace_;
    ExportDialog export_dialog_;
    Actions actions_;

    Theme theme_{};
    float scale_ = 0.0f;
    std::shared_ptr<const train::TrainerState> state_;
    Curves curves_;
    LoadingState loading_;
    std::uint64_t curves_run_ = 0;
    std::uint64_t run_ = 0;
    std::uint64_t message_number_ = 0;
    std::shared_ptr<const data::Dataset> dataset_;
    Exploration exploration_;
    Exploration exploration_before_;
    UndoStack undo_;
    double moved_at_s_ = 0.0;  // the exploration changed last
    Pacer pacer_;
    bool help_open_ = false;
    bool export_open_ = false;
    double frame_ms_ = 0.0;
};

Application::Application(const GuiOptions& options)
    : options_(options),
      keeper_(settings_file(), remembers(options)),
      settings_(keeper_.settings),
      window_(kProgramTitle, options.width > 0 ? options.width : settings_.width,
              options.height > 0 ? options.height : settings_.height,
              make_theme(settings_.dark, {}).background),
      frame_log_(options.frame_log),
      layout_log_(options.layout_log),
      trainer_(options.threads > 0 ? options.threads : default_threads(true)),
      saver_(trainer_, keeping_rule(options)),
      starter_(trainer_, data::search_path(options.data_dir), options.config,
               [this] { saver_.keep(); }),
      workspace_(make_panels()) {
    if (options.scale > 0.0f) settings_.scale = options.scale;
    make_actions();
    state_ = trainer_.state();
    if (options.run_folder) {
        starter_.resume(*options.run_folder);
    } else {
        starter_.restart(options.config);
    }
    if (!keeper_.message().empty()) toasts_.add(ToastKind::kError, keeper_.message());
}

void Application::make_actions() {
    actions_.send = [this](train::Command command) { trainer_.send(std::move(command)); };
    actions_.restart = [this](const RunConfig& config) { starter_.restart(config); };
    actions_.cancel_loading = [this] { starter_.cancel(); };
    actions_.open_help = [this] { help_open_ = true; };
    actions_.open_export = [this] { export_open_ = true; };
    actions_.save_run = [this] { saver_.save(export_folder(settings_.export_folder)); };
}

void Application::run() {
    double began_s = Window::now_s();
    for (bool last = false; !last;) {
        window_.take_events(pacer_.next_frame_s(began_s), pacer_.resting(Window::now_s()));
        began_s = Window::now_s();
        last = window_.should_close() || (options_.stop_requested && options_.stop_requested()) ||
               (options_.exit_after_s > 0.0 && began_s >= options_.exit_after_s);
        adopt_scale_and_theme();
        collect(began_s);
        draw_frame(began_s);
        finish(began_s, last);
    }
}

void Application::keep_run() {
    for (const SaveNews& news : saver_.keep_and_wait()) {
        std::fprintf(stderr, "%s\n", news.text.c_str());
    }
}

// A change of the scale loads the letters anew, so it waits until the mouse lets go of the slider.
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
    loading_ = starter_.loading();
    const auto state_before = state_;
    state_ = trainer_.state();
    follow_run(*state_);
    train::TrainerUpdate update = trainer_.take_update();
    if (update.run != curves_run_) {
        curves_run_ = update.run;
        curves_.train.clear();
        curves_.evaluations.clear();
        ++curves_.version;
    }
    for (train::TrainRecord& record : update.train_records) curves_.train.push(record);
    for (auto& record : update.evaluation_records) curves_.evaluations.push(std::move(record));
    if (!update.train_records.empty() || !update.evaluation_records.empty()) ++curves_.version;
    for (SaveNews& news : saver_.poll(update)) {
        toasts_.add(news.kind, std::move(news.text), std::move(news.folder));
    }
    if (state_->message_number != message_number_) {
        message_number_ = state_->message_number;
        // A failure stays on the screen as a bar; what was only refused passes.
        if (!state_->message.empty() && state_->status != train::TrainerStatus::kFailed) {
            toasts_.add(ToastKind::kError, state_->message);
        }
    }
    link_.begin_frame(*state_, input_s);
    const bool plays = state_->status == train::TrainerStatus::kPlaying;
    pacer_.note(began_s, plays || input_s || loading_.active || saver_.busy() || !toasts_.empty() ||
                             link_.changed() || state_ != state_before);
}

// Brings what the person explores in line with the run, when that is a new one.
void Application::follow_run(const train::TrainerState& state) {
    if (!state.snapshot || state.snapshot->run == run_) return;
    run_ = state.snapshot->run;
    const bool other_data = state.dataset != dataset_;
    const bool other_latents = exploration_.cursor.size() !=
                               static_cast<std::size_t>(state.snapshot->architecture.latents);
    dataset_ = state.dataset;
    exploration_.fit_to(state.snapshot->architecture.latents);
    if (other_data) {
        exploration_.point.reset();
        exploration_.hidden_labels = 0;
    }
    if (other_data || other_latents) {
        link_.reset_request();
        undo_.clear();
    }
    window_.title((std::string(kProgramTitle) + " \u2013 " + state.dataset->title).c_str());
}

void Application::draw_frame(double began_s) {
    window_.begin_frame();
    Context context{state_,       link_.views(),   [this] { return link_.newest_views(); },
                    curves_,      loading_,        data::search_path(options_.data_dir),
                    exploration_, link_.request(), [this] { link_.post(); },
                    settings_,    theme_,          actions_,
                    toasts_,      layout_log_,     scale_,
                    began_s,      frame_ms_};
    keys(context);
    draw_everything(context);
    after_frame(context);
    window_.render(theme_.background, workspace_.grounds(), theme_.panel);
}

void Application::draw_everything(Context& context) {
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
    const float top = draw_message_bars(context, bar);
    workspace_.draw(context, {margin, top, std::max(1.0f, display.x - 2 * margin),
                              std::max(1.0f, display.y - top - margin)});
    ImGui::End();
    export_dialog_.poll(context);
    export_dialog_.draw(context, export_open_);
    draw_help(context, help_open_);
    toasts_.draw(theme_, scale_, context.now_s);
}

// Returns where the panels may begin.
float Application::draw_message_bars(Context& context, const Area& below) {
    const float margin = kMargin * scale_;
    Area area{margin, below.bottom(), below.width - 2 * margin, message_bar_height(scale_)};
    const auto next = [&] { area.y += area.height + margin; };
    if (state_->status == train::TrainerStatus::kFailed) {
        if (message_bar(context, "failure", BarKind::kError, "Training stopped: " + state_->message,
                        {"Restart"}, area) == 0) {
            actions_.restart(state_->config);
        }
        next();
    }
    if (!state_->snapshot && !state_->message.empty() && !loading_.active) {
        if (message_bar(context, "refused", BarKind::kError,
                        "The run could not be started: " + state_->message,
                        {"Start with the usual options"}, area) == 0) {
            RunConfig usual;
            usual.dataset = options_.config.dataset;
            starter_.restart(usual);
        }
        next();
    }
    if (const auto& offer = starter_.offer(); offer && !loading_.active) {
        const int pressed_button =
            message_bar(context, "offer", offer->is_error ? BarKind::kError : BarKind::kNote,
                        offer->text, {offer->button, "Dismiss"}, area);
        if (pressed_button == 0) starter_.accept_offer();
        if (pressed_button == 1) starter_.dismiss_offer();
        next();
    }
    if (const std::string& message = link_.views().message; !message.empty()) {
        message_bar(context, "explorer", BarKind::kError, message, {}, area);
        next();
    }
    return area.y;
}

void Application::run_keys(Context& context) {
    if (!context.has_run()) return;
    const bool failed = state_->status == train::TrainerStatus::kFailed;
    const bool playing = state_->status == train::TrainerStatus::kPlaying;
    if (pressed(Key::kSpace) && !failed) {
        actions_.send(playing ? train::Command(train::Pause{}) : train::Command(train::Play{}));
    }
    if (pressed(Key::kS) && !failed) actions_.send(train::StepOnce{});
    if (pressed(Key::kR)) actions_.restart(state_->config);
}

void Application::keys(Context& context) {
    if (pressed(Key::kQuestion)) help_open_ = !help_open_;
    if (ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel)) {
        return;  // a dialog has the keyboard
    }
    run_keys(context);
    if (pressed(Key::kT)) settings_.dark = !settings_.dark;
    if (pressed(Key::kE)) export_open_ = true;
    if (pressed(Key::kX)) workspace_.toggle_maximised(ImGui::GetIO().MousePos);
    if (pressed(Key::kEscape)) {  // what lies on top goes first
        if (help_open_) {
            help_open_ = false;
        } else if (export_open_) {
            export_open_ = false;
        } else {
            workspace_.restore();
        }
    }
    if (pressed(Key::kZ, true)) undo_.undo(exploration_);
    if (pressed(Key::kY, true) || pressed(Key::kZ, true, true)) undo_.redo(exploration_);
}

void Application::after_frame(Context& context) {
    link_.post();
    const double now_s = context.now_s;
    if (!(exploration_ == exploration_before_)) {
        if (!same_choice(exploration_, exploration_before_)) moved_at_s_ = now_s;
        exploration_before_ = exploration_;
        pacer_.note(now_s, true);
    }
    // A drag, a turn of the wheel or a tour along the path is one step to take back, not one a
    // frame.
    const bool busy = ImGui::IsMouseDown(0) || ImGui::IsMouseDown(1) || now_s - moved_at_s_ < 0.35;
    if (context.has_run()) undo_.observe(exploration_, busy);
    if (!layout_log_.enabled()) return;
    const ImVec2 display = ImGui::GetIO().DisplaySize;
    layout_log_.mark("window", ImVec2(0, 0), display);
    layout_log_.mark("run", ImVec2(0, 0), ImVec2(0, 0), std::to_string(run_));
    layout_log_.mark("toast", toasts_.newest_min(), toasts_.newest_max(), toasts_.newest());
    layout_log_.end_frame(now_s);
}

void Application::finish(double began_s, bool last) {
    if (last && !options_.screenshot.empty()) {
        int width = 0, height = 0;
        const auto pixels = window_.read_pixels(width, height);
        io::write_png_rgb(options_.screenshot, width, height, pixels);
    }
    window_.swap();
    const double now_s = Window::now_s();
    const double work_ms = (now_s - began_s) * 1e3;
    frame_ms_ = frame_ms_ == 0.0 ? work_ms : frame_ms_ + 0.05 * (work_ms - frame_ms_);
    const bool plays = state_->status == train::TrainerStatus::kPlaying;
    frame_log_.write(now_s, work_ms, link_.swapped(now_s), plays ? state_->images_per_s : 0.0);
    remember_window();
    keeper_.save_when_settled(now_s, last, toasts_);
}

void Application::remember_window() {
    if (options_.width > 0 || window_.maximised()) return;
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

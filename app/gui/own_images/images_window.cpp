#include "app/gui/own_images/images_window.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "app/gui/keys.h"
#include "app/gui/own_images/images_card.h"
#include "app/gui/own_images/portal.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/text_input.h"
#include "app/gui/widgets/window_place.h"
#include "engine/core/error.h"
#include "engine/core/folders.h"
#include "engine/data/sources/import.h"
#include "engine/run/measure.h"
#include "engine/run/presets.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

constexpr const char* kImagesTitle = "Images of your own";
constexpr const char* kFileLabel = "File...";
constexpr float kImagesWidth = 980.0f, kImagesHeight = 640.0f;     // design pixels
constexpr float kChoicesWidth = 350.0f;                            // design pixels
constexpr float kBelowPreviews = 230.0f, kLeastPreviews = 120.0f;  // design pixels
constexpr std::string_view kSizeFlag = "--size ";  // what a reader of arrays asks for
constexpr std::size_t kPathRoom = 4096, kNameRoom = 96;

// "~" is the person's home, as a shell has it; quotes that a file manager copies along go.
fs::path typed_path(std::string text) {
    const auto trim = [&text](const char* what) {
        const auto first = text.find_first_not_of(what);
        text = first == std::string::npos
                   ? ""
                   : text.substr(first, text.find_last_not_of(what) - first + 1);
    };
    trim(" \t\n\r");
    if (const auto path = path_of_uri(text)) return *path;
    if (text.size() > 1 && (text.front() == '\'' || text.front() == '"') &&
        text.back() == text.front())
        text = text.substr(1, text.size() - 2);
    if (text == "~" || text.starts_with("~/")) text = home_folder().string() + text.substr(1);
    return text;
}

// What is being done and how far it has come, with room for a button beside it.
void draw_bar(Context& context, const char* mark, double fraction, const std::string& what) {
    const bool unknown = fraction < 0.0;  // the bar goes to and fro
    ImGui::ProgressBar(static_cast<float>(unknown ? -context.now_s : fraction),
                       {-button_width("Cancel") - ImGui::GetStyle().ItemSpacing.x, 0.0f},
                       what.c_str());
    context.layout.mark(mark, what);
    ImGui::SameLine();
}

}  // namespace

void ImagesWindow::open(const fs::path& path) {
    open_ = true;
    appears_ = true;
    if (path.empty()) return;
    path_ = path.string();
    if (!import_) look();  // else once that has ended
}

bool ImagesWindow::close() {
    if (!open_) return false;
    if (import_) return true;  // its progress stays in sight; Cancel stops it
    open_ = false;
    look_.stop();
    looked_at_.clear();
    return true;
}

void ImagesWindow::look(const data::LookWishes& wishes) {
    const fs::path path = typed_path(path_);
    if (path.empty()) return;
    looked_at_ = path_;
    import_failure_.clear();
    proposed_of_.reset();
    chosen_ = false;
    name_.clear();
    name_checked_.clear();
    name_problem_.clear();
    look_.start(path, wishes);
}

void ImagesWindow::poll(Toasts& toasts) {
    look_.poll();
    take_found();
    if (const auto chosen = browser_.poll(toasts)) open(*chosen);
    take_import(toasts);
}

void ImagesWindow::take_found() {
    const std::shared_ptr<const data::Finding>& found = look_.found();
    if (!found || found == proposed_of_) return;
    proposed_of_ = found;
    if (!chosen_) choices_ = data::proposed_for(*found);
    if (name_.empty()) name_ = data::proposed_name(found->path);
}

void ImagesWindow::take_import(Toasts& toasts) {
    if (!import_ || !import_->done()) return;
    const auto import = std::exchange(import_, nullptr);
    try {
        made_ = Made{import->take(), importing_};
    } catch (const Cancelled&) {
        toasts.add(ToastKind::kInfo, "Nothing was imported.");
    } catch (const std::exception& failure) {
        import_failure_ = message_of(failure);
    }
}

void ImagesWindow::draw(Context& context, const std::function<void(const RunConfig&)>& start) {
    if (const auto made = std::exchange(made_, std::nullopt)) {
        start(config_on(context, *made));
        if (path_ == looked_at_) {
            close();
        } else {
            look();  // at what was dropped meanwhile
        }
    }
    if (!open_) return;
    place_window({kImagesWidth, kImagesHeight}, {560.0f, 360.0f}, context.scale);
    constexpr ImGuiWindowFlags kFlags =
        ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings;
    bool open = true;
    if (ImGui::Begin(kImagesTitle, &open, kFlags)) {
        ImGui::BeginDisabled(import_ != nullptr);
        draw_path(context);
        ImGui::EndDisabled();
        draw_state(context);
    }
    ImGui::End();
    appears_ = false;
    if (!open) close();
}

void ImagesWindow::draw_path(Context& context) {
    const float gap = ImGui::GetStyle().ItemInnerSpacing.x;
    const float beside = FolderMenu::width() + button_width(kFileLabel) + 2 * gap;
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - beside);
    if (appears_ && path_.empty()) ImGui::SetKeyboardFocusHere();
    const bool entered =
        text_input("##path", path_, kPathRoom, "A folder, an archive or a file of arrays",
                   ImGuiInputTextFlags_EnterReturnsTrue);
    const bool left = ImGui::IsItemDeactivatedAfterEdit() && !escape_pressed();
    context.layout.mark("images.path", path_);
    hover(
        context,
        "Pictures in folders (PNG, JPEG, BMP, WebP; a folder a class), zip, tar or 7z archives of "
        "them, and arrays: npy, npz, idx, CSV, amat, mat. They can also be dropped on the window. "
        "Enter looks at it.");
    ImGui::SameLine(0.0f, gap);
    const fs::path typed = typed_path(path_);
    if (const auto taken = folders_.draw(context, typed.empty() ? home_folder() : typed))
        open(*taken);
    ImGui::SameLine(0.0f, gap);
    if (button(context, "images.file", kFileLabel, "Chooses an archive or a file of arrays.",
               browser_.busy() ? "A dialog is open." : ""))
        browser_.ask(typed.has_parent_path() ? typed.parent_path() : home_folder());
    if ((entered || left) && path_ != looked_at_) look();
}

void ImagesWindow::draw_problem(Context& context, std::string problem) {
    const bool asks_for_size = problem.find(kSizeFlag) != std::string::npos;
    if (asks_for_size) problem.erase(problem.find(kSizeFlag), kSizeFlag.size());
    ImGui::PushTextWrapPos(0.0f);
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.error);
    ImGui::TextUnformatted(problem.c_str());
    ImGui::PopStyleColor();
    ImGui::PopTextWrapPos();
    context.layout.mark("images.problem", problem);
    if (asks_for_size && !look_.busy()) draw_row_size(context);
}

// Of images that are rows of numbers, whose width and height the file does not say.
void ImagesWindow::draw_row_size(Context& context) {
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted("Width x height");
    ImGui::SameLine();
    ImGui::SetNextItemWidth(140.0f * context.scale);
    text_input("##rows", row_size_, kNameRoom, "20x28");
    const bool entered = ImGui::IsItemDeactivatedAfterEdit() && !escape_pressed();
    context.layout.mark("images.row-size", row_size_);
    hover(context,
          "How large an image is of which a row of numbers is the pixels. Enter reads it.");
    if (!entered) return;
    try {
        const data::Choices sized = data::choices_of("size=" + row_size_);
        data::LookWishes wishes;
        wishes.arrays.size = std::pair(sized.height, sized.width);
        look(wishes);
    } catch (const Error& error) {
        context.toasts.add(ToastKind::kError, error.what());
    }
}

void ImagesWindow::draw_state(Context& context) {
    const std::string& problem = look_.failure().empty() ? import_failure_ : look_.failure();
    if (!problem.empty()) draw_problem(context, problem);
    if (look_.busy()) {
        draw_bar(context, "images.looking", look_.fraction(), look_.what());
        if (button(context, "images.stop", "Cancel", "Stops looking.")) look_.stop();
    }
    const std::shared_ptr<const data::Finding> found = look_.found();
    if (!found) {
        if (!look_.busy() && problem.empty())
            ImGui::TextDisabled("Name what to learn from, or drop it on the window.");
        return;
    }
    const float foot = 2 * ImGui::GetFrameHeightWithSpacing() + 6.0f * context.scale;
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const float height = std::max(80.0f * context.scale, room.y - foot);
    const float choices = kChoicesWidth * context.scale;
    begin_region(
        "##found",
        {std::max(150.0f * context.scale, room.x - choices - 12.0f * context.scale), height});
    previews_.draw(
        context, found, choices_,
        std::max(kLeastPreviews * context.scale, height - kBelowPreviews * context.scale));
    draw_finding(context, *found);
    ImGui::EndChild();
    ImGui::SameLine();
    begin_region("##choices", {0.0f, height});
    ImGui::BeginDisabled(import_ != nullptr);
    if (draw_choices(context, *found, choices_)) chosen_ = true;
    ImGui::EndDisabled();
    ImGui::PushTextWrapPos(0.0f);
    for (const std::string& reason : data::reasons_for(*found, choices_))
        ImGui::TextDisabled("%s", reason.c_str());
    ImGui::PopTextWrapPos();
    ImGui::EndChild();
    draw_go(context);
}

std::string ImagesWindow::why_not(const Context& context) const {
    if (look_.busy() || !look_.found() || !look_.found()->complete)
        return "Not all of it has been looked at yet.";
    if (!name_problem_.empty()) return name_problem_;
    if (!context.has_run()) return "The window is not ready yet.";
    return "";
}

void ImagesWindow::draw_go(Context& context) {
    if (import_) {
        Progress& progress = import_->progress();
        draw_bar(context, "images.importing", progress.fraction(), progress.what());
        if (button(context, "images.cancel", "Cancel", "Stops; nothing of it stays."))
            progress.cancel();
        return;
    }
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted("Name");
    ImGui::SameLine();
    ImGui::SetNextItemWidth(220.0f * context.scale);
    text_input("##name", name_, kNameRoom);
    context.layout.mark("images.name", name_);
    hover(context,
          "What the data set is called in the list of data sets and by elbow train --dataset.");
    if (name_ != name_checked_) {
        name_checked_ = name_;
        name_problem_.clear();
        try {
            data::check_import_name(name_, look_.found()->path);
        } catch (const Error& error) {
            name_problem_ = error.what();
        }
    }
    ImGui::SameLine();
    if (button(context, "images.go", "Train on these",
               "Makes a data set of them and starts a new run on it. The present run is kept.",
               why_not(context), {150.0f, 0.0f}, true))
        begin_import();
    if (!name_problem_.empty()) {
        ImGui::PushStyleColor(ImGuiCol_Text, context.theme.error);
        ImGui::TextUnformatted(name_problem_.c_str());
        ImGui::PopStyleColor();
    }
}

void ImagesWindow::begin_import() {
    import_failure_.clear();
    importing_ = choices_;
    import_ = std::make_unique<Import>(
        [found = look_.found(), choices = choices_, name = name_](Progress& progress) {
            return data::import_set(*found, choices, name, progress);
        });
}

// The present run's settings, on other images and with the parts that suit them.
RunConfig ImagesWindow::config_on(const Context& context, const Made& made) {
    RunConfig config = context.trainer->config;
    config.dataset = made.set.name;
    config.train_images = 0;
    config.targets = "grey";
    config.likelihood = made.choices.likelihood;
    config.network = made.choices.network;
    config.augment = run::has_encoder(config) ? made.choices.augment : "off";
    config.condition = "none";
    config.minibatch = std::min(config.minibatch, made.set.train);
    return run::with_preset(run::usual_preset(), config);
}

}  // namespace elbow::gui

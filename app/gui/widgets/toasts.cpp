#include "app/gui/widgets/toasts.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <system_error>
#include <utility>

#include "app/gui/theme.h"

namespace elbow::gui {
namespace {

constexpr double kShownSeconds = 6.0;
constexpr double kShownWithActionSeconds = 20.0;
constexpr std::size_t kMost = 6;  // older ones make room

ImU32 colour_of(ToastKind kind, const Theme& theme) {
    switch (kind) {
        case ToastKind::kGood:
            return theme.good;
        case ToastKind::kError:
            return theme.error;
        default:
            return theme.accent;
    }
}

// False where there is none.
bool open_in_file_manager(const std::filesystem::path& path) {
    std::error_code none;
    const std::filesystem::path folder =
        std::filesystem::is_directory(path, none) ? path : path.parent_path();
    // The shell leaves the file manager behind and ends at once, so nothing is waited for here.
    const std::string script =
        "command -v xdg-open >/dev/null 2>&1 || exit 3; xdg-open \"$1\" >/dev/null 2>&1 &";
    std::string shell = "sh", flag = "-c", name = "elbow", folder_text = folder.string();
    std::string script_text = script;
    char* arguments[] = {shell.data(), flag.data(),        script_text.data(),
                         name.data(),  folder_text.data(), nullptr};
    pid_t process = 0;
    if (posix_spawn(&process, "/bin/sh", nullptr, nullptr, arguments, environ) != 0) return false;
    int status = 0;
    return waitpid(process, &status, 0) == process && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

void Toasts::add(ToastKind kind, std::string text, std::filesystem::path file, ToastAction action) {
    newest_ = text;
    std::erase_if(toasts_, [&](const Toast& toast) { return toast.text == text; });
    toasts_.push_back({kind, std::move(text), std::move(file), std::move(action), -1.0, ++added_});
    if (toasts_.size() > kMost) toasts_.erase(toasts_.begin());
}

bool Toasts::can_undo() const {
    return std::any_of(toasts_.begin(), toasts_.end(),
                       [](const Toast& toast) { return toast.action.on_undo_key; });
}

bool Toasts::undo() {
    const auto newest = std::find_if(toasts_.rbegin(), toasts_.rend(),
                                     [](const Toast& toast) { return toast.action.on_undo_key; });
    if (newest == toasts_.rend()) return false;
    const std::function<void()> act = std::move(newest->action.act);
    toasts_.erase(std::next(newest).base());
    act();  // which may add toasts
    return true;
}

void Toasts::draw(const Theme& theme, float scale, double now_s) {
    newest_min_ = newest_max_ = action_min_ = action_max_ = ImVec2(0, 0);
    float bottom_px = ImGui::GetIO().DisplaySize.y - 14.0f * scale;
    std::vector<std::pair<Toast, Click>> clicked;
    std::vector<std::uint64_t> gone;
    for (auto toast = toasts_.rbegin(); toast != toasts_.rend(); ++toast) {
        const bool has_action = !toast->action.label.empty();
        if (toast->until_s < 0.0) {
            toast->until_s = now_s + (has_action ? kShownWithActionSeconds : kShownSeconds);
        }
        const Click click = draw_one(*toast, theme, scale, bottom_px);
        if (click != Click::kNone) clicked.emplace_back(*toast, click);
        const bool over = toast->kind != ToastKind::kError && now_s > toast->until_s;
        if (click != Click::kNone || over) gone.push_back(toast->number);
    }
    std::erase_if(toasts_, [&](const Toast& toast) {
        return std::find(gone.begin(), gone.end(), toast.number) != gone.end();
    });
    for (const auto& [toast, how] : clicked) {
        if (how == Click::kAction) {
            toast.action.act();
        } else {
            click(toast);
        }
    }
}

// Says whether it was pressed. A word of its own in the toast's colour, ringed under the mouse.
bool Toasts::draw_action(const Toast& toast, const Theme& theme, float scale) {
    const ImVec2 text_size = ImGui::CalcTextSize(toast.action.label.c_str());
    const ImVec2 padding(10.0f * scale, 4.0f * scale);
    const ImVec2 size(text_size.x + 2 * padding.x, text_size.y + 2 * padding.y);
    ImGui::Dummy(ImVec2(1.0f, 2.0f * scale));
    const ImVec2 min = ImGui::GetCursorScreenPos();
    const ImVec2 max(min.x + size.x, min.y + size.y);
    const bool pressed = ImGui::InvisibleButton("action", size);
    const float strength = ImGui::IsItemHovered() ? 0.35f : 0.18f;
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(min, max, with_alpha(colour_of(toast.kind, theme), strength), 5.0f * scale);
    list->AddText(ImVec2(min.x + padding.x, min.y + padding.y), theme.text,
                  toast.action.label.c_str());
    if (action_max_.x == 0.0f && !ImGui::IsWindowAppearing()) {  // the newest is drawn first
        action_min_ = min;
        action_max_ = max;
    }
    return pressed;
}

Toasts::Click Toasts::draw_one(Toast& toast, const Theme& theme, float scale, float& bottom_px) {
    const float width = std::min(380.0f * scale, ImGui::GetIO().DisplaySize.x - 28.0f * scale);
    const float right = ImGui::GetIO().DisplaySize.x - 14.0f * scale;
    ImGui::SetNextWindowPos(ImVec2(right, bottom_px), ImGuiCond_Always, ImVec2(1.0f, 1.0f));
    ImGui::SetNextWindowSizeConstraints(ImVec2(width, 0), ImVec2(width, 600.0f * scale));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(16.0f * scale, 10.0f * scale));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 6.0f * scale);
    ImGui::PushStyleColor(ImGuiCol_WindowBg, theme.panel_title);
    ImGui::PushStyleColor(ImGuiCol_Border, with_alpha(colour_of(toast.kind, theme), 0.6f));
    const std::string id = "##toast" + std::to_string(toast.number);
    constexpr ImGuiWindowFlags kFlags =
        ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize |
        ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
        ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav;
    ImGui::Begin(id.c_str(), nullptr, kFlags);
    ImGui::PushTextWrapPos(width - 16.0f * scale);
    ImGui::PushStyleColor(ImGuiCol_Text, theme.text);
    ImGui::TextUnformatted(toast.text.c_str());
    ImGui::PopStyleColor();
    if (!toast.file.empty() || toast.kind == ToastKind::kError) {
        ImGui::PushStyleColor(ImGuiCol_Text, theme.text_dim);
        ImGui::TextUnformatted(toast.file.empty() ? "Click or press Esc to dismiss"
                                                  : "Click to open the folder");
        ImGui::PopStyleColor();
    }
    ImGui::PopTextWrapPos();
    const bool acted = !toast.action.label.empty() && draw_action(toast, theme, scale);
    const bool on_action = ImGui::IsAnyItemHovered();
    const ImVec2 min = ImGui::GetWindowPos();
    const ImVec2 size = ImGui::GetWindowSize();
    const ImVec2 max(min.x + size.x, min.y + size.y);
    ImGui::GetWindowDrawList()->AddRectFilled(min, ImVec2(min.x + 5.0f * scale, max.y),
                                              colour_of(toast.kind, theme), 6.0f * scale,
                                              ImDrawFlags_RoundCornersLeft);
    const bool hovered = ImGui::IsWindowHovered();
    const bool hidden = ImGui::IsWindowAppearing();  // ImGui measures it first, elsewhere
    const bool clicked = hovered && !on_action && ImGui::IsMouseClicked(0);
    if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    ImGui::End();
    ImGui::PopStyleColor(2);
    ImGui::PopStyleVar(2);
    if (toast.number == added_ && !hidden) {
        newest_min_ = min;
        newest_max_ = max;
    }
    bottom_px -= size.y + 8.0f * scale;
    if (acted) return Click::kAction;
    return clicked ? Click::kToast : Click::kNone;
}

void Toasts::click(const Toast& toast) {
    if (!toast.file.empty()) show_in_file_manager(toast.file);
}

void Toasts::show_in_file_manager(const std::filesystem::path& path) {
    if (open_in_file_manager(path)) return;
    add(ToastKind::kError,
        "No program that opens folders was found (xdg-open was looked for). It is at " +
            path.string());
}

}  // namespace elbow::gui

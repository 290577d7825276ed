#pragma once

// Short messages in a corner that go away by themselves; a toast about a file opens its folder on a
// click, and one about something that can be undone has a button. GUI thread.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "imgui.h"

namespace elbow::gui {

struct Theme;

enum class ToastKind { kInfo, kGood, kError };

// A button on a toast; the toast then stays longer.
struct ToastAction {
    std::string label;  // empty: no button
    std::function<void()> act;
    bool on_undo_key = false;
};

class Toasts {
  public:
    // A text that is already shown is not shown twice.
    void add(ToastKind, std::string text, std::filesystem::path file = {}, ToastAction = {});
    // What Ctrl+Z takes back while its toast is shown; false where there is none.
    bool undo();
    bool can_undo() const;
    void dismiss() { toasts_.clear(); }
    // Opens the folder (that of the file, where it is one) in the desktop's file manager, or says
    // that there is none.
    void show_in_file_manager(const std::filesystem::path&);
    // Over everything, bottom right; errors stay until they are clicked away.
    void draw(const Theme&, float scale, double now_s);
    // The newest text, for the layout log, and where it was drawn (empty when it is gone).
    const std::string& newest() const { return newest_; }
    ImVec2 newest_min() const { return newest_min_; }
    ImVec2 newest_max() const { return newest_max_; }
    // Of the newest button.
    ImVec2 action_min() const { return action_min_; }
    ImVec2 action_max() const { return action_max_; }
    bool empty() const { return toasts_.empty(); }

  private:
    struct Toast {
        ToastKind kind;
        std::string text;
        std::filesystem::path file;
        ToastAction action;
        double until_s;  // negative: not shown yet
        std::uint64_t number;
    };
    enum class Click { kNone, kToast, kAction };
    Click draw_one(Toast&, const Theme&, float scale, float& bottom_px);
    bool draw_action(const Toast&, const Theme&, float scale);
    void click(const Toast&);

    std::vector<Toast> toasts_;
    std::string newest_;
    ImVec2 newest_min_{0, 0}, newest_max_{0, 0};
    ImVec2 action_min_{0, 0}, action_max_{0, 0};
    std::uint64_t added_ = 0;
};

}  // namespace elbow::gui

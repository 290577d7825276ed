#pragma once

// Notices that the display is gone: a logout, a dropped ssh connection, a crash of Xwayland, a
// window closed by force. Made by the window on the GUI thread.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

namespace elbow::gui {

class DisplayWatch {
  public:
    using Farewell = std::function<void()>;

    // Once GLFW has a window. When the display is gone, `farewell` is called, and the program then
    // ends with exit code 1 without returning to whoever was drawing. Nobody, including `farewell`,
    // may touch the window, OpenGL or X any more.
    explicit DisplayWatch(Farewell farewell);
    ~DisplayWatch();
    DisplayWatch(const DisplayWatch&) = delete;
    DisplayWatch& operator=(const DisplayWatch&) = delete;

    // Around what GLFW and the driver do with the display. X reports its end by itself, inside one
    // of these calls; Wayland is asked before and after them, and by a thread of its own: GLFW may
    // loop for ever on the events of a display that is gone.
    class Call {
      public:
        explicit Call(DisplayWatch& watch) : watch_(watch) {
            watch_.check();
            ++watch_.calls_;
        }
        ~Call() {
            ++watch_.calls_;
            watch_.check();
        }
        Call(const Call&) = delete;
        Call& operator=(const Call&) = delete;

      private:
        DisplayWatch& watch_;
    };

  private:
    using ErrorOfWayland = int (*)(void* display);

    void watch_x11();
    void watch_wayland();
    void look_for_stuck_calls(const std::stop_token&);
    bool wayland_has_gone() const { return error_of_wayland_(wayland_display_) != 0; }
    void check();
    [[noreturn]] void end();

    const Farewell farewell_;
    const std::thread::id gui_thread_ = std::this_thread::get_id();
    void* x11_display_ = nullptr;
    void* wayland_display_ = nullptr;
    ErrorOfWayland error_of_wayland_ = nullptr;
    std::atomic<std::uint64_t> calls_{0};  // begun and ended: odd inside one
    std::mutex ending_;
    std::mutex waiting_;
    std::condition_variable_any wake_;
    std::jthread looking_;  // on Wayland; last
};

}  // namespace elbow::gui

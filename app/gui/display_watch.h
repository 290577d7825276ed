#pragma once

// Notices that the display has gone under the window: a logout, an ssh connection that dropped, an
// Xwayland that died, a window closed by force. Made by the window on the GUI thread.

#include <functional>
#include <thread>

namespace elbow::gui {

class DisplayWatch {
  public:
    using Farewell = std::function<void()>;

    // Once GLFW has a window. `farewell` is called when the display has gone, and the program then
    // ends with exit code 1 without returning to whoever was drawing: nothing of the window, of
    // OpenGL or of X may be touched any more, by `farewell` neither.
    explicit DisplayWatch(Farewell farewell);
    ~DisplayWatch();
    DisplayWatch(const DisplayWatch&) = delete;
    DisplayWatch& operator=(const DisplayWatch&) = delete;

    // After events were taken. X tells of its end itself; Wayland has to be asked.
    void check();

  private:
    using ErrorOfWayland = int (*)(void* display);

    void watch_x11();
    void watch_wayland();
    [[noreturn]] void end();

    const Farewell farewell_;
    const std::thread::id gui_thread_ = std::this_thread::get_id();
    void* x11_display_ = nullptr;
    void* wayland_display_ = nullptr;
    ErrorOfWayland error_of_wayland_ = nullptr;
};

}  // namespace elbow::gui

#include "app/gui/display_watch.h"

#include <dlfcn.h>

#include <chrono>
#include <cstdlib>
#include <utility>

#define GLFW_INCLUDE_NONE
#include "GLFW/glfw3.h"

namespace elbow::gui {
namespace {

// Long enough for the GUI thread to notice by itself.
constexpr std::chrono::seconds kOtherThreadsPause{2};
constexpr std::chrono::milliseconds kLookEvery{500};

using DisplayOfGlfw = void* (*)();
using IoErrorHandler = int (*)(void* display);
using SetIoErrorHandler = IoErrorHandler (*)(IoErrorHandler);
using IoErrorExitHandler = void (*)(void* display, void* user_data);
using SetIoErrorExitHandler = void (*)(void* display, IoErrorExitHandler, void* user_data);

// A function of a library that GLFW has loaded, or of GLFW where `library` is nullptr: found by its
// name, so that building needs no headers of X11 or Wayland. nullptr where there is none.
template <class Function>
Function find(const char* library, const char* name) {
    void* handle = library == nullptr ? RTLD_DEFAULT : ::dlopen(library, RTLD_LAZY | RTLD_NOLOAD);
    if (library != nullptr && handle == nullptr) return nullptr;
    return reinterpret_cast<Function>(::dlsym(handle, name));
}

// The display of one of GLFW's platforms; nullptr where the window is on another.
void* display_of(const char* getter) {
    const auto get = find<DisplayOfGlfw>(nullptr, getter);
    if (get == nullptr) return nullptr;
    void* display = get();
    glfwGetError(nullptr);  // which GLFW notes for another platform
    return display;
}

}  // namespace

DisplayWatch::DisplayWatch(Farewell farewell) : farewell_(std::move(farewell)) {
    watch_x11();
    watch_wayland();
}

DisplayWatch::~DisplayWatch() {
    const auto set = find<SetIoErrorExitHandler>("libX11.so.6", "XSetIOErrorExitHandler");
    if (set == nullptr || x11_display_ == nullptr) return;
    set(
        x11_display_, [](void*, void*) { std::_Exit(EXIT_FAILURE); }, nullptr);
}

// Xlib's own exit handler, since 1.7, calls exit(): that takes the program down from under its
// threads.
void DisplayWatch::watch_x11() {
    const auto set = find<SetIoErrorExitHandler>("libX11.so.6", "XSetIOErrorExitHandler");
    const auto quieten = find<SetIoErrorHandler>("libX11.so.6", "XSetIOErrorHandler");
    if (set == nullptr || quieten == nullptr) return;
    x11_display_ = display_of("glfwGetX11Display");
    if (x11_display_ == nullptr) return;
    quieten([](void*) { return 0; });  // whose message is of Xlib's making; ours follows
    set(
        x11_display_, [](void*, void* watch) { static_cast<DisplayWatch*>(watch)->end(); }, this);
}

void DisplayWatch::watch_wayland() {
    error_of_wayland_ = find<ErrorOfWayland>("libwayland-client.so.0", "wl_display_get_error");
    if (error_of_wayland_ == nullptr) return;
    wayland_display_ = display_of("glfwGetWaylandDisplay");
    if (wayland_display_ == nullptr) return;
    looking_ = std::jthread([this](const std::stop_token& stop) { look_for_stuck_calls(stop); });
}

// A call that goes on for long after the end never returns.
void DisplayWatch::look_for_stuck_calls(const std::stop_token& stop) {
    std::unique_lock lock(waiting_);
    std::uint64_t call = 0;
    auto since = std::chrono::steady_clock::now();
    while (!wake_.wait_for(lock, stop, kLookEvery, [&stop] { return stop.stop_requested(); })) {
        const std::uint64_t now_in = calls_;
        const auto now = std::chrono::steady_clock::now();
        if (now_in != call || now_in % 2 == 0 || !wayland_has_gone()) since = now;
        call = now_in;
        if (now - since >= kOtherThreadsPause) end();
    }
}

void DisplayWatch::check() {
    if (wayland_display_ != nullptr && wayland_has_gone()) end();
}

// A thread of the driver leaves it to the GUI thread, which either notices soon or waits inside
// Xlib for good: then nothing of the application moves.
void DisplayWatch::end() {
    if (std::this_thread::get_id() != gui_thread_) std::this_thread::sleep_for(kOtherThreadsPause);
    ending_.lock();  // for good
    farewell_();
    std::_Exit(EXIT_FAILURE);
}

}  // namespace elbow::gui

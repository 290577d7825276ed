#include "app/gui/window.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/gl/texture_changes.h"
#include "app/gui/clipped_draw_data.h"
#include "app/gui/imgui_keys.h"
#include "app/gui/keys.h"
#include "engine/core/error.h"
#include "glad/gl.h"
#include "imgui_impl_glfw.h"
#include "imgui_impl_opengl3.h"
#define GLFW_INCLUDE_NONE
#include "GLFW/glfw3.h"

namespace elbow::gui {
namespace {

std::string last_glfw_message() {
    const char* description = nullptr;
    if (glfwGetError(&description) == GLFW_NO_ERROR || description == nullptr) {
        return "no reason given";
    }
    return description;
}

void hint_core_3_3() {
    glfwDefaultWindowHints();
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    glfwWindowHint(GLFW_DEPTH_BITS, 0);
    glfwWindowHint(GLFW_STENCIL_BITS, 0);
}

// The version that a window without wishes gets: what the driver has, for the message.
std::string opengl_found() {
    glfwDefaultWindowHints();
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
    GLFWwindow* probe = glfwCreateWindow(16, 16, "elbow", nullptr, nullptr);
    if (probe == nullptr) return "no OpenGL at all (" + last_glfw_message() + ")";
    glfwMakeContextCurrent(probe);
    std::string found = "a driver that does not say its version";
    if (gladLoadGL(glfwGetProcAddress) != 0) {
        const auto* version = glGetString(GL_VERSION);
        const auto* renderer = glGetString(GL_RENDERER);
        if (version != nullptr) {
            found = std::string("OpenGL ") + reinterpret_cast<const char*>(version);
        }
        if (renderer != nullptr) {
            found += std::string(" on ") + reinterpret_cast<const char*>(renderer);
        }
    }
    glfwDestroyWindow(probe);
    return found;
}

// The monitor that shows most of the rectangle; null: there is none.
GLFWmonitor* monitor_under(int x, int y, int width, int height) {
    int count = 0;
    GLFWmonitor** monitors = glfwGetMonitors(&count);
    GLFWmonitor* best = glfwGetPrimaryMonitor();
    long most = 0;
    for (int i = 0; i < count; ++i) {
        const GLFWvidmode* mode = glfwGetVideoMode(monitors[i]);
        if (mode == nullptr) continue;
        int left = 0, top = 0;
        glfwGetMonitorPos(monitors[i], &left, &top);
        const long across = std::min(x + width, left + mode->width) - std::max(x, left);
        const long down = std::min(y + height, top + mode->height) - std::max(y, top);
        if (across <= 0 || down <= 0 || across * down <= most) continue;
        most = across * down;
        best = monitors[i];
    }
    return best;
}

}  // namespace

// `renderer` as OpenGL names it.
bool is_software(const char* renderer) {
    const std::string_view name = renderer == nullptr ? "" : renderer;
    for (const char* known : {"llvmpipe", "softpipe", "SwiftShader", "Software Rasterizer"}) {
        if (name.find(known) != std::string_view::npos) return true;
    }
    return false;
}

Window::Glfw::Glfw() {
    if (glfwInit() == GLFW_TRUE) return;
    throw Error("The window cannot be opened: expected a display, but none can be reached (" +
                last_glfw_message() +
                "). Set DISPLAY to a running X server (or WAYLAND_DISPLAY), or train without a "
                "window with `elbow train`.");
}

Window::Glfw::~Glfw() { glfwTerminate(); }

Window::Window(const char* title, int width, int height, ImU32 ground) {
    try {
        open(title, width, height);
        const ImVec4 colour = ImGui::ColorConvertU32ToFloat4(ground);
        glfwSwapInterval(1);
        draws_changes_only_ = draws_in_software_ && keeps_pixels();
        glClearColor(colour.x, colour.y, colour.z, 1.0f);
        glClear(GL_COLOR_BUFFER_BIT);
        glfwSwapBuffers(window_);
        start_imgui();
    } catch (...) {
        if (window_ != nullptr) glfwDestroyWindow(window_);
        throw;
    }
}

Window::~Window() {
    if (imgui_started_) {
        ImGui_ImplOpenGL3_Shutdown();
        ImGui_ImplGlfw_Shutdown();
        ImGui::DestroyContext();
    }
    glfwDestroyWindow(window_);
}

void Window::open(const char* title, int width, int height) {
    hint_core_3_3();
    if (GLFWmonitor* monitor = glfwGetPrimaryMonitor()) {
        int x = 0, y = 0, most_width = 0, most_height = 0;
        glfwGetMonitorWorkarea(monitor, &x, &y, &most_width, &most_height);
        if (most_width > 0) width = std::min(width, most_width);
        if (most_height > 0) height = std::min(height, most_height);
    }
    window_ = glfwCreateWindow(width, height, title, nullptr, nullptr);
    if (window_ == nullptr) {
        const std::string reason = last_glfw_message();
        throw Error("The window cannot be opened: expected OpenGL 3.3, found " + opengl_found() +
                    ". GLFW says: " + reason +
                    ". Update the graphics driver (Mesa), or set LIBGL_ALWAYS_SOFTWARE=1 to draw "
                    "without it, or train without a window with `elbow train`.");
    }
    glfwMakeContextCurrent(window_);
    const int version = gladLoadGL(glfwGetProcAddress);
    if (version < GLAD_MAKE_VERSION(3, 3)) {
        throw Error("Expected OpenGL 3.3, found " + std::to_string(GLAD_VERSION_MAJOR(version)) +
                    "." + std::to_string(GLAD_VERSION_MINOR(version)) +
                    ". Update the graphics driver (Mesa), or set LIBGL_ALWAYS_SOFTWARE=1.");
    }
    draws_in_software_ = is_software(reinterpret_cast<const char*>(glGetString(GL_RENDERER)));
    glfwSetWindowSizeLimits(window_, 640, 420, GLFW_DONT_CARE, GLFW_DONT_CARE);
}

void Window::start_imgui() {
    // Ours first: ImGui's backend keeps the callbacks that it finds and calls them in turn.
    glfwSetWindowUserPointer(window_, &input_);
    static constexpr auto kNote = [](GLFWwindow* window) -> Input& {
        auto& input = *static_cast<Input*>(glfwGetWindowUserPointer(window));
        if (!input.first_s) input.first_s = glfwGetTime();
        return input;
    };
    static constexpr auto kTouch = [](GLFWwindow* window) -> Input& {
        Input& input = kNote(window);
        input.touched = true;
        return input;
    };
    glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double, double) {
        if (std::exchange(kNote(w).entered, false)) return;  // it only says where
        kTouch(w);
    });
    glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int, int, int) { kTouch(w); });
    glfwSetScrollCallback(window_, [](GLFWwindow* w, double, double) { kTouch(w); });
    glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned) { kTouch(w); });
    // What the window showed is gone, or no longer fits.
    glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) { kNote(w); });
    glfwSetFramebufferSizeCallback(window_, [](GLFWwindow* w, int, int) {
        Input& input = kNote(w);
        if (std::exchange(input.sized, true)) input.touched = true;  // the first is no person's
    });
    glfwSetWindowFocusCallback(window_, [](GLFWwindow* w, int) { kNote(w); });
    // Hover texts go. A window that opens under the mouse is entered, too.
    glfwSetCursorEnterCallback(
        window_, [](GLFWwindow* w, int entered) { kNote(w).entered = entered == GLFW_TRUE; });
    glfwSetKeyCallback(window_, [](GLFWwindow* w, int, int, int, int) { kTouch(w); });
    glfwSetDropCallback(window_, [](GLFWwindow* w, int count, const char** paths) {
        Input& input = kTouch(w);
        input.dropped.insert(input.dropped.end(), paths, paths + count);
    });
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui_ImplGlfw_InitForOpenGL(window_, true);
    // In the place of the backend's, which know neither order nor letters as well.
    glfwSetKeyCallback(window_, [](GLFWwindow* w, int place, int scancode, int action, int) {
        KeyQueue& keys = kTouch(w).keys;
        const int key = key_by_name(place, glfwGetKeyName(place, scancode));
        if (action == GLFW_PRESS) keys.press(key, scancode);
        if (action == GLFW_RELEASE) keys.release(key, scancode);
    });
    glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned int character) {
        kTouch(w).keys.type(static_cast<char32_t>(character));
    });
    ImGui_ImplOpenGL3_Init("#version 330 core");
    imgui_started_ = true;
}

bool Window::should_close() const { return glfwWindowShouldClose(window_) == GLFW_TRUE; }

void Window::title(const char* text) { glfwSetWindowTitle(window_, text); }

double Window::now_s() { return glfwGetTime(); }

void Window::take_events(double until_s, bool until_input) {
    glfwPollEvents();
    while (!(until_input && input_.first_s) && !should_close()) {
        const double left_s = until_s - glfwGetTime();
        if (left_s <= 0.0002) return;
        glfwWaitEventsTimeout(left_s);
    }
}

std::optional<double> Window::take_input_time() {
    const std::optional<double> time = input_.first_s;
    input_.first_s.reset();
    return time;
}

bool Window::take_touch() {
    input_.entered = false;  // some systems do not say where
    return std::exchange(input_.touched, false);
}

std::vector<std::filesystem::path> Window::take_dropped() {
    return std::exchange(input_.dropped, {});
}

void Window::hand_over_keys() {
    ImGuiIO& io = ImGui::GetIO();
    KeyQueue& keys = input_.keys;
    if (!keys.advance()) {  // the rest needs a frame, soon
        input_.first_s = glfwGetTime();
        input_.touched = true;
    }
    const auto either = [&](int left, int right) {
        return keys.is_down(left) || keys.is_down(right);
    };
    const bool control = either(GLFW_KEY_LEFT_CONTROL, GLFW_KEY_RIGHT_CONTROL);
    const bool shift = either(GLFW_KEY_LEFT_SHIFT, GLFW_KEY_RIGHT_SHIFT);
    const bool alt = either(GLFW_KEY_LEFT_ALT, GLFW_KEY_RIGHT_ALT);
    const bool super = either(GLFW_KEY_LEFT_SUPER, GLFW_KEY_RIGHT_SUPER);
#if IMGUI_VERSION_NUM < 18700
    for (int key = 0; key < KeyQueue::kKeys; ++key) io.KeysDown[key] = keys.is_down(key);
    io.KeyCtrl = control;
    io.KeyShift = shift;
    io.KeyAlt = alt;
    io.KeySuper = super;
    // Tab stops at all controls, as in newer versions of ImGui; here it knows text fields alone.
    if (keys.is_down(GLFW_KEY_TAB) && !control && !alt) {
        begin_tour();
        io.KeysDown[GLFW_KEY_TAB] = false;
        io.KeysDown[shift ? GLFW_KEY_UP : GLFW_KEY_DOWN] = true;
    }
#else
    io.AddKeyEvent(ImGuiMod_Ctrl, control);
    io.AddKeyEvent(ImGuiMod_Shift, shift);
    io.AddKeyEvent(ImGuiMod_Alt, alt);
    io.AddKeyEvent(ImGuiMod_Super, super);
    for (int key = 0; key < KeyQueue::kKeys; ++key) {
        if (const ImGuiKey name = imgui_key(key); name != ImGuiKey_None)
            io.AddKeyEvent(name, keys.is_down(key));
    }
#endif
    for (const char32_t character : keys.typed())
        io.AddInputCharacter(static_cast<unsigned int>(character));
}

void Window::begin_frame() {
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    hand_over_keys();
    ImGui::NewFrame();
    lead_tour();
}

namespace {

// Grown to whole pixels.
PixelRect in_pixels(const Area& area, float density) {
    return {static_cast<int>(std::floor(area.x * density)),
            static_cast<int>(std::floor(area.y * density)),
            static_cast<int>(std::ceil(area.right() * density)),
            static_cast<int>(std::ceil(area.bottom() * density))};
}

// With the scissor test on. `height`: of the window, pixels.
void clear(const PixelRect& rect, int height, ImU32 colour) {
    if (rect.empty()) return;
    const ImVec4 parts = ImGui::ColorConvertU32ToFloat4(colour);
    glScissor(rect.left, height - rect.bottom, rect.right - rect.left, rect.bottom - rect.top);
    glClearColor(parts.x, parts.y, parts.z, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
}

// Without a graphics card clearing costs a fraction of what drawing a rectangle does.
void draw_grounds(std::span<const Ground> grounds, int height, const PixelRect& part) {
    glEnable(GL_SCISSOR_TEST);
    for (const Ground& each : grounds) clear(intersection(each.area, part), height, each.colour);
    glDisable(GL_SCISSOR_TEST);
}

}  // namespace

void Window::render(ImU32 ground, std::span<const Area> panels, ImU32 panel_ground) {
    ImGui::Render();
    const Size all = pixels();  // once: the display server is asked, and may be busy
    ImDrawData* data = ImGui::GetDrawData();
    const float density = data->FramebufferScale.x;
    const PixelRect whole{0, 0, all.width, all.height};
    glViewport(0, 0, all.width, all.height);
    std::vector<Ground> grounds{{whole, ground}};
    grounds.reserve(panels.size() + 1);
    for (const Area& panel : panels) grounds.push_back({in_pixels(panel, density), panel_ground});
    if (!draws_changes_only_) {
        draw_grounds(grounds, all.height, whole);
        ImGui_ImplOpenGL3_RenderDrawData(data);
        return;
    }
    const auto changes = [](ImTextureID texture) {
        return gl::changes_of(static_cast<GLuint>((std::intptr_t)texture));
    };
    for (const PixelRect& part : damage_.since_last(*data, grounds, changes)) {
        draw_grounds(grounds, all.height, part);
        ClippedDrawData clipped(*data, part);
        ImGui_ImplOpenGL3_RenderDrawData(clipped.data());
    }
}

// Whether what was drawn is still there to draw upon when it has been shown; OpenGL leaves that
// open. Tried with shades that no eye tells apart, for as many frames as a window may have buffers.
bool Window::keeps_pixels() {
    for (int shade = 0; shade < 4; ++shade) {
        glClearColor(static_cast<float>(16 + shade) / 255.0f, 0.07f, 0.09f, 1.0f);
        glClear(GL_COLOR_BUFFER_BIT);
        glfwSwapBuffers(window_);
        unsigned char pixel[4] = {};
        glReadBuffer(GL_BACK);
        glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
        if (pixel[0] != 16 + shade) return false;
    }
    return true;
}

void Window::swap() { glfwSwapBuffers(window_); }

std::vector<std::uint8_t> Window::read_pixels(int& width, int& height) const {
    const Size all = pixels();
    width = all.width;
    height = all.height;
    const auto pitch = static_cast<std::size_t>(width) * 3;
    std::vector<std::uint8_t> upside_down(pitch * static_cast<std::size_t>(height));
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadBuffer(GL_BACK);
    glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, upside_down.data());
    glPixelStorei(GL_PACK_ALIGNMENT, 4);
    std::vector<std::uint8_t> pixels(upside_down.size());
    for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) {
        const auto row =
            upside_down.begin() +
            static_cast<std::ptrdiff_t>((static_cast<std::size_t>(height) - 1 - y) * pitch);
        std::copy_n(row, pitch, pixels.begin() + static_cast<std::ptrdiff_t>(y * pitch));
    }
    return pixels;
}

Window::Size Window::size() const {
    Size found{};
    glfwGetWindowSize(window_, &found.width, &found.height);
    return found;
}

Window::Size Window::pixels() const {
    Size found{};
    glfwGetFramebufferSize(window_, &found.width, &found.height);
    return found;
}

bool Window::maximised() const { return glfwGetWindowAttrib(window_, GLFW_MAXIMIZED) == GLFW_TRUE; }

bool Window::full_screen() const { return glfwGetWindowMonitor(window_) != nullptr; }

void Window::toggle_full_screen() {
    damage_.forget();
    if (full_screen()) {
        glfwSetWindowMonitor(window_, nullptr, windowed_.x, windowed_.y, windowed_.width,
                             windowed_.height, GLFW_DONT_CARE);
        return;
    }
    glfwGetWindowPos(window_, &windowed_.x, &windowed_.y);
    glfwGetWindowSize(window_, &windowed_.width, &windowed_.height);
    GLFWmonitor* monitor =
        monitor_under(windowed_.x, windowed_.y, windowed_.width, windowed_.height);
    const GLFWvidmode* mode = monitor == nullptr ? nullptr : glfwGetVideoMode(monitor);
    if (mode == nullptr) return;
    // Whoever looks at another screen meanwhile still wants to see this one.
    glfwSetWindowAttrib(window_, GLFW_AUTO_ICONIFY, GLFW_FALSE);
    glfwSetWindowMonitor(window_, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
}

float Window::pixels_per_unit() const {
    const Size units = size();
    if (units.width <= 0) return 1.0f;
    return static_cast<float>(pixels().width) / static_cast<float>(units.width);
}

float Window::desktop_scale() const {
    float x = 1.0f, y = 1.0f;
    glfwGetWindowContentScale(window_, &x, &y);
    // Where the desktop scales screen coordinates itself (Wayland, macOS), those are scaled
    // already.
    const float scale = std::max(x, y) / std::max(pixels_per_unit(), 0.1f);
    return std::clamp(std::isfinite(scale) ? scale : 1.0f, 0.75f, 4.0f);
}

Fonts Window::load_fonts(float scale) {
    damage_.forget();  // the letters change behind the same name
#if IMGUI_VERSION_NUM >= 19200
    return gui::load_fonts(
        scale);  // this ImGui draws its letters at the framebuffer's density itself
#else
    const float density = std::max(pixels_per_unit(), 0.1f);
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    const Fonts fonts = gui::load_fonts(scale * density);
    ImGui::GetIO().FontGlobalScale = 1.0f / density;
    ImGui_ImplOpenGL3_CreateFontsTexture();
    return fonts;
#endif
}

}  // namespace elbow::gui

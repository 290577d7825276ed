#pragma once

// The window of the desktop with its OpenGL context, and ImGui in it. One at a time. GUI thread.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "app/gui/area.h"
#include "app/gui/damage.h"
#include "app/gui/key_queue.h"
#include "app/gui/theme.h"

struct GLFWwindow;

namespace elbow::gui {

class Window {
  public:
    // Shows the window at once, filled with the colour. Sizes in screen coordinates, made smaller
    // where the monitor is. Throws Error where there is no display or no OpenGL 3.3 (what was
    // found, what to do).
    Window(const char* title, int width, int height, ImU32 ground);
    ~Window();
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    bool should_close() const;
    void title(const char* text);
    // Seconds since GLFW was started.
    static double now_s();

    // Takes what came from mouse and keyboard; waits for it until the time, and with `until_input`
    // ends the wait at the first event. A time in the past does not wait.
    void take_events(double until_s, bool until_input);
    // When the first event since the last take_input_time() arrived.
    std::optional<double> take_input_time();
    // Whether a person has used mouse or keyboard since the last take_touch().
    bool take_touch();
    // Files and folders that were dropped on the window since the last call.
    std::vector<std::filesystem::path> take_dropped();

    void begin_frame();  // of ImGui
    // Draws what ImGui was given over the colour, and over that of the panels inside their
    // rectangles; swap() shows it. Where the processor draws and the window keeps its pixels, only
    // what has changed since the frame before.
    void render(ImU32 ground, std::span<const Area> panels, ImU32 panel_ground);
    void swap();
    // The frame as rendered and not yet swapped: [height * width * 3], top row first.
    std::vector<std::uint8_t> read_pixels(int& width, int& height) const;

    struct Size {
        int width, height;
    };
    Size size() const;    // screen coordinates, as ImGui's
    Size pixels() const;  // of the framebuffer
    bool maximised() const;
    // Fills the monitor that shows most of the window, or goes back to where it was.
    void toggle_full_screen();
    bool full_screen() const;
    // The processor does the graphics card's work, as with Mesa's llvmpipe.
    bool draws_in_software() const { return draws_in_software_; }
    // Units of the interface per design unit, as the desktop asks for it, in screen coordinates.
    float desktop_scale() const;
    float pixels_per_unit() const;

    // Loads the fonts for the scale. Not between begin_frame() and render().
    Fonts load_fonts(float scale);

  private:
    struct Glfw {  // started and ended with the window
        Glfw();
        ~Glfw();
        Glfw(const Glfw&) = delete;
        Glfw& operator=(const Glfw&) = delete;
    };
    // What the callbacks note, between two frames.
    struct Input {
        std::optional<double> first_s;  // of the first event
        bool touched = false;           // by a person
        bool entered = false;           // by the mouse, whose place may come next
        bool sized = false;
        KeyQueue keys;
        std::vector<std::filesystem::path> dropped;
    };
    void open(const char* title, int width, int height);
    void start_imgui();
    void hand_over_keys();
    bool keeps_pixels();

    Glfw glfw_;
    GLFWwindow* window_ = nullptr;
    Input input_;
    struct Place {
        int x, y, width, height;
    };
    Place windowed_{};  // before it filled the screen
    bool imgui_started_ = false;
    bool draws_in_software_ = false;
    bool draws_changes_only_ = false;
    Damage damage_;
};

}  // namespace elbow::gui

#pragma once

// An ImGui without a window: whole frames run, nothing is drawn. One at a time, on the test's
// thread.

#include "imgui.h"

namespace elbow::gui {

class NullFrames {
  public:
    explicit NullFrames(float width = 1200, float height = 800) {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = ImVec2(width, height);
        io.DeltaTime = 1.0f / 60.0f;
#if IMGUI_VERSION_NUM >= 19200
        io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
#endif
    }
    ~NullFrames() { ImGui::DestroyContext(); }
    NullFrames(const NullFrames&) = delete;
    NullFrames& operator=(const NullFrames&) = delete;

    void mouse(float x, float y, bool down, int button = 0) {
        ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
        io.AddMousePosEvent(x, y);
        io.AddMouseButtonEvent(button, down);
#else
        io.MousePos = ImVec2(x, y);
        io.MouseDown[button] = down;
#endif
    }

    template <class Draw>
    void frame(Draw draw) {
#if IMGUI_VERSION_NUM < 19200
        unsigned char* pixels = nullptr;
        int width = 0, height = 0;
        if (!ImGui::GetIO().Fonts->IsBuilt()) {
            ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
        }
#endif
        ImGui::NewFrame();
        draw();
        ImGui::Render();
    }
};

}  // namespace elbow::gui

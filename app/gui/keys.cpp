#include "app/gui/keys.h"

#include "imgui.h"
#if IMGUI_VERSION_NUM < 18700
#define GLFW_INCLUDE_NONE
#include "GLFW/glfw3.h"
#endif

namespace elbow::gui {
namespace {

// Since 1.87 ImGui names the keys itself; before, the backend hands on GLFW's codes.
#if IMGUI_VERSION_NUM >= 18700
using KeyCode = ImGuiKey;
#define ELBOW_KEY(imgui_name, glfw_name) ImGuiKey_##imgui_name
#else
using KeyCode = int;
#define ELBOW_KEY(imgui_name, glfw_name) GLFW_KEY_##glfw_name
#endif

KeyCode letter_code(Key key) {
    switch (key) {
        case Key::kS:
            return ELBOW_KEY(S, S);
        case Key::kR:
            return ELBOW_KEY(R, R);
        case Key::kM:
            return ELBOW_KEY(M, M);
        case Key::kD:
            return ELBOW_KEY(D, D);
        case Key::kF:
            return ELBOW_KEY(F, F);
        case Key::kP:
            return ELBOW_KEY(P, P);
        case Key::kL:
            return ELBOW_KEY(L, L);
        case Key::kN:
            return ELBOW_KEY(N, N);
        case Key::kT:
            return ELBOW_KEY(T, T);
        case Key::kZ:
            return ELBOW_KEY(Z, Z);
        case Key::kY:
            return ELBOW_KEY(Y, Y);
        case Key::kE:
            return ELBOW_KEY(E, E);
        case Key::kO:
            return ELBOW_KEY(O, O);
        case Key::kC:
            return ELBOW_KEY(C, C);
        case Key::kA:
            return ELBOW_KEY(A, A);
        case Key::kB:
            return ELBOW_KEY(B, B);
        case Key::kQ:
            return ELBOW_KEY(Q, Q);
        case Key::kG:
            return ELBOW_KEY(G, G);
        case Key::kW:
            return ELBOW_KEY(W, W);
        default:
            return ELBOW_KEY(X, X);
    }
}

KeyCode code_of(Key key) {
    switch (key) {
        case Key::kSpace:
            return ELBOW_KEY(Space, SPACE);
        case Key::kEscape:
            return ELBOW_KEY(Escape, ESCAPE);
        case Key::kEnter:
            return ELBOW_KEY(Enter, ENTER);
        case Key::kDelete:
            return ELBOW_KEY(Delete, DELETE);
        case Key::kF2:
            return ELBOW_KEY(F2, F2);
        case Key::kUp:
            return ELBOW_KEY(UpArrow, UP);
        case Key::kDown:
            return ELBOW_KEY(DownArrow, DOWN);
        case Key::kLeft:
            return ELBOW_KEY(LeftArrow, LEFT);
        case Key::kRight:
            return ELBOW_KEY(RightArrow, RIGHT);
        case Key::kF11:
            return ELBOW_KEY(F11, F11);
        default:
            return letter_code(key);
    }
}

KeyCode tab_code() { return ELBOW_KEY(Tab, TAB); }

#undef ELBOW_KEY

bool repeats(Key key) {
    return key == Key::kZ || key == Key::kY || key == Key::kUp || key == Key::kDown ||
           key == Key::kLeft || key == Key::kRight;
}

// A control that the tour is at has these for itself.
bool is_of_tour(Key key) { return key == Key::kSpace || key == Key::kLeft || key == Key::kRight; }

// By the character that was typed: where it sits on the keyboard differs from country to country.
bool question_mark_typed(const ImGuiIO& io) {
    for (const ImWchar character : io.InputQueueCharacters) {
        if (character == '?') return true;
    }
    return false;
}

}  // namespace

bool escape_pressed() { return ImGui::IsKeyPressed(code_of(Key::kEscape), false); }

bool pressed(Key key, bool control, bool shift) {
    const ImGuiIO& io = ImGui::GetIO();
    if (io.WantTextInput) return false;
    if (io.KeyCtrl != control || io.KeyAlt || io.KeySuper) return false;
    if (key == Key::kQuestion) return question_mark_typed(io);
    if (io.KeyShift != shift || (is_of_tour(key) && touring())) return false;
    return ImGui::IsKeyPressed(code_of(key), repeats(key));
}

void begin_tour() { ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard; }

void lead_tour() {
    ImGuiIO& io = ImGui::GetIO();
    if (ImGui::IsKeyPressed(tab_code(), false) && !io.KeyCtrl && !io.KeyAlt) begin_tour();
    const bool mouse =
        ImGui::IsMouseClicked(0) || ImGui::IsMouseClicked(1) || ImGui::IsMouseClicked(2);
    if (mouse || escape_pressed()) io.ConfigFlags &= ~ImGuiConfigFlags_NavEnableKeyboard;
}

bool touring() {
    const ImGuiIO& io = ImGui::GetIO();
    return (io.ConfigFlags & ImGuiConfigFlags_NavEnableKeyboard) != 0 && io.NavVisible;
}

bool steps_up_or_down() {
    const bool tours = (ImGui::GetIO().ConfigFlags & ImGuiConfigFlags_NavEnableKeyboard) != 0;
    return tours && (ImGui::IsKeyDown(code_of(Key::kUp)) || ImGui::IsKeyDown(code_of(Key::kDown)));
}

}  // namespace elbow::gui

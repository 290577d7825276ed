#include "app/gui/keys.h"

#include <algorithm>
#include <iterator>

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

struct LetterKey {
    Key key;
    KeyCode code;
    char letter;
};
#define ELBOW_LETTER(letter) \
    { Key::k##letter, ELBOW_KEY(letter, letter), #letter[0] }
constexpr LetterKey kLetters[] = {
    ELBOW_LETTER(S), ELBOW_LETTER(R), ELBOW_LETTER(M), ELBOW_LETTER(D), ELBOW_LETTER(F),
    ELBOW_LETTER(P), ELBOW_LETTER(L), ELBOW_LETTER(N), ELBOW_LETTER(T), ELBOW_LETTER(Z),
    ELBOW_LETTER(Y), ELBOW_LETTER(E), ELBOW_LETTER(X), ELBOW_LETTER(O), ELBOW_LETTER(C),
    ELBOW_LETTER(A), ELBOW_LETTER(B), ELBOW_LETTER(Q), ELBOW_LETTER(G), ELBOW_LETTER(W),
    ELBOW_LETTER(I), ELBOW_LETTER(V), ELBOW_LETTER(K),
};
#undef ELBOW_LETTER

// Of a key that is a letter.
const LetterKey& letter_key(Key key) {
    return *std::find_if(std::begin(kLetters), std::end(kLetters) - 1,
                         [&](const LetterKey& each) { return each.key == key; });
}

KeyCode letter_code(Key key) { return letter_key(key).code; }

char letter_of(Key key) { return letter_key(key).letter; }

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
        case Key::kF1:
            return ELBOW_KEY(F1, F1);
        case Key::kF2:
            return ELBOW_KEY(F2, F2);
        case Key::kF5:
            return ELBOW_KEY(F5, F5);
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

// As the sheet of keys calls those that are not a letter; that of a letter is its name.
std::string name_of(Key key) {
    switch (key) {
        case Key::kSpace:
            return "Space";
        case Key::kEscape:
            return "Esc";
        case Key::kEnter:
            return "Enter";
        case Key::kDelete:
            return "Del";
        case Key::kF1:
            return "F1";
        case Key::kF2:
            return "F2";
        case Key::kF5:
            return "F5";
        case Key::kF11:
            return "F11";
        case Key::kUp:
            return "Up";
        case Key::kDown:
            return "Down";
        case Key::kLeft:
            return "Left";
        case Key::kRight:
            return "Right";
        case Key::kQuestion:
            return "?";
        default:
            return std::string(1, letter_of(key));
    }
}

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
    return !ImGui::GetIO().WantTextInput && pressed_anywhere({key, control, shift});
}

std::string shortcut_text(const Shortcut& shortcut) {
    return std::string(shortcut.control ? "Ctrl+" : "") + (shortcut.shift ? "Shift+" : "") +
           name_of(shortcut.key);
}

bool any_pressed() {
    if (question_mark_typed(ImGui::GetIO())) return true;
    for (int key = 0; key < static_cast<int>(Key::kQuestion); ++key) {
        if (ImGui::IsKeyPressed(code_of(static_cast<Key>(key)), repeats(static_cast<Key>(key))))
            return true;
    }
    return escape_pressed();
}

bool pressed_anywhere(const Shortcut& shortcut) {
    const auto [key, control, shift] = shortcut;
    const ImGuiIO& io = ImGui::GetIO();
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

#include "app/gui/key_queue.h"

#include <set>

#define GLFW_INCLUDE_NONE
#include "GLFW/glfw3.h"

namespace elbow::gui {
namespace {

bool is_modifier(int key) { return key >= GLFW_KEY_LEFT_SHIFT && key <= GLFW_KEY_RIGHT_SUPER; }
bool is_on_keypad(int key) { return key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_KP_EQUAL; }

}  // namespace

int key_by_name(int key, const char* name) {
    if (is_on_keypad(key) || name == nullptr || name[0] == '\0' || name[1] != '\0') return key;
    const char sign = name[0];
    if (sign >= 'a' && sign <= 'z') return GLFW_KEY_A + (sign - 'a');
    // The codes of keys that type a sign are those of the signs.
    return sign > ' ' && sign <= '`' ? sign : key;
}

void KeyQueue::add(int key, bool down) {
    if (key >= 0 && key < kKeys) events_.push_back({key, down});
}

void KeyQueue::press(int key, int scancode) {
    held_[scancode] = key;
    add(key, true);
}

void KeyQueue::release(int key, int scancode) {
    const auto held = held_.find(scancode);
    add(held == held_.end() ? key : held->second, false);
    if (held != held_.end()) held_.erase(held);
}

void KeyQueue::type(char32_t character) { events_.push_back({0, false, character}); }

// Stops before an event that would hide an earlier one: the release of a key that has just been
// pressed, and another modifier after a press. Letters get a frame of their own, for ImGui would
// leave them or the keys for a later one.
bool KeyQueue::advance() {
    std::set<int> changed;
    bool pressed = false;
    typed_.clear();
    while (!events_.empty()) {
        const Event event = events_.front();
        if (event.typed != 0) {
            if (!changed.empty()) return false;
            typed_ += event.typed;
            events_.pop_front();
            continue;
        }
        if (changed.contains(event.key) || (pressed && is_modifier(event.key)) || !typed_.empty())
            return false;
        down_[to_index(event.key)] = event.down;
        changed.insert(event.key);
        pressed = pressed || (event.down && !is_modifier(event.key));
        events_.pop_front();
    }
    return true;
}

}  // namespace elbow::gui

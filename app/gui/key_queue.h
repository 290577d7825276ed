#pragma once

// Which keys are down and what is typed in each frame, from all that came since the frame before: a
// key that was down for a millisecond is down for one frame, has the modifiers that it was pressed
// with, and comes before or after a letter as it was pressed. (ImGui's own queue takes the release
// of Ctrl into the frame of a key that was pressed with it.) Keys are GLFW's codes. GUI thread.

#include <bitset>
#include <deque>
#include <map>
#include <string>

namespace elbow::gui {

// The key by what it types (`name`, as glfwGetKeyName() gives it): on a German keyboard the key to
// the right of T is Z. The key by its place where it types no sign of ASCII: an alphabet without
// Latin letters keeps the places of the American keyboard.
int key_by_name(int key, const char* name);

class KeyQueue {
  public:
    static constexpr int kKeys = 512;  // codes are below; as ImGui's io.KeysDown

    // `scancode`: the same for a press and its release, whatever the layout is by then.
    void press(int key, int scancode);
    void release(int key, int scancode);
    void type(char32_t character);
    // The next frame's keys. False where events are left, which need another frame.
    bool advance();
    bool is_down(int key) const { return key >= 0 && key < kKeys && down_[to_index(key)]; }

    const std::u32string& typed() const { return typed_; }

  private:
    struct Event {
        int key;
        bool down;
        char32_t typed = 0;  // not 0: a character instead
    };
    static std::size_t to_index(int key) { return static_cast<std::size_t>(key); }
    void add(int key, bool down);

    std::deque<Event> events_;
    std::map<int, int> held_;  // scancode -> key, as it was pressed
    std::bitset<kKeys> down_;
    std::u32string typed_;
};

}  // namespace elbow::gui

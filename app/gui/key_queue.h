#pragma once

// Which keys are down in each frame, from all presses and releases since the frame before: a key
// that was down for a millisecond is down for one frame, and has the modifiers that it was pressed
// with. Keys are GLFW's codes. Newer versions of ImGui do the same themselves. GUI thread.

#include <bitset>
#include <deque>
#include <map>

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
    // The next frame's keys. False where events are left, which need another frame.
    bool advance();
    bool is_down(int key) const { return key >= 0 && key < kKeys && down_[to_index(key)]; }

  private:
    struct Event {
        int key;
        bool down;
    };
    static std::size_t to_index(int key) { return static_cast<std::size_t>(key); }
    void add(int key, bool down);

    std::deque<Event> events_;
    std::map<int, int> held_;  // scancode -> key, as it was pressed
    std::bitset<kKeys> down_;
};

}  // namespace elbow::gui

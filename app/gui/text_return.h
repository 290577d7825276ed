#pragma once

// The text field that the keyboard was in, to go back to. GUI thread.

namespace elbow::gui {

class TextReturn {
  public:
    // The field in which a text is being typed, if there is one.
    void remember();
    // Types on in it from the next frame on.
    void go_back();

  private:
    unsigned int field_ = 0;  // ImGui's number of it; 0: none
};

}  // namespace elbow::gui

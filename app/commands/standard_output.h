#pragma once

// Lines on stdout that are there when they are written, and a reader that goes away (as in `|
// head`) noticed. Main thread only.

#include <string>

namespace elbow::commands {

class StandardOutput {
  public:
    // Writes the line and a line break, and flushes. Where nobody reads any more, closed() turns
    // true and lines go nowhere; throws Error where the line is lost for another reason (disk
    // full).
    void line(const std::string& text);
    bool closed() const { return closed_; }

  private:
    bool closed_ = false;
};

}  // namespace elbow::commands

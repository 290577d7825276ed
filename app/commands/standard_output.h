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
    void line(const std::string& text) { print(text + "\n"); }
    void print(const std::string&);  // as it is
    bool closed() const { return closed_; }

    // At the end of every command: throws Error as line() does where anything that was printed is
    // lost.
    static void finish();

  private:
    bool closed_ = false;
};

}  // namespace elbow::commands

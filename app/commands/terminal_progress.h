#pragma once

// A progress bar on standard error. Belongs to the thread that shows it. Standard output stays free
// for results.

#include <chrono>
#include <string>

namespace elbow::commands {

class TerminalProgress {
  public:
    enum class Elsewhere { kSilent, kLines };

    // What is shown where standard error is not a terminal: nothing, or a plain line now and then.
    explicit TerminalProgress(Elsewhere elsewhere = Elsewhere::kSilent);
    ~TerminalProgress() { finish(); }
    TerminalProgress(const TerminalProgress&) = delete;
    TerminalProgress& operator=(const TerminalProgress&) = delete;

    // fraction in [0, 1], or negative where the end is unknown. Draws at most ten times a second
    // (plain lines: once in five seconds) and remembers what it left out.
    void show(double fraction, const std::string& text);

    // Draws what was shown last and ends the line; a later show() starts a new one.
    void finish();

    // Takes the bar off the terminal, so that a line can be written; the next show() draws it
    // again.
    void clear();

  private:
    void draw();

    const bool terminal_;
    const bool lines_;
    bool open_ = false;     // a bar stands on the last line of the terminal
    bool pending_ = false;  // shown and not yet drawn
    double fraction_ = -1.0;
    std::string text_;
    std::string last_line_;
    std::chrono::steady_clock::time_point drawn_at_;
};

// The line as it is drawn, `columns` wide at most: "[#####.....]  50 % text"; without a bar where
// the fraction is negative or there is no room.
std::string progress_line(double fraction, const std::string& text, int columns);

}  // namespace elbow::commands

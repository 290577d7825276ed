#include "app/commands/terminal_progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace elbow::commands {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kDrawEvery = std::chrono::milliseconds(100);
constexpr auto kLineEvery = std::chrono::seconds(5);
constexpr int kBarCells = 24;
constexpr int kUsualColumns = 80;
constexpr const char* kClearToEnd = "\x1b[K";

int terminal_columns() {
    winsize size{};
    const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : kUsualColumns;
}

// The first `columns` characters of UTF-8 text, never half of one.
std::string cut(const std::string& text, int columns) {
    std::size_t end = 0;
    for (int used = 0; end < text.size(); ++end) {
        const bool starts_character = (static_cast<unsigned char>(text[end]) & 0xC0) != 0x80;
        if (starts_character && used++ == columns) break;
    }
    return text.substr(0, end);
}

}  // namespace

std::string progress_line(double fraction, const std::string& text, int columns) {
    // 0.999 is not yet 100 %.
    const double known = std::clamp(fraction, 0.0, 1.0);
    const int percent = static_cast<int>(std::floor(known * 100.0 + 1e-9));
    std::string line;
    if (fraction >= 0.0 && columns >= kBarCells + 16) {
        const int filled = static_cast<int>(known * kBarCells + 1e-9);
        line = "[" + std::string(static_cast<std::size_t>(filled), '#') +
               std::string(static_cast<std::size_t>(kBarCells - filled), '.') + "] ";
    }
    if (fraction >= 0.0) {
        const std::string number = std::to_string(percent);
        line += std::string(3 - number.size(), ' ') + number + " % ";
    }
    return cut(line + text, columns);
}

TerminalProgress::TerminalProgress(Elsewhere elsewhere)
    : terminal_(::isatty(STDERR_FILENO) == 1),
      lines_(!terminal_ && elsewhere == Elsewhere::kLines) {}

void TerminalProgress::show(double fraction, const std::string& text) {
    fraction_ = fraction;
    text_ = text;
    pending_ = true;
    const auto pause = terminal_ ? Clock::duration(kDrawEvery) : Clock::duration(kLineEvery);
    if (drawn_at_ == Clock::time_point() || Clock::now() - drawn_at_ >= pause) draw();
}

void TerminalProgress::draw() {
    pending_ = false;
    drawn_at_ = Clock::now();
    if (terminal_) {
        // One column is left free: a full line makes some terminals wrap.
        const std::string line = progress_line(fraction_, text_, terminal_columns() - 1);
        std::fprintf(stderr, "\r%s%s", line.c_str(), kClearToEnd);
        open_ = true;
    } else if (lines_) {
        const std::string line =
            fraction_ < 0.0
                ? text_
                : text_ + " (" + std::to_string(static_cast<int>(fraction_ * 100.0)) + " %)";
        if (line == last_line_) return;
        std::fprintf(stderr, "%s\n", line.c_str());
        last_line_ = line;
    }
    std::fflush(stderr);
}

void TerminalProgress::finish() {
    if (pending_) draw();
    if (open_) std::fputc('\n', stderr);
    open_ = false;
    drawn_at_ = {};
}

void TerminalProgress::clear() {
    if (!open_) return;
    std::fprintf(stderr, "\r%s", kClearToEnd);
    std::fflush(stderr);
    open_ = false;
    drawn_at_ = {};
}

}  // namespace elbow::commands

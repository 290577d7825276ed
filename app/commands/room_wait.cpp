#include "app/commands/room_wait.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <string_view>
#include <thread>

namespace elbow::commands {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kBetweenTries{5};
constexpr std::array kPausesAlone = {1, 2, 4, 8};  // seconds
constexpr int kPollMilliseconds = 100;

}  // namespace

bool RoomWait::operator()(const std::string& why) {
    const bool person = ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1;
    if (told_.empty()) stop_.listen_again();
    if (told_ != why) {
        std::fprintf(stderr, "%s\n%s\n", why.c_str(),
                     person ? "The run is still in memory. Make room and press Enter; q and Enter, "
                              "or Ctrl-C, saves it elsewhere."
                            : "The run is still in memory; saving is tried again for 15 s.");
        told_ = why;
    }
    return person ? ask_person() : wait_alone();
}

bool RoomWait::ask_person() {
    const auto end = Clock::now() + kBetweenTries;
    while (!stop_.requested() && Clock::now() < end) {
        pollfd input{STDIN_FILENO, POLLIN, 0};
        if (::poll(&input, 1, kPollMilliseconds) <= 0) continue;
        std::array<char, 256> answer;
        const ssize_t got = ::read(STDIN_FILENO, answer.data(), answer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;  // the terminal is closed
        const std::string_view line(answer.data(), static_cast<std::size_t>(got));
        if (line.front() == 'q' || line.front() == 'Q') return false;
        told_.clear();  // an answer is due
        return true;
    }
    return !stop_.requested();
}

bool RoomWait::wait_alone() {
    if (tries_ == static_cast<int>(kPausesAlone.size())) return false;
    const auto pause = kPausesAlone[static_cast<std::size_t>(tries_++)];
    const auto end = Clock::now() + std::chrono::seconds(pause);
    while (!stop_.requested() && Clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(kPollMilliseconds));
    }
    return !stop_.requested();
}

}  // namespace elbow::commands

#include "app/commands/stop_signal.h"

#include <csignal>

namespace elbow::commands {

namespace {

constexpr std::size_t kStackBytes = 64 * 1024;

// A handler can reach nothing else than a global of this type.
volatile std::sig_atomic_t stop_requested = 0;

void note_stop(int /*signal*/) { stop_requested = 1; }

struct sigaction handler(void (*function)(int), int flags) {
    struct sigaction action {};
    action.sa_handler = function;
    action.sa_flags = flags;
    sigemptyset(&action.sa_mask);
    return action;
}

struct sigaction noting_once() {
    return handler(note_stop, SA_RESTART | SA_ONSTACK | static_cast<int>(SA_RESETHAND));
}

}  // namespace

StopSignal::StopSignal() : stack_(kStackBytes) {
    stop_requested = 0;
    stack_t stack{};
    stack.ss_sp = stack_.data();
    stack.ss_size = stack_.size();
    sigaltstack(&stack, &stack_before_);
    const struct sigaction once = noting_once();
    sigaction(SIGINT, &once, &interrupt_before_);
    sigaction(SIGTERM, &once, &terminate_before_);
    sigaction(SIGHUP, &once, &hang_up_before_);
    // Under nohup the run is meant to outlive its terminal.
    if (hang_up_before_.sa_handler == SIG_IGN) sigaction(SIGHUP, &hang_up_before_, nullptr);
}

StopSignal::~StopSignal() {
    sigaction(SIGINT, &interrupt_before_, nullptr);
    sigaction(SIGTERM, &terminate_before_, nullptr);
    sigaction(SIGHUP, &hang_up_before_, nullptr);
    sigaltstack(&stack_before_, nullptr);
}

void StopSignal::listen_again() {
    const struct sigaction once = noting_once();
    sigaction(SIGINT, &once, nullptr);
    sigaction(SIGTERM, &once, nullptr);
    if (hang_up_before_.sa_handler != SIG_IGN) sigaction(SIGHUP, &once, nullptr);
    stop_requested = 0;
}

bool StopSignal::requested() const { return stop_requested != 0; }

}  // namespace elbow::commands

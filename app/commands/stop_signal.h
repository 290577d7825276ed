#pragma once

// Ctrl-C and its like, as a wish that a long command looks at between two steps. Main thread only,
// one at a time.

#include <csignal>
#include <cstddef>
#include <vector>

namespace elbow::commands {

class StopSignal {
  public:
    // From now on the first SIGINT, SIGTERM or SIGHUP is only noted; a second one of the same kind
    // ends the program.
    StopSignal();
    ~StopSignal();  // as it was before
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    bool requested() const;
    // Forgets what was noted, and notes the next one as the first.
    void listen_again();

  private:
    // The handler has a stack of its own: oneDNN's matrix product uses the stack pointer for data,
    // and a handler on the usual stack would then write into the heap.
    std::vector<std::byte> stack_;
    stack_t stack_before_{};
    struct sigaction interrupt_before_ {};
    struct sigaction terminate_before_ {};
    struct sigaction hang_up_before_ {};
};

}  // namespace elbow::commands

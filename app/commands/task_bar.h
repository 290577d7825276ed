#pragma once

// A long piece of work of a command: on a thread of its own, with a bar on the terminal; Ctrl-C
// cancels it, and what it has begun is taken back. Main thread only.

#include <chrono>
#include <functional>
#include <string>
#include <thread>

#include "app/commands/stop_signal.h"
#include "app/commands/terminal_progress.h"
#include "engine/core/task.h"

namespace elbow::commands {

// What the work returns; rethrows what it throws. `last_words`, where it is not null, becomes what
// was reported last.
template <class Result>
Result run_with_bar(std::function<Result(Progress&)> work, std::string* last_words = nullptr) {
    const StopSignal stop;
    Task<Result> task(std::move(work));
    {
        TerminalProgress bar(TerminalProgress::Elsewhere::kLines);
        while (!task.done()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            if (stop.requested()) task.progress().cancel();
            if (const std::string what = task.progress().what(); !what.empty() && !task.done())
                bar.show(task.progress().fraction(), what);
        }
    }
    if (last_words != nullptr) *last_words = task.progress().what();
    return task.take();
}

}  // namespace elbow::commands

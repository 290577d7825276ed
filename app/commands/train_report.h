#pragma once

// What a headless training tells: lines of results on stdout (for a person, or JSON for a program),
// and a progress bar and remarks on stderr. Main thread only.

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "app/commands/standard_output.h"
#include "app/commands/terminal_progress.h"
#include "engine/train/session.h"

namespace elbow::commands {

class TrainReport {
  public:
    // json: one object a line for each evaluation, and nothing else on stdout.
    explicit TrainReport(bool json);

    // What is trained, and what the numbers of the lines are.
    void begin(const train::Session&, int threads);
    void evaluation(const train::EvaluationRecord&);
    // The newest mean over minibatches, nats per image.
    void train_bound(double nats) { train_bound_ = nats; }
    // Redraws the bar at most ten times a second. fraction in [0, 1] of what was asked for.
    void progress(const train::Session&, double fraction);
    // Leaves the bar as it is at the end and says what has come of the run. saved_to: null where
    // nothing is saved.
    void end(const train::Session&, double fraction, const train::EvaluationRecord& last,
             const std::filesystem::path* saved_to);
    void remark(const std::string&);
    // So that a line on stderr takes the place of the bar, which is drawn again under it.
    void clear_bar();

    // Whoever read stdout has gone.
    bool closed() const { return output_.closed(); }

  private:
    using Clock = std::chrono::steady_clock;

    void draw_bar(const train::Session&, double fraction);

    bool json_;
    StandardOutput output_;
    TerminalProgress bar_;
    bool bar_shown_ = false;
    Clock::time_point start_ = Clock::now();
    Clock::time_point next_bar_ = Clock::now();
    std::optional<double> train_bound_;  // of the newest record, nats per image
};

}  // namespace elbow::commands

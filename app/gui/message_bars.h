#pragma once

// The bars under the top bar that say what is wrong or open, and offer what can be done: how a race
// stands, a run that failed, one that was paused because nothing gets better, one whose schedule
// has ended, one that overfits or whose latents say nothing, one that could not be started, one
// that was interrupted. GUI thread.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "app/gui/area.h"
#include "app/gui/context.h"
#include "app/gui/interruption.h"
#include "app/gui/live_runs.h"
#include "app/gui/run_starter.h"

namespace elbow::gui {

class MessageBars {
  public:
    // usual_dataset: what a run with the usual options learns from. All has to outlive the bars.
    MessageBars(LiveRuns& runs, RunStarter& starter, std::optional<Interruption>& interruption,
                const std::string& usual_dataset)
        : runs_(runs),
          starter_(starter),
          interruption_(interruption),
          usual_dataset_(usual_dataset) {}

    // Returns where the panels may begin, y in pixels.
    float draw(Context&, const Area& below, float margin_px);

  private:
    bool draw_refused_start(Context&, const Area&);
    bool draw_offer(Context&, const Area&);
    bool draw_interruption(Context&, const Area&);
    void draw_failure(Context&, std::size_t number, const Area&);
    bool draw_lost_patience(Context&, std::size_t number, const Area&);
    bool draw_ended_schedule(Context&, std::size_t number, const Area&);
    bool draw_advice(Context&, std::size_t number, const Area&);

    LiveRuns& runs_;
    RunStarter& starter_;
    std::optional<Interruption>& interruption_;
    const std::string& usual_dataset_;
    // The end of a schedule that the person has seen, training images, and its run.
    std::pair<std::uint64_t, std::int64_t> seen_end_{};
    std::set<std::pair<std::uint64_t, std::string>>
        seen_advice_;  // runs, and what was said of them
};

}  // namespace elbow::gui

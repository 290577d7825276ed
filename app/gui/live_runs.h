#pragma once

// The runs in the window: one, or the two of a race. One of them is in hand: what the panels show
// that show one run. GUI thread.

#include <array>
#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/live_run.h"
#include "app/gui/map/map_link.h"
#include "app/gui/trash_returns.h"
#include "engine/live/race.h"

namespace elbow::gui {

class LiveRuns {
  public:
    // How many threads train: while nobody touches the window, and while somebody does. The runs of
    // a race share them.
    struct Threads {
        int untouched, touched;
    };
    LiveRuns(Threads, KeepingRule);
    ~LiveRuns();

    std::size_t count() const { return runs_.size(); }
    bool racing() const { return race_.has_value(); }
    LiveRun& run(std::size_t number) const { return *runs_[number]; }
    std::size_t number_in_hand() const { return in_hand_; }
    LiveRun& in_hand() const { return run(in_hand_); }
    // For a run that is gone (its race ended in this very frame): nothing changes.
    void take_in_hand(std::size_t number) {
        if (number < runs_.size()) in_hand_ = number;
    }
    // What a run of a race is, or is about to be.
    const RunConfig& config(std::size_t number) const;
    // Null where there is no race.
    std::shared_ptr<live::Pace> pace() const { return race_ ? race_->pace : nullptr; }
    // What a restart of the run in hand makes of both.
    std::pair<RunConfig, RunConfig> both_configs(const RunConfig& wished) const;

    // Sends a Restart, a Resume or a Branch, when what it replaces was told to be kept. A rival:
    // both begin a race, or neither does: throws UsageError where one of them cannot be. None: a
    // race ends. `opened` is of a run that goes on.
    void begin(live::Command, const std::optional<RunConfig>& rival, const OpenedRun& = {});
    // To all runs; a changed option to the one in hand alone, where it is not shared. A run that
    // has failed stays so.
    void send(const live::Command&);
    // Of any run, where there are two.
    live::TrainerStatus status() const;
    // The run in hand goes on alone, and the other one is kept.
    void end_race();

    // Once a frame.
    void share_processor(bool touched);
    // At the start of a frame; says whether anything moves.
    bool collect(std::optional<double> input_s, Toasts&);
    // Before the panels, by where the mouse is now.
    void drag_moment(float x) {
        for (const auto& run : runs_) run->drag_moment(x);
    }
    // Puts it in the place of the run in hand, once all is written that is to be kept.
    void bring_back(std::shared_ptr<const ReplacedRun> run) { bringing_back_ = std::move(run); }
    // How much room kept runs may take.
    void keep_within(const KeepingBudget&);
    // What is chosen in both: the image and the labels; the other run goes to the moment of its
    // training that is nearest to where the run in hand is looked at. With `link_maps` the dot and
    // the view, too, where both have as many latents.
    void link_choices(bool link_maps);
    // After the last frame: as RunSaver::keep_and_wait(), for all of them.
    std::vector<SaveNews> keep_and_wait();

  private:
    struct Race {
        std::shared_ptr<live::Pace> pace;
        std::array<RunConfig, 2> asked_for;
    };
    // What is chosen in both runs.
    struct Choice {
        std::optional<int> point;
        std::uint32_t hidden_labels = 0;
        std::string hidden_of = {};
        std::filesystem::path table = {};
        std::vector<int> selection;
        bool isolate = false;
        bool operator==(const Choice&) const = default;
    };
    void begin_race(live::Restart, const RunConfig& rival);
    bool can_link_maps() const;
    void leave(std::size_t number);
    void offer_back(LiveRun&, Toasts&);
    void bring_back_when_kept();
    void tell_what_went(LiveRun&, Toasts&);
    int share_of(int threads) const;

    const Threads threads_;
    KeepingRule rule_;
    std::vector<std::unique_ptr<LiveRun>> runs_;
    std::size_t in_hand_ = 0;
    std::optional<Race> race_;
    bool race_began_ = false;  // and the run that it replaced was not told of yet
    TrashReturns trash_;
    std::shared_ptr<const ReplacedRun> bringing_back_;
    std::uint64_t brought_back_ = 0;             // numbers of Resumes
    std::optional<Choice> linked_;               // absent where a race has just begun
    std::optional<std::int64_t> linked_moment_;  // Rewind::at()
    MapLink map_link_;
    std::vector<std::unique_ptr<LiveRun>> leaving_;  // being kept
    std::vector<std::future<void>> ending_;          // their threads
};

}  // namespace elbow::gui

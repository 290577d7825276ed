#pragma once

// Decides which run the trainer starts: loads or fetches what it needs first, falls back to images
// drawn in code if the requested ones cannot be found, and offers the remedy. The present run goes
// on until the new one can begin, and stays if loading fails. GUI thread.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "app/gui/loader.h"
#include "engine/live/trainer.h"

namespace elbow::gui {

// Something that did not go as requested, with the button that fixes it.
struct Offer {
    std::string text;
    std::string button;
    bool is_error = false;
    Loader::Job job;
};

class RunStarter {
  public:
    // What the present run looks like.
    using State = std::function<std::shared_ptr<const live::TrainerState>()>;
    // Puts a Restart, a Resume or a Branch in the place of the present run; with a rival, a race of
    // two. `opened` is of a run that goes on.
    using Begin = std::function<void(live::Command, const std::optional<RunConfig>& rival,
                                     const OpenedRun& opened)>;

    RunStarter(data::SearchPath path, RunConfig first_config, State state, Begin begin)
        : loader_(std::move(path)),
          first_config_(std::move(first_config)),
          state_(std::move(state)),
          begin_(std::move(begin)) {}

    void restart(const RunConfig&, const std::optional<RunConfig>& rival = std::nullopt);
    // The same where the data set of that name was made anew: what is in memory is of before.
    void start_on_new_data(const RunConfig&);
    // From the weights of an earlier moment of the present run.
    void branch(train::SnapshotPtr moment);
    // As it was saved, paused or playing, unless `play` says which.
    void resume(const std::filesystem::path& run_folder, std::optional<bool> play = std::nullopt);
    void fetch(const std::string& dataset);
    void accept_offer();
    void dismiss_offer() { offer_.reset(); }
    void cancel() { loader_.cancel(); }
    // Where what is being loaded is for a race.
    void cancel_race() {
        if (loader_.loads_for_race()) loader_.cancel();
    }

    // Once a frame.
    void poll(Toasts&);
    LoadingState loading() const;
    const std::optional<Offer>& offer() const { return offer_; }

  private:
    void begin(const Loader::Job&, const Loader::Loaded&);
    void begin_saved(const Loader::Job&, const Loader::Loaded&);
    void tell_missing(const Loader::Outcome&);
    void tell_failure(const Loader::Outcome&, Toasts&);
    bool something_runs() const { return state_()->snapshot != nullptr || begun_; }
    // Starts on images drawn in code, so that the first window is never a dead one. Says whether it
    // did.
    bool stand_in(const Loader::Job& wished);

    Loader loader_;
    RunConfig first_config_;
    State state_;
    Begin begin_;
    std::optional<Offer> offer_;
    std::uint64_t resumes_ = 0;
    bool begun_ = false;        // a run was sent to the trainer, which may not have said so yet
    bool standing_in_ = false;  // the job under way is the one nobody wished for
};

}  // namespace elbow::gui

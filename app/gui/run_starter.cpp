#include "app/gui/run_starter.h"

#include <utility>

#include "app/gui/window_words.h"

namespace elbow::gui {
namespace {

constexpr const char* kDrawnInCode = "shapes";

}  // namespace

void RunStarter::restart(const RunConfig& config, const std::optional<RunConfig>& rival) {
    const auto state = state_();
    if (state->dataset && state->dataset->name == config.dataset) {
        loader_.give_up();
        begin_(live::Restart{config, state->dataset}, rival, {});
        return;
    }
    offer_.reset();
    standing_in_ = false;
    loader_.start({config, std::nullopt, false, rival});
}

void RunStarter::start_on_new_data(const RunConfig& config) {
    offer_.reset();
    standing_in_ = false;
    loader_.start({config, std::nullopt, false});
}

void RunStarter::branch(train::SnapshotPtr moment) {
    loader_.give_up();
    begin_(live::Branch{std::move(moment)}, std::nullopt, {});
}

void RunStarter::resume(const std::filesystem::path& run_folder, std::optional<bool> play) {
    offer_.reset();
    standing_in_ = false;
    loader_.start({first_config_, run_folder, false, std::nullopt, play});
}

void RunStarter::fetch(const std::string& dataset) {
    const auto state = state_();
    RunConfig config = state->snapshot ? state->config : first_config_;
    config.dataset = dataset;
    config.train_images = first_config_.train_images;
    offer_.reset();
    standing_in_ = false;
    loader_.start({config, std::nullopt, true});
}

void RunStarter::accept_offer() {
    if (!offer_) return;
    const Loader::Job job = offer_->job;
    offer_.reset();
    standing_in_ = false;
    if (job.fetch && !job.run_folder && job.config == first_config_) {
        fetch(job.config.dataset);  // with what was changed while another data set stood in
    } else {
        loader_.start(job);
    }
}

void RunStarter::poll(Toasts& toasts) {
    const std::optional<Loader::Outcome> outcome = loader_.poll();
    if (!outcome) return;
    if (outcome->loaded) {
        begin(outcome->job, *outcome->loaded);
        if (const std::string& remark = outcome->loaded->remark; !remark.empty())
            toasts.add(ToastKind::kInfo, in_window_words(remark));
    } else if (!outcome->missing_dataset.empty()) {
        tell_missing(*outcome);
    } else if (!outcome->failure.empty()) {
        tell_failure(*outcome, toasts);
    } else {
        toasts.add(ToastKind::kInfo, "Loading was cancelled.");
        stand_in(outcome->job);
    }
}

LoadingState RunStarter::loading() const {
    LoadingState state = loader_.state();
    const auto trainer = state_();
    state.making = begun_ && !state.active && !trainer->snapshot && trainer->start_refusal.empty();
    return state;
}

void RunStarter::begin(const Loader::Job& job, const Loader::Loaded& loaded) {
    begun_ = true;
    if (!standing_in_) offer_.reset();
    standing_in_ = false;
    if (loaded.run) {
        begin_saved(job, loaded);
    } else {
        begin_(live::Restart{job.config, loaded.dataset}, job.rival, {});
    }
}

void RunStarter::begin_saved(const Loader::Job& job, const Loader::Loaded& loaded) {
    live::Resume resume{{loaded.run, &loaded.run->checkpoint}, loaded.dataset};
    resume.playing = job.play ? job.play : loaded.session.playing;
    resume.number = ++resumes_;
    begin_(std::move(resume), std::nullopt, {loaded.session, loaded.folder});
}

bool RunStarter::stand_in(const Loader::Job& wished) {
    if (something_runs() || wished.config.dataset == kDrawnInCode) return false;
    Loader::Job job;
    job.config = first_config_;
    job.config.dataset = kDrawnInCode;
    job.config.train_images = 0;
    standing_in_ = true;
    loader_.start(job);
    return true;
}

void RunStarter::tell_missing(const Loader::Outcome& outcome) {
    const std::string title = dataset_title(outcome.missing_dataset);
    Offer offer{title + " is not on this machine yet.", "Fetch " + title, false, outcome.job};
    offer.job.fetch = true;
    if (outcome.job.run_folder) {
        offer.text = "The run " + outcome.job.run_folder->string() + " learns from " + title +
                     ", which is not on this machine yet.";
    }
    if (stand_in(outcome.job)) offer.text += " Training on shapes drawn in code meanwhile.";
    offer_ = std::move(offer);
}

void RunStarter::tell_failure(const Loader::Outcome& outcome, Toasts& toasts) {
    const std::string what = outcome.job.run_folder ? "No run was opened: " : "";
    const std::string failure = what + in_window_words(outcome.failure);
    Offer offer{failure, "Try again", true, outcome.job};
    if (stand_in(outcome.job)) offer.text += " Training on shapes drawn in code meanwhile.";
    if (something_runs() && !standing_in_) toasts.add(ToastKind::kError, failure);
    offer_ = std::move(offer);
}

}  // namespace elbow::gui

#include "app/gui/run_saver.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <system_error>
#include <thread>
#include <utility>

#include "app/gui/autosave_files.h"
#include "app/gui/rescue.h"
#include "app/gui/run_session.h"
#include "app/gui/runs/run_files.h"
#include "engine/core/error.h"
#include "engine/data/datasets.h"
#include "engine/io/run_folder.h"
#include "engine/train/divergence.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

// A name or a pin that the person gave the run in the list of runs, since it was saved last.
std::string with_label_in(const fs::path& folder, const std::string& session) {
    try {
        const RunSession label = parse_session(io::load_session(folder));
        return with_label(session, label.name, label.pinned);
    } catch (const std::exception&) {  // damaged or gone: written again
        return session;
    }
}

// "mnist-20240131-235959", with -2, -3 ... where that is taken.
fs::path new_folder(const fs::path& runs, const std::string& dataset) {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    char stamp[32];
    std::strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &local);
    const std::string name = data::name_for_files(dataset) + "-" + stamp;
    fs::path folder = runs / name;
    std::error_code none;
    for (int i = 2; fs::exists(folder, none); ++i) {
        folder = runs / (name + "-" + std::to_string(i));
    }
    return folder;
}

std::string text_of(const std::vector<TrashedRun>& gone) {
    const std::string why = gone.size() == 1 ? " went to the trash, to make room for newer ones."
                                             : " went to the trash, to make room for newer ones: ";
    if (gone.size() == 1) return "The run '" + gone.front().what + "'" + why;
    std::string names;
    for (const TrashedRun& run : gone) names += (names.empty() ? "'" : ", '") + run.what + "'";
    return std::to_string(gone.size()) + " runs" + why + names + ".";
}

}  // namespace

RunSaver::RunSaver(live::Trainer& trainer, KeepingRule rule, std::function<std::string()> session)
    : trainer_(trainer), rule_(std::move(rule)), session_(std::move(session)) {
    if (!rule_.mark) rule_.mark = std::make_shared<WindowMark>(rule_.state);
}

void RunSaver::request(Reason reason, const fs::path& parent, const std::string& name) {
    awaited_[++number_] = Wish{reason, parent, session_(), name};
    trainer_.send(live::TakeCheckpoint{number_});
}

void RunSaver::save(const fs::path& parent, const std::string& name) {
    request(Reason::kAsked, parent, name);
}

// The folder that has the weights of this checkpoint; null where none has.
RunSaver::Kept* RunSaver::holder_of(const live::TakenCheckpoint& taken) {
    for (Kept* one : {&kept_, &opened_}) {
        if (one->run == taken.run && !one->folder.empty() && one->step == taken.checkpoint.step &&
            one->restarts_after_failure == taken.restarts_after_failure)
            return one;
    }
    return nullptr;
}

// Whether it is worth keeping is seen in the checkpoint: what state() tells may be of a moment ago.
void RunSaver::keep() {
    if (trainer_.state()->snapshot) request(Reason::kReplaced);
}

fs::path RunSaver::folder_of(std::uint64_t run) const {
    const auto found = homes_.find(run);
    return found == homes_.end() ? fs::path() : found->second;
}

void RunSaver::note_opened(std::uint64_t run, const fs::path& folder, std::int64_t step) {
    std::error_code error;
    if (!rule_.keeps || folder.empty()) return;
    if (!fs::equivalent(folder.parent_path(), rule_.state / kRunsFolder, error) || error) return;
    homes_[run] = folder;
    opened_ = {.run = run, .folder = folder, .step = step};
    rule_.mark->add(folder, false);  // from its first step on it would be missed
}

void RunSaver::begin_timing(const live::TrainerState& state) {
    timing_ = {state.snapshot->run, state.train_seconds + rule_.first_s, false, false,
               state.config};
    told_.clear();
}

void RunSaver::request_when_due() {
    const auto state = trainer_.state();
    if (!rule_.keeps || !state->snapshot) return;
    if (state->snapshot->run != timing_.run) begin_timing(*state);
    const double now_s = state->train_seconds;
    const bool playing = state->status == live::TrainerStatus::kPlaying;
    if (std::exchange(timing_.playing, playing) && !playing) timing_.due = true;
    if (now_s >= timing_.next_at_s) timing_.due = true;
    if (state->config != timing_.config) {
        timing_.config = state->config;
        timing_.next_at_s = std::min(timing_.next_at_s, now_s + rule_.change_s);
    }
    if (state->status == live::TrainerStatus::kFailed || !timing_.due || busy()) return;
    timing_.due = false;
    timing_.next_at_s = now_s + rule_.interval_s;
    request(Reason::kInterval);
}

std::vector<SaveNews> RunSaver::keep_and_wait() {
    using Clock = std::chrono::steady_clock;
    last_ = true;
    keep();
    trainer_.send(live::Pause{});
    std::vector<SaveNews> news;
    const auto end = Clock::now() + std::chrono::duration<double>(rule_.patience_s);
    while (busy() && Clock::now() < end) {
        for (SaveNews& item : poll(trainer_.take_update())) news.push_back(std::move(item));
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    if (!busy()) kept_.lock.reset();  // another window may go on with the run
    if (!busy() && news.empty() && !kept_.folder.empty()) {  // there was nothing new to save
        news.push_back(
            {ToastKind::kGood, "The run is kept in " + kept_.folder.string(), kept_.folder});
    }
    std::string trouble;
    for (const SaveNews& item : news) {
        if (item.kind == ToastKind::kError) trouble += (trouble.empty() ? "" : "\n") + item.text;
    }
    if (busy()) {
        trouble += trouble.empty() ? "" : "\n";
        trouble += "The run could not be kept in '" + rule_.state.string() + "' within " +
                   std::to_string(static_cast<int>(rule_.patience_s)) +
                   " s. Check that its disk responds.";
        if (!kept_.folder.empty()) {
            trouble +=
                " Step " + std::to_string(kept_.step) + " is in '" + kept_.folder.string() + "'.";
        }
    }
    if (!trouble.empty()) throw Error(trouble);
    return news;
}

std::vector<SaveNews> RunSaver::poll(const live::TrainerUpdate& update) {
    std::vector<SaveNews> news;
    for (const auto& taken : update.taken) {
        const auto awaited = awaited_.find(taken->number);
        if (awaited == awaited_.end()) continue;
        const Wish wish = awaited->second;
        awaited_.erase(awaited);
        if (taken->failure.empty()) {
            // Of several restarts at once, the first took something away.
            const bool first = !replaced_ || replaced_->run == taken->run;
            if (wish.reason == Reason::kReplaced && first) replaced_ = taken;
            waiting_.push_back({wish, taken});
        } else {
            news.push_back({ToastKind::kError, "The run was not saved: " + taken->failure, {}});
        }
    }
    if (task_ && task_->done()) collect(news);
    start_next();
    request_when_due();
    return news;
}

bool RunSaver::is_to_be_missed(const Job& job) const {
    if (job.wish.reason == Reason::kAsked) return true;
    if (!rule_.keeps) return false;
    const live::TakenCheckpoint& taken = *job.taken;
    const double trained_s = taken.checkpoint.train_seconds - taken.start.train_seconds;
    // Of a run that is kept already, nothing is too little.
    const bool has_home = taken.run == kept_.run && !kept_.folder.empty();
    if (has_home ? trained_s <= 0.0 : trained_s < rule_.worth_keeping_s) return false;
    // A run that failed goes back to where it was sound, which may be before what was kept of it.
    // Once it has gone on from there, what was kept is of a way that was given up.
    return taken.run != kept_.run || taken.checkpoint.step > kept_.step ||
           taken.restarts_after_failure > kept_.restarts_after_failure;
}

void RunSaver::start_next() {
    while (!task_ && !waiting_.empty()) {
        job_ = std::move(waiting_.front());
        waiting_.pop_front();
        if (job_.wish.reason != Reason::kAsked && job_.taken->run != kept_.run) {
            kept_ = {job_.taken->run, folder_of(job_.taken->run), -1};
        }
        if (!is_to_be_missed(job_)) {
            keep_session_alone();
            if (!task_) note_end(job_);
            continue;
        }
        task_ = std::make_unique<Work>([job = job_, kept = kept_, rule = rule_, last = last_](
                                           Progress&) { return write(job, kept, rule, last); });
    }
    if (!task_) job_ = {};  // lets go of the weights
}

// The person has moved in a run whose weights are as they were saved.
void RunSaver::keep_session_alone() {
    Kept* holder = rule_.keeps ? holder_of(*job_.taken) : nullptr;
    if (holder == nullptr || job_.wish.session.empty() || holder->session == job_.wish.session)
        return;
    holder->session = job_.wish.session;
    task_ = std::make_unique<Work>(
        [folder = holder->folder, session = job_.wish.session, mark = rule_.mark](Progress&) {
            Saved saved;
            saved.session_alone = true;
            try {
                if (!mark->is_elsewhere(folder))
                    io::replace_session(folder, with_label_in(folder, session));
            } catch (const Error&) {  // a medium that cannot be written, or a run that is gone
            }
            return saved;
        });
}

RunSaver::Saved RunSaver::write(const Job& job, Kept kept, const KeepingRule& rule, bool last) {
    const live::TakenCheckpoint& taken = *job.taken;
    Saved saved;
    const double bound = train::held_out_score(taken.checkpoint, *taken.dataset);
    saved.why_not = train::why_diverged(taken.checkpoint, bound, taken.start.bound);
    if (!saved.why_not.empty()) {
        saved.why_not =
            "it has diverged: " + saved.why_not + " Restart it with a smaller step size.";
        return saved;
    }
    if (job.wish.reason == Reason::kAsked) {
        const fs::path runs = job.wish.parent / "runs";
        const std::string& name = job.wish.name;
        saved.folder = name.empty() ? new_folder(runs, taken.checkpoint.config.dataset)
                                    : free_run_folder(runs, name);
        io::save_run(saved.folder, taken.checkpoint, taken.dataset.get(),
                     with_label(job.wish.session, name, false));
        return saved;
    }
    try {
        find_place(kept, rule);
        keep_in(kept, job, rule);
        saved.folder = kept.folder;
        saved.lock = kept.lock;
    } catch (const std::exception& failure) {
        if (!last) throw;
        saved.folder = rescue_run(taken.checkpoint, taken.dataset.get(), job.wish.session, {},
                                  message_of(failure));
        saved.warning =
            message_of(failure) + " The run is saved in '" + saved.folder.string() + "' instead.";
        return saved;
    }
    rule.mark->add(saved.folder);
    try {
        saved.gone = mark_as_newest(rule.state, saved.folder, rule.budget);
    } catch (const std::exception& failure) {
        saved.warning = failure.what();
    }
    return saved;
}

// A kept folder of this run's own, with its lock.
void RunSaver::find_place(Kept& kept, const KeepingRule& rule) {
    if (kept.lock) return;
    if (kept.step < 0 && !kept.folder.empty() &&
        (rule.mark->is_elsewhere(kept.folder) || io::is_locked(kept.folder))) {
        rule.mark->remove(kept.folder);  // another window goes on with it, or another program
        kept.folder.clear();
    }
    if (kept.folder.empty()) return;
    kept.lock = std::make_shared<io::RunLock>(io::lock_run_folder(kept.folder));
}

// A folder that had to be made does not stay behind empty.
void RunSaver::keep_in(Kept& kept, const Job& job, const KeepingRule& rule) {
    const live::TakenCheckpoint& taken = *job.taken;
    std::string session = job.wish.session;
    if (kept.folder.empty()) {
        kept.folder = make_autosave_folder(rule.state, taken.checkpoint.config, rule.mark.get());
    } else {
        session = with_label_in(kept.folder, session);
    }
    try {
        if (!kept.lock) {
            kept.lock = std::make_shared<io::RunLock>(io::lock_run_folder(kept.folder));
        }
        io::save_run(*kept.lock, taken.checkpoint, taken.dataset.get(), session);
    } catch (...) {
        kept.lock.reset();
        std::error_code not_empty;
        if (fs::remove(kept.folder, not_empty)) rule.mark->remove(kept.folder);
        throw;
    }
}

void RunSaver::collect(std::vector<SaveNews>& news) {
    try {
        const Saved saved = task_->take();
        if (job_.wish.reason != Reason::kAsked && !saved.folder.empty()) {
            kept_.folder = saved.folder;
            kept_.step = job_.taken->checkpoint.step;
            kept_.restarts_after_failure = job_.taken->restarts_after_failure;
            kept_.lock = saved.lock;
            kept_.session = job_.wish.session;
            homes_[kept_.run] = kept_.folder;
        }
        note_end(job_);
        if (!saved.session_alone) tell(saved, news);
    } catch (const std::exception& failure) {
        tell_trouble({ToastKind::kError, message_of(failure), {}}, news);
    }
    task_.reset();
}

// What has been replaced and is kept is not interrupted by whatever happens to the window.
void RunSaver::note_end(const Job& job) {
    const bool kept = job.taken->run == kept_.run && !kept_.folder.empty();
    if (job.wish.reason != Reason::kReplaced || !kept) return;
    rule_.mark->remove(kept_.folder);
    kept_.lock.reset();
}

void RunSaver::tell(const Saved& saved, std::vector<SaveNews>& news) {
    const bool asked = job_.wish.reason == Reason::kAsked;
    const std::string verb = asked ? "saved" : "kept";
    if (!saved.why_not.empty()) {
        std::string text = "The run was not " + verb + ": " + saved.why_not;
        if (job_.taken->run == kept_.run && !kept_.folder.empty()) {
            text += " Its last good save, of step " + std::to_string(kept_.step) + ", stays in " +
                    kept_.folder.string();
        }
        tell_trouble({asked ? ToastKind::kError : ToastKind::kInfo, text, {}}, news);
        return;
    }
    if (!saved.warning.empty()) {
        tell_trouble({ToastKind::kError, saved.warning, saved.folder}, news);
        return;
    }
    told_.clear();
    if (!saved.gone.empty()) {
        news.push_back({ToastKind::kInfo, text_of(saved.gone), {}, saved.gone});
    }
    if (job_.wish.reason == Reason::kInterval) return;
    news.push_back(
        {ToastKind::kGood, "The run was " + verb + " in " + saved.folder.string(), saved.folder});
}

// What goes wrong at each interval is said once, until it went well again.
void RunSaver::tell_trouble(SaveNews item, std::vector<SaveNews>& news) {
    const bool told = !told_.insert(item.text).second;
    if (!told || job_.wish.reason != Reason::kInterval) news.push_back(std::move(item));
}

}  // namespace elbow::gui

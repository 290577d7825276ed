#pragma once

// Saves runs without the frame ever waiting: asks the trainer for a checkpoint, and a thread of its
// own checks that it has not diverged and writes it. "Save run" makes a new folder; besides, each
// run is kept (autosaves.h) soon after its start, every few minutes, when it is paused or an option
// is changed, and before a restart or the end of the program drops it. A run that has diverged is
// never saved; its last good save stays. GUI thread.

#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/autosaves.h"
#include "app/gui/widgets/toasts.h"
#include "engine/core/task.h"
#include "engine/io/run_lock.h"
#include "engine/live/trainer.h"

namespace elbow::gui {

struct KeepingRule {
    bool keeps = true;  // false: only what is asked for is saved (tests and demonstrations)
    std::filesystem::path state = state_folder();
    double worth_keeping_s = 1.0;  // of training, since the start of a run
    double worth_undoing_s = 1.0;  // likewise: what a restart replaced is offered back
    double first_s = 30.0;         // of training, until it is kept for the first time
    double interval_s = 120.0;     // of training, between two savings while it goes on
    double change_s = 5.0;         // of training, after an option was changed
    double patience_s = 30.0;      // at the end of the program, with the trainer and the disk
    KeepingBudget budget = {};
    std::shared_ptr<WindowMark> mark = nullptr;  // of the window; null: the saver makes its own
};

// What has become of a save.
struct SaveNews {
    ToastKind kind;
    std::string text;
    std::filesystem::path folder;       // empty where nothing was saved
    std::vector<TrashedRun> gone = {};  // what made room; it can be brought back
};

class RunSaver {
  public:
    // `session`: the session.json of the run as it is now.
    explicit RunSaver(
        live::Trainer&, KeepingRule = {},
        std::function<std::string()> session = [] { return std::string(); });

    // "Save run": a new folder in <parent>/runs, under this name.
    void save(const std::filesystem::path& parent, const std::string& name = {});
    // Just before a Restart or a Resume is sent: keeps what has been trained.
    void keep();
    // After the last frame: pauses, saves what has been trained and returns when all is written.
    // Throws Error if something could not be written; returns what else to tell the person.
    std::vector<SaveNews> keep_and_wait();
    // Once a frame, with what the trainer handed over.
    std::vector<SaveNews> poll(const live::TrainerUpdate&);
    // What keep() asked for, once it has come, whether it is worth keeping or not; null: nothing.
    std::shared_ptr<const live::TakenCheckpoint> take_replaced() {
        return std::exchange(replaced_, nullptr);
    }
    // The run was opened from this folder, at this step: where that is one of the kept ones, it
    // goes on there; what the person saved elsewhere stays as it is.
    void note_opened(std::uint64_t run, const std::filesystem::path& folder, std::int64_t step);
    // Where a run of this trainer is kept; empty: nowhere.
    std::filesystem::path folder_of(std::uint64_t run) const;
    void keep_within(const KeepingBudget& budget) { rule_.budget = budget; }
    bool busy() const { return !awaited_.empty() || !waiting_.empty() || task_; }

  private:
    enum class Reason { kAsked, kReplaced, kInterval };
    struct Wish {
        Reason reason;
        std::filesystem::path parent;  // where it was asked for
        std::string session;           // at that moment
        std::string name;              // that it was asked for under
    };
    struct Job {
        Wish wish;
        std::shared_ptr<const live::TakenCheckpoint> taken;
    };
    struct Saved {
        std::filesystem::path folder;  // empty: not saved
        std::string why_not;           // it has diverged; empty: saved
        std::string warning;           // saved, but
        bool session_alone = false;
        std::vector<TrashedRun> gone = {};
        std::shared_ptr<io::RunLock> lock = nullptr;  // of the folder, where the run is kept
    };
    // Where the newest run that was kept is.
    struct Kept {
        std::uint64_t run = 0;
        std::filesystem::path folder;  // empty: not kept yet
        std::int64_t step = -1;        // -1: not by this window
        int restarts_after_failure = 0;
        // From the first save on, until another run is kept: no other program saves there.
        std::shared_ptr<io::RunLock> lock = nullptr;
        std::string session = {};  // as it was written last
    };
    using Work = Task<Saved>;

    void request(Reason, const std::filesystem::path& parent = {}, const std::string& name = {});
    Kept* holder_of(const live::TakenCheckpoint&);
    void keep_session_alone();
    void request_when_due();
    void begin_timing(const live::TrainerState&);
    void start_next();
    bool is_to_be_missed(const Job&) const;
    void collect(std::vector<SaveNews>&);
    void tell(const Saved&, std::vector<SaveNews>&);
    void tell_trouble(SaveNews, std::vector<SaveNews>&);
    void note_end(const Job&);
    static Saved write(const Job&, Kept, const KeepingRule&, bool last);
    static void find_place(Kept&, const KeepingRule&);
    static void keep_in(Kept&, const Job&, const KeepingRule&);

    live::Trainer& trainer_;
    KeepingRule rule_;
    std::function<std::string()> session_;
    std::map<std::uint64_t, Wish> awaited_;  // by the number of the checkpoint
    std::uint64_t number_ = 0;
    std::deque<Job> waiting_;  // written one after the other, in the order of the moments
    bool last_ = false;        // the program ends: what fails now is lost
    Job job_;                  // under way, while there is a task
    std::unique_ptr<Work> task_;
    Kept kept_, opened_;
    std::map<std::uint64_t, std::filesystem::path> homes_;  // of each kept run
    std::shared_ptr<const live::TakenCheckpoint> replaced_;
    // When the present run is kept next.
    struct Timing {
        std::uint64_t run = 0;
        double next_at_s = 0.0;  // of its training time
        bool playing = false;    // when it was last looked at
        bool due = false;
        RunConfig config = {};
    };
    Timing timing_;
    std::set<std::string> told_;  // troubles of savings at intervals, each told once
};

}  // namespace elbow::gui

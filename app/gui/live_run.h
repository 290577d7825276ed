#pragma once

// A run in the window with all that belongs to it: its trainer, explorer and saver, its curves, and
// where the person is in its latent space. GUI thread.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/context.h"
#include "app/gui/explore_link.h"
#include "app/gui/own_codes.h"
#include "app/gui/own_columns.h"
#include "app/gui/rewind.h"
#include "app/gui/run_saver.h"
#include "app/gui/run_session.h"
#include "app/gui/view_state.h"
#include "app/gui/visible.h"
#include "engine/live/questions/map.h"
#include "engine/live/trainer.h"

namespace elbow::gui {

// What another run took the place of, and where the person was in it.
struct ReplacedRun {
    std::shared_ptr<const live::TakenCheckpoint> taken;
    RunSession session;
    std::shared_ptr<const int> identity;  // of the LiveRun whose trainer numbered it
};

class LiveRun {
  public:
    LiveRun(int threads, bool playing, const KeepingRule& rule)
        : trainer(threads, playing),
          saver(trainer, rule, [this] { return session_text(session()); }),
          state(trainer.state()) {}

    // At the start of a frame: takes what the threads have handed over. `input_s`: when input
    // arrived since the frame before. Says whether anything moves.
    bool collect(std::optional<double> input_s, Toasts&);
    // Before the panels: takes the mouse, at this pixel, through the training where it holds the
    // slider, so that the image of that moment can be there for this frame.
    void drag_moment(float x);
    // While the panels are drawn: asks for the dot's image where the dot has moved.
    void follow_dot();
    // After the panels: asks the explorer for what they show, and remembers a finished change for
    // undo, with the look of the map. Says whether the person has moved.
    bool settle(double now_s, bool mouse_held, const MapLook&);

    // The weights that the explorer is asked about; null: none yet.
    train::SnapshotPtr explored() const;
    // Where the person is, to be saved with the run.
    RunSession session() const;
    // What the Resume of this number begins, and where the person was in it.
    void expect(std::uint64_t resume, OpenedRun run) { expected_ = {resume, std::move(run)}; }
    // Just before another run takes the place of this one, which its saver was told to keep.
    void expect_replacement() { replaced_session_ = session(); }
    // The folder that the run is kept in or was opened from; empty: none yet.
    std::filesystem::path folder() const;
    // What it was, once the other one is there; null until then.
    std::shared_ptr<const ReplacedRun> take_replaced();

    live::Trainer trainer;
    RunSaver saver;
    ExploreLink link;
    Rewind rewind;
    std::shared_ptr<const live::TrainerState> state;  // never null
    Curves curves;
    ViewState view_state;
    Visible visible;
    UndoStack undo;
    OwnColumns columns = own_columns();
    OwnCodes codes = own_codes();
    std::filesystem::path opened_from;  // the folder; empty: the run was begun here
    std::string name;                   // that the person gave the run
    bool pinned = false;                // never removed to make room
    const std::shared_ptr<const int> identity = std::make_shared<const int>(0);
    std::vector<SaveNews> gone;  // runs that made room for others, to be told
    std::string refusal;         // of a command, not shown yet; empty: there is none

  private:
    struct Expected {
        std::uint64_t resume = 0;
        OpenedRun run;
    };
    bool take_up_session();
    void fit_to_run();
    // It is of a model or a data set that is gone.
    void forget_what_was_visible();
    void take_update(Toasts&);
    void look_at_moment(std::optional<double> input_s);
    // Hands it to the explorer while the rest of the frame is drawn.
    void explore_chosen_moment(bool by_hand);
    // The map that was held with the moment, until its own is made.
    void show_map_of_moment();
    void hear_refusal(Toasts&);
    // Brings the part of the view state that goes with the run up to date.
    void follow();

    std::uint64_t run_ = 0, curves_run_ = 0, refusal_number_ = 0;
    std::shared_ptr<const data::Dataset> dataset_;
    std::optional<std::int64_t> explored_at_;  // Rewind::at() in the frame before
    double looked_at_s_ = 0.0;                 // that frame began
    ViewState view_state_before_;
    Expected expected_;
    std::optional<RunSession> replaced_session_;  // absent: nobody wants it back
    std::shared_ptr<const live::TakenCheckpoint> replaced_;
    struct Followed {
        std::shared_ptr<const live::MapView> map;
        std::uint64_t curves = 0;
        ViewState view_state;
        bool operator==(const Followed&) const = default;
    };
    Followed followed_;
    double moved_at_s_ = 0.0;  // the view_state changed last
};

}  // namespace elbow::gui

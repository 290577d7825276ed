#pragma once

// Everything that a panel may read and change during one frame. The application makes a new one
// each frame. GUI thread.

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/layout_log.h"
#include "app/gui/picture_wish.h"
#include "app/gui/rewind.h"
#include "app/gui/runs/compared_runs.h"
#include "app/gui/runs/run_list.h"
#include "app/gui/settings.h"
#include "app/gui/theme.h"
#include "app/gui/view_state.h"
#include "app/gui/visible.h"
#include "app/gui/widgets/toasts.h"
#include "engine/data/datasets.h"
#include "engine/data/sources/latent_codes.h"
#include "engine/io/image_columns.h"
#include "engine/live/explorer.h"
#include "engine/live/questions/refined.h"
#include "engine/live/race.h"
#include "engine/live/trainer.h"

namespace elbow::gui {

// The curves that the window keeps of the present run.
struct Curves {
    train::ThinnedSeries<train::TrainRecord> train{8192};
    train::ThinnedSeries<train::EvaluationRecord> evaluations{8192};
    std::uint64_t version = 0;  // rises with each change
};

// One of the two runs of a race, as the panels compare them.
struct Contestant {
    std::string name;  // "Wake-sleep"
    ImU32 colour;
    std::shared_ptr<const live::TrainerState> trainer;  // never null
    const Curves* curves;
};
struct RaceView {
    std::array<Contestant, 2> runs;
    std::shared_ptr<live::Pace> pace;
};

// A data set that is being loaded or fetched in the background.
struct LoadingState {
    bool active = false;
    std::string what;      // "Fetching MNIST"
    double fraction = -1;  // negative: unknown
    bool making = false;   // it is loaded, and the first run is being made of it
};

struct PublishedCurve;

struct NumberUnderMouse {
    std::string name;   // "Held-out bound"
    std::string value;  // with every digit
};

// What the panels note while they are drawn, for what comes after them.
struct FrameNotes {
    ImVec2 map_size{640, 560};  // of the map's plot, design pixels
    // The paper's curves that are drawn behind the bound of the run in hand; null: none are.
    std::shared_ptr<const std::vector<PublishedCurve>> published;
    std::optional<PictureWish> under_mouse;  // this frame's; absent: no picture is there
    // This frame's, where it points at a number.
    std::optional<NumberUnderMouse> number_under_mouse;
};

// What a panel asks of the application; each takes effect after the frame, none waits.
struct Actions {
    std::function<void(live::Command)> send;
    // Starts a new run; if its data set is not the present one, loads that in the background first.
    // The present run goes on until then, and stays if loading fails.
    std::function<void(const RunConfig&)> start;
    // The same for the run in hand; in a race the other run restarts, too.
    std::function<void(const RunConfig&)> restart;
    // Two new runs in lockstep.
    std::function<void(const RunConfig&, const RunConfig& rival)> race;
    // The panels that show one run show this one.
    std::function<void(std::size_t number)> take_in_hand;
    // Trains on from a moment before of the run in hand, as a run of its own.
    std::function<void(train::SnapshotPtr)> branch;
    // One of the two goes on alone.
    std::function<void(std::size_t number)> end_race;
    std::function<void()> cancel_loading;
    std::function<void()> toggle_full_screen;
    // Writes the image that the run decodes at z [N] into the folder for exports.
    std::function<void(std::size_t number, std::vector<float> z)> export_image;
    std::function<void()> open_help, open_export, open_images, save_run, open_runs, open_palette;
    std::function<void()> toggle_guided_tour;
    std::function<void()> toggle_lecture;  // lecture.h
    // What the guided tour has switched on is off again, as if it had never been on.
    std::function<void()> put_back_lent;
    // Brings the panel of this id to the front of its tabs.
    std::function<void(const std::string& panel)> show_panel;
    // The picture that the mouse points at, to the clipboard.
    std::function<void()> copy_under_mouse;
    // Of the run in hand, as it was last chosen how: into the folder for exports; a picture to the
    // clipboard.
    std::function<void(const Export&)> write_export, copy_export;
    // Opens a saved run in place of the present one, which is saved first; paused or playing as it
    // was saved, unless `play` says which.
    std::function<void(const std::filesystem::path&, std::optional<bool> play)> open_run;
    std::function<void(const std::filesystem::path&, const std::string& name)> compare_run;
    std::function<void(std::size_t number)> stop_comparing;
    // Removes a folder that was once opened from the list.
    std::function<void(const std::filesystem::path&)> forget_run;
};

struct Context {
    std::shared_ptr<const live::TrainerState>
        trainer;  // never null; trainer->snapshot is null before the first run
    const live::Views& views;
    // Fetches the explorer's newest answers again, including those that came since the frame began
    // (the image under the cursor).
    std::function<live::Views()> newest_views;
    const Curves& curves;
    const LoadingState& loading;
    data::SearchPath data_path;
    ViewState& view_state;
    // Each panel notes its part of what it shows; what is asked of the explorer after the frame
    // follows from this and from the view state (request_of.h).
    Visible& visible;
    // Where the dot has moved, asks for its image at once, so that it may still come within the
    // frame.
    std::function<void()> follow_dot;
    Settings& settings;
    const Theme& theme;
    Actions& actions;
    Toasts& toasts;
    LayoutLog& layout;
    float scale;                     // pixels per unit of design size
    double now_s;                    // since the start
    double frame_ms;                 // smoothed
    const RaceView* race = nullptr;  // null: there is one run
    std::size_t run_number = 0;      // which of the two this is about
    bool in_hand = true;             // the panels that show one run show this one
    bool maximised = false;          // one panel fills the window
    bool lecture = false;            // lecture mode is on
    // Playing where any run is, and failed where all have.
    live::TrainerStatus status = trainer->status;
    // What the trainer has just refused. A panel that shows it beside the option clears it;
    // otherwise it becomes a toast.
    std::string* refusal = nullptr;
    const ComparedRuns* compared = nullptr;             // null: none
    const std::vector<RunEntry>* known_runs = nullptr;  // null: not looked for
    FrameNotes* notes = nullptr;                        // null: nobody reads them
    Rewind* rewind = nullptr;                           // null: there is no going back
    // The weights that the views are about: the newest, or those of a moment before.
    train::SnapshotPtr explored = trainer->snapshot;
    UndoStack* undo = nullptr;                             // of moves; null: there is no undo
    std::shared_ptr<const io::ImageColumns> columns = {};  // null: none
    std::shared_ptr<const data::LatentCodes> codes = {};   // null: none
    // Pictures that were dropped on the window, until a panel takes them; null: none can be.
    std::vector<std::filesystem::path>* dropped_pictures = nullptr;

    int latents() const { return trainer->snapshot ? trainer->snapshot->spec.latents : 0; }
    const data::Dataset* dataset() const { return trainer->dataset.get(); }
    // What per-image inference found for a held-out image; null until it is there.
    const explore::RefinedPoint* refined(int point) const {
        const auto view = views.get<live::RefinedView>();
        const bool there = view && view->point.index == point &&
                           static_cast<int>(view->point.mean.size()) == latents();
        return there ? &view->point : nullptr;
    }
    bool has_run() const { return trainer->snapshot != nullptr && trainer->dataset != nullptr; }
};

}  // namespace elbow::gui

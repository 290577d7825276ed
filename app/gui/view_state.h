#pragma once

// Where the person is in the latent space: a plain value, so that undo is a stack of copies;
// run_session.cpp saves each of its fields with the run. GUI thread.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/gui/map_look.h"
#include "engine/explore/attributes.h"
#include "engine/explore/interpolation.h"
#include "engine/explore/start_places.h"

namespace elbow::gui {

// The part of the map plane that is shown, in latent units; y grows upwards. The panel keeps the
// two scales equal.
struct MapRect {
    double x_center = 0.0;
    double y_center = 0.0;
    double half_height = 3.5;
    bool operator==(const MapRect&) const = default;
};

// Bits of ViewState::hidden_labels. Labels from the last one on share its bit: they are hidden
// and shown together, here and in points.vert.
inline constexpr int kLabelBits = 32;
constexpr int label_bit(int label) { return label < kLabelBits ? label : kLabelBits - 1; }
constexpr bool is_hidden(std::uint32_t hidden_labels, int label) {
    return ((hidden_labels >> label_bit(label)) & 1U) != 0;
}

// Of the path from A to B, both ends included.
inline constexpr int kFewestPathFrames = 2, kMostPathFrames = 40;

// One place in the latent space and how it is seen.
struct Place {
    std::vector<float> cursor;  // [N] the dot
    std::vector<float> anchor;  // [N] values of the latents that are not on the map's axes
    int x_axis = 0;
    int y_axis = 1;
    MapRect rect;
    // The map shows Phi(z), as figure 4 of the paper does, in place of z: both axes from 0 to 1, in
    // which the rect is, too.
    bool paper_view = false;
    bool follow_fit = true;  // the view fits the points until the person pans or zooms
    bool path_shown = true;
    std::vector<float> path_from;                  // [N] handle A
    std::vector<float> path_to;                    // [N] handle B
    std::vector<std::vector<float>> path_through;  // [N] each: the waypoints between A and B
    bool path_closed = false;                      // the path goes on from B back to A
    explore::PathKind path_kind = explore::PathKind::kStraight;
    int path_frames = 12;
    bool path_even = false;    // frames at equal distances of images
    std::optional<int> point;  // the held-out image that the inspector shows
    // The selection: held-out images, in rising order (map/selecting.h).
    std::vector<int> selection;
    bool isolate = false;  // the map shows the points of the selection alone
    std::vector<explore::Attribute> attributes;
    std::vector<std::uint8_t> drawing;  // [D] an image of one's own; empty: there is none
    // Its columns, of which the points may have their colours (own_columns.h); empty: none.
    std::filesystem::path table;
    std::filesystem::path codes;        // an npz of codes on the map (own_codes.h); empty: none
    std::vector<std::uint8_t> unknown;  // [H * W] 1: that pixel of it is not known; empty: all are
    std::uint32_t hidden_labels = 0;    // bit l: label l is hidden; see label_bit
    std::string hidden_of;              // the column whose classes these are; empty: the labels
    int label = 0;                      // that the decoder is told, of a model that is told one
    std::uint64_t prior_seed = 1;
    // What follows the run until the person changes it: the map's axes are the two most active
    // latents, A and B lie at two images' codes, and the dot lies in the middle of the codes where
    // there is no prior.
    bool axes_follow = true;
    bool path_follows = true;
    bool dot_follows = true;
    std::optional<explore::PathImages> path_images;  // while A and B follow
    bool operator==(const Place&) const = default;

    // Fits the vectors to a model with `latents` dimensions: kept where they fit, made anew where
    // they do not.
    void fit_to(int latents);
    // The person's choices: what the person has placed stays there. z: [N].
    void put_dot(std::vector<float> z);
    // The plane of the map goes through it, too.
    void put_dot_and_plane(std::vector<float> z);
    // One of its coordinates; the plane of the map goes with the dot.
    void put_dot_along(int latent, float value);
    void put_a(std::vector<float> z);
    void put_b(std::vector<float> z);
    // Swaps the axes if the latent is on the other one.
    void put_on_axis(int latent, bool upright);
    void swap_path();
    // A and B follow the run again, with nothing between them.
    void reset_path();
};

// A place to come back to.
struct Bookmark {
    std::string name;  // that the person gave it
    Place place;
    MapLook look;
    std::vector<std::uint8_t> image;  // [C, H, W] decoded at the dot when it was made; may be empty
    bool operator==(const Bookmark&) const = default;
};

// Shared, so that a copy of the view state costs nothing; never null.
struct SharedBookmark {
    std::shared_ptr<const Bookmark> it;
    const Bookmark* operator->() const { return it.get(); }
    bool operator==(const SharedBookmark& other) const {
        return it == other.it || *it == *other.it;
    }
};

struct ViewState : Place {
    std::vector<SharedBookmark> bookmarks;  // in the order in which they were made
    // The drawing that has led the dot, [D]: none leads it twice, so that undo brings back both.
    std::vector<std::uint8_t> led_by;
    bool operator==(const ViewState&) const = default;
};

// What a run says about its latent space.
struct RunFacts {
    bool has_normal_prior = true;             // N(0, I), which says where codes will lie
    std::span<const float> activity;          // [N] of each latent; empty: not known
    const explore::LatentMap* map = nullptr;  // null: not there yet, or there is no encoder
    std::span<const std::uint8_t> labels;     // of the map's images; empty: none
    std::span<const std::uint32_t> order;     // explore/nested_order.h
};

// Updates what follows the run.
void follow_run(ViewState&, const RunFacts&);

// The person has changed nothing between the two: a view that follows the points moves by itself
// while a run learns.
bool same_choice(const ViewState&, const ViewState&);

// Remembers states to go back to, and how the map looked. A change becomes a step when the mouse
// button is up again. That a drawing leads the dot belongs to the step that drew it.
class UndoStack {
  public:
    // Once a frame. `busy`: a drag is under way, so the change is not finished.
    void observe(const ViewState& now, const MapLook& look, bool busy);
    bool undo(ViewState& now, MapLook& look);
    bool redo(ViewState& now, MapLook& look);
    // A run began: changes from now on are undone before the run itself is.
    void note_restart() { restarted_at_ = past_.size(); }
    bool changed_since_restart(const ViewState& now, const MapLook& look) const;
    bool can_undo() const { return !past_.empty(); }
    bool can_redo() const { return !future_.empty(); }
    void clear();

  private:
    struct State {
        ViewState view_state;
        MapLook look;
        bool is_as(const ViewState& now, const MapLook& now_look) const {
            return look == now_look && same_choice(view_state, now);
        }
    };
    // Goes to the last of `from`, and keeps what is there now in `to`.
    void go(std::vector<State>& from, std::vector<State>& to, ViewState& now, MapLook& look);

    std::optional<State> settled_;
    std::vector<State> past_, future_;
    std::size_t restarted_at_ = 0;  // steps of the past
};

}  // namespace elbow::gui

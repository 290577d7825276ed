#pragma once

// Where the person was in a run, as text: the session.json of a run's folder, which
// docs/run-folder.md describes. Pure functions, for any thread.

#include <filesystem>
#include <optional>
#include <string>

#include "app/gui/view_state.h"
#include "engine/data/image_shape.h"

namespace elbow::gui {

struct RunSession {
    std::string name;             // that the person gave the run; empty: none
    bool pinned = false;          // never removed to make room
    std::optional<bool> playing;  // absent where no window has seen the run
    std::optional<ViewState> view_state;
    bool operator==(const RunSession&) const = default;
};

// A saved run that goes on in the window.
struct OpenedRun {
    RunSession session;
    std::filesystem::path folder;  // that it was opened from
};

std::string session_text(const RunSession&);

// An empty text is an empty session, and what a text leaves out is as in an empty one. Throws Error
// where something is damaged; `where` names the text in the message.
RunSession parse_session(const std::string& text, const std::string& where = "The session");

// The text with another name and pin; a text that is damaged is replaced.
std::string with_label(const std::string& text, const std::string& name, bool pinned);

// What was saved of a run with so many latents and held-out images of this shape; a selected image
// that there is not, and a drawing of another shape, are left out. Absent where it is of another
// number of latents.
std::optional<ViewState> fitting(const std::optional<ViewState>&, int latents, int held_out,
                                 const data::ImageShape&);

}  // namespace elbow::gui

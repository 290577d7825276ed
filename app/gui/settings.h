#pragma once

// What the window remembers between two starts, as JSON in $XDG_CONFIG_HOME/elbow/window.json. A
// file that cannot be read is ignored with a message, never overwritten by a crash. GUI thread.

#include <filesystem>
#include <string>
#include <vector>

#include "app/gui/layout_tree.h"
#include "app/gui/map_look.h"
#include "engine/core/json.h"

namespace elbow::gui {

enum class CurveAxis { kSamples, kEpochs, kSeconds };

inline constexpr std::size_t kMostRecentActions = 8;

struct Settings : MapLook {
    int width = 1600;  // window, screen coordinates
    int height = 1000;
    bool dark = true;
    float scale = 0.0f;              // 0: the monitor's
    Layout layout;                   // of the panels; empty: the default
    bool select_by_box = false;      // on the map, instead of by a line drawn freehand
    bool placing_waypoints = false;  // by clicks on the map; of this start alone
    bool link_maps = true;           // of a race, where both have as many latents
    float point_size = 4.0f;         // pixels at scale 1
    CurveAxis curve_axis = CurveAxis::kSamples;
    bool curve_log_x = true;
    bool paper_curves = true;  // behind ours where a run is one of the paper's experiments
    int export_pixel_scale = 4;
    int export_map_scale = 2;  // pixels for one of the window's at scale 1
    int export_grid = 20;
    int export_frames = 60;  // of an animation, from one end to the other
    int export_frames_per_second = 20;
    int export_latent = 0;             // that moves, counted from 1; 0: all of them
    bool export_quantile_grid = true;  // the grid of figure 4 instead of what the map shows
    bool export_there_and_back = true;
    bool export_loop = true;
    bool export_caption = true;
    bool export_print = false;                      // the map's picture, instead of as it is seen
    bool export_from_dot = true;                    // instead of the selected image
    std::string export_form = "png";                // of a picture
    std::string export_format = "gif";              // of an animation
    std::string export_training = "prior_samples";  // what is shown of the training: an export's id
    std::string export_folder;                      // empty: the working folder
    bool hint_seen = false;                         // "drag the dot"
    bool tour_offered = false;                      // the guided tour
    std::vector<std::filesystem::path> opened_runs;  // folders, newest first
    std::vector<std::string> recent_actions;         // by their ids, those used last first
    float autosaves_gb = 2.0f;  // room for the runs that the window keeps by itself
    bool operator==(const Settings&) const = default;
};

// The look of the map alone. What a JSON leaves out, or has of another kind, stays as it is.
Json look_json(const MapLook&);
void read_look(const Json&, MapLook&);

std::filesystem::path settings_file();
// Settings::export_folder as a path: "~/pictures" as a shell would read it; empty is the working
// folder.
std::filesystem::path export_folder(const std::string& text);
// `message` says what was wrong with the file; empty when all is well.
Settings load_settings(const std::filesystem::path&, std::string& message);
// Makes the folder; throws Error where the file cannot be written.
void save_settings(const std::filesystem::path&, const Settings&);

}  // namespace elbow::gui

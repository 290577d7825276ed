#pragma once

// The latent map as a picture, drawn without a window: what the panel shows of it, at any scale,
// without the rest of the window. Pure functions, for any thread.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/gui/map/map_axes.h"
#include "app/gui/settings.h"
#include "app/gui/theme.h"
#include "app/gui/view_state.h"
#include "engine/data/dataset.h"
#include "engine/io/image_columns.h"
#include "engine/io/image_sheet.h"
#include "engine/live/questions/estimates.h"
#include "engine/live/request.h"
#include "engine/live/views.h"

namespace elbow::gui {

// How the map is seen.
struct MapPicture {
    ViewState view_state;
    Backdrop backdrop = Backdrop::kNone;
    bool prior = true;       // the run has one, N(0, I)
    bool own_prior = false;  // the run has another one
    bool points_shown = true;
    std::map<std::string, bool> layers;  // Settings::layers
    bool spread_known = true;            // the variances of q(z|x) are trained
    float point_size = 4.0f;             // design pixels
    std::string point_colour = "label";  // Settings::point_colour
    data::ImageShape image_shape;
    std::shared_ptr<const data::Dataset> dataset;     // whose held-out images the points are
    std::shared_ptr<const io::ImageColumns> columns;  // of these images; null: none
    std::shared_ptr<const data::LatentCodes> codes;   // shown beside them; null: none
    Theme theme{};                                    // its colours
    AxisWords words;
    std::vector<std::string> legend;                // the rows of the labels; empty: there are none
    std::optional<live::EstimatesQuery> estimates;  // whose draws are shown; absent: none
    int classes = 0;
    int width = 640, height = 560;  // of the plot, design pixels
    int scale = 2;                  // pixels of the picture for a design pixel
};

// Throws UsageError where that is more than a PNG can sensibly hold.
io::SheetSize map_picture_size(const MapPicture&);

// What has to be known of it.
live::ExploreRequest map_request(const MapPicture&);

// With the answers to that, as far as there are any, and the labels of its points, empty for none.
io::Picture map_picture(const MapPicture&, const live::Views&,
                        std::span<const std::uint8_t> labels);
// The same as a drawing: shapes and text, and the backdrops as a picture in it.
std::string map_svg(const MapPicture&, const live::Views&, std::span<const std::uint8_t> labels);

}  // namespace elbow::gui

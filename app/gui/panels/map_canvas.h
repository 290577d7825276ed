#pragma once

// The picture under the map's handles: density or manifold, and the points. Ten thousand points are
// drawn off screen and only when something changed; of more, those that suffice for the view. Owned
// by the map panel. GUI thread.

#include <memory>
#include <optional>

#include "app/gl/canvas.h"
#include "app/gl/map_renderers.h"
#include "app/gui/context.h"
#include "app/gui/panels/map_view.h"
#include "app/gui/panels/thinning.h"

namespace elbow::gui {

// Points fade while images are behind them; there, and where no label colours them, a rim of the
// ground's colour sets them off. point_px: pixels of the screen. scale: of a design pixel.
gl::PointStyle point_style(const Theme&, bool labelled, bool on_images, float point_px,
                           float scale);

// How strong the decoded images behind the points are.
float manifold_strength(const Theme&);

class MapCanvas {
  public:
    // Brings the picture up to date and puts it on the list. The ranked points are the same ones,
    // where they are too many to draw them all, or none. `version` rises with each change of the
    // points.
    void show(Context&, const PlaneView&, const PlacedPoints&, const RankedPoints&,
              std::uint64_t version, ImDrawList*);

    // Of the points, as they were drawn last.
    struct Drawn {
        int points = 0;
        int one_in = 1;  // so many points in view stand for which one is drawn
    };
    const Drawn& drawn() const { return drawn_; }

  private:
    // All that the picture depends on.
    struct Inputs {
        std::uint64_t version = 0;
        std::shared_ptr<const train::ManifoldView> manifold;
        MapRect rect;  // of the view: centre and half height
        int width = 0, height = 0;
        std::uint32_t hidden_labels = 0;
        bool dark = false;
        Backdrop backdrop = Backdrop::kNone;
        bool points_shown = true;
        bool labelled = true;
        bool prior = true;
        float point_px = 0.0f;
        float pixel_scale = 1.0f;  // pixels of the screen in a design pixel
        bool operator==(const Inputs&) const = default;
    };
    struct Renderers {
        gl::PointRenderer points;
        gl::ManifoldRenderer manifold;
        gl::DensityRenderer density;
        gl::TileTexture tiles;
        gl::Canvas canvas;
    };

    static Inputs wanted(const Context&, const PlaneView&, const PlacedPoints&,
                         std::uint64_t version);
    void upload_points(const PlaneView&, const Inputs&, const PlacedPoints&, const RankedPoints&);
    void upload_manifold(const Context&, const Inputs&);
    void render(const Context&, const PlaneView&, const Inputs&);

    std::unique_ptr<Renderers>
        gl_;  // made with the first picture, when there is a GL context for sure
    Inputs shown_;
    ThinnedPoints thinned_;  // where there are too many points to draw them all
    Drawn drawn_;
    std::uint64_t uploaded_version_ = 0;
    std::shared_ptr<const train::ManifoldView> uploaded_manifold_;
    double rendered_at_s_ = -1.0;
};

}  // namespace elbow::gui

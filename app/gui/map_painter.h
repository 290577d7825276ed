#pragma once

// The parts of the map's picture, each drawn into a raster as the map panel draws it on the screen:
// the ground with density or images and the points (map_ground.cpp), the axes, the path, the
// handles, the dot and the legend (map_marks.cpp). Pure functions, for any thread.

#include "app/figures/raster.h"
#include "app/gui/map_picture.h"
#include "app/gui/panels/map_view.h"

namespace elbow::gui {

// Where things are, in pixels of the picture.
struct MapPaint {
    figures::Raster& raster;
    const figures::Lettering& letters;
    const MapPicture& map;
    const MapContents& contents;
    PlaneView view;
    PlacedPoints points;
    double scale;  // pixels for a design pixel
};

// A colour of the theme.
struct Ink {
    figures::Rgb rgb;
    double alpha;
};
Ink ink(ImU32 colour, double alpha = 1.0);

void paint_density(MapPaint&);
void paint_tiles(MapPaint&);
void paint_points(MapPaint&);

void paint_axes(MapPaint&);
void paint_prior_curve(MapPaint&);  // with one latent
void paint_selected(MapPaint&);     // the held-out image that is selected, with its q(z|x)
void paint_path(MapPaint&);
void paint_handles(MapPaint&);
void paint_dot(MapPaint&);
void paint_legend(MapPaint&);

}  // namespace elbow::gui

#pragma once

// A layer of the latent map is a file: it asks the explorer what it shows, draws itself into the
// ground or over it, for the screen and for a picture alike, and brings its toggle with its key,
// its part of the legend and its hover text. The list is in layers.cpp. Each map has layers of its
// own; so has each picture, whose thread calls nothing that takes a Context.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/charts/svg_painter.h"
#include "app/gui/context.h"
#include "app/gui/keys.h"
#include "app/gui/map/map_scene.h"
#include "app/gui/window_action.h"

namespace elbow::gui {

// How a layer is switched on and off.
struct LayerToggle {
    const char* name;   // "points": map.toggle.points in the title bar, menu.points in the menu
    const char* title;  // "Points"
    const char* help;   // when hovered
    // With a key it is in the map's menu and in the sheet of keys, too.
    std::optional<Key> key = {};
    const char* letter = nullptr;    // "P"
    const char* key_help = nullptr;  // in the sheet of keys and in the palette
    bool begins_on = true;           // where the settings do not say
};

// What of a layer's ground is other than it was drawn last.
enum class GroundChange {
    kNothing,
    kNewer,  // newer answers of the same kind: they can wait a moment
    kOther,  // what is seen at once
};

class MapLayer {
  public:
    virtual ~MapLayer() = default;

    // Null: it is always on.
    virtual const LayerToggle* toggle() const { return nullptr; }
    // By default the settings remember it under the toggle's name. The second: in a scene.
    virtual bool on(const Context&) const;
    virtual bool on(const MapScene&) const;
    virtual void turn(Context&, bool on) const;
    virtual std::string disabled_because(const Context&) const { return {}; }
    // Whether it can be drawn in the paper's view, whose axes are not z.
    virtual bool in_paper_view() const { return true; }
    bool fits(const ViewState& seen) const { return in_paper_view() || !seen.paper_view; }
    // Why it cannot be switched on or off; empty: it can.
    std::string why_not(const Context&) const;
    // What its controls do; by default its toggle, with its key.
    virtual void add_actions(Context&, WindowActions&) const;
    // Under its entry in the map's menu.
    virtual void draw_menu(Context&) const {}
    // Whether it is on and there is something of it to be drawn.
    virtual bool shown(const MapScene& scene) const { return on(scene); }
    bool drawn(const MapScene& scene) const { return fits(scene.view_state) && shown(scene); }

    // While it is on: its queries, whose answers it finds among the scene's views; and the places
    // that a fitted view holds with a disc around each.
    virtual void ask(const MapScene&, live::ExploreRequest&) {}
    virtual void hold(const ViewState&, std::vector<PlanePoint>&) const {}

    // The ground, into the present OpenGL viewport, which shows the scene's view: `scale` pixels
    // for a design pixel. A backdrop lies under everything else.
    virtual bool is_backdrop() const { return false; }
    virtual GroundChange change(const MapScene&) const { return GroundChange::kNothing; }
    virtual void render(const MapScene&, float /*scale*/) {}
    // The same into a picture, which is clipped to the plot; and, of what is no backdrop, into a
    // drawing, as shapes.
    virtual void paint(const MapScene&, charts::Raster&) const {}
    virtual void draw_shapes(const MapScene&, charts::SvgPainter&) const {}

    // Over the ground, clipped to the plot unless it draws around it.
    virtual bool draws_around() const { return false; }
    virtual void draw(const MapScene&, charts::Painter&) const {}
    // What the screen alone has, drawn next; marks its places in the layout log.
    virtual void draw_on_screen(Context&, const MapScene&, ImDrawList*) {}
    // The image whose picture lies there, as it was drawn last.
    virtual std::optional<int> image_at(ImVec2 /*pixel*/) const { return {}; }
    // True where what is under the mouse is its own: then it has said what that is.
    virtual bool draw_tooltip(const Context&, const MapScene&) { return false; }

    // Its part of the column beside the map, pixels. `below_px`: of what comes after it.
    virtual float legend_width(const Context&) const { return 0.0f; }
    virtual float legend_height(const Context&) const { return 0.0f; }
    virtual void draw_legend(Context&, const PlacedPoints&, float /*below_px*/) {}
    // The same in a picture, and how many letters wide it is there.
    virtual std::size_t legend_letters(const MapScene&) const { return 0; }
    virtual void draw_legend_beside(const MapScene&, charts::Painter&) const {}
};

using MapLayers = std::vector<std::unique_ptr<MapLayer>>;

// What those ask that are on.
live::ExploreRequest asked_by(const MapLayers&, const MapScene&);

// Draws what the layers have over the ground: those first that draw around the plot. `after` is
// called after each.
void draw_layers(const MapLayers&, const MapScene&, charts::Painter&,
                 const std::function<void(MapLayer&)>& after = {});

}  // namespace elbow::gui

#include "app/gui/map/layer.h"

#include <utility>

namespace elbow::gui {
namespace {

bool switched_on(const LayerToggle* toggle, const std::map<std::string, bool>& layers) {
    if (toggle == nullptr) return true;
    const auto found = layers.find(toggle->name);
    return found != layers.end() ? found->second : toggle->begins_on;
}

}  // namespace

bool MapLayer::on(const Context& context) const {
    return switched_on(toggle(), context.settings.layers);
}

void MapLayer::turn(Context& context, bool on) const {
    if (toggle() != nullptr) context.settings.layers[toggle()->name] = on;
}

std::string MapLayer::why_not(const Context& context) const {
    if (!fits(context.view_state))
        return "The paper view has no place for it, for its axes are not z: switch Paper off.";
    return disabled_because(context);
}

void MapLayer::add_actions(Context& context, WindowActions& actions) const {
    const LayerToggle* shown = toggle();
    if (shown == nullptr) return;
    WindowAction action{.id = std::string("map.toggle.") + shown->name,
                        .title = shown->key_help != nullptr ? shown->key_help : shown->title,
                        .help = shown->help,
                        .run = [this, &context] { turn(context, !on(context)); },
                        .why_not = why_not(context),
                        .reach = Reach::kMenus,
                        .on = on(context)};
    if (shown->key) action.keys = {{*shown->key}};
    actions.push_back(std::move(action));
}

bool MapLayer::on(const MapScene& scene) const { return switched_on(toggle(), scene.layers); }

live::ExploreRequest asked_by(const MapLayers& layers, const MapScene& scene) {
    live::ExploreRequest request;
    for (const auto& layer : layers)
        if (layer->fits(scene.view_state) && layer->on(scene)) layer->ask(scene, request);
    return request;
}

void draw_layers(const MapLayers& layers, const MapScene& scene, charts::Painter& painter,
                 const std::function<void(MapLayer&)>& after) {
    for (const bool around : {true, false}) {
        if (!around) painter.clip(scene.low(), scene.high());
        for (const auto& layer : layers) {
            if (layer->draws_around() != around || !layer->drawn(scene)) continue;
            layer->draw(scene, painter);
            if (after) after(*layer);
        }
    }
    painter.clip_nothing();
}

}  // namespace elbow::gui

#include "app/gui/tour/lent.h"

namespace elbow::gui {
namespace {

template <class Value>
void put_back(Value& now, const Value& before, const Value& lent) {
    if (now == lent) now = before;
}

}  // namespace

Layout returned(const Layout& now, const Layout& before, const Layout& lent) {
    Layout result = now;
    put_back(result, before, lent);
    return result;
}

MapLook returned(const MapLook& now, const MapLook& before, const MapLook& lent) {
    MapLook result = now;
    put_back(result.backdrop, before.backdrop, lent.backdrop);
    put_back(result.points_shown, before.points_shown, lent.points_shown);
    put_back(result.point_colour, before.point_colour, lent.point_colour);
    for (const auto& [name, on] : lent.layers) {
        const auto here = result.layers.find(name);
        const auto there = before.layers.find(name);
        if (here == result.layers.end() || here->second != on) continue;
        if (there == before.layers.end()) {
            result.layers.erase(here);
        } else {
            here->second = there->second;
        }
    }
    return result;
}

}  // namespace elbow::gui

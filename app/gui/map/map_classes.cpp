#include "app/gui/map/map_classes.h"

#include <algorithm>

#include "app/gui/context.h"
#include "app/gui/map/colourings.h"

namespace elbow::gui {

std::string MapClasses::name(int held_out_index) const {
    const auto index = static_cast<std::size_t>(held_out_index);
    if (index >= of.size()) return "no label";
    const std::size_t own = of[index];
    return own < names.size() ? names[own] : std::to_string(own);
}

live::HeldOutClasses MapClasses::own() const {
    if (column.empty()) return {};
    return {of.begin(), of.end()};
}

bool MapClasses::are(const live::HeldOutClasses& own) const {
    if (column.empty()) return own.empty();
    return std::equal(of.begin(), of.end(), own.begin(), own.end());
}

MapClasses map_classes(const data::Dataset& dataset, const io::ImageColumns* columns,
                       std::string_view colour) {
    const io::ClassColumn* own = find_class_column(colour, columns);
    if (own != nullptr) return {own->classes, own->held_out, own->name};
    return {dataset.class_names, dataset.held_out.labels};
}

MapClasses map_classes(const Context& context) {
    return map_classes(*context.dataset(), context.columns.get(), context.settings.point_colour);
}

void fit_hidden(ViewState& view_state, const MapClasses& classes) {
    if (view_state.hidden_of == classes.column) return;
    view_state.hidden_of = classes.column;
    view_state.hidden_labels = 0;
}

}  // namespace elbow::gui

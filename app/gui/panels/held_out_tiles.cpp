#include "app/gui/panels/held_out_tiles.h"

#include <algorithm>
#include <utility>

#include "app/gui/panels/picture.h"
#include "engine/data/held_out_pixels.h"

namespace elbow::gui {

void HeldOutTiles::want(const Context& context, std::vector<int> images) {
    const std::shared_ptr<const data::Dataset> of = context.trainer->dataset;
    if ((images == images_ && of_.lock() == of) || images.empty()) return;
    tiles_.update(data::held_out_pixels(*of, images), static_cast<int>(images.size()), of->shape());
    images_ = std::move(images);
    of_ = of;
}

void HeldOutTiles::draw(ImDrawList* list, int image, ImVec2 low, ImVec2 high) const {
    const auto tile = std::find(images_.begin(), images_.end(), image);
    if (tile != images_.end())
        draw_nth(list, static_cast<std::size_t>(tile - images_.begin()), low, high);
}

void HeldOutTiles::draw_nth(ImDrawList* list, std::size_t place, ImVec2 low, ImVec2 high) const {
    draw_tile(list, tiles_, static_cast<int>(place), low, high);
}

}  // namespace elbow::gui

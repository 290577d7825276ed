#include "app/gui/panels/held_out_tiles.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "app/gui/panels/picture.h"

namespace elbow::gui {

void HeldOutTiles::want(const Context& context, std::vector<int> images) {
    const std::shared_ptr<const data::Dataset> of = context.trainer->dataset;
    if ((images == images_ && of_.lock() == of) || images.empty()) return;
    std::vector<std::uint8_t> pixels;
    for (const int image : images) {
        const auto own = of->image(of->held_out, image);
        pixels.insert(pixels.end(), own.begin(), own.end());
    }
    tiles_.update(pixels, static_cast<int>(images.size()), of->shape());
    images_ = std::move(images);
    of_ = of;
}

void HeldOutTiles::draw(ImDrawList* list, int image, ImVec2 low, ImVec2 high) const {
    const auto tile = std::find(images_.begin(), images_.end(), image);
    if (tile == images_.end()) return;
    draw_tile(list, tiles_, static_cast<int>(tile - images_.begin()), low, high);
}

}  // namespace elbow::gui

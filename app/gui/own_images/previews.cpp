#include "app/gui/own_images/previews.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"

namespace elbow::gui {
namespace {

constexpr float kPreviewSide = 56.0f;  // design pixels
constexpr float kPreviewGap = 4.0f;    // design pixels

}  // namespace

void Previews::make(const data::Finding& finding, const data::Choices& choices, int count) {
    const data::ImageShape shape = choices.shape();
    const std::vector<std::uint8_t> ground(static_cast<std::size_t>(shape.channels),
                                           choices.ground);
    shown_.clear();
    std::vector<std::uint8_t> pixels;
    pixels.reserve(static_cast<std::size_t>(count) * static_cast<std::size_t>(shape.size()));
    for (int i = 0; i < count; ++i) {
        // They are in the order of the classes.
        const std::size_t at = static_cast<std::size_t>(i) * finding.thumbnails.size() /
                               static_cast<std::size_t>(count);
        shown_.push_back(&finding.thumbnails[at]);
        const auto image = data::fitted_image(shown_.back()->picture, shape, ground, choices.fit);
        pixels.insert(pixels.end(), image.begin(), image.end());
    }
    texture_.update(pixels, count, shape);
}

void Previews::draw(Context& context, const std::shared_ptr<const data::Finding>& finding,
                    const data::Choices& choices, float height_px) {
    if (!finding || finding->thumbnails.empty()) return;
    const float side = kPreviewSide * context.scale;
    const float step = side + kPreviewGap * context.scale;
    const float width = ImGui::GetContentRegionAvail().x;
    const int columns = std::max(1, static_cast<int>((width + step - side) / step));
    const int rows = std::max(1, static_cast<int>((height_px + step - side) / step));
    const int count = std::min(static_cast<int>(finding->thumbnails.size()), columns * rows);
    if (of_ != finding || !(with_ == choices) || texture_.count() != count) {
        make(*finding, choices, count);
        of_ = finding;
        with_ = choices;
    }
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float longest = static_cast<float>(std::max(choices.width, choices.height));
    const ImVec2 size{side * static_cast<float>(choices.width) / longest,
                      side * static_cast<float>(choices.height) / longest};
    for (int i = 0; i < count; ++i) {
        const int row = i / columns;
        const int column = i % columns;
        const ImVec2 at{corner.x + static_cast<float>(column) * step + (side - size.x) / 2,
                        corner.y + static_cast<float>(row) * step + (side - size.y) / 2};
        draw_tile(list, texture_, i, at, {at.x + size.x, at.y + size.y});
        ImGui::SetCursorScreenPos(at);
        ImGui::PushID(i);
        ImGui::Dummy(size);
        ImGui::PopID();
        const data::Thumbnail& picture = *shown_[static_cast<std::size_t>(i)];
        const auto label = static_cast<std::size_t>(std::max(0, picture.class_index));
        const bool labelled = picture.class_index >= 0 && label < finding->classes.size();
        hover(context,
              (picture.name + (labelled ? "\n" + finding->classes[label].name : "")).c_str());
    }
    const float lines = std::ceil(static_cast<float>(count) / static_cast<float>(columns));
    ImGui::SetCursorScreenPos({corner.x, corner.y + lines * step});
    ImGui::Dummy({0.0f, 0.0f});
    context.layout.mark("images.previews", std::to_string(count));
}

}  // namespace elbow::gui

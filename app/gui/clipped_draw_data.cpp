#include "app/gui/clipped_draw_data.h"

namespace elbow::gui {
namespace {

// As ImGui's backend cuts: corner and size are rounded towards zero.
PixelRect in_pixels(const ImVec4& clip, const ImDrawData& data) {
    const ImVec2 origin = data.DisplayPos, scale = data.FramebufferScale;
    const float left = (clip.x - origin.x) * scale.x, top = (clip.y - origin.y) * scale.y;
    const float right = (clip.z - origin.x) * scale.x, bottom = (clip.w - origin.y) * scale.y;
    // The backend counts rows from the bottom, so it is the lower edge that is a whole row there.
    const int height = static_cast<int>(data.DisplaySize.y * scale.y);
    const int low = static_cast<int>(static_cast<float>(height) - bottom);
    const int rows = static_cast<int>(bottom - top);
    return {static_cast<int>(left), height - low - rows,
            static_cast<int>(left) + static_cast<int>(right - left), height - low};
}

ImVec4 in_units(const PixelRect& rect, const ImDrawData& data) {
    const ImVec2 origin = data.DisplayPos, scale = data.FramebufferScale;
    return {origin.x + static_cast<float>(rect.left) / scale.x,
            origin.y + static_cast<float>(rect.top) / scale.y,
            origin.x + static_cast<float>(rect.right) / scale.x,
            origin.y + static_cast<float>(rect.bottom) / scale.y};
}

}  // namespace

ClippedDrawData::ClippedDrawData(const ImDrawData& whole, const PixelRect& rect) : data_(whole) {
    for (int i = 0; i < whole.CmdListsCount; ++i) {
        ImDrawList* list = whole.CmdLists[i];
        bool reaches = false;
        for (ImDrawCmd& command : list->CmdBuffer) {
            const PixelRect part = intersection(in_pixels(command.ClipRect, whole), rect);
            cuts_.push_back({&command, command.ClipRect});
            command.ClipRect = part.empty() ? ImVec4(0, 0, 0, 0) : in_units(part, whole);
            reaches = reaches || !part.empty();
        }
        if (reaches) lists_.push_back(list);
    }
    data_.CmdListsCount = static_cast<int>(lists_.size());
#if IMGUI_VERSION_NUM >= 18980
    data_.CmdLists.resize(0);
    for (ImDrawList* list : lists_) data_.CmdLists.push_back(list);
#else
    data_.CmdLists = lists_.data();
#endif
}

ClippedDrawData::~ClippedDrawData() {
    for (const Cut& cut : cuts_) cut.command->ClipRect = cut.clip;
}

}  // namespace elbow::gui

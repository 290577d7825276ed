#include "app/gui/panels/picture.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

namespace elbow::gui {

ImTextureID texture_id(unsigned int gl_name) {
    // A pointer up to ImGui 1.91, an integer after.
    return (ImTextureID)(intptr_t)gl_name;  // NOLINT(performance-no-int-to-ptr)
}

void draw_tile(ImDrawList* list, const gl::TileTexture& tiles, int index, ImVec2 min, ImVec2 max) {
    if (tiles.empty() || index >= tiles.count()) return;
    const gl::TileTexture::TexRect uv = tiles.tile(index);
    list->AddImage(texture_id(tiles.id()), min, max, {uv.u0, uv.v0}, {uv.u1, uv.v1});
}

void draw_tiles(const gl::TileTexture& tiles, int count, const SheetGrid& grid, ImVec2 corner) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    for (int i = 0; i < std::min(count, tiles.count()); ++i) {
        const ImVec2 at = grid.cell(corner, i);
        draw_tile(list, tiles, i, at, {at.x + grid.image.x, at.y + grid.image.y});
    }
}

void outline_cell(const Context& context, const SheetGrid& grid, ImVec2 corner, int cell) {
    const ImVec2 at = grid.cell(corner, cell);
    ImGui::GetWindowDrawList()->AddRect(at, {at.x + grid.image.x, at.y + grid.image.y},
                                        context.theme.accent, 0.0f, 0, 1.5f * context.scale);
}

std::vector<float> z_at(std::span<const float> all, int number, int latents) {
    const auto size = static_cast<std::size_t>(latents);
    const std::size_t begin = static_cast<std::size_t>(number) * size;
    if (begin + size > all.size()) return {};
    const auto z = all.subspan(begin, size);
    return {z.begin(), z.end()};
}

ImVec2 crisp_size(int height, int width, ImVec2 box) {
    const ImVec2 shape = shown_shape(height, width);
    const float factor = std::floor(std::min(box.x / shape.x, box.y / shape.y));
    if (factor < 1.0f) return size_within(height, width, box);
    return {factor * shape.x, factor * shape.y};
}

std::string hash_text(std::span<const std::uint8_t> bytes) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
    for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001b3ULL;
    char text[20];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
    return text;
}

std::string fixed(double value, int decimals) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    const bool zero = std::string_view(text).find_first_not_of("-0.") == std::string_view::npos;
    return zero && text[0] == '-' ? text + 1 : text;
}

std::string list_text(std::span<const float> values, int most, int decimals) {
    std::string text;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) text += ", ";
        if (static_cast<int>(i) == most) return text + "...";
        text += fixed(values[i], decimals);
    }
    return text;
}

std::string class_name(const data::Dataset& dataset, int held_out_index) {
    const auto index = static_cast<std::size_t>(held_out_index);
    if (index >= dataset.held_out.labels.size()) return "no label";
    const std::size_t label = dataset.held_out.labels[index];
    return label < dataset.class_names.size() ? dataset.class_names[label] : std::to_string(label);
}

void note_under_mouse(const Context& context, const Export& what, std::vector<float> z,
                      std::vector<int> images) {
    if (context.notes == nullptr) return;
    context.notes->under_mouse =
        PictureWish{&what, std::move(z), std::move(images), context.run_number};
}

void tip(const Context& context, const char* text) {
    ImGui::BeginTooltip();
    ImGui::PushTextWrapPos(360.0f * context.scale);
    ImGui::TextUnformatted(text);
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
}

void waiting_text(const Context& context, const char* text) {
    const ImVec2 space = ImGui::GetContentRegionAvail();
    const ImVec2 start = ImGui::GetCursorPos();
    const float wrap = std::max(space.x - 2 * 12 * context.scale, 40.0f);
    const ImVec2 size = ImGui::CalcTextSize(text, nullptr, false, wrap);
    ImGui::SetCursorPos({start.x + std::max(0.0f, 0.5f * (space.x - size.x)),
                         start.y + std::max(0.0f, 0.5f * (space.y - size.y))});
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + wrap);
    ImGui::TextUnformatted(text);
    ImGui::PopTextWrapPos();
    ImGui::PopStyleColor();
}

const char* waiting_reason(const Context& context) {
    const bool failed = context.trainer->status == live::TrainerStatus::kFailed;
    if (context.has_run()) {
        if (failed) return "The run failed before there was anything to show.";
        return has_not_begun(context) ? kPressPlay : "Decoding...";
    }
    if (context.loading.active) return "Loading images...";
    if (context.loading.making) return "The model is being made...";
    return failed || !context.trainer->start_refusal.empty()
               ? "There is no run: it could not be started."
               : "There is no run.";
}

bool has_not_begun(const Context& context) {
    return context.has_run() && context.trainer->status == live::TrainerStatus::kPaused &&
           context.trainer->snapshot->samples == 0;
}

}  // namespace elbow::gui

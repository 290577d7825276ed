#include "app/gui/panels/inspector_dot.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <string>
#include <vector>

#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "engine/train/held_out.h"

namespace elbow::gui {
namespace {

constexpr int kMostFields = 4;          // with more latents there are sliders
constexpr float kSliderEnd = 4.0f;      // standard deviations of the prior
constexpr float kFarthestTyped = 1e6f;  // latent units

// Those on the map's axes stand where they are seen without scrolling.
std::vector<int> axes_first(const Exploration& exploration, int latents) {
    std::vector<int> order(static_cast<std::size_t>(latents));
    std::iota(order.begin(), order.end(), 0);
    std::stable_partition(order.begin(), order.end(), [&](int latent) {
        return latent == exploration.x_axis || latent == exploration.y_axis;
    });
    return order;
}

std::string in_latent_units(const Context& context) {
    return std::string(", in ") + train::latent_unit(context.trainer->config) + ".";
}

void draw_norm(Context& context) {
    const std::vector<float>& dot = context.exploration.cursor;
    double squared = 0.0;
    for (const float z : dot) squared += static_cast<double>(z) * z;
    std::string help = "The dot's distance from 0" + in_latent_units(context);
    if (train::has_prior(context.trainer->config))
        help += " Most of the prior's mass lies near " +
                fixed(std::sqrt(static_cast<double>(dot.size())), 2) +
                ", the square root of the number of latents.";
    value_row(context, "Norm of z", fixed(std::sqrt(squared), 2), help.c_str());
}

void draw_log_prior(Context& context, const train::CursorView* view) {
    if (!train::has_prior(context.trainer->config)) return;
    const auto latents = static_cast<double>(context.exploration.cursor.size());
    const double peak = -0.5 * latents * std::log(2.0 * std::numbers::pi);
    value_row(
        context, "log p(z)", view != nullptr ? nats(view->log_prior) + " nats" : "-",
        ("Log density of the prior N(0, I) at the dot, in nats. At the middle of the prior it is " +
         nats(peak) + " nats, its largest value.")
            .c_str());
}

}  // namespace

std::vector<float> ends_of_codes(const explore::LatentMap& map) {
    std::vector<float> ends(static_cast<std::size_t>(map.latents), 0.75f);
    for (std::size_t i = 0; i < map.mean.size(); ++i) {
        float& end = ends[i % ends.size()];
        if (std::isfinite(map.mean[i])) end = std::max(end, std::abs(map.mean[i]));
    }
    for (float& end : ends) end *= 4.0f / 3.0f;
    return ends;
}

float DotNumbers::slider_end(const Context& context, std::size_t latent) {
    if (train::has_prior(context.trainer->config)) return kSliderEnd;
    const auto& map = context.views.map;
    if (map && map != map_ && map->map.latents == context.latents()) {
        map_ = map;
        ends_ = ends_of_codes(map->map);
    }
    return latent < ends_.size() ? ends_[latent] : kSliderEnd;
}

void DotNumbers::field(Context& context, int latent) {
    const std::string name = "z" + std::to_string(latent + 1);
    ImGui::PushID(latent);
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::TextUnformatted(name.c_str());
    ImGui::PopStyleColor();
    ImGui::SameLine(0, 8.0f * context.scale);
    ImGui::SetNextItemWidth(-1.0f);
    float value = context.exploration.cursor[static_cast<std::size_t>(latent)];
    if (ImGui::InputFloat("##z", &value, 0.0f, 0.0f, "%.3f") && std::isfinite(value))
        context.exploration.put_dot_along(latent,
                                          std::clamp(value, -kFarthestTyped, kFarthestTyped));
    ImGui::PopID();
    context.layout.mark(("inspector." + name).c_str(), fixed(value, 4));
    hover(context,
          ("The dot along this latent" + in_latent_units(context) + " Click to type.").c_str());
}

void DotNumbers::sliders(Context& context, float height) {
    Exploration& exploration = context.exploration;
    const auto latents = static_cast<int>(exploration.cursor.size());
    const float row = ImGui::GetFrameHeightWithSpacing();
    const float rows = std::clamp(std::floor(height / row), 1.0f, static_cast<float>(latents));
    ImGui::BeginChild("##latents", {0, rows * row});
    const float gap = 8 * context.scale;
    const float name = ImGui::CalcTextSize(("z" + std::to_string(latents)).c_str()).x + gap;
    const float value = ImGui::CalcTextSize("-0.00").x + gap;
    const std::string help = "The dot along this latent" + in_latent_units(context) +
                             " The map shows the plane through the dot. Ctrl-click to type.";
    const std::vector<int> order = axes_first(exploration, latents);
    ImGuiListClipper clipper;
    clipper.Begin(latents, row);
    while (clipper.Step()) {
        for (int line = clipper.DisplayStart; line < clipper.DisplayEnd; ++line) {
            const int latent = order[static_cast<std::size_t>(line)];
            const auto i = static_cast<std::size_t>(latent);
            ImGui::PushID(latent);
            ImGui::AlignTextToFramePadding();
            const float left = ImGui::GetCursorPosX();
            ImGui::Text("z%d", latent + 1);
            // The value stands beside the slider: inside, the grab would hide it.
            const std::string number = fixed(exploration.cursor[i], 2);
            ImGui::SameLine(left + name + value - gap - ImGui::CalcTextSize(number.c_str()).x);
            ImGui::TextUnformatted(number.c_str());
            ImGui::SameLine(left + name + value);
            ImGui::SetNextItemWidth(-1);
            const float end = slider_end(context, i);
            float along = exploration.cursor[i];
            if (ImGui::SliderFloat("##z", &along, -end, end, ""))
                exploration.put_dot_along(latent, along);
            hover(context, help.c_str());
            ImGui::PopID();
        }
    }
    ImGui::EndChild();
}

void DotNumbers::draw(Context& context, const train::CursorView* view, float sliders_px) {
    const std::vector<float>& dot = context.exploration.cursor;
    const ImVec2 begin = ImGui::GetCursorScreenPos();
    if (static_cast<int>(dot.size()) <= kMostFields) {
        for (int latent = 0; latent < static_cast<int>(dot.size()); ++latent)
            field(context, latent);
    } else {
        draw_norm(context);
        sliders(context, sliders_px);
    }
    if (context.layout.enabled()) {
        const ImVec2 end{begin.x + ImGui::GetContentRegionAvail().x, ImGui::GetCursorScreenPos().y};
        context.layout.mark("inspector.z", begin, end, list_text(dot, 1000, 4));
    }
    draw_log_prior(context, view);
}

}  // namespace elbow::gui

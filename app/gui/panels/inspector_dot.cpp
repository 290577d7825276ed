#include "app/gui/panels/inspector_dot.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "app/gui/panels/axis_choice.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "engine/core/text.h"
#include "engine/live/questions/cursor.h"
#include "engine/live/questions/map.h"
#include "engine/model/families.h"
#include "engine/model/gaussian.h"
#include "engine/run/measure.h"

namespace elbow::gui {
namespace {

constexpr int kMostFields = 4;          // with more latents there are sliders
constexpr float kSliderEnd = 4.0f;      // standard deviations of the prior
constexpr float kFarthestTyped = 1e6f;  // latent units

// Those on the map's axes stand where they are seen without scrolling.
std::vector<int> axes_first(const ViewState& view_state, int latents) {
    std::vector<int> order(static_cast<std::size_t>(latents));
    std::iota(order.begin(), order.end(), 0);
    std::stable_partition(order.begin(), order.end(), [&](int latent) {
        return latent == view_state.x_axis || latent == view_state.y_axis;
    });
    return order;
}

std::string in_latent_units(const Context& context) {
    return std::string(", in ") + run::latent_unit(context.trainer->config) + ".";
}

void draw_norm(Context& context) {
    const std::vector<float>& dot = context.view_state.cursor;
    double squared = 0.0;
    for (const float z : dot) squared += static_cast<double>(z) * z;
    std::string help = "The dot's distance from 0" + in_latent_units(context);
    if (run::has_normal_prior(context.trainer->config))
        help += " Most of the prior's mass lies near " +
                fixed(std::sqrt(static_cast<double>(dot.size())), 2) +
                ", the square root of the number of latents.";
    value_row(context, "Norm of z", fixed(std::sqrt(squared), 2), help.c_str(),
              exact_text(std::sqrt(squared)));
}

void draw_log_prior(Context& context, const live::CursorView* view) {
    if (!run::has_prior(context.trainer->config)) return;
    const double peak =
        model::highest_log_prior(static_cast<std::int64_t>(context.view_state.cursor.size()));
    const model::ModelSpec& spec = context.trainer->snapshot->spec;
    const std::string help =
        model::is_standard_normal(spec.prior)
            ? "Log density of the prior N(0, I) at the dot, in nats. At the middle of the prior it "
              "is " +
                  nats(peak) + " nats, its largest value."
            : "Log density of the run's own prior at the dot, in nats: " +
                  model::entry_of(spec, &model::ModelSpec::prior).title + ".";
    value_row(context, "log p(z)", view != nullptr ? nats(view->log_prior) + " nats" : "-",
              help.c_str(), view != nullptr ? exact_text(view->log_prior) : "");
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
    if (run::has_normal_prior(context.trainer->config)) return kSliderEnd;
    const auto map = context.views.get<live::MapView>();
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
    ImGui::TextUnformatted(latent_name(context.view_state, latent).c_str());
    ImGui::PopStyleColor();
    ImGui::SameLine(0, 8.0f * context.scale);
    ImGui::SetNextItemWidth(-1.0f);
    float value = context.view_state.cursor[static_cast<std::size_t>(latent)];
    if (ImGui::InputFloat("##z", &value, 0.0f, 0.0f, "%.3f") && std::isfinite(value))
        context.view_state.put_dot_along(latent,
                                         std::clamp(value, -kFarthestTyped, kFarthestTyped));
    ImGui::PopID();
    context.layout.mark(("inspector." + name).c_str(), fixed(value, 4));
    hover(context,
          ("The dot along this latent" + in_latent_units(context) + " Click to type.").c_str());
}

void DotNumbers::sliders(Context& context, float height) {
    ViewState& view_state = context.view_state;
    const auto latents = static_cast<int>(view_state.cursor.size());
    const float row = ImGui::GetFrameHeightWithSpacing();
    const float rows = std::clamp(std::floor(height / row), 1.0f, static_cast<float>(latents));
    ImGui::BeginChild("##latents", {0, rows * row});
    const float gap = 8 * context.scale;
    const float name = ImGui::CalcTextSize(("z" + std::to_string(latents) + "  x").c_str()).x + gap;
    const float value = ImGui::CalcTextSize("-0.00").x + gap;
    const std::string help = "The dot along this latent" + in_latent_units(context) +
                             " The map shows the plane through the dot, along x and y. Ctrl-click "
                             "to type.";
    const std::vector<int> order = axes_first(view_state, latents);
    ImGuiListClipper clipper;
    clipper.Begin(latents, row);
    while (clipper.Step()) {
        for (int line = clipper.DisplayStart; line < clipper.DisplayEnd; ++line) {
            const int latent = order[static_cast<std::size_t>(line)];
            const auto i = static_cast<std::size_t>(latent);
            ImGui::PushID(latent);
            ImGui::AlignTextToFramePadding();
            const float left = ImGui::GetCursorPosX();
            ImGui::TextUnformatted(latent_name(view_state, latent).c_str());
            // The value stands beside the slider: inside, the grab would hide it.
            const std::string number = fixed(view_state.cursor[i], 2);
            ImGui::SameLine(left + name + value - gap - ImGui::CalcTextSize(number.c_str()).x);
            ImGui::TextUnformatted(number.c_str());
            ImGui::SameLine(left + name + value);
            ImGui::SetNextItemWidth(-1);
            const float end = slider_end(context, i);
            float along = view_state.cursor[i];
            if (ImGui::SliderFloat("##z", &along, -end, end, ""))
                view_state.put_dot_along(latent, along);
            context.layout.mark(("inspector." + latent_name(view_state, latent)).c_str(),
                                fixed(along, 4));
            hover(context, help.c_str());
            ImGui::PopID();
        }
    }
    ImGui::EndChild();
}

// Which label the decoder is told, of a run whose model is told one.
void DotNumbers::label(Context& context) {
    const int classes = context.trainer->snapshot->spec.classes;
    if (classes == 0) return;
    const std::vector<std::string>& names = context.dataset()->class_names;
    const auto name = [&](int label) {
        const auto i = static_cast<std::size_t>(label);
        return i < names.size() ? names[i] : std::to_string(label);
    };
    ViewState& view_state = context.view_state;
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted("Label");
    ImGui::SameLine(0, 8.0f * context.scale);
    ImGui::SetNextItemWidth(-1.0f);
    if (ImGui::BeginCombo("##label", name(view_state.label).c_str())) {
        close_on_escape();
        for (int each = 0; each < classes; ++each) {
            if (ImGui::Selectable(name(each).c_str(), each == view_state.label))
                view_state.label = each;
            context.layout.mark(("inspector.label." + std::to_string(each)).c_str());
        }
        ImGui::EndCombo();
    }
    context.layout.mark("inspector.label", name(view_state.label));
    hover(context,
          "The decoder draws the dot, the path and the images of the map as this label. Prior "
          "samples have a label a row.");
}

void DotNumbers::draw(Context& context, const live::CursorView* view, float sliders_px) {
    label(context);
    const std::vector<float>& dot = context.view_state.cursor;
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

#include "app/gui/panels/inspector_point.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/gui/exports/reconstructions.h"
#include "app/gui/map/map_view.h"
#include "app/gui/panels/axis_choice.h"
#include "app/gui/panels/log_p_words.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/selected_actions.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"
#include "engine/core/text.h"
#include "engine/data/targets.h"
#include "engine/live/questions/point.h"
#include "engine/live/questions/true_posterior.h"
#include "engine/run/measure.h"

namespace elbow::gui {

namespace {

constexpr float kTermsPx = 110.0f;    // what the terms of the bound need beside the pictures
constexpr int kMostNamedLatents = 2;  // else those on the map's axes

// Minus the bound is minus the reconstruction term plus the KL: two lengths side by side.
void draw_bound_bar(Context& context, const explore::PointDetail& detail) {
    const Theme& theme = context.theme;
    const float scale = context.scale;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 size{ImGui::GetContentRegionAvail().x, 12 * scale};
    ImGui::Dummy(size);
    hover(context,
          "Minus the bound in two parts: what the reconstruction costs, and what the KL costs, in "
          "nats.");
    const double cost = std::max(-detail.reconstruction_nats, 0.0);
    const double total = cost + std::max(detail.kl_nats, 0.0);
    if (total <= 0.0) return;
    const float split = at.x + size.x * static_cast<float>(cost / total);
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(at, {split, at.y + size.y}, theme.curve_reconstruction);
    list->AddRectFilled({split, at.y}, {at.x + size.x, at.y + size.y}, theme.curve_kl);
    list->AddLine({split, at.y}, {split, at.y + size.y}, theme.panel, 2 * scale);
}

void draw_kl_bars(Context& context, const explore::PointDetail& detail) {
    const Theme& theme = context.theme;
    const float scale = context.scale;
    const std::size_t latents = detail.kl_per_latent.size();
    if (latents == 0) {
        ImGui::TextDisabled("KL from the draws");
        hover(context,
              "With this posterior and prior the KL has no closed form, so that it is not known by "
              "latent: it is the mean of log q(z|x) - log p(z) over the draws.");
        return;
    }
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 size{ImGui::GetContentRegionAvail().x, 15 * scale};
    ImGui::Dummy(size);
    const double most =
        std::max(0.05, *std::max_element(detail.kl_per_latent.begin(), detail.kl_per_latent.end()));
    const float step = size.x / static_cast<float>(latents);
    const float gap = step > 4 * scale ? std::min(0.25f * step, 4 * scale) : 0.0f;
    int under = -1;
    if (ImGui::IsItemHovered()) under = static_cast<int>((ImGui::GetIO().MousePos.x - at.x) / step);
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddLine({at.x, at.y + size.y}, {at.x + size.x, at.y + size.y}, theme.axis_line);
    for (std::size_t i = 0; i < latents; ++i) {
        const auto height =
            static_cast<float>(std::max(detail.kl_per_latent[i], 0.0) / most) * size.y;
        const float left = at.x + static_cast<float>(i) * step;
        const bool hot = under == static_cast<int>(i);
        list->AddRectFilled({left + 0.5f * gap, at.y + size.y - std::max(height, 1.0f * scale)},
                            {left + step - 0.5f * gap, at.y + size.y},
                            hot ? theme.text : theme.curve_kl);
    }
    if (under < 0 || under >= static_cast<int>(latents)) return;
    const auto i = static_cast<std::size_t>(under);
    context.layout.mark("inspector.kl_bar", "z" + std::to_string(under + 1));
    choose_axis_by_click(context, under);
    tip(context,
        ("z" + std::to_string(under + 1) + ": KL " + fixed(detail.kl_per_latent[i], 2) +
         " nats; q(z|x) has mean " + fixed(detail.mean[i], 2) + " and standard deviation " +
         fixed(detail.deviation[i], 2) + ". " + axis_click_help(context))
            .c_str());
}

// Without a bound the variances are not trained.
void posterior_row(Context& context, const explore::PointDetail& detail, int latent, bool bounded) {
    const auto i = static_cast<std::size_t>(latent);
    const std::string name = "z" + std::to_string(latent + 1);
    const char* unit = run::latent_unit(context.trainer->config);
    if (!bounded) {
        const std::string help =
            std::string("The image's code along this latent, in ") + unit + ".";
        value_row(context, name.c_str(), fixed(detail.mean[i], 2), help.c_str(),
                  exact_text(detail.mean[i]));
        return;
    }
    const std::string value = fixed(detail.mean[i], 2) + " ± " + fixed(detail.deviation[i], 2);
    value_row(context, name.c_str(), value,
              "Mean and standard deviation of q(z|x) along this latent, in standard deviations of "
              "the prior.",
              exact_text(detail.mean[i]) + " ± " + exact_text(detail.deviation[i]));
}

// They are of draws from q(z|x), so that without a trained variance there are none.
void draw_terms(Context& context, const explore::PointDetail& detail, NumberCard& card) {
    if (!run::has_bound(context.trainer->config)) return;
    const std::string of = context.dataset() ? data::targets_text(*context.dataset()) : "";
    const std::string targets = " Nats; held-out image, " + of +
                                run::shown_weights_text(context.trainer->config) + ", mean over " +
                                std::to_string(detail.noise_samples) +
                                (detail.noise_samples == 1 ? " draw" : " draws") + " from q(z|x).";
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::TextUnformatted(("nats, " + of).c_str());
    ImGui::PopStyleColor();
    value_row(context, "Bound", nats(detail.bound_nats()),
              ("Lower bound on log p(x) of this image: reconstruction minus KL." + targets).c_str(),
              exact_text(detail.bound_nats()));
    card.draw_mark(context, "inspector.ask", "Bound", nats(detail.bound_nats()));
    value_row(context, "Reconstr.", nats(detail.reconstruction_nats),
              ("Reconstruction: expected log p(x|z), how well the decoder draws the image from its "
               "own code." +
               targets)
                  .c_str(),
              exact_text(detail.reconstruction_nats));
    value_row(context, "KL", nats(detail.kl_nats),
              "KL divergence of q(z|x) from the prior, in closed form: what the code of this image "
              "costs, in nats.",
              exact_text(detail.kl_nats));
}

// Some time after the rest of the point.
void draw_gap(Context& context, int point) {
    const explore::RefinedPoint* refined = context.refined(point);
    std::string help =
        "Amortisation gap: what the encoder's shortcut costs this image. Variational inference for "
        "this image alone, starting from the encoder's answer, raises its bound by this many nats";
    if (refined != nullptr) {
        help += ", from " + nats(refined->bound_before) + " to " + nats(refined->bound_after) +
                " in " + std::to_string(refined->steps) +
                " steps; both bounds from the same noise. The thin outline on the map is the "
                "refined q(z)";
    }
    const std::string value = refined != nullptr ? nats(refined->gap_nats()) : "...";
    value_row(context, "Amortisation gap", value, (help + ".").c_str(),
              refined != nullptr ? exact_text(refined->gap_nats()) : "");
    context.layout.mark("inspector.gap", value);
}

std::string how_log_p_is_known(const explore::TruePosterior& posterior) {
    const explore::WeightedDraws& draws = posterior.by_draws;
    std::string by_draws =
        "the weights p(x, z) / q(z|x) of " + std::to_string(posterior.weights.size()) +
        " draws from q(z|x), so unequal that they count as " +
        reading(std::round(draws.effective_draws)) + ", say " + log_p_words(draws);
    if (draws.falls_short()) by_draws += ", for those that would count most are not among them";
    if (!posterior.log_p_of_grid) {
        by_draws.front() = 'T';
        return ". " + by_draws;
    }
    return ". It is the sum of p(x, z) over a grid of z; " + by_draws;
}

// What the map's layer of the true posterior has found out.
void draw_log_p(Context& context, int point) {
    if (context.visible.of_map.find<live::TruePosteriorQuery>() == nullptr) return;
    const auto view = context.views.get<live::TruePosteriorView>();
    const bool known = view && view->posterior.index == point &&
                       view->posterior.plane.anchor.size() == context.view_state.cursor.size();
    std::string log_p = "...", gap = "...", exact_log_p, exact_gap;
    std::string help = "log p(x) of this image";
    std::string gap_help =
        "KL(q(z|x) || p(z|x)), how far the bound lies below log p(x): what is "
        "lost because q(z|x) is not the true posterior";
    if (known) {
        const explore::TruePosterior& posterior = view->posterior;
        const auto log_p_in = [&](std::string (*words)(double)) {
            const auto& of_grid = posterior.log_p_of_grid;
            return of_grid ? words(*of_grid) : log_p_words(posterior.by_draws, words);
        };
        log_p = log_p_in(nats);
        gap = least_words(posterior.falls_short()) + nats(posterior.gap());
        exact_log_p = log_p_in(exact_text);
        exact_gap = exact_text(posterior.gap());
        const std::string moment = "; nats, after " +
                                   short_count(static_cast<double>(view->stamp.samples)) +
                                   " training images";
        help += moment + how_log_p_is_known(posterior);
        gap_help += ": " + nats(posterior.log_p()) + " less a bound of " +
                    nats(posterior.by_draws.bound) + " nats from " +
                    std::to_string(posterior.weights.size()) + " draws" + moment +
                    ". The amortisation gap is a part of it; the rest is "
                    "lost to the family of q(z|x), which has no member that fits better";
    }
    value_row(context, "log p(x)", log_p, (help + ".").c_str(), exact_log_p);
    context.layout.mark("inspector.log_p", log_p);
    value_row(context, "Gap of the bound", gap, (gap_help + ".").c_str(), exact_gap);
    context.layout.mark("inspector.bound_gap", gap);
}

void draw_posterior(Context& context, const explore::PointDetail& detail, bool bounded) {
    const auto latents = static_cast<int>(detail.mean.size());
    if (latents <= kMostNamedLatents) {
        for (int latent = 0; latent < latents; ++latent)
            posterior_row(context, detail, latent, bounded);
        return;
    }
    posterior_row(context, detail, context.view_state.x_axis, bounded);
    posterior_row(context, detail, context.view_state.y_axis, bounded);
}

// What is selected, and on the right a button to deselect it.
void draw_heading(Context& context, int point) {
    const float right = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x;
    const char* deselect = "Deselect";
    ImGui::AlignTextToFramePadding();
    ImGui::PushFont(context.theme.fonts.title);
    ImGui::Text("Image %d, label %s", point, class_name(*context.dataset(), point).c_str());
    ImGui::PopFont();
    hover(context, "The held-out image that was clicked.");
    ImGui::SameLine(right - button_width(deselect));
    action_button(context, deselect, deselect_action(context));
}

}  // namespace

void SelectedPoint::upload(Context& context, int point) {
    const data::Dataset& dataset = *context.dataset();
    if (shown_ != point || shown_dataset_.lock() != context.trainer->dataset) {
        input_.update(dataset.image(dataset.held_out, point), 1, dataset.shape());
        shown_ = point;
        shown_dataset_ = context.trainer->dataset;
    }
    const auto view = context.views.get<live::PointView>();
    if (view && view != shown_view_ &&
        view->detail.reconstruction.size() == static_cast<std::size_t>(dataset.dimensions()))
        reconstruction_.update(view->detail.reconstruction, 1, dataset.shape());
    shown_view_ = view;
}

void SelectedPoint::pictures(Context& context, int point, const explore::PointDetail* detail) {
    upload(context, point);
    const data::Dataset& dataset = *context.dataset();
    const float scale = context.scale, gap = 8 * scale;
    const float width = ImGui::GetContentRegionAvail().x;
    const float most = 0.27f * width;
    const ImVec2 size = crisp_size(dataset.height, dataset.width, {most, 1.5f * most});
    const ImVec2 left = ImGui::GetCursorScreenPos();
    const ImVec2 right{left.x + size.x + gap, left.y};
    const float under = left.y + size.y + 1 * scale;
    const ImVec2 whole{size.x, size.y + ImGui::GetTextLineHeight() + 1 * scale};
    ImDrawList* list = ImGui::GetWindowDrawList();
    ImGui::Dummy(whole);
    draw_tile(list, input_, 0, left, {left.x + size.x, left.y + size.y});
    list->AddText({left.x, under}, context.theme.text_dim, "input");
    context.layout.mark("inspector.point", std::to_string(point));
    const auto note = [&] {
        if (ImGui::IsItemHovered())
            note_under_mouse(context, reconstructions_export(), {}, {point});
    };
    note();
    hover(context, "The held-out image: the input x.");
    ImGui::SameLine(0, gap);
    ImGui::Dummy(whole);
    if (detail != nullptr) {
        draw_tile(list, reconstruction_, 0, right, {right.x + size.x, right.y + size.y});
    } else {
        list->AddRect(right, {right.x + size.x, right.y + size.y}, context.theme.border);
    }
    list->AddText({right.x, under}, context.theme.text_dim, "decoded");
    note();
    hover(context, "Its reconstruction: the decoder's image at the posterior mean of q(z|x).");
    const float beside = left.x + width - (right.x + size.x + 1.5f * gap);
    if (beside >= kTermsPx * scale) ImGui::SameLine(0, 1.5f * gap);
    ImGui::BeginGroup();
    if (detail != nullptr) {
        draw_terms(context, *detail, card_);
    } else {
        ImGui::TextDisabled("Decoding...");
    }
    ImGui::EndGroup();
}

const explore::PointDetail* selected_detail(const Context& context) {
    const ViewState& view_state = context.view_state;
    const auto view = context.views.get<live::PointView>();
    if (!view || !view_state.point) return nullptr;
    const bool fits = view->detail.index == *view_state.point &&
                      view->detail.mean.size() == view_state.cursor.size();
    return fits ? &view->detail : nullptr;
}

void SelectedPoint::draw(Context& context) {
    const data::Dataset& dataset = *context.dataset();
    ViewState& view_state = context.view_state;
    if (view_state.point && *view_state.point >= dataset.held_out.count) view_state.point.reset();
    const bool has_encoder = run::has_encoder(context.trainer->config);
    if (!view_state.point || !has_encoder) {
        ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
        ImGui::TextWrapped(
            "%s", has_encoder
                      ? "Click a point on the map: its image, its reconstruction "
                        "and its bound appear here."
                      : "This estimator has no encoder, so images have no code to show here.");
        ImGui::PopStyleColor();
        return;
    }
    const int point = *view_state.point;
    const explore::PointDetail* detail = selected_detail(context);
    draw_heading(context, point);
    if (!view_state.point) return;
    pictures(context, point, detail);
    if (detail == nullptr) return;
    card_.draw(context, [&] { return std::vector<AskedNumber>{image_number(context, *detail)}; });
    const bool bounded = run::has_bound(context.trainer->config);
    if (bounded) {
        draw_log_p(context, point);
        draw_gap(context, point);
        draw_bound_bar(context, *detail);
        draw_kl_bars(context, *detail);
    }
    draw_posterior(context, *detail, bounded);
    ImGui::Dummy({0, 2 * context.scale});
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    draw_mean_buttons(context, detail->mean);
    if (!bounded) return;
    same_line_if_room(right, button_width("Compress"), 5 * context.scale);
    compress_.draw_toggle(context);
    compress_.draw(context, *detail);
}

}  // namespace elbow::gui

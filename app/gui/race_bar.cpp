#include "app/gui/race_bar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <string>

#include "app/gui/actions/race.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"
#include "engine/data/targets.h"
#include "engine/live/race.h"
#include "engine/run/measure.h"
#include "engine/train/held_out.h"

namespace elbow::gui {
namespace {

constexpr double kLevelNats = 0.005;  // what two decimals do not show

// The newest evaluations that both have had after equally many images, but for a minibatch.
struct Standing {
    std::int64_t samples;
    double first, second;  // held-out score, nats per image
};

std::optional<Standing> standing(const RaceView& race) {
    const auto& a = race.runs[0].curves->evaluations.records();
    const auto& b = race.runs[1].curves->evaluations.records();
    const int slack =
        std::max(race.runs[0].trainer->config.minibatch, race.runs[1].trainer->config.minibatch);
    auto i = a.rbegin();
    auto j = b.rbegin();
    while (i != a.rend() && j != b.rend() && std::abs(i->samples - j->samples) >= slack) {
        if (i->samples > j->samples) {
            ++i;
        } else {
            ++j;
        }
    }
    if (i == a.rend() || j == b.rend()) return std::nullopt;
    return Standing{i->samples, i->score(), j->score()};
}

// Bounds of one kind over the same images, by likelihoods of one kind, may be held against one
// another.
bool are_comparable(const RaceView& race) {
    const live::TrainerState& first = *race.runs[0].trainer;
    const live::TrainerState& second = *race.runs[1].trainer;
    return run::measure_text(first.config) == run::measure_text(second.config) && first.snapshot &&
           second.snapshot && first.snapshot->spec.likelihood == second.snapshot->spec.likelihood;
}

// As long as they are equal there is no race.
bool are_alike(const RaceView& race) {
    return race.runs[0].trainer->config == race.runs[1].trainer->config;
}

struct Pen {
    Context& context;
    const Area& area;
    float x;
    std::string whole = {};  // what was written, also where it had no room

    // Returns where it was written.
    Area write(const std::string& text, ImU32 colour) {
        const float y = area.y + (area.height - ImGui::GetFontSize()) / 2;
        ImGui::GetWindowDrawList()->AddText({x, y}, colour, text.c_str());
        const float begin = x, width = ImGui::CalcTextSize(text.c_str()).x;
        x += width + 8.0f * context.scale;
        whole += (whole.empty() ? "" : "  ") + text;
        return {begin, area.y, width, area.height};
    }
};

struct Wording {
    std::string text;
    ImU32 colour;
};

// The first of the wordings that fits, or nothing.
void write_fitting(Pen& pen, std::initializer_list<Wording> wordings, float right) {
    for (const auto& [text, colour] : wordings) {
        if (text.empty() || pen.x + ImGui::CalcTextSize(text.c_str()).x > right) continue;
        pen.write(text, colour);
        return;
    }
    pen.whole += "  " + wordings.begin()->text;
}

struct Lead {
    std::string text;    // "AEVB leads by 3.20 nats"
    Wording brief = {};  // "leads by 3.20 nats", in the leader's colour
};

Lead lead_of(const RaceView& race, const Standing& now) {
    const double lead = now.first - now.second;
    if (!std::isfinite(lead)) return {};
    if (std::abs(lead) < kLevelNats) return {"level"};
    if (!are_comparable(race)) return {"not comparable"};
    const Contestant& leader = race.runs[lead >= 0.0 ? 0 : 1];
    const std::string text = "leads by " + nats(std::abs(lead)) + " nats";
    return {leader.name + " " + text, {text, leader.colour}};
}

// Returns where the buttons begin.
float draw_buttons(Context& context, const Area& area) {
    const RaceView& race = *context.race;
    const float scale = context.scale;
    const float padding = 20.0f * scale;
    const float gap = 8.0f * scale;
    const float y = area.y + (area.height - ImGui::GetFrameHeight()) / 2;
    float x = area.right();
    const auto next = [&](const std::string& label) {
        const float width = ImGui::CalcTextSize(label.c_str()).x + padding;
        x -= width + gap;
        ImGui::SetCursorScreenPos({x, y});
        return width / scale;
    };
    for (int i = 1; i >= 0; --i) {
        const std::string& name = race.runs[static_cast<std::size_t>(i)].name;
        const std::string label = "Go on with " + fitted(name, 160.0f * scale);
        action_button(context, label.c_str(), end_race_action(context, static_cast<std::size_t>(i)),
                      {next(label), 0.0f});
    }
    const float toggle_height = ImGui::GetFontSize() + 4.0f * scale;
    const auto next_toggle = [&](const char* label, const WindowAction& action) {
        next(label);
        ImGui::SetCursorScreenPos({x, area.y + (area.height - toggle_height) / 2});
        action_toggle(context, label, action);
    };
    next_toggle("Lockstep", pace_action(context));
    next_toggle("Link", link_action(context));
    return x;
}

// A click on a run's name takes it in hand.
void draw_names(Context& context, const std::array<Area, 2>& names, float right) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        const float width = std::min(names[i].right(), right) - names[i].x;
        if (width < 1.0f) continue;
        ImGui::SetCursorScreenPos({names[i].x, names[i].y});
        ImGui::PushID(static_cast<int>(i));
        if (ImGui::InvisibleButton("##name", {width, names[i].height}))
            context.actions.take_in_hand(i);
        ImGui::PopID();
        context.layout.mark(("race.name." + std::to_string(i)).c_str(),
                            i == context.run_number ? "in hand" : "");
        hover(context, i == context.run_number ? "The panels show this run."
                                               : "Click to show this run in the panels.");
    }
}

}  // namespace

void draw_race_bar(Context& context, const Area& area) {
    const RaceView& race = *context.race;
    const Theme& theme = context.theme;
    const float scale = context.scale;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImVec2 min(area.x, area.y), max(area.right(), area.bottom());
    list->AddRectFilled(min, max, theme.panel_title, 6.0f * scale);
    list->AddRect(min, max, theme.border, 6.0f * scale);
    const float right = draw_buttons(context, area);
    const float end = right - 4.0f * scale;
    list->PushClipRect(min, {end, max.y}, true);
    Pen pen{context, area, area.x + 14.0f * scale};
    pen.write("Race", theme.text);
    const auto now = standing(race);
    std::array<Area, 2> names;
    for (std::size_t i = 0; i < 2; ++i) {
        names[i] = pen.write(race.runs[i].name, race.runs[i].colour);
        if (i == context.run_number)
            list->AddLine({names[i].x, names[i].bottom() - 6.0f * scale},
                          {names[i].right(), names[i].bottom() - 6.0f * scale}, race.runs[i].colour,
                          2.0f * scale);
        const double score = now ? (i == 0 ? now->first : now->second) : NAN;
        const RunConfig& config = race.runs[i].trainer->config;
        const std::string of =
            (run::has_bound(config) ? "" : " log p(x|z)") + run::weights_text(config);
        const bool failed = race.runs[i].trainer->status == live::TrainerStatus::kFailed;
        const std::string shown = failed                 ? "failed"
                                  : std::isfinite(score) ? nats(score) + " nats" + of
                                                         : "\u2013";
        const float begin = pen.x;
        pen.write(shown, failed ? theme.error : theme.text);
        context.layout.mark(("race.score." + std::to_string(i)).c_str(), {begin, min.y},
                            {pen.x, max.y}, shown);
    }
    std::string told;
    if (are_alike(race)) {
        told = "equal so far: click a name, then set that run's options on the left";
        write_fitting(pen, {{told, theme.warning}, {"equal so far", theme.warning}}, end);
    } else if (now) {
        const Lead lead = lead_of(race, *now);
        told = lead.text;
        const std::string targets =
            context.dataset() ? data::targets_text(*context.dataset()) + ", " : "";
        const std::string after =
            "after " + short_count(static_cast<double>(now->samples)) + " images";
        const ImU32 dim = theme.text_dim;
        write_fitting(pen,
                      {{(told.empty() ? "" : told + ", ") + "held-out, " + targets + after, dim},
                       {told, dim},
                       lead.brief,
                       {after, dim}},
                      end);
    }
    list->PopClipRect();
    context.layout.mark("race", min, max, told);
    draw_names(context, names, end);
    ImGui::SetCursorScreenPos(min);
    ImGui::Dummy({std::max(1.0f, end - area.x), area.height});
    const RunConfig& first = race.runs[0].trainer->config;
    const RunConfig& second = race.runs[1].trainer->config;
    hover(context, (pen.whole + "\nTwo runs on the same images in the same order" +
                    (live::same_start(first, second) ? ", from the same weights." : ".") +
                    " The other panels show the run whose name is underlined. Click a name, or "
                    "drag the dot on a map, to see the other one.")
                       .c_str());
}

}  // namespace elbow::gui

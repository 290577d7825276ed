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
constexpr float kTextGapPx = 8.0f;    // between two texts, scale 1

float text_width(const std::string& text) { return ImGui::CalcTextSize(text.c_str()).x; }

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

    // Returns where it was written. `meant`: what it stands for, where it is short for that.
    Area write(const std::string& text, ImU32 colour, const std::string& meant = "") {
        const float y = area.y + (area.height - ImGui::GetFontSize()) / 2;
        ImGui::GetWindowDrawList()->AddText({x, y}, colour, text.c_str());
        const float begin = x, width = text_width(text);
        x += width + kTextGapPx * context.scale;
        whole += (whole.empty() ? "" : "  ") + (meant.empty() ? text : meant);
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
        if (text.empty() || pen.x + text_width(text) > right) continue;
        pen.write(text, colour);
        return;
    }
    pen.whole += "  " + wordings.begin()->text;
}

// How a run stands, the longest wording first.
using Score = std::array<std::string, 3>;

Score score_of(const Contestant& run, double score) {
    if (run.trainer->status == live::TrainerStatus::kFailed) return {"failed", "failed", "failed"};
    if (!std::isfinite(score)) return {"\u2013", "\u2013", "\u2013"};
    const RunConfig& config = run.trainer->config;
    const std::string number = nats(score);
    return {number + " nats" + (run::has_bound(config) ? "" : " log p(x|z)") +
                run::weights_text(config),
            number + " nats", number};
}

// What of the names and scores has room: the longest scores that leave the names whole, else the
// shortest ones, and the names cut.
struct Shown {
    std::array<std::string, 2> names, scores;
};

Shown shown_in(float room, const RaceView& race, const std::array<Score, 2>& scores, float scale) {
    const std::array<std::string, 2> names{race.runs[0].name, race.runs[1].name};
    const auto left = [&](std::size_t wording) {
        return room - text_width(scores[0][wording]) - text_width(scores[1][wording]) -
               4.0f * kTextGapPx * scale;
    };
    const std::array<float, 2> wide{text_width(names[0]), text_width(names[1])};
    const std::size_t shortest = scores[0].size() - 1;
    std::size_t wording = 0;
    while (wording < shortest && left(wording) < wide[0] + wide[1]) ++wording;
    Shown shown{names, {scores[0][wording], scores[1][wording]}};
    const float both = left(wording);
    if (both >= wide[0] + wide[1]) return shown;
    for (std::size_t i = 0; i < 2; ++i)
        shown.names[i] = fitted(names[i], std::max(0.5f * both, both - wide[1 - i]));
    return shown;
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
        const float width = text_width(label) + padding;
        x -= width + gap;
        ImGui::SetCursorScreenPos({x, y});
        return width / scale;
    };
    for (int i = 1; i >= 0; --i) {
        const std::string& name = race.runs[static_cast<std::size_t>(i)].name;
        const std::string label =
            "Go on with " + fitted(name, std::min(160.0f * scale, 0.12f * area.width));
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

// Returns where the names are.
std::array<Area, 2> write_runs(Pen& pen, const std::optional<Standing>& now, float end) {
    const RaceView& race = *pen.context.race;
    const float scale = pen.context.scale;
    const std::array<Score, 2> scores{score_of(race.runs[0], now ? now->first : NAN),
                                      score_of(race.runs[1], now ? now->second : NAN)};
    const Shown shown = shown_in(end - pen.x, race, scores, scale);
    std::array<Area, 2> names;
    for (std::size_t i = 0; i < 2; ++i) {
        const Contestant& run = race.runs[i];
        names[i] = pen.write(shown.names[i], run.colour, run.name);
        const float line = names[i].bottom() - 6.0f * scale;
        if (i == pen.context.run_number)
            ImGui::GetWindowDrawList()->AddLine({names[i].x, line}, {names[i].right(), line},
                                                run.colour, 2.0f * scale);
        const Theme& theme = pen.context.theme;
        const bool failed = run.trainer->status == live::TrainerStatus::kFailed;
        const Area score =
            pen.write(shown.scores[i], failed ? theme.error : theme.text, scores[i][0]);
        pen.context.layout.mark(("race.score." + std::to_string(i)).c_str(), {score.x, score.y},
                                {score.right(), score.bottom()}, shown.scores[i]);
    }
    return names;
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
    const std::array<Area, 2> names = write_runs(pen, now, end);
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

#include "app/gui/panels/rewind_bar.h"

#include <algorithm>
#include <optional>
#include <string>

#include "app/gui/panels/picture.h"
#include "app/gui/rewind.h"
#include "app/gui/widgets/controls.h"

namespace elbow::gui {
namespace {

// Sizes at scale 1.
constexpr float kTrackPx = 4.0f, kKnobPx = 6.0f, kTickGapPx = 4.0f, kGapPx = 8.0f;
constexpr float kWordsPx = 96.0f;  // of the moment that is shown
constexpr float kLeastTrackPx = 60.0f;
constexpr const char* kTrainOn = "Train on";

struct Track {
    ImVec2 low, high;  // pixels, between the middles of the knob at both ends
    const live::Moments& moments;
    float at(std::size_t number) const {
        const double place = moments.place(moments.held()[number].snapshot->samples);
        return low.x + (high.x - low.x) * static_cast<float>(place);
    }
    std::size_t under(float x) const {
        return moments.nearest_place((x - low.x) / (high.x - low.x));
    }
};

void draw_track(const Context& context, const Track& track, std::size_t shown, bool hot) {
    const Theme& theme = context.theme;
    const float scale = context.scale;
    const float y = 0.5f * (track.low.y + track.high.y), half = 0.5f * kTrackPx * scale;
    const bool rewound = context.rewind->at().has_value();
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled({track.low.x, y - half}, {track.high.x, y + half}, theme.border, half);
    const float knob = track.at(shown);
    list->AddRectFilled({track.low.x, y - half}, {knob, y + half},
                        with_alpha(rewound ? theme.warning : theme.accent, 0.6f), half);
    float last = track.low.x - kTickGapPx * scale;
    for (std::size_t i = 0; i < track.moments.held().size(); ++i) {
        const float x = track.at(i);
        if (x - last < kTickGapPx * scale) continue;
        list->AddLine({x, y + 2.0f * half}, {x, y + 4.0f * half}, theme.axis_line);
        last = x;
    }
    list->AddCircleFilled({knob, y}, (hot ? 1.2f : 1.0f) * kKnobPx * scale,
                          rewound ? theme.warning : theme.accent);
}

// The moments, from the first to now.
void slider(Context& context, float width) {
    Rewind& rewind = *context.rewind;
    const float scale = context.scale, height = ImGui::GetFrameHeight();
    const auto& held = rewind.moments().held();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float knob = kKnobPx * scale;
    const Track track{{at.x + knob, at.y}, {at.x + width - knob, at.y + height}, rewind.moments()};
    ImGui::InvisibleButton("##rewind", {width, height});
    const bool hovered = ImGui::IsItemHovered(), active = ImGui::IsItemActive();
    const std::size_t under = track.under(ImGui::GetIO().MousePos.x);
    if (active) {
        rewind.go_to(held[under].snapshot->samples);
        rewind.hold({track.low.x, track.high.x});
    }
    const std::size_t shown =
        rewind.at() ? rewind.moments().nearest(*rewind.at()) : held.size() - 1;
    draw_track(context, track, shown, hovered || active);
    context.layout.mark("rewind.slider", rewind.at() ? std::to_string(*rewind.at()) : "now");
    if (!hovered || active) return;  // beside the track it says where it is
    const std::string text =
        "After " + moment_text(held[under].snapshot->samples) +
        ". Drag to see the map, the pictures and the numbers about them as they were; the "
        "training goes on meanwhile. " +
        std::to_string(held.size()) + " moments are held, in " +
        short_count(static_cast<double>(rewind.moments().bytes()) / 1e6) +
        " MB. Left and Right go from one to the next, Escape to now.";
    tip(context, text.c_str());
}

std::string no_moments_yet(const Context& context) {
    return has_moments(context) ? "" : "There is nothing to go back to yet.";
}

WindowAction play_again_action(Context& context) {
    Rewind* rewind = context.rewind;
    const bool playing = rewind != nullptr && rewind->playing();
    return {.id = "rewind.play",
            .title = "Play the training again",
            .help =
                "Plays the training again, from its first moment or from the one that is "
                "shown, up to now, in six seconds.",
            .run = [rewind, playing] { playing ? rewind->stop() : rewind->play(); },
            .why_not = no_moments_yet(context),
            .on = playing};
}

WindowAction step_back_action(Context& context, int by) {
    return {.id = by < 0 ? "rewind.back" : "rewind.on",
            .title = by < 0 ? "Back through the training, by a moment"
                            : "On through the training, by a moment",
            .help =
                "The map, the pictures and the numbers about them are shown as they were; the "
                "training goes on meanwhile. Escape shows the run as it is now.",
            .run = [&context, by] { context.rewind->step(by); },
            .why_not = no_moments_yet(context),
            .keys = {{by < 0 ? Key::kLeft : Key::kRight}}};
}

WindowAction now_action(Context& context) {
    const bool back = context.rewind != nullptr && context.rewind->at();
    return {.id = "rewind.now",
            .title = "Show the run as it is now",
            .help = "Shows the run as it is now (Escape).",
            .run = [&context] { context.rewind->go_to(std::nullopt); },
            .why_not = back ? "" : "The run is shown as it is now."};
}

// What is to happen, before it does.
WindowAction branch_action(Context& context) {
    const bool back = context.rewind != nullptr && context.rewind->at();
    const train::SnapshotPtr& shown = context.explored;
    const std::string why_not =
        !back                     ? "Go back to the moment to train on from first, with the slider."
        : context.race != nullptr ? "Two runs that race see the same images: end the race first."
                                  : "";
    std::string help =
        "Begins a branch: another run, which trains on from the weights that are shown. The "
        "present run is kept, among the runs (Ctrl+O), and Ctrl+Z brings it back.";
    if (back)
        help =
            "Begins a branch: another run, which trains on from the weights that are shown, "
            "those after " +
            moment_text(shown->made().samples) + ". The present run, of " +
            moment_text(context.trainer->snapshot->samples) +
            ", is kept, among the runs (Ctrl+O), and Ctrl+Z brings it back.";
    help += " Of a moment the weights alone are held: the optimiser's averages begin anew.";
    return {.id = "rewind.branch",
            .title = "Train on from the moment that is shown",
            .help = std::move(help),
            .run = [&context, shown] { context.actions.branch(shown); },
            .why_not = why_not};
}

}  // namespace

std::string moment_text(std::int64_t samples) {
    return short_count(static_cast<double>(samples)) + " images";
}

bool has_moments(const Context& context) {
    return context.rewind != nullptr && context.has_run() &&
           context.rewind->moments().held().size() > 1;
}

float rewind_bar_height(const Context& context) {
    return has_moments(context) ? ImGui::GetFrameHeightWithSpacing() : 0.0f;
}

void add_rewind_actions(Context& context, WindowActions& actions) {
    actions.push_back(play_again_action(context));
    actions.push_back(step_back_action(context, -1));
    actions.push_back(step_back_action(context, 1));
    actions.push_back(now_action(context));
    actions.push_back(branch_action(context));
}

void draw_rewind_bar(Context& context) {
    if (!has_moments(context)) return;
    Rewind& rewind = *context.rewind;
    const float scale = context.scale, gap = kGapPx * scale;
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    action_button(context, rewind.playing() ? "Stop" : "Play", play_again_action(context));
    ImGui::SameLine(0, gap);
    float after = kWordsPx * scale + button_width("Now") + 2.0f * gap;
    const float left = ImGui::GetCursorScreenPos().x;
    // In a narrow panel the palette (Ctrl+P) still has it.
    const float branch = gap + button_width(kTrainOn);
    const bool can_branch = right - left - after - branch >= kLeastTrackPx * scale;
    if (can_branch) after += branch;
    slider(context, std::max(right - left - after, kLeastTrackPx * scale));
    ImGui::SameLine(0, gap);
    const float words = ImGui::GetCursorPosX();
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text,
                          rewind.at() ? context.theme.warning : context.theme.text_dim);
    ImGui::TextUnformatted(moment_text(context.explored->samples).c_str());
    ImGui::PopStyleColor();
    hover(context, "Training images seen by the weights that are shown.");
    ImGui::SameLine(words + kWordsPx * scale);
    action_button(context, "Now", now_action(context));
    if (!can_branch) return;
    ImGui::SameLine(0, gap);
    action_button(context, kTrainOn, branch_action(context));
}

}  // namespace elbow::gui

#include "app/gui/panels/preset_row.h"

#include "app/gui/widgets/controls.h"
#include "engine/run/presets.h"

namespace elbow::gui {
namespace {

// "A good model in the least time: activation relu, step size 0.003, ..."
std::string preset_help(const run::Preset& preset, const RunConfig& wanted) {
    const std::string sets = run::preset_text(preset, wanted);
    return preset.help + (sets.empty() ? "" : "\nSets " + sets + ".") +
           "\nStarts a new run; the present one is kept.";
}

}  // namespace

void draw_preset_row(Context& context, const RunConfig& wanted, const std::string& why_locked,
                     float label_width) {
    const run::Preset* present = run::preset_of(wanted);
    const float left = ImGui::GetCursorPosX();
    ImGui::BeginDisabled(!why_locked.empty());
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted("Preset");
    ImGui::SameLine(left + label_width);
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
    if (ImGui::BeginCombo("##preset", present == nullptr ? "none" : present->title.c_str())) {
        close_on_escape();
        for (const run::Preset& each : run::presets()) {
            if (ImGui::Selectable(each.title.c_str(), &each == present) && &each != present)
                context.actions.restart(run::with_preset(each, wanted));
            context.layout.mark(("controls.preset." + each.name).c_str());
            hover(context, preset_help(each, wanted).c_str());
        }
        ImGui::EndCombo();
    }
    context.layout.mark("controls.preset", present == nullptr ? "none" : present->name);
    ImGui::EndDisabled();
    hover(context,
          why_locked.empty()
              ? "How the run learns: activation, optimiser, step size, averaging and "
                "gradients by one name. A choice starts a new run; the present one is kept."
              : why_locked.c_str());
}

void add_preset_actions(Context& context, const RunConfig& wanted, WindowActions& actions) {
    for (const run::Preset& each : run::presets()) {
        actions.push_back(
            {.id = "preset." + each.name,
             .title = "Preset: " + each.title,
             .help = preset_help(each, wanted),
             .run = [&context, &each,
                     wanted] { context.actions.restart(run::with_preset(each, wanted)); },
             .why_not = context.has_run() ? "" : "There is no run yet."});
    }
}

}  // namespace elbow::gui

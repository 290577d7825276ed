#include "app/gui/panels/option_editor.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "app/gui/keys.h"
#include "app/gui/panels/option_search.h"
#include "app/gui/panels/preset_row.h"
#include "app/gui/widgets/controls.h"
#include "engine/run/applicable.h"

namespace elbow::gui {
namespace {

constexpr float kMostLabelShare = 0.6f;  // of a row
constexpr const char* kNewRunMark = "*";

std::vector<const char*> groups() {
    std::vector<const char*> names;
    for (const Option& option : run_options()) {
        const auto is_it = [&](const char* name) { return name == option.group(); };
        if (std::none_of(names.begin(), names.end(), is_it)) names.push_back(option.group().data());
    }
    return names;
}

std::string hint(const Option& option) {
    std::string text = option.help;
    if (!option.is_text()) {
        text += " From " + option_range_text(option) + ".";
    }
    return text;
}

float title_width(const Option& option) {
    return ImGui::CalcTextSize(option.title).x + ImGui::CalcTextSize(kNewRunMark).x;
}

float widest_title(const Context& context) {
    float widest = 0.0f;
    for (const Option& option : run_options()) widest = std::max(widest, title_width(option));
    return widest + 8.0f * context.scale;
}

void title_font(const Context& context, bool on) {
    if (context.theme.fonts.title == nullptr) return;
    on ? ImGui::PushFont(context.theme.fonts.title) : ImGui::PopFont();
}

}  // namespace

void OptionEditor::follow(const RunConfig& current, const std::string& why_locked) {
    why_locked_ = why_locked;
    if (current.dataset != draft_.current().dataset) fields_.look_for_datasets_again();
    draft_.follow(current);
}

void OptionEditor::find(const Option& option) {
    std::strncpy(query_, option.title, sizeof query_ - 1);
    search_asked_for_ = true;
}

WindowAction OptionEditor::apply_action(Context& context) {
    std::string why = pending() ? "" : "No option waits for a new run.";
    if (context.loading.active) why = "Another data set is being loaded: " + context.loading.what;
    return {.id = "controls.apply",
            .title = "Apply the changed options and restart",
            .help = "Starts a new run with the changed options.",
            .run =
                [this, &context] {
                    draft_.asked_for_new_run();
                    context.actions.restart(draft_.wanted());
                },
            .why_not = std::move(why)};
}

WindowAction OptionEditor::discard_action() {
    return {.id = "controls.discard",
            .title = "Discard the changed options",
            .help = "Back to the options of the present run.",
            .run = [this] { draft_.discard(); },
            .why_not = pending() ? "" : "No option waits for a new run."};
}

void OptionEditor::add_actions(Context& context, WindowActions& actions) {
    actions.push_back({.id = "controls.find",
                       .title = "Find an option by its title, name or help",
                       .help = "Goes to the field that finds options.",
                       .run = [this] { search_asked_for_ = true; },
                       .keys = {{Key::kF, true}},
                       .key_shows_panel = true});
    actions.push_back(apply_action(context));
    actions.push_back(discard_action());
    add_preset_actions(context, draft_.wanted(), actions);
    for (const Option& option : run_options()) {
        actions.push_back({.id = std::string("controls.find.") + option.name,
                           .title = std::string("Option: ") + option.title,
                           .help = hint(option),
                           .run = [this, &option] { find(option); }});
    }
}

void OptionEditor::draw_search(Context& context) {
    const float height = ImGui::GetFrameHeight();
    const float gap = ImGui::GetStyle().ItemInnerSpacing.x;
    const float width = ImGui::GetContentRegionAvail().x;
    if (std::exchange(search_asked_for_, false)) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(searching() ? width - height - gap : width);
    ImGui::InputTextWithHint("##search", "Find an option", query_, sizeof query_,
                             ImGuiInputTextFlags_AutoSelectAll);
    const bool escaped = ImGui::IsItemDeactivated() && escape_pressed();
    context.layout.mark("controls.search", query_);
    hover(context,
          "By its title, its name on the command line or its help text (Ctrl+F). Esc shows all "
          "options again.");
    if (searching()) {
        ImGui::SameLine(0.0f, gap);
        if (ImGui::Button("\u00d7##search", {height, height}) || escaped) query_[0] = '\0';
        context.layout.mark("controls.search.clear");
    }
}

void OptionEditor::hear_refusal(Context& context) {
    if (context.refusal == nullptr || !draft_.hear_refusal(*context.refusal)) return;
    context.refusal->clear();
    for (const Option& option : run_options()) {
        if (draft_.refused(option) != nullptr) unfold_ = option.group();
    }
}

void OptionEditor::draw_rows(Context& context) {
    hear_refusal(context);
    const float label_width =
        std::min(widest_title(context), kMostLabelShare * ImGui::GetContentRegionAvail().x);
    bool any = false;
    if (!searching()) draw_preset_row(context, draft_.wanted(), why_locked_, label_width);
    for (const char* group : groups()) {
        Options options;
        for (const Option& option : run_options()) {
            if (option.group() == group && is_found(option, query_) && has_row(option))
                options.push_back(&option);
        }
        if (options.empty()) continue;
        any = true;
        if (searching()) {
            ImGui::TextDisabled("%s", group);
        } else if (group != Option::kEssentials && !draw_heading(context, group, options)) {
            continue;
        }
        for (const Option* option : options) draw_row(context, *option, label_width);
    }
    if (!any) ImGui::TextDisabled("No option has this in its title or help.");
}

// Those of members that are not chosen fold away; who searches one reads why it takes nothing.
bool OptionEditor::has_row(const Option& option) const {
    return searching() || draft_.refused(option) != nullptr ||
           !run::is_of_another_member(option, draft_.wanted());
}

// Says whether it is unfolded.
bool OptionEditor::draw_heading(Context& context, const char* group, const Options& options) {
    std::string names, help;
    int count = 0;
    bool waits = false;
    for (const Option* option : options) {
        waits = waits || draft_.waits(*option);
        if (draft_.is_default(*option)) continue;
        ++count;
        names += (names.empty() ? "" : ", ") + std::string(option->title);
        help += (help.empty() ? "" : "\n") + std::string(option->title) + ": " +
                option_text(draft_.wanted(), *option) + ", usually " +
                option_text(draft_.usual(), *option);
    }
    if (unfold_ == group) {
        ImGui::SetNextItemOpen(true);
        unfold_ = {};
    }
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    title_font(context, true);
    const float title_width = ImGui::CalcTextSize(group).x;
    const bool open = ImGui::TreeNodeEx(group, ImGuiTreeNodeFlags_SpanAvailWidth |
                                                   ImGuiTreeNodeFlags_NoTreePushOnOpen |
                                                   ImGuiTreeNodeFlags_FramePadding);
    title_font(context, false);
    const std::string shown = count == 0 ? "" : std::to_string(count) + ": " + names;
    context.layout.mark(("controls.group." + std::string(group)).c_str(),
                        (open ? "open" : "folded") + (count == 0 ? "" : ", " + shown));
    hover(context, help.c_str());
    const ImVec2 low = ImGui::GetItemRectMin();
    const float x =
        low.x + ImGui::GetTreeNodeToLabelSpacing() + title_width + 12.0f * context.scale;
    const float y = low.y + ImGui::GetStyle().FramePadding.y;
    const bool fits = ImGui::CalcTextSize(shown.c_str()).x <= right - x;
    const std::string drawn = fits ? shown : std::to_string(count) + " changed";
    ImGui::GetWindowDrawList()->AddText({x, y},
                                        waits ? context.theme.warning : context.theme.accent,
                                        fitted(drawn, right - x).c_str());
    return open;
}

void OptionEditor::draw_title(const Context& context, const Option& option, float width,
                              bool waits) const {
    const float star = ImGui::CalcTextSize(kNewRunMark).x;
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text, waits ? context.theme.warning : context.theme.text);
    ImGui::TextUnformatted(fitted(option.title, width - star).c_str());
    ImGui::PopStyleColor();
    if (option.live) return;
    ImGui::SameLine(0.0f, 0.0f);
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::TextUnformatted(kNewRunMark);
    ImGui::PopStyleColor();
}

// A list whose text is longer than the room beside the titles reaches to the end of its own.
void OptionEditor::draw_row(Context& context, const Option& option, float label_width) {
    const float scale = context.scale;
    const bool waits = draft_.waits(option) || draft_.refused(option) != nullptr;
    const bool has_reset = waits || !draft_.is_default(option);
    const float height = ImGui::GetFrameHeight();
    const float gap = ImGui::GetStyle().ItemInnerSpacing.x;
    const float width = ImGui::GetContentRegionAvail().x;
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    const float left = ImGui::GetCursorPosX();
    std::string reason = why_locked_;
    if (reason.empty()) reason = run::not_applicable_because(option, draft_.wanted());
    const std::string help = reason.empty() ? hint(option) : reason;
    ImGui::PushID(option.name);
    if (has_reset) {
        const float bar = 3.0f * scale;
        ImGui::GetWindowDrawList()->AddRectFilled(
            {corner.x - 2.0f * bar, corner.y}, {corner.x - bar, corner.y + height},
            waits ? context.theme.warning : context.theme.accent);
    }
    std::string text = draft_.shown(option, context.now_s);
    const float room = width - (has_reset ? height + gap : 0.0f);
    label_width = std::clamp(room - fields_.needed_width(context, option, draft_.wanted(), text),
                             std::min(label_width, title_width(option) + gap), label_width);
    ImGui::BeginDisabled(!reason.empty());
    ImGui::BeginGroup();
    draw_title(context, option, label_width - gap, waits);
    ImGui::EndGroup();
    hover(context, help.c_str());
    ImGui::SameLine(left + label_width);
    const bool refused = draft_.refused(option) != nullptr;
    if (refused) {
        ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, std::max(1.0f, 1.5f * scale));
        ImGui::PushStyleColor(ImGuiCol_Border, context.theme.error);
    }
    ImGui::BeginGroup();
    const bool done = fields_.draw(context, option, draft_.wanted(), text, room - label_width);
    ImGui::EndGroup();
    if (refused) {
        ImGui::PopStyleColor();
        ImGui::PopStyleVar();
    }
    context.layout.mark(("controls." + std::string(option.name)).c_str(), text);
    // A data set's name with its parameters is longer than the room for it.
    const bool long_name = text.find(':') != std::string::npos;
    hover(context, (long_name ? text + "\n" + help : help).c_str());
    ImGui::EndDisabled();
    if (done) draft_.set(option, text, context.now_s, context.actions.send);
    if (has_reset) {
        ImGui::SameLine(0.0f, gap);
        draw_reset(context, option, waits);
    }
    draw_refusal(context, option);
    ImGui::PopID();
}

void OptionEditor::draw_reset(Context& context, const Option& option, bool waits) {
    const std::string name = "controls.reset." + std::string(option.name);
    const std::string back_to = option_text(waits ? draft_.current() : draft_.usual(), option) +
                                (waits ? ", as the run has it." : ", the usual value.");
    if (!reset_button(context, name.c_str(), ("Back to " + back_to).c_str(), why_locked_)) return;
    if (waits) {
        draft_.undo(option);
    } else {
        draft_.set_to_default(option, context.now_s, context.actions.send);
    }
}

void OptionEditor::draw_refusal(const Context& context, const Option& option) const {
    const OptionDraft::Refused* refused = draft_.refused(option);
    if (refused == nullptr) return;
    ImGui::PushTextWrapPos(0.0f);
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.error);
    ImGui::TextUnformatted(refused->message.c_str());
    ImGui::PopStyleColor();
    ImGui::PopTextWrapPos();
    context.layout.mark(("controls.refused." + std::string(option.name)).c_str(), refused->message);
}

void OptionEditor::draw_legend(const Context& context) {
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::TextUnformatted((kNewRunMark + std::string(" A change starts a new run.")).c_str());
    ImGui::PopStyleColor();
}

std::string OptionEditor::summary(const Context& context) const {
    std::string text =
        context.race ? "Both runs start again, this one with " : "This starts a new run with ";
    const auto lines = draft_.changes();
    for (std::size_t i = 0; i < lines.size(); ++i) text += (i == 0 ? "" : "; ") + lines[i];
    return text + (context.race ? ". The present ones are kept." : ". The present one is kept.");
}

float OptionEditor::pending_height(const Context& context) const {
    if (!pending()) return 0.0f;
    const float wrap = ImGui::GetContentRegionAvail().x - 20.0f * context.scale;
    return ImGui::CalcTextSize(summary(context).c_str(), nullptr, false, wrap).y +
           ImGui::GetFrameHeight() + 34.0f * context.scale;
}

void OptionEditor::draw_pending(Context& context) {
    if (!pending()) return;
    const float scale = context.scale;
    ImGui::PushStyleColor(ImGuiCol_ChildBg, with_alpha(context.theme.warning, 0.12f));
    ImGui::PushStyleColor(ImGuiCol_Border, context.theme.warning);
    begin_region("##pending", {0.0f, pending_height(context) - 6.0f * scale}, true,
                 ImGuiWindowFlags_NoScrollbar);
    ImGui::PushTextWrapPos(0.0f);
    ImGui::TextUnformatted(summary(context).c_str());
    ImGui::PopTextWrapPos();
    action_button(context, "Apply and restart", apply_action(context), {0, 0}, true);
    ImGui::SameLine();
    action_button(context, "Discard", discard_action());
    ImGui::EndChild();
    ImGui::PopStyleColor(2);
}

}  // namespace elbow::gui

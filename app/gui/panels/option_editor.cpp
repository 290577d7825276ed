#include "app/gui/panels/option_editor.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"
#include "app/gui/window_words.h"
#include "engine/core/error.h"
#include "engine/core/version.h"
#include "engine/train/automatic.h"
#include "engine/train/choices.h"

namespace elbow::gui {
namespace {

constexpr double kHoldSeconds =
    0.7;  // how long a live change may take to come back from the trainer
constexpr float kLabelShare = 0.42f;  // of a row
constexpr float kTextShare = 0.40f;   // of a control that has a slider, too

bool is_number(const Option& option) {
    return !std::holds_alternative<std::string RunConfig::*>(option.member);
}
bool is_real(const Option& option) {
    return std::holds_alternative<double RunConfig::*>(option.member);
}

// Without CUDA the device is no choice.
bool is_offered(const Option& option) { return !option.of_machine || torch_has_cuda(); }

std::string number_text(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
}

std::string hint(const Option& option) {
    std::string text = option.help;
    if (is_number(option))
        text += " From " + number_text(option.minimum) + " to " + number_text(option.maximum) + ".";
    return text + (option.live ? " Applies at once." : " A change starts a new run.");
}

// Where a slider is of use; the text field beside it takes the whole range.
Range slider_range(const Option& option) {
    Range range{option.minimum, option.maximum};
    if (is_real(option) && range.max / range.min > 1e6)
        range = {range.min * 100.0, range.max / 10.0};
    return range;
}

// Two significant digits are what a hand can set.
std::string rounded_text(double value, bool whole, double most) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1e", value);
    const double rounded = std::min(std::strtod(text, nullptr), most);
    std::snprintf(text, sizeof text, whole ? "%.0f" : "%.2g",
                  whole && value < 100.0 ? value : rounded);
    return text;
}

// The message, which begins with the option's title.
std::string refusal(const Option& option, const std::string& message) {
    const std::string text = in_window_words(message);
    const std::string prefix = option.title + std::string(": ");
    return text.starts_with(prefix) ? text : prefix + text;
}

std::map<std::string, std::string> look_for_datasets(const data::SearchPath& path) {
    std::map<std::string, std::string> labels;
    for (const data::DatasetEntry& entry : data::datasets()) {
        const bool here = entry.find(path).has_value();
        labels[entry.name] = entry.title + (here          ? ""
                                            : entry.fetch ? "  (to be fetched)"
                                                          : "  (not found)");
    }
    return labels;
}

}  // namespace

void OptionEditor::follow(const RunConfig& current, const std::string& why_locked) {
    why_locked_ = why_locked;
    if (begun_ && current == current_) return;
    if (current.dataset != current_.dataset) dataset_labels_.clear();  // it may have been fetched
    for (const Option& option : run_options()) {
        const bool edited = begun_ && !option.live && changed(option);
        if (!edited) set_option_from_text(wanted_, option, option_text(current, option));
    }
    current_ = current;
    begun_ = true;
}

bool OptionEditor::changed(const Option& option) const {
    return option_text(wanted_, option) != option_text(current_, option);
}

std::vector<std::string> OptionEditor::changes() const {
    std::vector<std::string> lines;
    for (const Option& option : run_options()) {
        if (option.live || !changed(option)) continue;
        lines.push_back(std::string(option.title) + ": " + option_text(current_, option) + " to " +
                        option_text(wanted_, option));
    }
    return lines;
}

std::string OptionEditor::shown_text(const Option& option, double now_s) {
    std::string current = option_text(current_, option);
    const auto held = held_.find(option.name);
    if (held == held_.end()) return option.live ? current : option_text(wanted_, option);
    if (held->second.text == current || now_s - held->second.since_s > kHoldSeconds) {
        held_.erase(held);
        return current;
    }
    return held->second.text;
}

void OptionEditor::set(Context& context, const Option& option, const std::string& text) {
    try {
        RunConfig copy = wanted_;
        set_option_from_text(copy, option, text);
        if (!option.live) {
            wanted_ = copy;
            return;
        }
        // What is live is wanted once the trainer has taken it: it may refuse.
        const std::string value = option_text(copy, option);
        held_[option.name] = {value, context.now_s};
        context.actions.send(train::ChangeOption{option.name, value});
    } catch (const UsageError& error) {
        context.toasts.add(ToastKind::kError, refusal(option, error.what()));
    }
}

// True once when the person has finished: Enter, or the focus goes elsewhere.
bool OptionEditor::text_field(const char* id, std::string& text) {
    char buffer[64] = {};
    const std::string& source = editing_ == id ? editing_text_ : text;
    std::strncpy(buffer, source.c_str(), sizeof buffer - 1);
    ImGui::InputText(id, buffer, sizeof buffer, ImGuiInputTextFlags_AutoSelectAll);
    const bool finished = ImGui::IsItemDeactivatedAfterEdit();
    if (ImGui::IsItemActive()) {
        editing_ = id;
        editing_text_ = buffer;
    } else if (editing_ == id) {
        editing_.clear();
    }
    if (!finished || text == buffer) return false;
    text = buffer;
    return true;
}

bool OptionEditor::draw_number(const Option& option, std::string& text, float width) {
    bool done = false;
    const float gap = ImGui::GetStyle().ItemInnerSpacing.x;
    if (option.logarithmic) {
        const Range range = slider_range(option);
        // Linear in the logarithm: ImGui's own logarithmic sliders take their precision from the
        // number that they would print.
        const double low = std::log(range.min);
        const double high = std::log(range.max);
        double at = std::log(std::clamp(std::strtod(text.c_str(), nullptr), range.min, range.max));
        ImGui::SetNextItemWidth(width * (1.0f - kTextShare) - gap);
        if (ImGui::SliderScalar("##slider", ImGuiDataType_Double, &at, &low, &high, "",
                                ImGuiSliderFlags_NoInput)) {
            const std::string rounded = rounded_text(std::exp(at), !is_real(option), range.max);
            done = rounded != text;
            text = rounded;
        }
        ImGui::SameLine(0.0f, gap);
        width *= kTextShare;
    }
    ImGui::SetNextItemWidth(width);
    return text_field(("##" + std::string(option.name)).c_str(), text) || done;
}

bool OptionEditor::draw_dataset(std::string& text, const data::SearchPath& path) {
    const auto known = dataset_labels_.find(text);
    if (!ImGui::BeginCombo("##choice",
                           known == dataset_labels_.end() ? text.c_str() : known->second.c_str())) {
        return false;
    }
    close_on_escape();
    if (ImGui::IsWindowAppearing()) dataset_labels_ = look_for_datasets(path);
    bool done = false;
    const auto draw_one = [&](const std::string& name, const char* label, const char* summary) {
        const bool chosen = name == text;
        if (ImGui::Selectable(label, chosen) && !chosen) {
            text = name;
            done = true;
        }
        if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", summary);
    };
    for (const data::DatasetEntry& entry : data::datasets()) {
        draw_one(entry.name, dataset_labels_[entry.name].c_str(), entry.summary.c_str());
    }
    const std::string& current = current_.dataset;
    if (data::datasets().find(current) == nullptr && data::find_entry(current) != nullptr) {
        draw_one(current, current.c_str(), "What the present run learns from.");
    }
    ImGui::EndCombo();
    return done;
}

bool OptionEditor::draw_choice(Context& context, const Option& option, std::string& text) {
    if (std::string(option.name) == "dataset") return draw_dataset(text, context.data_path);
    const std::vector<train::Choice> choices = train::choices_of(option);
    const auto chosen = std::find_if(choices.begin(), choices.end(),
                                     [&](const train::Choice& c) { return c.name == text; });
    const auto title = [&](const train::Choice& choice) {
        return choice.name == "auto" ? train::automatic_text(option, wanted_) : choice.title;
    };
    bool done = false;
    const std::string shown = chosen == choices.end() ? text : title(*chosen);
    if (!ImGui::BeginCombo("##choice", shown.c_str())) return false;
    close_on_escape();
    for (const train::Choice& choice : choices) {
        const bool is_chosen = choice.name == text;
        if (ImGui::Selectable(title(choice).c_str(), is_chosen) && !is_chosen) {
            text = choice.name;
            done = true;
        }
        if (!choice.summary.empty() && ImGui::IsItemHovered())
            ImGui::SetTooltip("%s", choice.summary.c_str());
    }
    ImGui::EndCombo();
    return done;
}

bool OptionEditor::draw_value(Context& context, const Option& option, std::string& text,
                              float width) {
    if (is_number(option)) return draw_number(option, text, width);
    ImGui::SetNextItemWidth(width);
    return draw_choice(context, option, text);
}

void OptionEditor::draw_row(Context& context, const Option& option) {
    const Theme& theme = context.theme;
    const bool marked = !option.live && changed(option);
    const float height = ImGui::GetFrameHeight();
    const float gap = ImGui::GetStyle().ItemInnerSpacing.x;
    const float width = ImGui::GetContentRegionAvail().x;
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    const float left = ImGui::GetCursorPosX();
    const std::string help = why_locked_.empty() ? hint(option) : why_locked_;
    ImGui::PushID(option.name);
    ImGui::BeginDisabled(!why_locked_.empty());
    if (marked) {
        const float bar = 3.0f * context.scale;
        ImGui::GetWindowDrawList()->AddRectFilled(
            {corner.x - 2.0f * bar, corner.y}, {corner.x - bar, corner.y + height}, theme.warning);
    }
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text, marked ? theme.warning : theme.text);
    ImGui::TextUnformatted(fitted(option.title, kLabelShare * width - gap).c_str());
    ImGui::PopStyleColor();
    hover(context, help.c_str());
    ImGui::SameLine(left + kLabelShare * width);
    const float room = (1.0f - kLabelShare) * width - (marked ? height + gap : 0.0f);
    ImGui::BeginGroup();
    std::string text = shown_text(option, context.now_s);
    const bool done = draw_value(context, option, text, room);
    ImGui::EndGroup();
    context.layout.mark(("controls." + std::string(option.name)).c_str(), text);
    // A data set's name with its parameters is longer than the room for it.
    const bool long_name = !is_number(option) && text.find(':') != std::string::npos;
    hover(context, (long_name ? text + "\n" + help : help).c_str());
    if (done) set(context, option, text);
    if (marked) {
        ImGui::SameLine(0.0f, gap);
        if (ImGui::Button("\u00d7", {height, height}))
            set(context, option, option_text(current_, option));
        context.layout.mark(("controls.reset." + std::string(option.name)).c_str());
        hover(context,
              ("Back to " + option_text(current_, option) + ", as the run has it.").c_str());
    }
    ImGui::EndDisabled();
    ImGui::PopID();
}

void OptionEditor::draw_rows(Context& context) {
    if (dataset_labels_.empty()) dataset_labels_ = look_for_datasets(context.data_path);
    std::string section;
    for (const Option& option : run_options()) {
        if (!is_offered(option)) continue;
        if (section != option.section) {
            section = option.section;
            ImGui::Dummy({0.0f, 2.0f * context.scale});
            if (context.theme.fonts.title != nullptr) ImGui::PushFont(context.theme.fonts.title);
            ImGui::TextUnformatted(section.c_str());
            if (context.theme.fonts.title != nullptr) ImGui::PopFont();
        }
        draw_row(context, option);
    }
}

std::string OptionEditor::summary(const Context& context) const {
    std::string text =
        context.race ? "Both runs begin anew, this one with " : "This starts a new run with ";
    const auto lines = changes();
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
    ImGui::BeginChild("##pending", {0.0f, pending_height(context) - 6.0f * scale}, true,
                      ImGuiWindowFlags_NoScrollbar);
    ImGui::PushTextWrapPos(0.0f);
    ImGui::TextUnformatted(summary(context).c_str());
    ImGui::PopTextWrapPos();
    const std::string why =
        context.loading.active ? "Another data set is being loaded: " + context.loading.what : "";
    if (button(context, "controls.apply", "Apply and restart",
               "Starts a new run with the changed options.", why, {0, 0}, true)) {
        context.actions.restart(wanted_);
    }
    ImGui::SameLine();
    if (button(context, "controls.discard", "Discard", "Back to the options of the present run.")) {
        wanted_ = current_;
    }
    ImGui::EndChild();
    ImGui::PopStyleColor(2);
}

}  // namespace elbow::gui

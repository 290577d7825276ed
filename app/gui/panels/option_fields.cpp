#include "app/gui/panels/option_fields.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"
#include "engine/run/automatic.h"
#include "engine/run/choices.h"

namespace elbow::gui {
namespace {

constexpr float kTextShare = 0.40f;         // of a control that has a slider, too
constexpr float kLeastWithSlider = 105.0f;  // design pixels; below, there is the text field alone

// Where a slider is of use; the text field beside it takes the whole range.
Range slider_range(const Option& option) {
    Range range{option.minimum, option.maximum};
    if (option.is_real() && range.max / range.min > 1e6)
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

// Where there is no room for the whole text, the arrow goes first, then what stands in brackets.
bool begin_combo(const std::string& shown) {
    const float room = ImGui::CalcItemWidth() - 2 * ImGui::GetStyle().FramePadding.x;
    const auto fits = [&](const std::string& text, float taken) {
        return ImGui::CalcTextSize(text.c_str()).x + taken <= room;
    };
    const float arrow = ImGui::GetFrameHeight();
    const std::string brief = shown.substr(0, shown.find(" ("));
    const bool whole = fits(shown, 0.0f);
    const bool has_arrow = fits(whole ? shown : brief, arrow);
    return ImGui::BeginCombo("##choice", (whole ? shown : brief).c_str(),
                             has_arrow ? ImGuiComboFlags_None : ImGuiComboFlags_NoArrowButton);
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

// True once when the person has finished: Enter, or the focus goes elsewhere.
bool OptionFields::text_field(const char* id, std::string& text) {
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

bool OptionFields::draw_number(const Option& option, std::string& text, float width, bool slider) {
    bool done = false;
    const float gap = ImGui::GetStyle().ItemInnerSpacing.x;
    if (slider) {
        const Range range = slider_range(option);
        // Linear in the logarithm: ImGui's own logarithmic sliders take their precision from the
        // number that they would print.
        const double low = std::log(range.min);
        const double high = std::log(range.max);
        double at = std::log(std::clamp(std::strtod(text.c_str(), nullptr), range.min, range.max));
        ImGui::SetNextItemWidth(width * (1.0f - kTextShare) - gap);
        if (ImGui::SliderScalar("##slider", ImGuiDataType_Double, &at, &low, &high, "",
                                ImGuiSliderFlags_NoInput)) {
            const std::string rounded = rounded_text(std::exp(at), !option.is_real(), range.max);
            done = rounded != text;
            text = rounded;
        }
        ImGui::SameLine(0.0f, gap);
        width *= kTextShare;
    }
    ImGui::SetNextItemWidth(width);
    return text_field(("##" + std::string(option.name)).c_str(), text) || done;
}

bool OptionFields::draw_dataset(const Context& context, std::string& text) {
    if (dataset_labels_.empty()) dataset_labels_ = look_for_datasets(context.data_path);
    const auto known = dataset_labels_.find(text);
    if (!begin_combo(known == dataset_labels_.end() ? text : known->second)) return false;
    close_on_escape();
    if (ImGui::IsWindowAppearing()) dataset_labels_ = look_for_datasets(context.data_path);
    bool done = false;
    const auto draw_one = [&](const std::string& name, const char* label, const char* summary) {
        const bool chosen = name == text;
        if (ImGui::Selectable(label, chosen) && !chosen) {
            text = name;
            done = true;
        }
        hover(context, summary);
    };
    for (const data::DatasetEntry& entry : data::datasets()) {
        draw_one(entry.name, dataset_labels_[entry.name].c_str(), entry.summary.c_str());
    }
    const std::string& current = context.trainer->config.dataset;
    if (data::datasets().find(current) == nullptr && data::find_entry(current) != nullptr) {
        draw_one(current, current.c_str(), "What the present run learns from.");
    }
    ImGui::EndCombo();
    return done;
}

bool OptionFields::draw_choice(const Context& context, const Option& option,
                               const std::vector<run::Choice>& choices, const RunConfig& wanted,
                               std::string& text) {
    const auto chosen = std::find_if(choices.begin(), choices.end(),
                                     [&](const run::Choice& c) { return c.name == text; });
    const auto title = [&](const run::Choice& choice) {
        return choice.name == "auto" ? run::automatic_text(option, wanted) : choice.title;
    };
    bool done = false;
    const std::string shown = chosen == choices.end() ? text : title(*chosen);
    if (!begin_combo(shown)) return false;
    close_on_escape();
    for (const run::Choice& choice : choices) {
        const bool is_chosen = choice.name == text;
        if (ImGui::Selectable(title(choice).c_str(), is_chosen) && !is_chosen) {
            text = choice.name;
            done = true;
        }
        hover(context, choice.summary.c_str());
    }
    ImGui::EndCombo();
    return done;
}

bool OptionFields::draw(const Context& context, const Option& option, const RunConfig& wanted,
                        std::string& text, float width) {
    if (!option.is_text()) {
        const bool slider = option.logarithmic && width >= kLeastWithSlider * context.scale;
        return draw_number(option, text, width, slider);
    }
    ImGui::SetNextItemWidth(width);
    if (option.member == OptionMember(&RunConfig::dataset)) return draw_dataset(context, text);
    const std::vector<run::Choice> choices = run::choices_of(option);
    if (choices.empty()) return text_field(("##" + std::string(option.name)).c_str(), text);
    return draw_choice(context, option, choices, wanted, text);
}

}  // namespace elbow::gui

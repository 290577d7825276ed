#include "app/gui/panels/option_fields.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"
#include "app/gui/widgets/text_input.h"
#include "engine/run/automatic.h"
#include "engine/run/choices.h"

namespace elbow::gui {
namespace {

constexpr std::size_t kOptionRoom = 64;     // bytes
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

// Where there is no room for the whole text, the arrow goes first, then what stands in brackets,
// then the end.
bool begin_combo(const std::string& shown) {
    const float room = ImGui::CalcItemWidth() - 2 * ImGui::GetStyle().FramePadding.x;
    const auto fits = [&](const std::string& text, float taken) {
        return ImGui::CalcTextSize(text.c_str()).x + taken <= room;
    };
    const float arrow = ImGui::GetFrameHeight();
    const std::string brief = shown.substr(0, shown.find(" ("));
    const bool whole = fits(shown, 0.0f);
    const bool has_arrow = fits(whole ? shown : brief, arrow);
    return ImGui::BeginCombo("##choice", fitted(whole ? shown : brief, room).c_str(),
                             has_arrow ? ImGuiComboFlags_None : ImGuiComboFlags_NoArrowButton);
}

bool is_dataset(const Option& option) { return option.member == OptionMember(&RunConfig::dataset); }

bool is_list(const Option& option) { return !run::choices_of(option).empty(); }

}  // namespace

// True once when the person has finished: Enter, or the focus goes elsewhere.
bool OptionFields::text_field(const char* id, std::string& text) {
    std::string typed = editing_ == id ? editing_text_ : text;
    text_input(id, typed, kOptionRoom, "", ImGuiInputTextFlags_AutoSelectAll);
    const bool finished = ImGui::IsItemDeactivatedAfterEdit();
    if (ImGui::IsItemActive()) {
        editing_ = id;
        editing_text_ = typed;
    } else if (editing_ == id) {
        editing_.clear();
    }
    if (!finished || text == typed) return false;
    text = typed;
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

// Its title and whether it is here; of a name with parameters the name.
const std::vector<OptionFields::KnownDataset>& OptionFields::known_datasets(
    const Context& context) {
    if (!datasets_.empty()) return datasets_;
    for (const data::DatasetEntry& entry : data::all_datasets()) {
        const bool here = entry.find(context.data_path).has_value();
        const char* remark = here ? "" : entry.fetch ? "  (to be fetched)" : "  (not found)";
        datasets_.push_back({entry.name, entry.title + remark, entry.summary});
    }
    return datasets_;
}

std::string OptionFields::label_of_dataset(const Context& context, const std::string& name) {
    for (const KnownDataset& known : known_datasets(context)) {
        if (known.name == name) return known.label;
    }
    return name;
}

std::string OptionFields::shown(const Context& context, const Option& option,
                                const RunConfig& wanted, const std::string& text) {
    if (is_dataset(option)) return label_of_dataset(context, text);
    for (const run::Choice& choice : run::choices_of(option)) {
        if (choice.name == text) return run::choice_text(option, choice, wanted);
    }
    return text;
}

float OptionFields::needed_width(const Context& context, const Option& option,
                                 const RunConfig& wanted, const std::string& text) {
    if (!is_list(option)) return 0.0f;
    return ImGui::CalcTextSize(shown(context, option, wanted, text).c_str()).x +
           2 * ImGui::GetStyle().FramePadding.x + 1.0f;
}

bool OptionFields::draw_datasets(const Context& context, std::string& text) {
    if (ImGui::IsWindowAppearing()) look_for_datasets_again();
    bool done = false;
    const auto draw_one = [&](const std::string& name, const char* label, const char* summary) {
        const bool chosen = name == text;
        if (ImGui::Selectable(label, chosen) && !chosen) {
            text = name;
            done = true;
        }
        hover(context, summary);
    };
    bool lists_current = false;
    const std::string& current = context.trainer->config.dataset;
    for (const KnownDataset& known : known_datasets(context)) {
        draw_one(known.name, known.label.c_str(), known.summary.c_str());
        lists_current = lists_current || known.name == current;
    }
    if (!lists_current) draw_one(current, current.c_str(), "What the present run learns from.");
    return done;
}

bool OptionFields::draw_choices(const Context& context, const Option& option,
                                const RunConfig& wanted, std::string& text) {
    bool done = false;
    for (const run::Choice& choice : run::choices_of(option)) {
        const bool chosen = choice.name == text;
        if (ImGui::Selectable(run::choice_text(option, choice, wanted).c_str(), chosen) &&
            !chosen) {
            text = choice.name;
            done = true;
        }
        hover(context, choice.summary.c_str());
    }
    return done;
}

bool OptionFields::draw(const Context& context, const Option& option, const RunConfig& wanted,
                        std::string& text, float width) {
    if (!option.is_text()) {
        const bool slider = option.logarithmic && width >= kLeastWithSlider * context.scale;
        return draw_number(option, text, width, slider);
    }
    ImGui::SetNextItemWidth(width);
    if (!is_list(option)) return text_field(("##" + std::string(option.name)).c_str(), text);
    if (!begin_combo(shown(context, option, wanted, text))) return false;
    close_on_escape();
    const bool done = is_dataset(option) ? draw_datasets(context, text)
                                         : draw_choices(context, option, wanted, text);
    ImGui::EndCombo();
    return done;
}

}  // namespace elbow::gui

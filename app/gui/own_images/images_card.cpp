#include "app/gui/own_images/images_card.h"

#include <algorithm>
#include <utility>

#include "app/gui/widgets/controls.h"
#include "engine/run/choices.h"

namespace elbow::gui {
namespace {

constexpr float kChoiceLabel = 110.0f;     // design pixels
constexpr float kChoiceField = 220.0f;     // design pixels
constexpr float kHistogramHeight = 40.0f;  // design pixels
constexpr std::size_t kMostNamesShown = 12;

void draw_left_out(Context& context, const data::LeftOut& left_out) {
    std::string names;
    for (std::size_t i = 0; i < std::min(kMostNamesShown, left_out.names.size()); ++i)
        names += (i == 0 ? "" : "\n") + left_out.names[i];
    const auto more =
        static_cast<std::size_t>(left_out.count) - std::min(kMostNamesShown, left_out.names.size());
    if (more > 0) names += "\nand " + std::to_string(more) + " more";
    ImGui::BulletText("%d %s", left_out.count, left_out.why.c_str());
    hover(context, names.c_str());
}

// How often each grey value occurs, black on the left.
void draw_histogram(Context& context, const data::Finding& finding) {
    const auto& bins = finding.histogram;
    const std::int64_t most = *std::max_element(bins.begin(), bins.end());
    if (most == 0) return;
    const float scale = context.scale;
    const float width = ImGui::GetContentRegionAvail().x;
    const float height = kHistogramHeight * scale;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float step = width / static_cast<float>(bins.size());
    for (std::size_t i = 0; i < bins.size(); ++i) {
        const float share = static_cast<float>(bins[i]) / static_cast<float>(most);
        const float x = at.x + static_cast<float>(i) * step;
        list->AddRectFilled({x, at.y + height * (1.0f - share)}, {x + step - 1.0f, at.y + height},
                            context.theme.accent);
    }
    ImGui::Dummy({width, height});
    hover(context,
          "How often each grey value occurs in a sample of the pictures, against the most frequent "
          "one.");
    ImGui::TextDisabled("0, black");
    const char* white = "255, white";
    ImGui::SameLine(ImGui::GetCursorPosX() + width - ImGui::CalcTextSize(white).x);
    ImGui::TextDisabled("%s", white);
}

void begin_row(const Context& context, const char* label, const std::string& why_not) {
    ImGui::AlignTextToFramePadding();
    const float left = ImGui::GetCursorPosX();
    ImGui::BeginDisabled(!why_not.empty());
    ImGui::TextUnformatted(label);
    ImGui::SameLine(left + kChoiceLabel * context.scale);
    ImGui::SetNextItemWidth(kChoiceField * context.scale);
}

void end_row(Context& context, const char* mark, const std::string& value, const char* help,
             const std::string& why_not) {
    context.layout.mark(mark, value);
    ImGui::EndDisabled();
    hover(context, why_not.empty() ? help : why_not.c_str());
}

// One of a few words, side by side.
template <class Value>
bool draw_words(Context& context, const char* label, const char* mark, Value& value,
                const std::vector<std::pair<Value, const char*>>& words, const char* help,
                const std::string& why_not = {}) {
    bool changed = false;
    begin_row(context, label, why_not);
    ImGui::BeginGroup();
    std::string shown;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        if (i > 0) ImGui::SameLine();
        const bool on = word.first == value;
        if (on) shown = word.second;
        ImGui::PushID(mark);
        if (ImGui::RadioButton(word.second, on) && !on) {
            value = word.first;
            changed = true;
        }
        ImGui::PopID();
        context.layout.mark((std::string(mark) + "." + word.second).c_str(), on ? "on" : "off");
    }
    ImGui::EndGroup();
    end_row(context, mark, shown, help, why_not);
    return changed;
}

bool draw_sizes(Context& context, const data::Finding& finding, data::Choices& choices) {
    bool changed = false;
    begin_row(context, "Size", {});
    const std::string now =
        std::to_string(choices.width) + " x " + std::to_string(choices.height) + " pixels";
    if (ImGui::BeginCombo("##size", now.c_str())) {
        close_on_escape();
        for (const OfferedSize& each : offered_sizes(finding)) {
            const bool on = each.width == choices.width && each.height == choices.height;
            if (ImGui::Selectable(each.label.c_str(), on) && !on) {
                choices.width = each.width;
                choices.height = each.height;
                changed = true;
            }
        }
        ImGui::EndCombo();
    }
    end_row(context, "images.size", now,
            "How large every image is made. Larger ones show more and train slower: twice the side "
            "takes about four times as long.",
            {});
    return changed;
}

// What an option of the run may be, by the titles that it has.
bool draw_option(Context& context, const char* label, const char* option_name, std::string& value,
                 const char* help) {
    bool changed = false;
    const Option& option = *find_run_option(option_name);
    std::string title = value;
    for (const run::Choice& each : run::choices_of(option)) {
        if (each.name == value) title = each.title;
    }
    begin_row(context, label, {});
    if (ImGui::BeginCombo((std::string("##") + option_name).c_str(), title.c_str())) {
        close_on_escape();
        for (const run::Choice& each : run::choices_of(option)) {
            if (each.name == "auto") continue;
            const bool on = each.name == value;
            if (ImGui::Selectable(each.title.c_str(), on) && !on) {
                value = each.name;
                changed = true;
            }
            hover(context, each.summary.c_str());
        }
        ImGui::EndCombo();
    }
    end_row(context, (std::string("images.") + option_name).c_str(), value, help, {});
    return changed;
}

}  // namespace

std::vector<OfferedSize> offered_sizes(const data::Finding& finding) {
    std::vector<OfferedSize> sizes;
    const auto text = [](int width, int height) {
        return std::to_string(width) + " x " + std::to_string(height);
    };
    for (const int side : data::kOfferedSides) sizes.push_back({side, side, text(side, side)});
    if (finding.sizes.empty()) return sizes;
    const data::FoundSize& most = finding.sizes.front();
    if (most.width > data::kMostImportSide || most.height > data::kMostImportSide) return sizes;
    const std::string label = text(most.width, most.height) +
                              (finding.sizes.size() == 1 ? ", as they are" : ", as most are");
    for (OfferedSize& each : sizes) {
        if (each.width != most.width || each.height != most.height) continue;
        each.label = label;
        return sizes;
    }
    sizes.push_back({most.width, most.height, label});
    return sizes;
}

void draw_finding(Context& context, const data::Finding& finding) {
    ImGui::PushTextWrapPos(0.0f);
    const std::string text = data::text_of(finding);
    ImGui::TextUnformatted(text.c_str());
    context.layout.mark("images.found", text);
    for (const std::string& note : finding.notes) ImGui::TextDisabled("%s", note.c_str());
    ImGui::PopTextWrapPos();
    if (!finding.left_out.empty() && ImGui::TreeNode("Left out")) {
        for (const data::LeftOut& each : finding.left_out) draw_left_out(context, each);
        ImGui::TreePop();
    }
    if (!finding.classes.empty() && ImGui::TreeNode("Classes")) {
        for (const data::FoundClass& each : finding.classes)
            ImGui::BulletText("%s: %d", each.name.c_str(), each.count);
        ImGui::TreePop();
    }
    draw_histogram(context, finding);
}

bool draw_choices(Context& context, const data::Finding& finding, data::Choices& choices) {
    bool changed = draw_sizes(context, finding, choices);
    changed |= draw_words<data::Fit>(
        context, "Fit", "images.fit", choices.fit,
        {{data::Fit::kPad, "pad"}, {data::Fit::kCrop, "crop"}, {data::Fit::kSquash, "squash"}},
        "What happens to a picture of other proportions. pad: all of it, in the middle of the "
        "ground; crop: its middle; squash: all of it, out of shape.");
    changed |= draw_words<bool>(context, "Colours", "images.colours", choices.colour,
                                {{false, "grey"}, {true, "colour"}},
                                "Grey values, or red, green and blue.");
    changed |= draw_words<std::uint8_t>(
        context, "Ground", "images.ground", choices.ground, {{0, "black"}, {255, "white"}},
        "What lies under transparent pixels and around what is padded.");
    changed |= draw_words<bool>(
        context, "Labels", "images.labels", choices.labels, {{true, "as found"}, {false, "none"}},
        "What the points of the map are coloured by. They are no part of "
        "what a model without a condition learns.",
        finding.classes.empty() ? "Nothing says what the pictures show." : "");
    std::vector<std::pair<data::HeldOut, const char*>> parts = {{data::HeldOut::kTenth, "a tenth"}};
    if (finding.has_held_out) parts.insert(parts.begin(), {data::HeldOut::kAsFound, "as found"});
    if (finding.groups.size() > 1) parts.emplace_back(data::HeldOut::kGroup, "folders");
    changed |= draw_words<data::HeldOut>(
        context, "Held out", "images.held-out", choices.held_out, parts,
        "Images that the model never learns from, on which the held-out bound is measured. A tenth "
        "is chosen by the pictures' content, folders are held out as a whole, by their names: the "
        "same ones every time. Folders suit persons: nobody is then in both parts.",
        parts.size() > 1 ? ""
                         : "The source does not say which pictures to hold out, and they lie in "
                           "one folder.");
    changed |= draw_option(context, "Likelihood", "likelihood", choices.likelihood,
                           "The decoder's p(x|z): what a pixel's value is drawn from.");
    changed |= draw_option(context, "Network", "network", choices.network,
                           "What encoder and decoder are made of.");
    changed |= draw_option(context, "Augmentation", "augment", choices.augment,
                           "How each training image is varied whenever it is learned from, which "
                           "helps where there are few: shifts by up to a sixteenth of each side, "
                           "flips, which mirror half of them, or both.");
    return changed;
}

}  // namespace elbow::gui

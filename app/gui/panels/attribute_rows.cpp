#include "app/gui/panels/attribute_rows.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "app/gui/map/map_classes.h"
#include "app/gui/map/selecting.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"

namespace elbow::gui {
namespace {

constexpr float kDirectionNamePx = 92.0f;  // scale 1
constexpr float kLeastAmount = -1.0f, kMostAmount = 2.0f;
constexpr std::size_t kMostName = 60;  // bytes

std::string images_text(const std::vector<int>& images) {
    if (images.empty()) return "all other images";
    return images.size() == 1 ? "image " + std::to_string(images.front())
                              : std::to_string(images.size()) + " images";
}

// The class that all selected images have, by what the map is coloured by; empty: none.
std::string class_of_selection(const Context& context) {
    const MapClasses classes = map_classes(context);
    const std::vector<int>& selected = context.view_state.selection;
    const auto has = [&](int image) { return static_cast<std::size_t>(image) < classes.of.size(); };
    if (selected.empty() || !std::all_of(selected.begin(), selected.end(), has)) return "";
    const auto of = [&](int image) { return classes.of[static_cast<std::size_t>(image)]; };
    const bool one = std::all_of(selected.begin(), selected.end(),
                                 [&](int image) { return of(image) == of(selected.front()); });
    return one ? classes.name(selected.front()) : "";
}

std::string next_name(const Context& context) {
    const std::string what = class_of_selection(context);
    const std::vector<explore::Attribute>& attributes = context.view_state.attributes;
    for (int number = 1;; ++number) {
        std::string name = what.empty()  ? "Attribute " + std::to_string(number)
                           : number == 1 ? what
                                         : what + " (" + std::to_string(number) + ")";
        if (std::none_of(attributes.begin(), attributes.end(),
                         [&](const explore::Attribute& each) { return each.name == name; }))
            return name;
    }
}

WindowAction new_action(Context& context) {
    ViewState& view_state = context.view_state;
    return {.id = "attributes.new",
            .title = "Make an attribute of the selection",
            .help =
                "Makes an attribute of the selection: the direction from the mean code of all "
                "other images to that of the selected ones.",
            .run =
                [&context] {
                    ViewState& state = context.view_state;
                    state.attributes.push_back({next_name(context), state.selection, {}});
                },
            .why_not = why_nothing_selected(view_state)};
}

WindowAction analogy_action(Context& context) {
    const ViewState& seen = context.view_state;
    const bool has_path = !seen.cursor.empty() && seen.path_from.size() == seen.cursor.size() &&
                          seen.path_to.size() == seen.cursor.size();
    return {
        .id = "attributes.analogy",
        .title = "Move the dot to what is to it as B is to A",
        .help = "Moves the dot as far as it is from A to B: to what is to the dot as B is to A.",
        .run =
            [&context] {
                ViewState& view_state = context.view_state;
                view_state.put_dot_and_plane(explore::analogous(
                    view_state.path_from, view_state.path_to, view_state.cursor));
                context.follow_dot();
            },
        .why_not = has_path ? "" : "There is no A and B yet."};
}

}  // namespace

void AttributeRows::update(const Context& context) {
    const auto map = context.views.get<live::MapView>();
    const std::vector<explore::Attribute>& attributes = context.view_state.attributes;
    if (map == map_ && made_for_ == attributes) return;
    map_ = map;
    made_for_ = attributes;
    directions_.assign(attributes.size(), {});
    if (!map || map->map.latents != context.latents()) return;
    std::transform(
        attributes.begin(), attributes.end(), directions_.begin(),
        [&](const explore::Attribute& each) { return explore::direction_of(map->map, each); });
}

void AttributeRows::add_actions(Context& context, WindowActions& actions) {
    actions.push_back(new_action(context));
    actions.push_back(analogy_action(context));
}

void AttributeRows::heading(Context& context) {
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted("Attributes");
    hover(context,
          "Directions of the latent space: from the mean code of some images to that of others. "
          "They follow the training.");
    ImGui::SameLine();
    action_button(context, "New", new_action(context));
    ImGui::SameLine();
    action_button(context, "A : B = dot : ?", analogy_action(context));
}

// What its two sides are of.
void AttributeRows::menu(Context& context, std::size_t number) {
    if (!ImGui::BeginPopup("menu")) return;
    close_on_escape();
    ViewState& view_state = context.view_state;
    explore::Attribute& attribute = view_state.attributes[number];
    const bool any = !view_state.selection.empty();
    if (ImGui::MenuItem("Away from the selection", nullptr, false, any))
        attribute.without = view_state.selection;
    context.layout.mark("attributes.menu.without");
    if (ImGui::MenuItem("Away from all others", nullptr, attribute.without.empty()))
        attribute.without.clear();
    if (ImGui::MenuItem("Towards the selection", nullptr, false, any))
        attribute.with = view_state.selection;
    if (ImGui::MenuItem("Select its images")) view_state.selection = attribute.with;
    context.layout.mark("attributes.menu.select");
    ImGui::Separator();
    if (ImGui::MenuItem("Delete"))
        view_state.attributes.erase(view_state.attributes.begin() +
                                    static_cast<std::ptrdiff_t>(number));
    context.layout.mark("attributes.menu.delete");
    ImGui::EndPopup();
}

void AttributeRows::row(Context& context, std::size_t number) {
    ViewState& view_state = context.view_state;
    const std::string mark = "attributes." + std::to_string(number + 1);
    explore::Attribute& attribute = view_state.attributes[number];
    const float scale = context.scale;
    char name[kMostName] = "";
    attribute.name.copy(name, sizeof name - 1);
    ImGui::SetNextItemWidth(kDirectionNamePx * scale);
    if (ImGui::InputText("##name", name, sizeof name)) attribute.name = name;
    context.layout.mark((mark + ".name").c_str(), attribute.name);
    hover(context, "Its name. Click to change it.");
    ImGui::SameLine();
    const float menu_px = ImGui::GetFrameHeight();
    ImGui::SetNextItemWidth(std::max(
        ImGui::GetContentRegionAvail().x - menu_px - ImGui::GetStyle().ItemSpacing.x, 40 * scale));
    const explore::Direction& direction = directions_[number];
    if (direction.step.size() == view_state.cursor.size()) {
        auto amount = static_cast<float>(direction.amount(view_state.cursor));
        if (ImGui::SliderFloat("##amount", &amount, kLeastAmount, kMostAmount, "%.2f") &&
            std::isfinite(amount)) {
            view_state.put_dot_and_plane(direction.with_amount(view_state.cursor, double{amount}));
            context.follow_dot();
        }
        context.layout.mark((mark + ".amount").c_str(), fixed(amount, 3));
        hover(context, ("How much of it the dot has: 0 is the mean code of " +
                        images_text(attribute.without) + ", 1 that of " +
                        images_text(attribute.with) + ". Drag to move the dot; Ctrl+click to type.")
                           .c_str());
    } else {
        ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
        ImGui::TextUnformatted("no direction");
        ImGui::PopStyleColor();
        hover(context, "Both sides need images with codes of different means.");
    }
    ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - menu_px);
    if (button(context, (mark + ".menu").c_str(), "...",
               "What it leads away from and towards, or to delete it.", {}, {menu_px, menu_px}))
        ImGui::OpenPopup("menu");
    menu(context, number);
}

void AttributeRows::draw(Context& context) {
    update(context);
    heading(context);
    // A row may delete itself.
    for (std::size_t number = 0; number < context.view_state.attributes.size(); ++number) {
        if (number >= directions_.size()) break;  // made in this frame
        ImGui::PushID(static_cast<int>(number));
        row(context, number);
        ImGui::PopID();
    }
}

}  // namespace elbow::gui

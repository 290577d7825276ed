#include "app/gui/map/bookmarks_menu.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "app/gui/bookmarks.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/text_input.h"
#include "engine/live/questions/cursor.h"

namespace elbow::gui {
namespace {

constexpr const char* kBookmarksPopup = "bookmarks";
// Design pixels.
constexpr float kBookmarksWidth = 330.0f, kBookmarkRow = 48.0f, kBookmarkPicture = 40.0f;
constexpr float kMostRowsSeen = 7.0f;

std::size_t size_of(const data::ImageShape& shape) {
    return static_cast<std::size_t>(shape.size());
}

// What the dot decodes to, where the answer is of where the dot is now.
std::vector<std::uint8_t> image_at_dot(const Context& context) {
    const auto view = context.newest_views().get<live::CursorView>();
    const bool fits = view && view->z == context.view_state.cursor && context.has_run() &&
                      view->image.size() == size_of(context.trainer->snapshot->spec.image);
    return fits ? view->image : std::vector<std::uint8_t>();
}

WindowAction add_bookmark_action(Context& context) {
    const bool full = context.view_state.bookmarks.size() >= kMostBookmarks;
    return {.id = "bookmarks.add",
            .title = "Bookmark what the map shows",
            .help =
                "Keeps the dot, the view, the axes, the layers, A, B and the selection under a "
                "name, to come back to (Ctrl+D). It is saved with the run.",
            .run =
                [&context] {
                    add_bookmark(context.view_state, context.settings, image_at_dot(context));
                },
            .why_not = !context.has_run() ? "There is no run."
                       : full             ? "There are as many as there may be: delete one first."
                                          : "",
            .keys = {{Key::kD, true}}};
}

WindowAction go_action(Context& context, std::size_t number) {
    return {.id = "bookmarks.go." + std::to_string(number + 1),
            .title = "Go to the bookmark " + context.view_state.bookmarks[number]->name,
            .help =
                "Puts the dot, the view, the axes, the layers, A, B and the selection back as "
                "they were. Ctrl+Z goes back.",
            .run = [&context, number] {
                context.actions.put_back_lent();
                go_to_bookmark(number, context.view_state, context.settings);
            }};
}

}  // namespace

void BookmarksMenu::add_actions(Context& context, WindowActions& actions) {
    actions.push_back(add_bookmark_action(context));
    for (std::size_t number = 0; number < context.view_state.bookmarks.size(); ++number)
        actions.push_back(go_action(context, number));
}

void BookmarksMenu::draw(Context& context) {
    bool open = ImGui::IsPopupOpen(kBookmarksPopup);
    if (toggle(context, "bookmarks", "Places", open,
               "Bookmarks: places of the latent space to come back to"))
        ImGui::OpenPopup(kBookmarksPopup);
    const float scale = context.scale;
    const ImVec2 button = ImGui::GetItemRectMax();
    ImGui::SetNextWindowPos({button.x, button.y + 6.0f * scale}, ImGuiCond_Always, {1.0f, 0.0f});
    ImGui::SetNextWindowSize({kBookmarksWidth * scale, 0.0f});
    if (!ImGui::BeginPopup(kBookmarksPopup)) {
        renaming_.reset();
        return;
    }
    if (!renaming_) close_on_escape();
    action_button(context, "Bookmark what the map shows", add_bookmark_action(context), {-1, 0});
    draw_list(context);
    ImGui::EndPopup();
}

void BookmarksMenu::draw_list(Context& context) {
    const std::vector<SharedBookmark>& all = context.view_state.bookmarks;
    if (all.empty()) {
        ImGui::PushTextWrapPos(0.0f);
        ImGui::TextDisabled("There are none yet. A bookmark keeps where you are, to come back to.");
        ImGui::PopTextWrapPos();
        return;
    }
    take_pictures(context);
    const float rows = std::min(static_cast<float>(all.size()), kMostRowsSeen);
    begin_region("##list", {0.0f, rows * kBookmarkRow * context.scale});
    for (std::size_t number = 0; number < all.size(); ++number) {
        ImGui::PushID(static_cast<int>(number));
        draw_row(context, number);
        ImGui::PopID();
    }
    ImGui::EndChild();
    if (const auto number = std::exchange(deleted_, std::nullopt))
        delete_bookmark(context.view_state, *number);
}

// The picture and the name, a click on which goes there, and beside them what else can be done.
void BookmarksMenu::draw_row(Context& context, std::size_t number) {
    const float scale = context.scale, height = kBookmarkRow * scale;
    const float gap = ImGui::GetStyle().ItemSpacing.x;
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x;
    const float buttons = button_width("Rename") + gap + button_width("Delete");
    const std::string mark = "bookmarks." + std::to_string(number + 1);
    const float name_x = kBookmarkPicture * scale + gap;
    const float name_width = room - name_x - gap - buttons;
    const WindowAction go = go_action(context, number);
    if (renaming_ && renaming_->number == number) {
        ImGui::Dummy({room - buttons - gap, height});
    } else {
        if (ImGui::InvisibleButton("##go", {room - buttons - gap, height})) go.run();
        if (ImGui::IsItemHovered())
            ImGui::GetWindowDrawList()->AddRectFilled(
                corner, {corner.x + room - buttons - gap, corner.y + height},
                with_alpha(context.theme.accent, 0.14f), 4.0f * scale);
        context.layout.mark(mark.c_str(), context.view_state.bookmarks[number]->name);
        hover(context, go.help.c_str());
    }
    const float inset = 0.5f * (height - kBookmarkPicture * scale);
    draw_picture(context, number, {corner.x, corner.y + inset}, kBookmarkPicture * scale);
    const float button_y = corner.y + 0.5f * (height - ImGui::GetFrameHeight());
    ImGui::SetCursorScreenPos({corner.x + room - buttons, button_y});
    if (button(context, (mark + ".rename").c_str(), "Rename", "Type another name for it."))
        renaming_ = Renaming{number, context.view_state.bookmarks[number]->name};
    ImGui::SameLine();
    if (button(context, (mark + ".delete").c_str(), "Delete",
               "Deletes the bookmark. Ctrl+Z brings it back."))
        deleted_ = number;
    ImGui::SetCursorScreenPos({corner.x + name_x, button_y});
    draw_name(context, number, name_width);
    ImGui::SetCursorScreenPos({corner.x, corner.y + height});
}

// Enter takes the new name, Escape or a click elsewhere leaves the old one.
void BookmarksMenu::draw_name(Context& context, std::size_t number, float width) {
    if (!renaming_ || renaming_->number != number) {
        ImGui::AlignTextToFramePadding();
        ImGui::TextUnformatted(fitted(context.view_state.bookmarks[number]->name, width).c_str());
        return;
    }
    std::string& name = renaming_->name;
    ImGui::SetNextItemWidth(width);
    const bool begins = std::exchange(renaming_->begins, false);
    if (begins) ImGui::SetKeyboardFocusHere();
    const bool entered =
        text_input("##name", name, kMostBookmarkName + 1, "",
                   ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    context.layout.mark("bookmarks.name", name);
    if (entered) rename_bookmark(context.view_state, number, name);
    if (entered || escape_pressed() || (!begins && ImGui::IsItemDeactivated())) renaming_.reset();
}

void BookmarksMenu::draw_picture(Context& context, std::size_t number, ImVec2 low, float side) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const data::ImageShape& shape = context.trainer->snapshot->spec.image;
    if (!context.view_state.bookmarks[number]->image.empty()) {
        const ImVec2 size = size_within(shape.height, shape.width, {side, side});
        const ImVec2 at(low.x + 0.5f * (side - size.x), low.y + 0.5f * (side - size.y));
        draw_tile(list, pictures_, static_cast<int>(number), at, {at.x + size.x, at.y + size.y});
    }
    list->AddRect(low, {low.x + side, low.y + side}, context.theme.border);
}

// One texture for all, made anew where the list has changed.
void BookmarksMenu::take_pictures(const Context& context) {
    const std::vector<SharedBookmark>& all = context.view_state.bookmarks;
    if (!context.has_run() || all == pictured_) return;
    const data::ImageShape& shape = context.trainer->snapshot->spec.image;
    const std::size_t size = size_of(shape);
    std::vector<std::uint8_t> images(all.size() * size);
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i]->image.size() == size)
            std::copy(all[i]->image.begin(), all[i]->image.end(),
                      images.begin() + static_cast<std::ptrdiff_t>(i * size));
    pictures_.update(images, static_cast<int>(all.size()), shape);
    pictured_ = all;
}

}  // namespace elbow::gui

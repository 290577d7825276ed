#include "app/gui/bookmarks.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace elbow::gui {
namespace {

SharedBookmark shared(Bookmark bookmark) {
    return {std::make_shared<const Bookmark>(std::move(bookmark))};
}

}  // namespace

std::string free_bookmark_name(const ViewState& view_state) {
    const std::vector<SharedBookmark>& there = view_state.bookmarks;
    for (std::size_t number = there.size() + 1;; ++number) {
        std::string name = "Place " + std::to_string(number);
        if (std::none_of(there.begin(), there.end(),
                         [&](const SharedBookmark& each) { return each->name == name; }))
            return name;
    }
}

// As it is now: nothing in it goes on to follow the run.
void add_bookmark(ViewState& view_state, const MapLook& look, std::vector<std::uint8_t> image) {
    Bookmark made{free_bookmark_name(view_state), view_state, look, std::move(image)};
    Place& place = made.place;
    place.attributes.clear();
    place.drawing.clear();
    place.path_images.reset();
    place.axes_follow = place.path_follows = place.dot_follows = place.follow_fit = false;
    view_state.bookmarks.push_back(shared(std::move(made)));
}

void go_to_bookmark(std::size_t number, ViewState& view_state, MapLook& look) {
    const SharedBookmark bookmark = view_state.bookmarks[number];
    Place place = bookmark->place;
    place.attributes = std::move(view_state.attributes);
    place.drawing = std::move(view_state.drawing);
    static_cast<Place&>(view_state) = std::move(place);
    look = bookmark->look;
}

void rename_bookmark(ViewState& view_state, std::size_t number, const std::string& name) {
    if (name.find_first_not_of(' ') == std::string::npos) return;
    Bookmark renamed = *view_state.bookmarks[number].it;
    renamed.name = name;
    view_state.bookmarks[number] = shared(std::move(renamed));
}

void delete_bookmark(ViewState& view_state, std::size_t number) {
    view_state.bookmarks.erase(view_state.bookmarks.begin() + static_cast<std::ptrdiff_t>(number));
}

}  // namespace elbow::gui

#include "app/gui/place_json.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "app/gui/session_reader.h"
#include "engine/core/hexadecimal.h"
#include "engine/core/path_text.h"

namespace elbow::gui {
namespace {

constexpr std::array<const char*, explore::kPathKinds> kPathKinds = {"straight", "spherical",
                                                                     "smooth", "geodesic"};
constexpr int kMostLabel = 255;  // a label is a byte
constexpr int kMostAxis = std::numeric_limits<int>::max();

Json labels_json(std::uint32_t hidden) {
    Json::Array labels;
    for (int label = 0; label < kLabelBits; ++label) {
        if (is_hidden(hidden, label)) labels.emplace_back(label);
    }
    return labels;
}

// What goes with the run by itself, as long as the person has not put it anywhere.
Json follows_json(const Place& e) {
    Json follows =
        Json::Object{{"axes", e.axes_follow}, {"dot", e.dot_follows}, {"path", e.path_follows}};
    if (e.path_images) follows["images"] = Json::Array{e.path_images->a, e.path_images->b};
    return follows;
}

Json through_json(const Place& e) {
    Json::Array waypoints;
    for (const std::vector<float>& z : e.path_through) waypoints.push_back(Json::list_of(z));
    return waypoints;
}

void read_view(const SessionReader& view, Place& view_state) {
    view.read("x", view_state.rect.x_center, -kFarthestPlace, kFarthestPlace);
    view.read("y", view_state.rect.y_center, -kFarthestPlace, kFarthestPlace);
    view.read("half_height", view_state.rect.half_height, 1.0 / kFarthestPlace, kFarthestPlace);
    view.read("follows_points", view_state.follow_fit);
    view.read("paper", view_state.paper_view);
}

void read_path(const SessionReader& path, Place& view_state) {
    path.read("shown", view_state.path_shown);
    path.read("images", view_state.path_frames, 2, 1000);
    path.read("even", view_state.path_even);
    path.read("through", view_state.path_through);
    path.read("closed", view_state.path_closed);
    std::string kind = kPathKinds[0];
    path.read("kind", kind);
    const auto found = std::find(kPathKinds.begin(), kPathKinds.end(), kind);
    if (found == kPathKinds.end())
        path.refuse("there is no path of the kind '" + kind.substr(0, 60) + "'");
    view_state.path_kind = static_cast<explore::PathKind>(found - kPathKinds.begin());
}

void read_follows(const SessionReader& follows, Place& view_state) {
    follows.read("axes", view_state.axes_follow);
    follows.read("dot", view_state.dot_follows);
    follows.read("path", view_state.path_follows);
    const Json* images = follows.find("images");
    if (images == nullptr) return;
    if (!images->is_array() || images->array().size() != 2)
        follows.refuse("'images' should be two numbers");
    const auto image = [&](std::size_t i) {
        return follows.whole("images", images->array()[i], 0, std::numeric_limits<int>::max());
    };
    view_state.path_images = {image(0), image(1)};
}

void read_attributes(const SessionReader& window, const std::string& where, Place& view_state) {
    const Json* attributes = window.find("attributes");
    if (attributes == nullptr) return;
    if (!attributes->is_array()) window.refuse("'attributes' should be a list");
    for (const Json& each : attributes->array()) {
        const SessionReader reader(each, where);
        explore::Attribute attribute;
        reader.read("name", attribute.name);
        reader.read("with", attribute.with);
        reader.read("without", attribute.without);
        view_state.attributes.push_back(std::move(attribute));
    }
}

void read_hidden_labels(const SessionReader& window, Place& view_state) {
    const Json* labels = window.find("hidden_labels");
    if (labels == nullptr) return;
    if (!labels->is_array()) window.refuse("'hidden_labels' should be a list");
    for (const Json& label : labels->array())
        view_state.hidden_labels |= 1U << window.whole("hidden_labels", label, 0, kLabelBits - 1);
}

}  // namespace

Json place_json(const Place& e) {
    Json window = Json::Object{
        {"dot", Json::list_of(e.cursor)},
        {"anchor", Json::list_of(e.anchor)},
        {"x_axis", e.x_axis},
        {"y_axis", e.y_axis},
        {"view", Json::Object{{"x", e.rect.x_center},
                              {"y", e.rect.y_center},
                              {"half_height", e.rect.half_height},
                              {"follows_points", e.follow_fit},
                              {"paper", e.paper_view}}},
        {"a", Json::list_of(e.path_from)},
        {"b", Json::list_of(e.path_to)},
        {"path", Json::Object{{"shown", e.path_shown},
                              {"kind", kPathKinds[static_cast<std::size_t>(e.path_kind)]},
                              {"images", e.path_frames},
                              {"even", e.path_even},
                              {"through", through_json(e)},
                              {"closed", e.path_closed}}},
        {"follows", follows_json(e)},
        {"hidden_labels", labels_json(e.hidden_labels)},
        {"label", e.label},
        {"prior_seed", e.prior_seed}};
    if (e.point) window["selected"] = *e.point;
    window["selection"] = Json::list_of(e.selection);
    window["isolate"] = e.isolate;
    Json::Array attributes;
    for (const explore::Attribute& each : e.attributes) {
        attributes.emplace_back(Json::Object{{"name", each.name},
                                             {"with", Json::list_of(each.with)},
                                             {"without", Json::list_of(each.without)}});
    }
    window["attributes"] = attributes;
    if (!e.drawing.empty()) window["drawing"] = hexadecimal(e.drawing);
    if (!e.unknown.empty()) window["unknown"] = hexadecimal(e.unknown);
    if (!e.table.empty()) window["table"] = text_of_path(e.table);
    if (!e.codes.empty()) window["codes"] = text_of_path(e.codes);
    if (!e.hidden_of.empty()) window["hidden_labels_of"] = e.hidden_of;
    return window;
}

Place read_place(const Json& json, const std::string& where) {
    const SessionReader window(json, where);
    Place view_state;
    window.read("dot", view_state.cursor);
    window.read("anchor", view_state.anchor);
    window.read("a", view_state.path_from);
    window.read("b", view_state.path_to);
    window.read("x_axis", view_state.x_axis, 0, kMostAxis);
    window.read("y_axis", view_state.y_axis, 0, kMostAxis);
    window.read("label", view_state.label, 0, kMostLabel);
    window.read("prior_seed", view_state.prior_seed);
    if (const Json* view = window.find("view")) read_view({*view, where}, view_state);
    if (const Json* path = window.find("path")) read_path({*path, where}, view_state);
    if (const Json* follows = window.find("follows")) read_follows({*follows, where}, view_state);
    if (window.find("selected") != nullptr) {
        view_state.point = 0;
        window.read("selected", *view_state.point, 0, std::numeric_limits<int>::max());
    }
    window.read("selection", view_state.selection);
    window.read("isolate", view_state.isolate);
    read_attributes(window, where, view_state);
    window.read("drawing", view_state.drawing);
    window.read("unknown", view_state.unknown);
    std::string table, codes;
    window.read("table", table);
    window.read("codes", codes);
    view_state.table = path_of_text(table);
    view_state.codes = path_of_text(codes);
    read_hidden_labels(window, view_state);
    window.read("hidden_labels_of", view_state.hidden_of);
    return view_state;
}

// False where it is of another number of latents. What it says of images that there are not goes.
bool fit_place(Place& place, int latents, int held_out, const data::ImageShape& shape) {
    const auto fits = [&](const std::vector<float>& z) {
        return z.size() == static_cast<std::size_t>(latents);
    };
    if (!fits(place.cursor) || !fits(place.anchor) || !fits(place.path_from) ||
        !fits(place.path_to)) {
        return false;
    }
    if (place.point && *place.point >= held_out) place.point.reset();
    const auto drop_missing = [&](std::vector<int>& numbers) {
        numbers.erase(std::lower_bound(numbers.begin(), numbers.end(), held_out), numbers.end());
    };
    drop_missing(place.selection);
    // An attribute that loses a side would be another one.
    std::erase_if(place.attributes, [&](explore::Attribute& each) {
        const bool of_others = each.without.empty();
        drop_missing(each.with);
        drop_missing(each.without);
        return each.with.empty() || (!of_others && each.without.empty());
    });
    const auto& images = place.path_images;
    if (images && std::max(images->a, images->b) >= held_out) place.path_images.reset();
    if (place.drawing.size() != static_cast<std::size_t>(shape.size())) place.drawing.clear();
    if (place.unknown.size() * static_cast<std::size_t>(shape.channels) != place.drawing.size())
        place.unknown.clear();
    place.fit_to(latents);
    return true;
}

}  // namespace elbow::gui

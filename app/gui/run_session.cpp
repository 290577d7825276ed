#include "app/gui/run_session.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/json.h"
#include "engine/core/path_text.h"

namespace elbow::gui {
namespace {

constexpr const char* kFormat = "elbow-session";
constexpr int kFormatVersion = 1;
constexpr std::array<const char*, explore::kPathKinds> kPathKinds = {"straight", "spherical",
                                                                     "smooth", "geodesic"};
constexpr int kMostLabel = 255;  // a label is a byte
constexpr int kMostAxis = std::numeric_limits<int>::max();
constexpr double kFarthest = 1e30;  // latent units

Json labels_json(std::uint32_t hidden) {
    Json::Array labels;
    for (int label = 0; label < kLabelBits; ++label) {
        if (is_hidden(hidden, label)) labels.emplace_back(label);
    }
    return labels;
}

// What goes with the run by itself, as long as the person has not put it anywhere.
Json follows_json(const ViewState& e) {
    Json follows =
        Json::Object{{"axes", e.axes_follow}, {"dot", e.dot_follows}, {"path", e.path_follows}};
    if (e.path_images) follows["images"] = Json::Array{e.path_images->a, e.path_images->b};
    return follows;
}

Json through_json(const ViewState& e) {
    Json::Array waypoints;
    for (const std::vector<float>& z : e.path_through) waypoints.push_back(Json::list_of(z));
    return waypoints;
}

Json window_json(const ViewState& e) {
    Json window = Json::Object{
        {"dot", Json::list_of(e.cursor)},
        {"anchor", Json::list_of(e.anchor)},
        {"x_axis", e.x_axis},
        {"y_axis", e.y_axis},
        {"view", Json::Object{{"x", e.rect.x_center},
                              {"y", e.rect.y_center},
                              {"half_height", e.rect.half_height},
                              {"follows_points", e.follow_fit}}},
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
    if (!e.table.empty()) window["table"] = text_of_path(e.table);
    return window;
}

// Reads what is there out of one object; what is missing leaves the value as it is.
class Reader {
  public:
    Reader(const Json& object, std::string where) : object_(object), where_(std::move(where)) {
        if (!object.is_object()) refuse("it is not a JSON object");
    }

    [[noreturn]] void refuse(const std::string& found) const {
        throw Error(where_ + " does not say where the window was: " + found +
                    ". Use a session.json as Elbow wrote it.");
    }

    const Json* find(const char* key) const { return object_.find(key); }

    void read(const char* key, std::string& value) const {
        if (const Json* found = expect(key, &Json::is_string, "a text")) value = found->string();
    }
    void read(const char* key, bool& value) const {
        if (const Json* found = expect(key, &Json::is_boolean, "true or false"))
            value = found->boolean();
    }
    void read(const char* key, std::uint64_t& value) const {
        if (const Json* found = expect(key, &Json::is_number_unsigned, "a whole number"))
            value = found->natural();
    }
    void read(const char* key, int& value, int minimum, int maximum) const {
        const Json* found = expect(key, &Json::is_number_integer, "a whole number");
        if (found != nullptr) value = whole(key, *found, minimum, maximum);
    }
    void read(const char* key, double& value, double minimum, double maximum) const {
        const Json* found = expect(key, &Json::is_number, "a number");
        if (found != nullptr) value = number(key, *found, minimum, maximum);
    }
    void read(const char* key, std::vector<float>& values) const {
        const Json* found = expect(key, &Json::is_array, "a list of numbers");
        if (found != nullptr) values = numbers(key, *found);
    }
    void read(const char* key, std::vector<std::vector<float>>& lists) const {
        const Json* found = expect(key, &Json::is_array, "a list of lists of numbers");
        if (found == nullptr) return;
        lists.clear();
        for (const Json& entry : found->array()) {
            if (!entry.is_array()) refuse(std::string("'") + key + "' should hold lists");
            lists.push_back(numbers(key, entry));
        }
    }

    // Numbers of images, in rising order.
    void read(const char* key, std::vector<int>& images) const {
        const Json* found = expect(key, &Json::is_array, "a list of numbers");
        if (found == nullptr) return;
        images.clear();
        for (const Json& entry : found->array()) {
            const int image = whole(key, entry, 0, std::numeric_limits<int>::max());
            if (!images.empty() && image <= images.back())
                refuse(std::string("'") + key + "' is not in rising order");
            images.push_back(image);
        }
    }

    int whole(const char* key, const Json& entry, int minimum, int maximum) const {
        const double found = number(key, entry, minimum, maximum);
        if (found != std::floor(found)) refuse(std::string("'") + key + "' is not a whole number");
        return static_cast<int>(found);
    }

  private:
    const Json* expect(const char* key, bool (Json::*is)() const, const char* wanted) const {
        const Json* found = find(key);
        if (found != nullptr && !(found->*is)())
            refuse(std::string("'") + key + "' should be " + wanted);
        return found;
    }
    std::vector<float> numbers(const char* key, const Json& list) const {
        std::vector<float> values;
        for (const Json& entry : list.array())
            values.push_back(static_cast<float>(number(key, entry, -kFarthest, kFarthest)));
        return values;
    }
    double number(const char* key, const Json& entry, double minimum, double maximum) const {
        const double found = entry.is_number() ? entry.number() : std::nan("");
        if (!(found >= minimum && found <= maximum))
            refuse(std::string("'") + key + "' holds a value that Elbow does not write");
        return found;
    }

    const Json& object_;
    std::string where_;
};

void read_view(const Reader& view, ViewState& view_state) {
    view.read("x", view_state.rect.x_center, -kFarthest, kFarthest);
    view.read("y", view_state.rect.y_center, -kFarthest, kFarthest);
    view.read("half_height", view_state.rect.half_height, 1.0 / kFarthest, kFarthest);
    view.read("follows_points", view_state.follow_fit);
}

void read_path(const Reader& path, ViewState& view_state) {
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

void read_follows(const Reader& follows, ViewState& view_state) {
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

void read_attributes(const Reader& window, const std::string& where, ViewState& view_state) {
    const Json* attributes = window.find("attributes");
    if (attributes == nullptr) return;
    if (!attributes->is_array()) window.refuse("'attributes' should be a list");
    for (const Json& each : attributes->array()) {
        const Reader reader(each, where);
        explore::Attribute attribute;
        reader.read("name", attribute.name);
        reader.read("with", attribute.with);
        reader.read("without", attribute.without);
        view_state.attributes.push_back(std::move(attribute));
    }
}

void read_hidden_labels(const Reader& window, ViewState& view_state) {
    const Json* labels = window.find("hidden_labels");
    if (labels == nullptr) return;
    if (!labels->is_array()) window.refuse("'hidden_labels' should be a list");
    for (const Json& label : labels->array())
        view_state.hidden_labels |= 1U << window.whole("hidden_labels", label, 0, kLabelBits - 1);
}

ViewState read_window(const Json& json, const std::string& where) {
    const Reader window(json, where);
    ViewState view_state;
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
    std::string table;
    window.read("table", table);
    view_state.table = path_of_text(table);
    read_hidden_labels(window, view_state);
    return view_state;
}

}  // namespace

std::string session_text(const RunSession& session) {
    Json json = Json::Object{{"format", kFormat},
                             {"format_version", kFormatVersion},
                             {"name", session.name},
                             {"pinned", session.pinned}};
    if (session.playing) json["playing"] = *session.playing;
    if (session.view_state) json["window"] = window_json(*session.view_state);
    return json_text(json, 2) + "\n";
}

RunSession parse_session(const std::string& text, const std::string& where) {
    RunSession session;
    if (text.empty()) return session;
    const Json json = parse_json(text).value_or(Json());
    const Reader reader(json, where);
    std::string format;
    reader.read("format", format);
    if (format != kFormat) reader.refuse("its format is not '" + std::string(kFormat) + "'");
    int format_version = kFormatVersion;
    reader.read("format_version", format_version, 1, std::numeric_limits<int>::max());
    if (format_version > kFormatVersion) reader.refuse("a newer Elbow wrote it");
    reader.read("name", session.name);
    reader.read("pinned", session.pinned);
    if (reader.find("playing") != nullptr) {
        session.playing = true;
        reader.read("playing", *session.playing);
    }
    if (const Json* window = reader.find("window"))
        session.view_state = read_window(*window, where);
    return session;
}

std::string with_label(const std::string& text, const std::string& name, bool pinned) {
    RunSession session;
    try {
        session = parse_session(text);
    } catch (const Error&) {  // whatever it was, it is of no use
    }
    session.name = name;
    session.pinned = pinned;
    return session_text(session);
}

std::optional<ViewState> fitting(const std::optional<ViewState>& saved, int latents, int held_out) {
    if (!saved) return std::nullopt;
    const auto fits = [&](const std::vector<float>& z) {
        return z.size() == static_cast<std::size_t>(latents);
    };
    if (!fits(saved->cursor) || !fits(saved->anchor) || !fits(saved->path_from) ||
        !fits(saved->path_to)) {
        return std::nullopt;
    }
    ViewState view_state = *saved;
    if (view_state.point && *view_state.point >= held_out) view_state.point.reset();
    const auto drop_missing = [&](std::vector<int>& numbers) {
        numbers.erase(std::lower_bound(numbers.begin(), numbers.end(), held_out), numbers.end());
    };
    drop_missing(view_state.selection);
    // An attribute that loses a side would be another one.
    std::erase_if(view_state.attributes, [&](explore::Attribute& each) {
        const bool of_others = each.without.empty();
        drop_missing(each.with);
        drop_missing(each.without);
        return each.with.empty() || (!of_others && each.without.empty());
    });
    const auto& images = view_state.path_images;
    if (images && std::max(images->a, images->b) >= held_out) view_state.path_images.reset();
    view_state.fit_to(latents);
    return view_state;
}

}  // namespace elbow::gui

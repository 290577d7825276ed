#include "app/gui/run_session.h"

#include <limits>
#include <memory>
#include <utility>

#include "app/gui/place_json.h"
#include "app/gui/session_reader.h"
#include "app/gui/settings.h"
#include "engine/core/error.h"
#include "engine/core/hexadecimal.h"
#include "engine/core/json.h"

namespace elbow::gui {
namespace {

constexpr const char* kFormat = "elbow-session";
constexpr int kFormatVersion = 1;

Json window_json(const ViewState& e) {
    Json window = place_json(e);
    Json::Array bookmarks;
    for (const SharedBookmark& each : e.bookmarks) {
        bookmarks.emplace_back(Json::Object{{"name", each->name},
                                            {"place", place_json(each->place)},
                                            {"look", look_json(each->look)},
                                            {"image", hexadecimal(each->image)}});
    }
    window["bookmarks"] = bookmarks;
    return window;
}

// A session of before there were bookmarks has none.
ViewState read_window(const Json& json, const std::string& where) {
    ViewState view_state{read_place(json, where), {}, {}};
    view_state.led_by = view_state.drawing;  // before it was saved
    const SessionReader window(json, where);
    const Json* bookmarks = window.find("bookmarks");
    if (bookmarks == nullptr) return view_state;
    if (!bookmarks->is_array()) window.refuse("'bookmarks' should be a list");
    for (const Json& each : bookmarks->array()) {
        const SessionReader reader(each, where);
        Bookmark bookmark;
        reader.read("name", bookmark.name);
        reader.read("image", bookmark.image);
        const Json* place = reader.find("place");
        if (place == nullptr) reader.refuse("a bookmark has no 'place'");
        bookmark.place = read_place(*place, where);
        if (const Json* look = reader.find("look")) read_look(*look, bookmark.look);
        view_state.bookmarks.push_back({std::make_shared<const Bookmark>(std::move(bookmark))});
    }
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
    const SessionReader reader(json, where);
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

std::optional<ViewState> fitting(const std::optional<ViewState>& saved, int latents, int held_out,
                                 const data::ImageShape& shape) {
    if (!saved) return std::nullopt;
    ViewState view_state = *saved;
    if (!fit_place(view_state, latents, held_out, shape)) return std::nullopt;
    view_state.led_by = view_state.drawing;
    std::erase_if(view_state.bookmarks, [&](SharedBookmark& each) {
        Bookmark bookmark = *each.it;
        if (!fit_place(bookmark.place, latents, held_out, shape)) return true;
        each.it = std::make_shared<const Bookmark>(std::move(bookmark));
        return false;
    });
    return view_state;
}

}  // namespace elbow::gui

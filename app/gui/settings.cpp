#include "app/gui/settings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "app/gui/layout_json.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/folders.h"
#include "engine/core/json.h"
#include "engine/core/path_text.h"

namespace elbow::gui {
namespace {

constexpr std::uint64_t kMostBytes = 1 << 20;  // of window.json, which has a few thousand
constexpr std::array<const char*, 5> kBackdrops = {"none", "manifold", "density", "metric",
                                                   "classes"};
constexpr std::array<const char*, 3> kCurveAxes = {"samples", "epochs", "seconds"};

// A value that is missing or of another kind leaves the default; one out of range is brought into
// it.
void read(const Json& json, const char* name, int& value, int minimum, int maximum) {
    const Json* found = json.find(name);
    if (found == nullptr || !found->is_number()) return;
    const double number = found->number();
    value = static_cast<int>(
        std::clamp(number, static_cast<double>(minimum), static_cast<double>(maximum)));
}

void read(const Json& json, const char* name, float& value, float minimum, float maximum) {
    const Json* found = json.find(name);
    if (found == nullptr || !found->is_number()) return;
    const auto number = static_cast<float>(found->number());
    if (std::isfinite(number)) value = std::clamp(number, minimum, maximum);
}

void read(const Json& json, const char* name, bool& value) {
    const Json* found = json.find(name);
    if (found != nullptr && found->is_boolean()) value = found->boolean();
}

void read(const Json& json, const char* name, std::string& value) {
    const Json* found = json.find(name);
    if (found != nullptr && found->is_string()) value = found->string();
}

void read(const Json& json, const char* name, std::vector<std::filesystem::path>& values,
          std::size_t most) {
    const Json* found = json.find(name);
    if (found == nullptr || !found->is_array()) return;
    for (const Json& entry : found->array()) {
        if (entry.is_string() && values.size() < most)
            values.push_back(path_of_text(entry.string()));
    }
}

void read(const Json& json, const char* name, std::vector<std::string>& values, std::size_t most) {
    const Json* found = json.find(name);
    if (found == nullptr || !found->is_array()) return;
    for (const Json& entry : found->array())
        if (entry.is_string() && values.size() < most) values.push_back(entry.string());
}

void read(const Json& json, const char* name, std::map<std::string, bool>& values,
          std::size_t most) {
    const Json* found = json.find(name);
    if (found == nullptr || !found->is_object()) return;
    for (const auto& [key, value] : found->object())
        if (value.is_boolean() && values.size() < most) values[key] = value.boolean();
}

template <class Enum, std::size_t count>
void read(const Json& json, const char* name, Enum& value,
          const std::array<const char*, count>& names) {
    std::string text;
    read(json, name, text);
    const auto found = std::find(names.begin(), names.end(), text);
    if (found != names.end()) value = static_cast<Enum>(found - names.begin());
}

void read_layout(const Json& json, Settings& settings) {
    read(json, "width", settings.width, 320, 16384);
    read(json, "height", settings.height, 240, 16384);
    read(json, "dark", settings.dark);
    read(json, "scale", settings.scale, 0.0f, 4.0f);
    const Json* layout = json.find("layout");
    settings.layout = layout != nullptr ? layout_of_json(*layout) : layout_of_fractions(json);
}

void read_animation(const Json& json, Settings& settings) {
    read(json, "export_format", settings.export_format);
    read(json, "export_frames", settings.export_frames, 2, 10'000);
    read(json, "export_frames_per_second", settings.export_frames_per_second, 1, 50);
    read(json, "export_there_and_back", settings.export_there_and_back);
    read(json, "export_loop", settings.export_loop);
    read(json, "export_caption", settings.export_caption);
    read(json, "export_latent", settings.export_latent, 0, 100'000);
    read(json, "export_from_dot", settings.export_from_dot);
    read(json, "export_training", settings.export_training);
}

void read_panels(const Json& json, Settings& settings) {
    read_look(json, settings);
    read(json, "point_size", settings.point_size, 1.0f, 32.0f);
    read(json, "select_by_box", settings.select_by_box);
    read(json, "link_maps", settings.link_maps);
    read(json, "curve_axis", settings.curve_axis, kCurveAxes);
    read(json, "curve_log_x", settings.curve_log_x);
    read(json, "paper_curves", settings.paper_curves);
    read(json, "export_pixel_scale", settings.export_pixel_scale, 1, 64);
    read(json, "export_map_scale", settings.export_map_scale, 1, 8);
    read(json, "export_grid", settings.export_grid, 1, 200);
    read(json, "export_quantile_grid", settings.export_quantile_grid);
    read(json, "export_form", settings.export_form);
    read(json, "export_print", settings.export_print);
    read_animation(json, settings);
    std::string folder;
    read(json, "export_folder", folder);
    settings.export_folder = path_of_text(folder).string();
    read(json, "hint_seen", settings.hint_seen);
    read(json, "tour_offered", settings.tour_offered);
    read(json, "opened_runs", settings.opened_runs, 100);
    read(json, "recent_actions", settings.recent_actions, kMostRecentActions);
    read(json, "kept_runs_gb", settings.autosaves_gb, 0.1f, 1000.0f);
}

Json to_json(const Settings& s) {
    Json::Array opened;
    for (const std::filesystem::path& folder : s.opened_runs)
        opened.emplace_back(text_of_path(folder));
    Json::Array recent(s.recent_actions.begin(), s.recent_actions.end());
    Json json = Json::Object{{"width", s.width},
                             {"height", s.height},
                             {"dark", s.dark},
                             {"scale", s.scale},
                             {"layout", layout_json(s.layout)},
                             {"point_size", s.point_size},
                             {"select_by_box", s.select_by_box},
                             {"link_maps", s.link_maps},
                             {"curve_axis", kCurveAxes[static_cast<std::size_t>(s.curve_axis)]},
                             {"curve_log_x", s.curve_log_x},
                             {"paper_curves", s.paper_curves},
                             {"export_pixel_scale", s.export_pixel_scale},
                             {"export_map_scale", s.export_map_scale},
                             {"export_grid", s.export_grid},
                             {"export_quantile_grid", s.export_quantile_grid},
                             {"export_form", s.export_form},
                             {"export_print", s.export_print},
                             {"export_format", s.export_format},
                             {"export_frames", s.export_frames},
                             {"export_frames_per_second", s.export_frames_per_second},
                             {"export_there_and_back", s.export_there_and_back},
                             {"export_loop", s.export_loop},
                             {"export_caption", s.export_caption},
                             {"export_latent", s.export_latent},
                             {"export_from_dot", s.export_from_dot},
                             {"export_training", s.export_training},
                             {"export_folder", text_of_path(s.export_folder)},
                             {"hint_seen", s.hint_seen},
                             {"tour_offered", s.tour_offered},
                             {"opened_runs", std::move(opened)},
                             {"recent_actions", std::move(recent)},
                             {"kept_runs_gb", s.autosaves_gb}};
    const Json look = look_json(s);
    for (const auto& [name, value] : look.object()) json[name] = value;
    return json;
}

}  // namespace

Json look_json(const MapLook& look) {
    Json::Object layers;
    for (const auto& [name, on] : look.layers) layers.emplace_back(name, on);
    return Json::Object{{"backdrop", kBackdrops[static_cast<std::size_t>(look.backdrop)]},
                        {"points_shown", look.points_shown},
                        {"layers", std::move(layers)},
                        {"point_colour", look.point_colour}};
}

void read_look(const Json& json, MapLook& look) {
    read(json, "backdrop", look.backdrop, kBackdrops);
    read(json, "points_shown", look.points_shown);
    read(json, "layers", look.layers, 100);
    read(json, "point_colour", look.point_colour);
}

std::filesystem::path settings_file() { return config_folder() / "window.json"; }

Settings load_settings(const std::filesystem::path& file, std::string& message) {
    message.clear();
    std::error_code none;
    if (file.empty() || !std::filesystem::exists(file, none)) return {};
    Settings settings;
    try {
        const std::optional<Json> json = parse_json(read_text_file(file, kMostBytes));
        if (!json || !json->is_object())
            throw Error("a JSON object was expected, something else found");
        read_layout(*json, settings);
        read_panels(*json, settings);
    } catch (const std::exception& failure) {
        message = "The saved window settings could not be read and were ignored (" + file.string() +
                  ": " + failure.what() + ").";
        return {};
    }
    return settings;
}

void save_settings(const std::filesystem::path& file, const Settings& settings) {
    if (file.empty()) return;
    std::error_code failure;
    std::filesystem::create_directories(file.parent_path(), failure);
    if (failure) {
        throw Error("The folder for the window settings, " + file.parent_path().string() +
                    ", cannot be made (" + failure.message() +
                    "). Set XDG_CONFIG_HOME to a folder that can be written.");
    }
    write_file_atomically(file, json_text(to_json(settings), 2) + "\n");
}

std::filesystem::path export_folder(const std::string& text) {
    std::error_code none;
    if (text.empty()) return std::filesystem::current_path(none);
    if (text == "~") return home_folder();
    if (text.rfind("~/", 0) == 0) return home_folder() / text.substr(2);
    return std::filesystem::absolute(text, none);
}

}  // namespace elbow::gui

#include "app/gui/layout_log.h"

#include <cmath>

#include "engine/core/file.h"
#include "engine/core/json.h"

namespace elbow::gui {
namespace {

constexpr double kMinimumIntervalSeconds = 0.1;

// Tenths of a pixel are enough to aim at, and keep the file readable.
double tenths(float value) { return std::round(static_cast<double>(value) * 10.0) / 10.0; }

}  // namespace

void LayoutLog::mark(const char* name, const std::string& value) {
    if (!enabled()) return;
    mark(name, ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), value);
    if (ImGui::GetIO().NavVisible && ImGui::IsItemFocused()) {
        mark("focus", ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), name);
    }
}

void LayoutLog::mark(const char* name, ImVec2 min, ImVec2 max, const std::string& value) {
    if (!enabled()) return;
    rects_[prefix_ + name] = Rect{min.x, min.y, max.x - min.x, max.y - min.y, value};
}

void LayoutLog::end_frame(double now_s) {
    const bool due =
        !file_.empty() && (written_at_s_ < 0.0 || now_s - written_at_s_ >= kMinimumIntervalSeconds);
    if (due) {
        Json json = Json::Object();
        for (const auto& [name, rect] : rects_) {
            json[name] = Json::Object{{"x", tenths(rect.x)},
                                      {"y", tenths(rect.y)},
                                      {"width", tenths(rect.width)},
                                      {"height", tenths(rect.height)},
                                      {"value", rect.value}};
        }
        // A value may hold half a character where a text was cut short; it is shown as a question
        // mark.
        std::string text = json_text(json, 1) + "\n";
        if (text != written_) {
            write_file_atomically(file_, text);
            written_ = std::move(text);
            written_at_s_ = now_s;
        }
    }
    rects_.clear();
}

}  // namespace elbow::gui

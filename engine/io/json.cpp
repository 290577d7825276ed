#include "engine/io/json.h"

namespace elbow::io {
namespace {

constexpr int kDeepest = 16;

struct TooDeep {};

}  // namespace

Json parse_json(const std::string& text) {
    const auto shallow = [](int depth, Json::parse_event_t, Json&) {
        if (depth > kDeepest) throw TooDeep();
        return true;
    };
    try {
        return Json::parse(text, shallow, false);
    } catch (const TooDeep&) {
        return Json(Json::value_t::discarded);
    }
}

}  // namespace elbow::io

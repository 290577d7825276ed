#include "engine/core/json.h"

#include <nlohmann/json.hpp>
#include <set>

#include "engine/core/error.h"

namespace elbow {
namespace {

using Library = nlohmann::ordered_json;

constexpr std::size_t kDeepest = 16;
constexpr std::size_t kMostEntries = 10'000;  // of one object; a file of tensors has some hundred

[[noreturn]] void refuse_kind(const char* expected) {
    throw Error(std::string("Cannot read JSON: expected ") + expected +
                " and found something else. Use a file as Elbow wrote it.");
}

// Builds the value as the text is read, and stops where the text is refused.
class Builder final : public nlohmann::json_sax<Library> {
  public:
    Json take() { return std::move(root_); }
    const std::string& repeated() const { return repeated_; }

    bool null() override { return add({}); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(number_integer_t value) override { return add(value); }
    bool number_unsigned(number_unsigned_t value) override { return add(value); }
    bool number_float(number_float_t value, const string_t&) override { return add(value); }
    bool string(string_t& value) override { return add(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_array(std::size_t) override { return enter(false); }
    bool end_array() override { return leave(); }
    bool start_object(std::size_t) override { return enter(true); }
    bool end_object() override { return leave(); }
    bool key(string_t& name) override {
        std::set<std::string>& names = open_.back().names;
        if (!names.insert(name).second) {
            repeated_ = name;
            return false;
        }
        open_.back().entries.emplace_back(name, Json());
        return names.size() <= kMostEntries;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return false;
    }

  private:
    // A list or an object whose end has not come.
    struct Open {
        bool is_object;
        Json::Array elements;
        Json::Object entries;
        std::set<std::string> names;  // of the entries
    };

    bool add(Json value) {
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (open_.back().is_object) {
            open_.back().entries.back().second = std::move(value);
        } else {
            open_.back().elements.push_back(std::move(value));
        }
        return true;
    }
    bool enter(bool is_object) {
        open_.push_back({is_object, {}, {}, {}});
        return open_.size() <= kDeepest;
    }
    bool leave() {
        Open closed = std::move(open_.back());
        open_.pop_back();
        return add(closed.is_object ? Json(std::move(closed.entries))
                                    : Json(std::move(closed.elements)));
    }

    Json root_;
    std::vector<Open> open_;  // the outermost first
    std::string repeated_;
};

Library in_library(const Json& json) {
    if (json.is_boolean()) return json.boolean();
    if (json.is_string()) return json.string();
    if (json.is_number_unsigned()) return json.natural();
    if (json.is_number_integer()) return json.whole();
    if (json.is_number()) return json.number();
    if (json.is_array()) {
        Library array = Library::array();
        for (const Json& each : json.array()) array.push_back(in_library(each));
        return array;
    }
    if (!json.is_object()) return nullptr;
    Library object = Library::object();
    for (const auto& [key, value] : json.object()) object[key] = in_library(value);
    return object;
}

}  // namespace

Json::Json() = default;
Json::Json(const char* text) : value_(std::string(text)) {}
Json::Json(std::string text) : value_(std::move(text)) {}
Json::Json(Array array) : value_(std::move(array)) {}
Json::Json(Object object) : value_(std::move(object)) {}
Json::Json(const Json&) = default;
Json::Json(Json&&) noexcept = default;
Json& Json::operator=(const Json&) = default;
Json& Json::operator=(Json&&) noexcept = default;
Json::~Json() = default;

bool Json::boolean() const {
    if (!is_boolean()) refuse_kind("true or false");
    return std::get<bool>(value_);
}

const std::string& Json::string() const {
    if (!is_string()) refuse_kind("a text");
    return std::get<std::string>(value_);
}

double Json::number() const {
    if (is_number_unsigned()) return static_cast<double>(natural());
    if (is_number_integer()) return static_cast<double>(whole());
    if (!is_number()) refuse_kind("a number");
    return std::get<double>(value_);
}

std::int64_t Json::whole() const {
    if (is_number_unsigned()) return static_cast<std::int64_t>(natural());
    if (!is_number_integer()) refuse_kind("a whole number");
    return std::get<std::int64_t>(value_);
}

std::uint64_t Json::natural() const {
    if (!is_number_unsigned()) refuse_kind("a whole number from 0 on");
    return std::get<std::uint64_t>(value_);
}

const Json::Array& Json::array() const {
    if (!is_array()) refuse_kind("a list");
    return std::get<Array>(value_);
}

const Json::Object& Json::object() const {
    if (!is_object()) refuse_kind("an object");
    return std::get<Object>(value_);
}

const Json* Json::find(const std::string& key) const {
    if (!is_object()) return nullptr;
    for (const auto& [name, value] : object())
        if (name == key) return &value;
    return nullptr;
}

const Json& Json::at(const std::string& key) const {
    const Json* found = find(key);
    if (found == nullptr) refuse_kind(("an object with '" + key + "'").c_str());
    return *found;
}

Json& Json::operator[](const std::string& key) {
    if (is_null()) value_ = Object();
    if (!is_object()) refuse_kind("an object");
    auto& entries = std::get<Object>(value_);
    for (auto& [name, value] : entries)
        if (name == key) return value;
    return entries.emplace_back(key, Json()).second;
}

void Json::erase(const std::string& key) {
    if (!is_object()) return;
    std::erase_if(std::get<Object>(value_), [&](const auto& entry) { return entry.first == key; });
}

std::optional<Json> parse_json(const std::string& text, std::string* repeated) {
    Builder builder;
    const bool fits = Library::sax_parse(text, &builder);
    if (repeated != nullptr) *repeated = builder.repeated();
    return fits ? std::optional<Json>(builder.take()) : std::nullopt;
}

std::string json_text(const Json& json, int indent) {
    return in_library(json).dump(indent, ' ', false, Library::error_handler_t::replace);
}

}  // namespace elbow

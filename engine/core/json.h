#pragma once

// JSON as a value, and from and to text. Files may be of somebody else's making. The library that
// knows the text stays in json.cpp: it is slow to compile.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace elbow {

// A value is asked for its kind before it is read: reading it as another throws Error.
class Json {
  public:
    using Array = std::vector<Json>;
    using Object = std::vector<std::pair<std::string, Json>>;  // in the order of the file

    // NOLINTBEGIN(google-explicit-constructor): whatever has a form in JSON is a Json.
    Json();  // null
    Json(const char* text);
    Json(std::string text);
    Json(Array);
    Json(Object);
    Json(std::floating_point auto number) : value_(static_cast<double>(number)) {}
    Json(std::same_as<bool> auto value) : value_(value) {}
    template <std::integral Whole>
    requires(!std::same_as<Whole, bool>) Json(Whole number)
        : value_(static_cast<std::int64_t>(number)) {
        if (number >= 0) value_ = static_cast<std::uint64_t>(number);
    }
    // NOLINTEND(google-explicit-constructor)

    // Out of line, for they are slow to compile.
    Json(const Json&);
    Json(Json&&) noexcept;
    Json& operator=(const Json&);
    Json& operator=(Json&&) noexcept;
    ~Json();

    bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
    bool is_boolean() const { return std::holds_alternative<bool>(value_); }
    bool is_string() const { return std::holds_alternative<std::string>(value_); }
    bool is_array() const { return std::holds_alternative<Array>(value_); }
    bool is_object() const { return std::holds_alternative<Object>(value_); }
    bool is_number() const { return is_number_integer() || std::holds_alternative<double>(value_); }
    bool is_number_integer() const {
        return is_number_unsigned() || std::holds_alternative<std::int64_t>(value_);
    }
    bool is_number_unsigned() const { return std::holds_alternative<std::uint64_t>(value_); }

    bool boolean() const;
    const std::string& string() const;
    double number() const;  // whole ones, too
    std::int64_t whole() const;
    std::uint64_t natural() const;
    const Array& array() const;
    const Object& object() const;

    // Null where there is no such entry, or no object.
    const Json* find(const std::string& key) const;
    bool contains(const std::string& key) const { return find(key) != nullptr; }
    const Json& at(const std::string& key) const;

    // The entry of an object (null becomes one), made at its end where it is not there.
    Json& operator[](const std::string& key);
    void erase(const std::string& key);

    template <class Range>
    static Json list_of(const Range& range) {
        return Array(range.begin(), range.end());
    }

  private:
    // Numbers from 0 on are unsigned, whole numbers below are signed.
    std::variant<std::monostate, bool, std::uint64_t, std::int64_t, double, std::string, Array,
                 Object>
        value_;
};

// Nothing where the text is not JSON, is nested deeper or has objects of more entries than anything
// that Elbow writes (values are copied recursively, and entries are looked for one by one), or
// where an object has two entries of one name: that name goes to `repeated`.
std::optional<Json> parse_json(const std::string& text, std::string* repeated = nullptr);

// On one line, or indented by so many blanks a level. What is not a number becomes null, and what
// is not UTF-8 the replacement character.
std::string json_text(const Json&, int indent = -1);

}  // namespace elbow

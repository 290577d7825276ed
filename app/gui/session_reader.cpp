#include "app/gui/session_reader.h"

#include <cmath>
#include <limits>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/hexadecimal.h"

namespace elbow::gui {

SessionReader::SessionReader(const Json& object, std::string where)
    : object_(object), where_(std::move(where)) {
    if (!object.is_object()) refuse("it is not a JSON object");
}

void SessionReader::refuse(const std::string& found) const {
    throw Error(where_ + " does not say where the window was: " + found +
                ". Use a session.json as Elbow wrote it.");
}

void SessionReader::read(const char* key, std::string& value) const {
    if (const Json* found = expect(key, &Json::is_string, "a text")) value = found->string();
}

void SessionReader::read(const char* key, bool& value) const {
    if (const Json* found = expect(key, &Json::is_boolean, "true or false"))
        value = found->boolean();
}

void SessionReader::read(const char* key, std::uint64_t& value) const {
    if (const Json* found = expect(key, &Json::is_number_unsigned, "a whole number"))
        value = found->natural();
}

void SessionReader::read(const char* key, int& value, int minimum, int maximum) const {
    const Json* found = expect(key, &Json::is_number_integer, "a whole number");
    if (found != nullptr) value = whole(key, *found, minimum, maximum);
}

void SessionReader::read(const char* key, double& value, double minimum, double maximum) const {
    const Json* found = expect(key, &Json::is_number, "a number");
    if (found != nullptr) value = number(key, *found, minimum, maximum);
}

void SessionReader::read(const char* key, std::vector<float>& values) const {
    const Json* found = expect(key, &Json::is_array, "a list of numbers");
    if (found != nullptr) values = numbers(key, *found);
}

void SessionReader::read(const char* key, std::vector<std::vector<float>>& lists) const {
    const Json* found = expect(key, &Json::is_array, "a list of lists of numbers");
    if (found == nullptr) return;
    lists.clear();
    for (const Json& entry : found->array()) {
        if (!entry.is_array()) refuse(std::string("'") + key + "' should hold lists");
        lists.push_back(numbers(key, entry));
    }
}

void SessionReader::read(const char* key, std::vector<int>& images) const {
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

void SessionReader::read(const char* key, std::vector<std::uint8_t>& bytes) const {
    const Json* found = expect(key, &Json::is_string, "a text of hexadecimal digits");
    if (found == nullptr) return;
    auto there = bytes_of_hexadecimal(found->string());
    if (!there) refuse(std::string("'") + key + "' should be a text of hexadecimal digits");
    bytes = std::move(*there);
}

int SessionReader::whole(const char* key, const Json& entry, int minimum, int maximum) const {
    const double found = number(key, entry, minimum, maximum);
    if (found != std::floor(found)) refuse(std::string("'") + key + "' is not a whole number");
    return static_cast<int>(found);
}

const Json* SessionReader::expect(const char* key, bool (Json::*is)() const,
                                  const char* wanted) const {
    const Json* found = find(key);
    if (found != nullptr && !(found->*is)())
        refuse(std::string("'") + key + "' should be " + wanted);
    return found;
}

std::vector<float> SessionReader::numbers(const char* key, const Json& list) const {
    std::vector<float> values;
    values.reserve(list.array().size());
    for (const Json& entry : list.array())
        values.push_back(static_cast<float>(number(key, entry, -kFarthestPlace, kFarthestPlace)));
    return values;
}

double SessionReader::number(const char* key, const Json& entry, double minimum,
                             double maximum) const {
    const double found = entry.is_number() ? entry.number() : std::nan("");
    if (!(found >= minimum && found <= maximum))
        refuse(std::string("'") + key + "' holds a value that Elbow does not write");
    return found;
}

}  // namespace elbow::gui

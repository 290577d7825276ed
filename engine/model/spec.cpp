#include "engine/model/spec.h"

#include "engine/core/error.h"
#include "engine/core/text.h"

namespace elbow::model {
namespace {

template <class Value>
const Value& value_of(const Member& member, std::string_view option) {
    const auto found = member.options.find(option);
    const Value* value =
        found == member.options.end() ? nullptr : std::get_if<Value>(&found->second);
    if (value == nullptr) {
        throw Error("'" + member.name + "' has no option '" + std::string(option) +
                    "' of that kind: the model is described for another version.");
    }
    return *value;
}

}  // namespace

std::string text_of(const OptionValue& value) {
    if (const int* whole = std::get_if<int>(&value)) return std::to_string(*whole);
    if (const double* real = std::get_if<double>(&value)) return exact_text(*real);
    return std::get<std::string>(value);
}

std::string text_of(const Member& member) {
    std::string options;
    for (const auto& [name, value] : member.options)
        options += (options.empty() ? "" : ", ") + name + " " + text_of(value);
    return member.name + (options.empty() ? "" : " (" + options + ")");
}

int Member::whole(std::string_view option) const { return value_of<int>(*this, option); }
double Member::real(std::string_view option) const { return value_of<double>(*this, option); }
const std::string& Member::text(std::string_view option) const {
    return value_of<std::string>(*this, option);
}

}  // namespace elbow::model

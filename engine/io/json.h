#pragma once

// JSON from files that somebody else may have made.

#include <nlohmann/json.hpp>
#include <string>

namespace elbow::io {

using Json = nlohmann::ordered_json;  // keeps the order of the file

// is_discarded() where the text is not JSON, or is nested deeper than anything that Elbow writes:
// values are copied and written recursively, so that depth is a matter of the stack.
Json parse_json(const std::string& text);

}  // namespace elbow::io

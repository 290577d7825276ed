#pragma once

// JSON from files that somebody else may have made.

#include <nlohmann/json.hpp>
#include <string>

namespace elbow::io {

using Json = nlohmann::ordered_json;  // keeps the order of the file

// is_discarded() where the text is not JSON, is nested deeper or has objects of more entries than
// anything that Elbow writes (values are copied recursively, and entries are looked for one by
// one), or where an object has two entries of one name: that name goes to `repeated`.
Json parse_json(const std::string& text, std::string* repeated = nullptr);

}  // namespace elbow::io

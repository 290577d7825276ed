#pragma once

// EMNIST's images are published with rows and columns the other way round, as idx and as CSV. The
// name alone tells. A pure function.

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string>

namespace elbow::data {

inline constexpr const char* kEmnistNote =
    "EMNIST's images are stored with rows and columns the other way round; they were turned.";

inline bool is_emnist(const std::filesystem::path& path) {
    std::string name = path.filename().string();
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name.find("emnist") != std::string::npos;
}

}  // namespace elbow::data

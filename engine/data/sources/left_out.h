#pragma once

// What of a source did not become an image, and why: counted, with the first names. A value.

#include <string>
#include <vector>

namespace elbow::data {

struct LeftOut {
    std::string why;                 // "hidden", "damaged or cut off"
    int count = 0;                   // files, links and folders
    std::vector<std::string> names;  // of the first kMostNames of them
};

inline constexpr std::size_t kMostNames = 100;  // of each reason

// "9 hidden, 2 damaged or cut off"
std::string text_of(const std::vector<LeftOut>&);

inline void leave_out(std::vector<LeftOut>& all, const std::string& why, const std::string& name) {
    LeftOut* place = nullptr;
    for (LeftOut& each : all) {
        if (each.why == why) place = &each;
    }
    if (place == nullptr) place = &all.emplace_back(LeftOut{why, 0, {}});
    ++place->count;
    if (place->names.size() < kMostNames) place->names.push_back(name);
}

}  // namespace elbow::data

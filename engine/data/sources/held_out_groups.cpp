#include "engine/data/sources/held_out_groups.h"

#include <zlib.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <utility>

#include "engine/core/error.h"

namespace elbow::data {
namespace {

constexpr std::size_t kOneOf = 10;  // pictures is held out

std::pair<uLong, std::string> place_of_group(const std::string& name) {
    const auto* bytes = reinterpret_cast<const Bytef*>(name.data());
    return {crc32_z(0, bytes, name.size()), name};
}

}  // namespace

std::vector<std::uint8_t> held_out_by_group(const Finding& finding) {
    const std::vector<std::string>& groups = finding.groups;
    if (groups.size() < 2)
        throw UsageError(
            "held-out=group: expected pictures in several folders, of which whole ones are held "
            "out, found " +
            std::string(finding.arrays ? "a file of arrays" : "all of them in one") +
            ". Use held-out=tenth.");
    std::vector<std::size_t> counts(groups.size(), 0);
    for (const FoundPicture& picture : finding.pictures)
        ++counts[static_cast<std::size_t>(picture.group)];
    std::vector<std::size_t> order(groups.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&groups](std::size_t a, std::size_t b) {
        return place_of_group(groups[a]) < place_of_group(groups[b]);
    });
    const std::size_t all = finding.pictures.size();
    std::vector<std::uint8_t> chosen(groups.size(), 0);
    std::size_t held_out = 0;
    for (const std::size_t group : order) {
        if (kOneOf * held_out >= all) break;
        if (2 * counts[group] > all) continue;
        chosen[group] = 1;
        held_out += counts[group];
    }
    std::vector<std::uint8_t> of_pictures;
    of_pictures.reserve(all);
    for (const FoundPicture& picture : finding.pictures)
        of_pictures.push_back(chosen[static_cast<std::size_t>(picture.group)]);
    return of_pictures;
}

}  // namespace elbow::data

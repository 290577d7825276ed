#include "engine/data/sources/part_writer.h"

#include <algorithm>
#include <utility>

namespace elbow::data {
namespace {

// Of so few images exactly a tenth is held out, of more those whose hash is in the lowest tenth:
// then a new image moves no other one.
constexpr std::size_t kFewImages = 200;
constexpr std::uint32_t kLowestTenth = 0xFFFFFFFF / 10;

}  // namespace

void PartWriter::add(PassingImage passing) {
    if (held_out_ != HeldOut::kTenth) return write(passing, passing.held_out);
    if (many_) return write(passing, passing.hash < kLowestTenth);
    few_.push_back(std::move(passing));
    if (few_.size() <= kFewImages) return;
    many_ = true;
    for (const PassingImage& each : few_) write(each, each.hash < kLowestTenth);
    few_.clear();
}

void PartWriter::settle() {
    if (few_.empty()) return;
    std::vector<std::uint32_t> hashes;
    hashes.reserve(few_.size());
    for (const PassingImage& each : few_) hashes.push_back(each.hash);
    std::sort(hashes.begin(), hashes.end());
    const std::uint32_t last = hashes[(hashes.size() - 1) / 10];
    for (const PassingImage& each : few_) write(each, each.hash <= last);
    few_.clear();
}

void PartWriter::write(const PassingImage& passing, bool held_out) {
    cache_.add(passing.image, passing.label, held_out);
    order_[held_out ? 1 : 0].push_back(passing.number);
}

}  // namespace elbow::data

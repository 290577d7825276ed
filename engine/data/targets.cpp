#include "engine/data/targets.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/memory.h"
#include "engine/core/rng.h"
#include "engine/core/text.h"

namespace elbow::data {
namespace {

constexpr float kBinaryScale = 1.0f / 255.0f;        // 255 is white
constexpr std::uint64_t kBinarisingSeed = 20131220;  // of the binarised sets; the day of the paper

constexpr std::array<const char*, 3> kNames{"grey", "binarised", "redrawn"};

void binarise(ImageSet& set, int dimensions, float scale, std::string_view stream_name) {
    const Stream stream(kBinarisingSeed, stream_name);
    const auto size = static_cast<std::size_t>(dimensions);
    std::vector<float> targets(size);
    const std::span<std::uint8_t> pixels = set.pixels.own();
    for (std::size_t first = 0; first < pixels.size(); first += size) {
        const auto image = pixels.subspan(first, size);
        std::transform(image.begin(), image.end(), targets.begin(),
                       [&](std::uint8_t pixel) { return static_cast<float>(pixel) * scale; });
        stream.bernoullis(first, targets);
        std::transform(targets.begin(), targets.end(), image.begin(),
                       [](float target) { return static_cast<std::uint8_t>(target * 255.0f); });
    }
}

// The training images that are redrawn when they are used stay as they are.
bool keeps_train(const Dataset& grey, Targets targets) {
    return targets == Targets::kRedrawn && grey.scale == kBinaryScale;
}

// The grey images stay beside the copy, which shares with them what is mapped and stays as it is.
void check_memory(const Dataset& grey, Targets targets) {
    std::uint64_t needed = grey.held_out.pixels.size() + grey.held_out.labels.size();
    if (!grey.train.pixels.mapped() || !keeps_train(grey, targets))
        needed += grey.train.pixels.size() + grey.train.labels.size();
    const std::optional<std::uint64_t> available = available_below(needed);
    if (!available) return;
    throw Error("Binarised targets of " + grey.title + " need " + bytes_text(needed) +
                " of memory more, and " + bytes_text(*available) +
                " are free. Choose grey targets or a smaller data set, or close other programs.");
}

}  // namespace

const char* name(Targets targets) { return kNames[static_cast<std::size_t>(targets)]; }

Targets targets_of(std::string_view text) {
    const auto found = std::find(kNames.begin(), kNames.end(), text);
    if (found == kNames.end()) {
        throw UsageError("--targets: expected grey, binarised or redrawn, found '" +
                         std::string(text) + "'.");
    }
    return static_cast<Targets>(found - kNames.begin());
}

std::string targets_text(Targets targets, int channels) {
    switch (targets) {
        case Targets::kGrey:
            return channels == 1 ? "grey targets" : "colour targets";
        case Targets::kBinarised:
            return "binarised targets";
        case Targets::kRedrawn:
            break;
    }
    return "binarised targets, redrawn";
}

std::string targets_text(const Dataset& dataset) {
    return targets_text(dataset.targets, dataset.channels);
}

std::shared_ptr<const Dataset> with_targets(std::shared_ptr<const Dataset> dataset,
                                            Targets targets) {
    if (targets == dataset->targets) return dataset;
    std::shared_ptr<const Dataset> grey = dataset->grey ? dataset->grey : dataset;
    if (targets == Targets::kGrey) return grey;
    check_memory(*grey, targets);
    auto changed = std::make_shared<Dataset>(*grey);
    changed->grey = grey;
    changed->targets = targets;
    changed->continuous = false;
    const int dimensions = grey->dimensions();
    binarise(changed->held_out, dimensions, grey->scale, "targets/held-out");
    changed->scale = kBinaryScale;
    if (targets == Targets::kBinarised) {
        binarise(changed->train, dimensions, grey->scale, "targets/train");
    } else if (!keeps_train(*grey, targets)) {
        for (std::uint8_t& pixel : changed->train.pixels.own()) {
            const float probability = std::min(static_cast<float>(pixel) * grey->scale, 1.0f);
            pixel = static_cast<std::uint8_t>(std::lround(probability / kBinaryScale));
        }
    }
    return changed;
}

void split_at_middle(std::vector<std::uint8_t>& pixels, Targets targets) {
    if (targets == Targets::kGrey) return;
    for (std::uint8_t& pixel : pixels) pixel = pixel < 128 ? 0 : 255;
}

}  // namespace elbow::data

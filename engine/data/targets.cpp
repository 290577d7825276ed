#include "engine/data/targets.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "engine/core/clones.h"
#include "engine/core/error.h"

namespace elbow::data {
namespace {

constexpr float kBinaryScale = 1.0f / 255.0f;
constexpr std::uint64_t kSeed = 20131220;  // of the binarised sets; the day of the paper

constexpr std::array<const char*, 3> kNames{"grey", "binarised", "redrawn"};

// Philox 4x32-10 as in rng.cpp, but 16 bits a pixel, for many blocks at a time in arrays, so that
// the compiler can use wide registers. Fewer blocks than these fill them badly.
constexpr int kBlocks = 32;
constexpr int kWords = 4 * kBlocks;
constexpr int kBatch = 2 * kWords;  // pixels

// The low, then the high halves of the words of the batch with this number.
// pixels, targets [kBatch]; a pixel is white with probability pixel * per_pixel / 65536.
ELBOW_CLONES void redraw_batch(std::uint64_t batch, std::uint32_t key0, std::uint32_t key1,
                               const std::uint8_t* pixels, float per_pixel, float* targets) {
    alignas(64) std::uint32_t words[4][kBlocks];
    for (int b = 0; b < kBlocks; ++b) {
        const std::uint64_t block = batch * kBlocks + static_cast<std::uint64_t>(b);
        words[0][b] = static_cast<std::uint32_t>(block);
        words[1][b] = static_cast<std::uint32_t>(block >> 32);
        words[2][b] = 0;
        words[3][b] = 0;
    }
    for (int round = 0; round < 10; ++round) {
        for (int b = 0; b < kBlocks; ++b) {
            const std::uint64_t product0 = static_cast<std::uint64_t>(0xD2511F53U) * words[0][b];
            const std::uint64_t product1 = static_cast<std::uint64_t>(0xCD9E8D57U) * words[2][b];
            words[0][b] = static_cast<std::uint32_t>(product1 >> 32) ^ words[1][b] ^ key0;
            words[1][b] = static_cast<std::uint32_t>(product1);
            words[2][b] = static_cast<std::uint32_t>(product0 >> 32) ^ words[3][b] ^ key1;
            words[3][b] = static_cast<std::uint32_t>(product0);
        }
        key0 += 0x9E3779B9U;
        key1 += 0xBB67AE85U;
    }
    for (int row = 0; row < 4; ++row) {
        const std::uint8_t* const row_pixels = pixels + row * kBlocks;
        float* const row_targets = targets + row * kBlocks;
        for (int b = 0; b < kBlocks; ++b) {
            // Half a step up: the largest number stays below 65536, the smallest above 0.
            const float low = static_cast<float>(static_cast<int>(words[row][b] & 0xFFFFU)) + 0.5f;
            const float high = static_cast<float>(static_cast<int>(words[row][b] >> 16)) + 0.5f;
            const float low_bound = static_cast<float>(row_pixels[b]) * per_pixel;
            const float high_bound = static_cast<float>(row_pixels[kWords + b]) * per_pixel;
            row_targets[b] = low < low_bound ? 1.0f : 0.0f;
            row_targets[kWords + b] = high < high_bound ? 1.0f : 0.0f;
        }
    }
}

void binarise(ImageSet& set, int dimensions, float scale, std::string_view stream_name) {
    const Stream stream(kSeed, stream_name);
    const auto size = static_cast<std::size_t>(dimensions);
    std::vector<float> targets(size);
    for (std::size_t first = 0; first < set.pixels.size(); first += size) {
        const auto image = std::span(set.pixels).subspan(first, size);
        redraw(image, scale, stream, first, targets);
        std::transform(targets.begin(), targets.end(), image.begin(),
                       [](float target) { return static_cast<std::uint8_t>(target * 255.0f); });
    }
}

void rescale(ImageSet& set, float scale) {
    if (scale == kBinaryScale) return;
    for (std::uint8_t& pixel : set.pixels) {
        const float grey = std::min(static_cast<float>(pixel) * scale, 1.0f);
        pixel = static_cast<std::uint8_t>(std::lround(grey * 255.0f));
    }
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

std::string targets_text(const Dataset& dataset) {
    switch (dataset.targets) {
        case Targets::kGrey:
            return "grey targets";
        case Targets::kBinarised:
            return "binarised targets";
        case Targets::kRedrawn:
            break;
    }
    return "binarised targets, redrawn";
}

std::shared_ptr<const Dataset> with_targets(std::shared_ptr<const Dataset> dataset,
                                            Targets targets) {
    if (targets == dataset->targets) return dataset;
    if (dataset->targets != Targets::kGrey) {
        throw Error("Expected " + dataset->title + " with grey targets to make them " +
                    name(targets) + ", found " + targets_text(*dataset) +
                    ". Load the data set again.");
    }
    auto changed = std::make_shared<Dataset>(*dataset);
    const int dimensions = dataset->dimensions();
    changed->targets = targets;
    changed->scale = kBinaryScale;
    binarise(changed->held_out, dimensions, dataset->scale, "targets/held-out");
    if (targets == Targets::kBinarised) {
        binarise(changed->train, dimensions, dataset->scale, "targets/train");
    } else {
        rescale(changed->train, dataset->scale);
    }
    return changed;
}

void redraw(std::span<const std::uint8_t> pixels, float scale, const Stream& stream,
            std::uint64_t position, std::span<float> targets) {
    // A key of its own, so that no number here is one that the stream gives out elsewhere.
    const std::uint64_t key = stream.bits(~std::uint64_t{0});
    const auto key0 = static_cast<std::uint32_t>(key);
    const auto key1 = static_cast<std::uint32_t>(key >> 32);
    const float per_pixel = scale * 65536.0f;
    std::size_t done = 0;
    while (done < pixels.size()) {
        const std::uint64_t number = position + done;
        const std::size_t skip = number % kBatch;
        const std::size_t take = std::min<std::size_t>(kBatch - skip, pixels.size() - done);
        const std::uint64_t batch = number / kBatch;
        if (take == kBatch) {
            redraw_batch(batch, key0, key1, pixels.data() + done, per_pixel, targets.data() + done);
        } else {
            std::array<std::uint8_t, kBatch> some_pixels{};
            std::array<float, kBatch> some_targets;
            std::copy_n(pixels.begin() + static_cast<std::ptrdiff_t>(done), take,
                        some_pixels.begin() + static_cast<std::ptrdiff_t>(skip));
            redraw_batch(batch, key0, key1, some_pixels.data(), per_pixel, some_targets.data());
            std::copy_n(some_targets.begin() + static_cast<std::ptrdiff_t>(skip), take,
                        targets.begin() + static_cast<std::ptrdiff_t>(done));
        }
        done += take;
    }
}

}  // namespace elbow::data

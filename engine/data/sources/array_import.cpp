#include "engine/data/sources/array_import.h"

#include <zlib.h>

#include "engine/data/sources/array_finding.h"
#include "engine/data/sources/part_writer.h"

namespace elbow::data {
namespace {

constexpr int kArraysReportEvery = 500;  // images

// The values of a factor for the images of a part, as they lie in the cache.
std::vector<float> permuted(const std::vector<float>& values, const std::vector<int>& numbers) {
    std::vector<float> ordered;
    ordered.reserve(numbers.size());
    for (const int number : numbers) ordered.push_back(values[static_cast<std::size_t>(number)]);
    return ordered;
}

}  // namespace

void import_arrays(const Finding& finding, const Choices& choices, ImportCache& cache,
                   Progress& progress) {
    const ArrayImages& arrays = *finding.arrays;
    const auto size = static_cast<std::size_t>(arrays.shape.size());
    PartWriter writer(cache, choices.held_out);
    for (int i = 0; i < arrays.count; ++i) {
        progress.throw_if_cancelled();
        if (i % kArraysReportEvery == 0)
            progress.report(static_cast<double>(i) / arrays.count, "Taking over images");
        const std::uint8_t* values = arrays.pixels.data() + static_cast<std::size_t>(i) * size;
        PassingImage passing;
        passing.image = chosen_image(arrays, i, choices);
        if (choices.labels && !arrays.labels.empty())
            passing.label = arrays.labels[static_cast<std::size_t>(i)];
        passing.hash = static_cast<std::uint32_t>(crc32_z(0, values, size));
        passing.held_out = i >= arrays.count - arrays.held_out;
        passing.number = i;
        writer.add(std::move(passing));
    }
    writer.settle();
    std::vector<Factor> factors;
    for (const Factor& factor : arrays.factors)
        factors.push_back({factor.name, permuted(factor.train, writer.order()[0]),
                           permuted(factor.train, writer.order()[1])});
    cache.add_factors(factors);
}

}  // namespace elbow::data

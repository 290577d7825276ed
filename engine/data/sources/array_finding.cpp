#include "engine/data/sources/array_finding.h"

#include <algorithm>
#include <map>

#include "engine/data/sources/picture_fit.h"
#include "engine/data/sources/sampled_values.h"

namespace elbow::data {
namespace {

constexpr int kMostSampledImages = 400;
constexpr std::size_t kFewestShownOfClass = 4;

int class_of(const ArrayImages& arrays, int image) {
    return arrays.labels.empty() ? -1 : arrays.labels[static_cast<std::size_t>(image)];
}

void take_thumbnails(const ArrayImages& arrays, Finding& finding, const Progress& progress) {
    const std::size_t classes = std::max<std::size_t>(1, arrays.class_names.size());
    const std::size_t most_of_class = std::max(kFewestShownOfClass, kUsualThumbnails / classes);
    std::map<int, std::size_t> shown;
    for (int i = 0; i < arrays.count && finding.thumbnails.size() < kMostThumbnails; ++i) {
        const int label = class_of(arrays, i);
        if (++shown[label] > most_of_class) continue;
        progress.throw_if_cancelled();
        finding.thumbnails.push_back({"image " + std::to_string(i + 1), label,
                                      reduced(picture_of(arrays, i), kThumbnailSide)});
    }
    sort_by_class(finding.thumbnails);
}

}  // namespace

ReadPicture picture_of(const ArrayImages& arrays, int image) {
    const ImageShape& shape = arrays.shape;
    const auto plane =
        static_cast<std::size_t>(shape.width) * static_cast<std::size_t>(shape.height);
    const std::uint8_t* values = arrays.pixels.data() + static_cast<std::size_t>(image) *
                                                            static_cast<std::size_t>(shape.size());
    ReadPicture picture{shape.width, shape.height, std::vector<std::uint8_t>(4 * plane, 255)};
    for (std::size_t at = 0; at < plane; ++at) {
        for (std::size_t channel = 0; channel < 3; ++channel)
            picture.pixels[4 * at + channel] =
                values[at + (shape.channels == 1 ? 0 : channel * plane)];
    }
    return picture;
}

std::vector<std::uint8_t> chosen_image(const ArrayImages& arrays, int image,
                                       const Choices& choices) {
    if (choices.shape() != arrays.shape)
        return fitted_image(picture_of(arrays, image), choices.shape(),
                            std::vector<std::uint8_t>(3, choices.ground), choices.fit);
    const auto size = static_cast<std::size_t>(arrays.shape.size());
    const std::uint8_t* values = arrays.pixels.data() + static_cast<std::size_t>(image) * size;
    return {values, values + size};
}

void look_at_arrays(Finding& finding, const ArrayWishes& wishes, Progress& progress) {
    auto arrays = std::make_shared<ArrayImages>(read_array_file(finding.path, wishes, progress));
    finding.form = arrays->form;
    finding.count = arrays->count;
    finding.has_held_out = arrays->held_out > 0;
    finding.held_out = arrays->held_out;
    finding.continuous = arrays->continuous;
    finding.notes = arrays->notes;
    finding.sizes = {{arrays->shape.width, arrays->shape.height, arrays->count}};
    for (const std::string& name : arrays->class_names) finding.classes.push_back({name, 0});
    for (const std::uint8_t label : arrays->labels) ++finding.classes.at(label).count;
    SampledValues values;
    const int step = std::max(1, arrays->count / kMostSampledImages);
    for (int i = 0; i < arrays->count; i += step) {
        progress.throw_if_cancelled();
        values.add(picture_of(*arrays, i));
    }
    values.tell(finding);
    take_thumbnails(*arrays, finding, progress);
    finding.arrays = std::move(arrays);
    finding.complete = true;
}

}  // namespace elbow::data

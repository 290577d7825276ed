#include "app/commands/own_images.h"

#include <cstdio>
#include <utility>

#include "app/commands/own_data.h"
#include "app/commands/saved_model.h"
#include "app/commands/task_bar.h"
#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/data/sources/array_finding.h"
#include "engine/data/sources/decode_pictures.h"
#include "engine/data/targets.h"
#include "engine/run/measure.h"

namespace elbow::commands {
namespace {

constexpr std::int64_t kMostDraws = 10'000;  // of an image

data::Dataset like_images_of(const io::SavedRun& saved) {
    const model::ModelSpec& spec = saved.checkpoint.spec;
    data::Dataset dataset;
    dataset.name = saved.checkpoint.config.dataset;
    dataset.title = "Your pictures";
    dataset.channels = spec.image.channels;
    dataset.height = spec.image.height;
    dataset.width = spec.image.width;
    dataset.targets = data::targets_of(saved.checkpoint.config.targets);
    return dataset;
}

// As the run's own images were made, where these were imported; only size and colours are sure.
data::Choices choices_for(const data::Finding& finding, const io::SavedRun& saved) {
    const auto imported = data::imported_set(saved.checkpoint.config.dataset);
    data::Choices choices = imported ? data::choices_of(imported->choices, proposed_for(finding))
                                     : proposed_for(finding);
    if (!imported) choices.fit = data::Fit::kPad;
    choices.width = saved.checkpoint.spec.image.width;
    choices.height = saved.checkpoint.spec.image.height;
    choices.colour = saved.checkpoint.spec.image.channels == 3;
    return choices;
}

void add_image(OwnImages& images, std::string name, const std::vector<std::uint8_t>& pixels,
               int label) {
    data::ImageSet& set = images.dataset.held_out;
    ++set.count;
    std::vector<std::uint8_t>& all = set.pixels.own();
    all.insert(all.end(), pixels.begin(), pixels.end());
    if (label >= 0) set.labels.push_back(static_cast<std::uint8_t>(label));
    images.names.push_back(std::move(name));
}

void read_images(const data::Finding& finding, const data::Choices& choices, Progress& progress,
                 OwnImages& images) {
    if (!finding.arrays) {
        const auto left_out =
            decode_pictures(finding, choices, progress, [&](const data::DecodedPicture& decoded) {
                add_image(images, decoded.found->name, decoded.image, decoded.found->class_index);
            });
        if (!left_out.empty())
            std::fprintf(stderr, "Left out: %s.\n", data::text_of(left_out).c_str());
        return;
    }
    const data::ArrayImages& arrays = *finding.arrays;
    for (int i = 0; i < arrays.count; ++i) {
        progress.throw_if_cancelled();
        const auto label = arrays.labels.empty() ? -1 : arrays.labels[static_cast<std::size_t>(i)];
        add_image(images, "image " + std::to_string(i + 1), chosen_image(arrays, i, choices),
                  label);
    }
}

void check_labels(const OwnImages& images, const model::ModelSpec& spec) {
    if (spec.classes == 0 || static_cast<int>(images.dataset.class_names.size()) == spec.classes)
        return;
    throw UsageError("The run's model is told labels of " + std::to_string(spec.classes) +
                     " classes, and the pictures are of " +
                     std::to_string(images.dataset.class_names.size()) +
                     ". Sort them into as many folders, named as the run's classes are.");
}

}  // namespace

void add_own_image_options(const Command& command, OwnImageOptions& options) {
    add_run_folder(command, options.run);
    add_path(command, "PATH", options.path,
             "A folder of pictures, an archive of them, or a file of arrays")
        .required()
        .type_name("PATH");
    add_count(command, "--noise-samples", options.noise_samples,
              "Draws of z for each image, for the bound", 1, kMostDraws)
        .default_text("1");
}

OwnImages own_images(const io::SavedRun& saved, const std::filesystem::path& path) {
    if (!run::has_encoder(saved.checkpoint.config))
        throw UsageError("The run has no encoder, which alone could place pictures of your own.");
    const data::Finding finding = look_with_bar(path, {});
    const data::Choices choices = choices_for(finding, saved);
    OwnImages images;
    images.dataset = like_images_of(saved);
    for (const data::FoundClass& each : finding.classes)
        images.dataset.class_names.push_back(each.name);
    run_with_bar<bool>([&](Progress& progress) {
        read_images(finding, choices, progress, images);
        return true;
    });
    if (images.names.empty()) throw Error("No picture in " + quoted(path) + " can be read.");
    check_labels(images, saved.checkpoint.spec);
    split_at_middle(images.dataset.held_out.pixels.own(), images.dataset.targets);
    return images;
}

std::vector<explore::PointDetail> details_of(const io::SavedRun& saved, const OwnImages& images,
                                             int noise_samples) {
    return run_with_bar<std::vector<explore::PointDetail>>([&](Progress& progress) {
        const auto model = model::make_model(saved.checkpoint.spec);
        std::vector<explore::PointDetail> details;
        const int count = images.dataset.held_out.count;
        for (int i = 0; i < count; ++i) {
            progress.throw_if_cancelled();
            progress.report(static_cast<double>(i) / count, "Encoding");
            details.push_back(explore::point_detail(*model, saved.checkpoint.parameters,
                                                    images.dataset, i, noise_samples,
                                                    saved.checkpoint.config.seed));
        }
        return details;
    });
}

}  // namespace elbow::commands

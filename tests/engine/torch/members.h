#pragma once

// Small models of every kind, and images for them.

#include <memory>
#include <string>
#include <vector>

#include "engine/estimator/estimator.h"
#include "engine/model/families.h"
#include "engine/model/model.h"
#include "engine/run/spec_of_run.h"
#include "tests/engine/fused/reference_vae.h"

namespace elbow::test {

using Options = std::vector<std::pair<const char*, const char*>>;

inline constexpr data::ImageShape kSmallImage{1, 8, 9};
inline constexpr int kSmallClasses = 3;

// Of two latents and few units; labels are told where the options say so.
inline model::ModelSpec small_spec(const Options& options, data::ImageShape image = kSmallImage) {
    RunConfig config;
    config.hidden = 7;
    for (const auto& [name, value] : options)
        set_option_from_text(config, *find_run_option(name), value);
    return spec_of(config, image, false, kSmallClasses);
}

// Each member of each family once, the other parts as usual, numbers of things small.
inline std::vector<model::ModelSpec> one_of_each() {
    std::vector<model::ModelSpec> specs;
    for (const model::Family& family : model::families()) {
        for (const model::MemberEntry& entry : family.members) {
            Options options{{family.name, entry.name.c_str()}};
            for (const model::MemberOption& option : entry.options) {
                const std::string_view name = option.name;
                if (name == "components" || name == "flow-steps")
                    options.push_back({option.name, "3"});
                if (name == "widths") options.push_back({option.name, "6,5"});
                if (name == "channels") options.push_back({option.name, "5,6"});
            }
            specs.push_back(small_spec(options));
        }
    }
    return specs;
}

inline std::string text_of(const model::ModelSpec& spec) {
    std::string text;
    for (const model::Family& family : model::families())
        text += (text.empty() ? "" : ", ") + model::text_of(spec.*family.part);
    return text;
}

// Images of any channels with labels, and random weights of a model for them.
struct ModelProblem {
    explicit ModelProblem(const model::ModelSpec& of, int images = 6, std::uint64_t seed = 3)
        : spec(of),
          parameters(model::initial_parameters(spec, "glorot", seed)),
          pixels(random_pixels(
              static_cast<std::size_t>(images) * static_cast<std::size_t>(spec.image.size()),
              seed)),
          noise(seed, "noise") {
        for (int i = 0; i < images; ++i) {
            indices.push_back(static_cast<std::uint32_t>(images - 1 - i));
            labels.push_back(static_cast<std::uint8_t>(i % kSmallClasses));
        }
        // Biases that are not zero, so that a forgotten one shows.
        const model::ParameterLayout layout(spec);
        for (const model::ParameterView& view : layout.views()) {
            if (view.start != model::Start::kBiases) continue;
            const auto block = std::span(parameters)
                                   .subspan(static_cast<std::size_t>(view.offset),
                                            static_cast<std::size_t>(view.size()));
            Stream(seed, "biases").normals(static_cast<std::uint64_t>(view.offset), block);
            for (float& bias : block) bias *= 0.2F;
        }
    }

    data::Batch batch() const {
        return {pixels.data(), spec.image.size(), 1.0F / 255.0F, indices, 0,
                nullptr,       labels.data()};
    }
    estimator::Minibatch minibatch() const { return {batch(), &noise, 1000}; }

    model::ModelSpec spec;
    std::vector<float> parameters;
    std::vector<std::uint8_t> pixels;
    std::vector<std::uint32_t> indices;
    std::vector<std::uint8_t> labels;
    Stream noise;
};

}  // namespace elbow::test

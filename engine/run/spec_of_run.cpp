#include "engine/run/spec_of_run.h"

#include <string_view>
#include <variant>

#include "engine/core/overloaded.h"
#include "engine/model/families.h"

namespace elbow {
namespace {

void take_option(const RunConfig& config, const char* name, model::Member& member) {
    const RunValue value = find_run_option(name)->value(config);
    member.options[name] = std::visit(
        Overloaded{[](std::int64_t whole) -> model::OptionValue { return static_cast<int>(whole); },
                   [](const auto& other) -> model::OptionValue { return other; }},
        value);
}

}  // namespace

std::string likelihood_of(const RunConfig& config, bool continuous) {
    if (config.likelihood != "auto") return config.likelihood;
    return continuous ? "gaussian" : "bernoulli";
}

model::ModelSpec spec_of(const RunConfig& config, const model::ImageShape& image, bool continuous,
                         int classes) {
    RunConfig resolved = config;
    resolved.likelihood = likelihood_of(config, continuous);
    model::ModelSpec spec;
    spec.image = image;
    spec.latents = config.latents;
    for (const model::Family& family : model::families()) {
        model::Member& member = spec.*family.part;
        member.name = std::get<std::string>(find_run_option(family.name)->value(resolved));
        const model::MemberEntry& entry = family.members.at(member.name);
        for (const model::MemberOption& option : entry.options)
            take_option(config, option.name, member);
        for (const char* shared : entry.shared) take_option(config, shared, member);
    }
    spec.classes = model::needs_labels(spec) ? classes : 0;
    return spec;
}

model::ModelSpec spec_of(const RunConfig& config, const data::Dataset& dataset) {
    return spec_of(config, dataset.shape(), dataset.continuous,
                   static_cast<int>(dataset.class_names.size()));
}

}  // namespace elbow

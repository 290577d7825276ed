#include "engine/fused/architecture.h"

#include <string>

#include "engine/core/error.h"

namespace elbow::fused {

Architecture::operator model::ModelSpec() const {
    const bool gaussian = likelihood == Likelihood::kGaussian;
    const char* const units = activation == Activation::kTanh ? "tanh" : "relu";
    model::ModelSpec spec;
    spec.image = {channels, height, width};
    spec.latents = latents;
    spec.network = {"paper", {{"hidden", hidden}, {"activation", units}}};
    spec.posterior = {"diagonal"};
    spec.prior = {"normal"};
    spec.condition = {"none"};
    spec.likelihood = {gaussian ? "gaussian" : "bernoulli"};
    if (gaussian) spec.likelihood.options["variance-floor"] = variance_floor ? "on" : "off";
    return spec;
}

std::optional<Architecture> kernel_form(const model::ModelSpec& spec) {
    if (spec.network.name != "paper") return std::nullopt;
    Architecture architecture{.height = spec.image.height,
                              .width = spec.image.width,
                              .hidden = spec.network.whole("hidden"),
                              .latents = spec.latents};
    architecture.channels = spec.image.channels;
    if (spec.network.text("activation") == "relu") architecture.activation = Activation::kRelu;
    if (spec.likelihood.name == "gaussian") {
        architecture.likelihood = Likelihood::kGaussian;
        architecture.variance_floor = spec.likelihood.is_on("variance-floor");
    }
    // Whatever else the spec says, the kernels know nothing of.
    if (model::ModelSpec(architecture) != spec) return std::nullopt;
    return architecture;
}

Architecture needed_kernel_form(const model::ModelSpec& spec) {
    if (const std::optional<Architecture> architecture = kernel_form(spec)) return *architecture;
    throw Error("Our own kernels compute the paper's network alone, and this is a " +
                spec.network.name + " network with a " + spec.posterior.name + " posterior and a " +
                spec.prior.name + " prior. Use --gradients autograd.");
}

model::Wanted wanted_for(const model::ModelSpec& spec) {
    if (kernel_form(spec)) return {"--gradients autograd", "use --gradients fused"};
    return {"This model", "train the paper's, which our own kernels compute"};
}

Offsets::Offsets(const Architecture& architecture) {
    const model::ParameterLayout layout(architecture);
    const auto at = [&](const char* name) { return layout.view(name).offset; };
    const bool gaussian = architecture.likelihood == Likelihood::kGaussian;
    encoder_hidden_weight = at("encoder.hidden.weight");
    encoder_hidden_bias = at("encoder.hidden.bias");
    encoder_heads_weight = at("encoder.mean.weight");
    encoder_heads_bias = at("encoder.mean.bias");
    decoder_hidden_weight = at("decoder.hidden.weight");
    decoder_hidden_bias = at("decoder.hidden.bias");
    decoder_outputs_weight = at(gaussian ? "decoder.mean.weight" : "decoder.logits.weight");
    decoder_outputs_bias = at(gaussian ? "decoder.mean.bias" : "decoder.logits.bias");
}

}  // namespace elbow::fused

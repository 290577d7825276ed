#pragma once

// The paper's networks (appendix C): one hidden layer in the encoder and in the decoder.

#include "engine/model/families.h"

namespace elbow::model {

struct PaperNetwork {
    static constexpr const char* kName = "paper";
    static MemberEntry entry() {
        return {kName,
                "One hidden layer",
                "The paper's: one hidden layer in the encoder and in the decoder.",
                {},
                {"hidden", "activation"}};
    }
    static void check(const ModelSpec&) {}

    static void declare_encoder(ParameterLayout& layout, const ModelSpec& spec,
                                const LayerParts& heads) {
        const int hidden = spec.network.whole("hidden");
        layout.add_linear("encoder.hidden", hidden, spec.image.size() + spec.classes);
        layout.add_linear_parts("encoder", heads, hidden);
    }
    static void declare_decoder(ParameterLayout& layout, const ModelSpec& spec,
                                const LayerParts& outputs) {
        const int hidden = spec.network.whole("hidden");
        layout.add_linear("decoder.hidden", hidden, spec.latents + spec.classes);
        layout.add_linear_parts("decoder", outputs, hidden);
    }

    // x [B, D], label [B, classes] -> heads [B, S]
    template <class Graph, class Tensor>
    static Tensor encode(const Graph& graph, const Tensor& x, const Tensor& label) {
        const Tensor sums = graph.linear(graph.joined(x, label), "encoder.hidden");
        return graph.encoder_heads(activated(graph, sums));
    }
    // z [B, N], label [B, classes] -> outputs [B, O]
    template <class Graph, class Tensor>
    static Tensor decode(const Graph& graph, const Tensor& z, const Tensor& label) {
        const Tensor sums = graph.linear(graph.joined(z, label), "decoder.hidden");
        return graph.decoder_outputs(activated(graph, sums));
    }

  private:
    template <class Graph, class Tensor>
    static Tensor activated(const Graph& graph, const Tensor& sums) {
        return graph.activated(sums, graph.spec().network.text("activation"));
    }
};

}  // namespace elbow::model

#pragma once

// Fully connected layers: those of the encoder in the order given, those of the decoder in the
// opposite one.

#include <algorithm>
#include <string>

#include "engine/model/families.h"
#include "engine/model/number_list.h"

namespace elbow::model {

struct MlpNetwork {
    static constexpr const char* kName = "mlp";
    static constexpr int kMostLayers = 8;
    static constexpr int kWidest = 10'000;

    static MemberEntry entry() {
        return {kName,
                "Multilayer perceptron",
                "Any number of hidden layers in the encoder, the same backwards in the decoder.",
                {{"widths", "Widths", "Units of each hidden layer of the encoder, the first first.",
                  std::string("200,200")},
                 {"layer-norm",
                  "Layer norm",
                  "Each layer's sums to mean 0 and variance 1.",
                  std::string("off"),
                  0,
                  0,
                  false,
                  {"on", "off"}},
                 {"residual",
                  "Residual",
                  "A layer adds to what it is given where both have a width.",
                  std::string("off"),
                  0,
                  0,
                  false,
                  {"on", "off"}}},
                {"activation"}};
    }
    static std::vector<int> widths(const ModelSpec& spec) {
        return number_list(spec.network, "widths", kMostLayers, kWidest);
    }
    static void check(const ModelSpec& spec) { widths(spec); }

    static void declare_encoder(ParameterLayout& layout, const ModelSpec& spec,
                                const LayerParts& heads) {
        const int last =
            declare(layout, spec, "encoder", widths(spec), spec.image.size() + spec.classes);
        layout.add_linear_parts("encoder", heads, last);
    }
    static void declare_decoder(ParameterLayout& layout, const ModelSpec& spec,
                                const LayerParts& outputs) {
        std::vector<int> backwards = widths(spec);
        std::reverse(backwards.begin(), backwards.end());
        const int last = declare(layout, spec, "decoder", backwards, spec.latents + spec.classes);
        layout.add_linear_parts("decoder", outputs, last);
    }

    // x [B, D], label [B, classes] -> heads [B, S]
    template <class Graph, class Tensor>
    static Tensor encode(const Graph& graph, const Tensor& x, const Tensor& label) {
        return graph.encoder_heads(through(graph, graph.joined(x, label), "encoder"));
    }
    // z [B, N], label [B, classes] -> outputs [B, O]
    template <class Graph, class Tensor>
    static Tensor decode(const Graph& graph, const Tensor& z, const Tensor& label) {
        return graph.decoder_outputs(through(graph, graph.joined(z, label), "decoder"));
    }

  private:
    static std::string layer_name(const char* whose, std::size_t number) {
        return std::string(whose) + ".layer" + std::to_string(number + 1);
    }

    // The width of the last layer.
    static int declare(ParameterLayout& layout, const ModelSpec& spec, const char* whose,
                       const std::vector<int>& sizes, int in) {
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            layout.add_linear(layer_name(whose, i), sizes[i], in);
            if (spec.network.is_on("layer-norm")) {
                layout.add(layer_name(whose, i) + ".gain", {sizes[i]}, Start::kOne);
                layout.add(layer_name(whose, i) + ".shift", {sizes[i]}, Start::kZero);
            }
            in = sizes[i];
        }
        return in;
    }

    template <class Graph, class Tensor>
    static Tensor through(const Graph& graph, Tensor values, const char* whose) {
        const Member& network = graph.spec().network;
        const std::size_t layers = widths(graph.spec()).size();
        for (std::size_t i = 0; i < layers; ++i) {
            const std::string name = layer_name(whose, i);
            Tensor sums = graph.linear(values, name);
            if (network.is_on("layer-norm")) sums = graph.normalised(sums, name);
            const Tensor next = graph.activated(sums, network.text("activation"));
            const bool adds = network.is_on("residual") && next.size(1) == values.size(1);
            values = adds ? values + next : next;
        }
        return values;
    }
};

}  // namespace elbow::model

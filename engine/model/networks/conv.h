#pragma once

// Convolutions of stride 2 down to the latents, transposed ones back up.

#include <string>

#include "engine/core/error.h"
#include "engine/model/families.h"
#include "engine/model/number_list.h"

namespace elbow::model {

struct ConvNetwork {
    static constexpr const char* kName = "conv";
    static constexpr int kMostLayers = 7;
    static constexpr int kMostChannels = 1024;

    static MemberEntry entry() {
        return {kName,
                "Convolutional",
                "Convolutions that halve the image, one a number of channels, and back.",
                {{"channels", "Channels",
                  "Channels of each convolution of the encoder, the first first; each halves the "
                  "image.",
                  std::string("32,64")}},
                {"activation"}};
    }
    static std::vector<int> channels(const ModelSpec& spec) {
        return number_list(spec.network, "channels", kMostLayers, kMostChannels);
    }
    static void check(const ModelSpec& spec) { check_depth(spec, channels(spec).size()); }

    // Throws UsageError where there are more halvings than the image has room for.
    static void check_depth(const ModelSpec& spec, std::size_t layers) {
        const int side = std::min(spec.image.height, spec.image.width);
        std::size_t most = 0;
        while (side >> (most + 1) >= 1) ++most;
        if (layers <= most) return;
        throw UsageError("--channels: " + std::to_string(layers) +
                         " convolutions that halve an image of " + text_of(spec.image) +
                         " would leave nothing of it. Give at most " + std::to_string(most) +
                         " numbers of channels.");
    }

    static void declare_encoder(ParameterLayout& layout, const ModelSpec& spec,
                                const LayerParts& heads) {
        const std::vector<int> sizes = channels(spec);
        int in = spec.image.channels;
        for (std::size_t i = 0; i < sizes.size(); in = sizes[i++])
            layout.add_convolution(layer_name("encoder", i), sizes[i], in, kKernel);
        layout.add_linear_parts("encoder", heads, flat_size(spec) + spec.classes);
    }
    static void declare_decoder(ParameterLayout& layout, const ModelSpec& spec,
                                const LayerParts& outputs) {
        const std::vector<int> sizes = channels(spec);
        layout.add_linear("decoder.spread", flat_size(spec), spec.latents + spec.classes);
        for (std::size_t i = sizes.size() - 1; i > 0; --i)
            layout.add_convolution(layer_name("decoder", i), sizes[i - 1], sizes[i], kKernel, true);
        const auto planes = static_cast<std::int64_t>(outputs.size()) * spec.image.channels;
        layout.add_convolution("decoder.picture", planes, sizes[0], kKernel, true,
                               {outputs.front().bias_for_mean, spec.image.channels});
    }

    // x [B, D], label [B, classes] -> heads [B, S]
    template <class Graph, class Tensor>
    static Tensor encode(const Graph& graph, const Tensor& x, const Tensor& label) {
        return encode(graph, x, label, [](const Tensor& values, std::size_t) { return values; });
    }
    // z [B, N], label [B, classes] -> outputs [B, O]
    template <class Graph, class Tensor>
    static Tensor decode(const Graph& graph, const Tensor& z, const Tensor& label) {
        return decode(graph, z, label, [](const Tensor& values, std::size_t) { return values; });
    }

    // The same with more(values, layer) at each size of the image, the largest having number 0.
    template <class Graph, class Tensor, class More>
    static Tensor encode(const Graph& graph, const Tensor& x, const Tensor& label,
                         const More& more) {
        const ModelSpec& spec = graph.spec();
        Tensor values = x.view({-1, spec.image.channels, spec.image.height, spec.image.width});
        for (std::size_t i = 0; i < channels(spec).size(); ++i) {
            values = more(
                graph.activated(graph.convolution(values, layer_name("encoder", i), 2, kPadding),
                                spec.network.text("activation")),
                i);
        }
        return graph.encoder_heads(graph.joined(values.flatten(1), label));
    }
    template <class Graph, class Tensor, class More>
    static Tensor decode(const Graph& graph, const Tensor& z, const Tensor& label,
                         const More& more) {
        const ModelSpec& spec = graph.spec();
        const std::string& activation = spec.network.text("activation");
        const std::vector<int> sizes = channels(spec);
        const std::size_t layers = sizes.size();
        Tensor values =
            graph.activated(graph.linear(graph.joined(z, label), "decoder.spread"), activation)
                .view({-1, sizes.back(), spec.image.height >> layers, spec.image.width >> layers});
        for (std::size_t i = layers - 1; i > 0; --i) {
            values = graph.activated(
                graph.transposed(more(values, i), layer_name("decoder", i), kPadding,
                                 spec.image.height >> i, spec.image.width >> i),
                activation);
        }
        values = more(values, 0);
        return graph
            .transposed(values, "decoder.picture", kPadding, spec.image.height, spec.image.width)
            .flatten(1);
    }

  private:
    // A kernel of 4 with a margin of 1 halves a side, rounded down.
    static constexpr int kKernel = 4;
    static constexpr int kPadding = 1;

    static std::string layer_name(const char* whose, std::size_t number) {
        return std::string(whose) + ".layer" + std::to_string(number + 1);
    }
    // What is left of an image at the bottom.
    static std::int64_t flat_size(const ModelSpec& spec) {
        const std::vector<int> sizes = channels(spec);
        return std::int64_t{sizes.back()} * (spec.image.height >> sizes.size()) *
               (spec.image.width >> sizes.size());
    }
};

}  // namespace elbow::model

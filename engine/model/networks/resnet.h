#pragma once

// Convolutions of stride 2 as in conv, each followed by residual blocks (He et al. 2016); and the
// same backwards.

#include <string>

#include "engine/model/families.h"
#include "engine/model/networks/conv.h"

namespace elbow::model {

struct ResnetNetwork {
    static constexpr const char* kName = "resnet";

    static MemberEntry entry() {
        MemberEntry entry = ConvNetwork::entry();
        entry.name = kName;
        entry.title = "Residual";
        entry.summary = "The convolutional network with residual blocks between its steps.";
        entry.options.push_back(
            {"blocks", "Blocks", "Residual blocks at each size of the image.", 1, 1, 8});
        return entry;
    }
    static void check(const ModelSpec& spec) { ConvNetwork::check(spec); }

    static void declare_encoder(ParameterLayout& layout, const ModelSpec& spec,
                                const LayerParts& heads) {
        declare_blocks(layout, spec, "encoder");
        ConvNetwork::declare_encoder(layout, spec, heads);
    }
    static void declare_decoder(ParameterLayout& layout, const ModelSpec& spec,
                                const LayerParts& outputs) {
        ConvNetwork::declare_decoder(layout, spec, outputs);
        declare_blocks(layout, spec, "decoder");
    }

    // x [B, D], label [B, classes] -> heads [B, S]
    template <class Graph, class Tensor>
    static Tensor encode(const Graph& graph, const Tensor& x, const Tensor& label) {
        return ConvNetwork::encode(graph, x, label, [&](const Tensor& values, std::size_t layer) {
            return through_blocks(graph, values, "encoder", layer);
        });
    }
    // z [B, N], label [B, classes] -> outputs [B, O]
    template <class Graph, class Tensor>
    static Tensor decode(const Graph& graph, const Tensor& z, const Tensor& label) {
        return ConvNetwork::decode(graph, z, label, [&](const Tensor& values, std::size_t layer) {
            return through_blocks(graph, values, "decoder", layer);
        });
    }

  private:
    // The two convolutions of a block at the size of a layer.
    static std::string name(const char* whose, std::size_t layer, int block, int half) {
        return std::string(whose) + ".block" + std::to_string(layer + 1) + "_" +
               std::to_string(block + 1) + (half == 0 ? "a" : "b");
    }
    static void declare_blocks(ParameterLayout& layout, const ModelSpec& spec, const char* whose) {
        const std::vector<int> sizes = ConvNetwork::channels(spec);
        for (std::size_t layer = 0; layer < sizes.size(); ++layer)
            for (int block = 0; block < spec.network.whole("blocks"); ++block)
                for (const int half : {0, 1})
                    layout.add_convolution(name(whose, layer, block, half), sizes[layer],
                                           sizes[layer], 3);
    }
    template <class Graph, class Tensor>
    static Tensor through_blocks(const Graph& graph, Tensor values, const char* whose,
                                 std::size_t layer) {
        const std::string& activation = graph.spec().network.text("activation");
        for (int block = 0; block < graph.spec().network.whole("blocks"); ++block) {
            const Tensor half = graph.activated(
                graph.convolution(values, name(whose, layer, block, 0), 1, 1), activation);
            values = graph.activated(
                values + graph.convolution(half, name(whose, layer, block, 1), 1, 1), activation);
        }
        return values;
    }
};

}  // namespace elbow::model

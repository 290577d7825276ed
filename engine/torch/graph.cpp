#include "engine/torch/graph.h"

#include <algorithm>
#include <mutex>

#include "engine/core/error.h"
#include "engine/model/families.h"
#include "engine/model/layout.h"
#include "engine/model/members.h"
#include "engine/torch/functions.h"

// Where LibTorch multiplies matrices with OpenBLAS, which has a thread pool of its own.
extern "C" __attribute__((weak)) void openblas_set_num_threads(int threads);
extern "C" __attribute__((weak)) void omp_set_num_threads(int threads);

namespace elbow::torch_models {
namespace {

constexpr const char* kHeads = "encoder.heads";
constexpr const char* kOutputs = "decoder.outputs";

// Where the parts of a last layer lie together: WHOSE.PART.weight becomes part of NAME.weight.
struct Together {
    std::string name, whose;
    model::LayerParts parts;

    bool holds(const std::string& view, const char* suffix) const {
        return std::any_of(parts.begin(), parts.end(), [&](const model::LayerPart& part) {
            return view == whose + "." + part.name + suffix;
        });
    }
};

// The stream's numbers for images that are drawn.
struct ImageNoise {
    const Graph& graph;
    const Stream& stream;
    std::uint64_t position;

    // Black and white pixels with these probabilities.
    Tensor bernoulli(const Tensor& mean) const {
        return (graph.thresholds(stream, position, mean.sizes().vec()) < mean).to(torch::kFloat32);
    }
    Tensor normal(const Tensor& like) const {
        return graph.normals(stream, position, like.sizes().vec());
    }
    Tensor uniform(const Tensor& like) const {
        return graph.uniforms(stream, position, like.sizes().vec());
    }
};

}  // namespace

// LibTorch's and OpenBLAS's numbers are the whole process's, and changing them while others compute
// is not safe; OpenMP's is each thread's own.
void compute_alone() {
    static std::once_flag once;
    std::call_once(once, [] {
        at::set_num_threads(1);
        if (openblas_set_num_threads != nullptr) openblas_set_num_threads(1);
    });
    if (omp_set_num_threads != nullptr) omp_set_num_threads(1);
}

GraphPlan::GraphPlan(const model::ModelSpec& of) : spec(of) {
    const std::vector<Together> last = {{kHeads, "encoder", model::encoder_parts(spec)},
                                        {kOutputs, "decoder", model::decoder_parts(spec)}};
    const auto add = [&](const std::string& name, std::int64_t offset,
                         std::vector<std::int64_t> shape) {
        by_name.emplace(name, leaves.size());
        leaves.push_back({offset, std::move(shape)});
    };
    const model::ParameterLayout layout(spec);
    size = layout.size();
    for (const model::ParameterView& view : layout.views()) {
        bool taken = false;
        for (const Together& layer : last) {
            for (const char* suffix : {".weight", ".bias"}) {
                if (!layer.holds(view.name, suffix)) continue;
                taken = true;
                if (view.name != layer.whose + "." + layer.parts.front().name + suffix) continue;
                std::vector<std::int64_t> shape = view.shape;
                shape[0] = model::size_of(layer.parts);
                add(layer.name + suffix, view.offset, std::move(shape));
            }
        }
        if (!taken) add(view.name, view.offset, view.shape);
    }
}

Graph::Graph(const GraphPlan& plan, std::span<const float> parameters, const torch::Device& device,
             bool differentiable)
    : plan_(plan), device_(device) {
    leaves_.reserve(plan.leaves.size());
    for (const GraphPlan::Leaf& leaf : plan.leaves) {
        auto* const values = const_cast<float*>(parameters.data() + leaf.offset);
        leaves_.push_back(torch::from_blob(values, leaf.shape, torch::kFloat32).to(device_));
        leaves_.back().requires_grad_(differentiable);
    }
}

Graph::Graph(const GraphPlan& plan, std::vector<Tensor> leaves, Tensor images)
    : plan_(plan),
      device_(images.device()),
      leaves_(std::move(leaves)),
      images_(std::move(images)),
      our_functions_(false) {}

bool Graph::by_our_functions(const Tensor& values) const {
    return our_functions_ && is_plain(values);
}

// A device reads it while the host goes on, which takes memory that stays in its place; LibTorch
// keeps that until it is read.
Tensor Graph::host_values(const std::vector<std::int64_t>& shape, torch::ScalarType type) const {
    return torch::empty(shape, torch::TensorOptions().dtype(type).pinned_memory(device_.is_cuda()));
}

Tensor Graph::on_device(const Tensor& host) const {
    return host.to(device_, host.scalar_type(), /*non_blocking=*/true);
}

const Tensor& Graph::operator()(const std::string& name) const {
    const auto found = plan_.by_name.find(name);
    if (found == plan_.by_name.end())
        throw Error("The model has no parameter called '" + name + "'.");
    return leaves_[found->second];
}

Tensor Graph::linear(const Tensor& x, const std::string& layer) const {
    const Tensor& weight = (*this)(layer + ".weight");
    const Tensor& bias = (*this)(layer + ".bias");
    return by_our_functions(x) ? affine(x, weight, bias) : torch::linear(x, weight, bias);
}

Tensor Graph::encoder_heads(const Tensor& features) const { return linear(features, kHeads); }
Tensor Graph::decoder_outputs(const Tensor& features) const { return linear(features, kOutputs); }

Tensor Graph::activated(const Tensor& sums, const std::string& activation) const {
    Tensor values;
    if (activation == "relu") values = torch::relu(sums);
    if (activation == "tanh") values = torch::tanh(sums);
    if (activation == "gelu") values = torch::gelu(sums);
    if (activation == "silu") values = torch::silu(sums);
    if (!values.defined()) throw Error("There is no activation called '" + activation + "'.");
    // Where values and gradient lie differently in memory, LibTorch takes one at a time.
    if (values.dim() == 4 && values.requires_grad()) {
        values.register_hook([layout = values.suggest_memory_format()](const Tensor& gradient) {
            return gradient.contiguous(layout);
        });
    }
    return values;
}

Tensor Graph::normalised(const Tensor& x, const std::string& layer) const {
    return torch::layer_norm(x, {x.size(1)}, (*this)(layer + ".gain"), (*this)(layer + ".shift"));
}

Tensor Graph::convolution(const Tensor& x, const std::string& layer, int stride,
                          int padding) const {
    return torch::conv2d(by_our_functions(x) ? channels_last(x) : x, (*this)(layer + ".weight"),
                         (*this)(layer + ".bias"), stride, padding);
}

Tensor Graph::transposed(const Tensor& x, const std::string& layer, int padding, int height,
                         int width) const {
    const Tensor& weight = (*this)(layer + ".weight");
    const Tensor& bias = (*this)(layer + ".bias");
    if (by_our_functions(x)) return transposed_convolution(x, weight, bias, padding, height, width);
    return torch::conv_transpose2d(x, weight, bias, 2, padding,
                                   beyond(x, weight, padding, height, width));
}

Tensor Graph::joined(const Tensor& x, const Tensor& label) const {
    return label.defined() ? torch::cat({x, label}, 1) : x;
}

Tensor Graph::encode(const Tensor& x, const Tensor& label) const {
    Tensor heads;
    model::with_member<model::Networks>(plan_.spec.network, [&](auto member) {
        heads = decltype(member)::encode(*this, x, label);
    });
    return heads;
}

Tensor Graph::decode(const Tensor& z, const Tensor& label) const {
    Tensor outputs;
    model::with_member<model::Networks>(plan_.spec.network, [&](auto member) {
        outputs = decltype(member)::decode(*this, z, label);
    });
    return outputs;
}

Tensor Graph::bernoulli_log_density(const Tensor& x, const Tensor& logits) const {
    if (by_our_functions(x) && is_plain(logits) && !x.requires_grad())
        return torch_models::bernoulli_log_density(x, logits);
    return (x * logits - model::softplus_of(logits)).sum(1);
}

std::pair<Tensor, Tensor> Graph::moments(const Tensor& heads) const {
    std::pair<Tensor, Tensor> result;
    model::with_member<model::PosteriorMembers>(plan_.spec.posterior, [&](auto member) {
        result = decltype(member)::moments(heads, plan_.spec);
    });
    return result;
}

std::pair<Tensor, Tensor> Graph::draw(const Tensor& heads, const Tensor& epsilon) const {
    std::pair<Tensor, Tensor> result;
    model::with_member<model::PosteriorMembers>(plan_.spec.posterior, [&](auto member) {
        result = decltype(member)::draw(heads, epsilon, plan_.spec);
    });
    return result;
}

Tensor Graph::log_posterior(const Tensor& heads, const Tensor& z) const {
    Tensor result;
    model::with_member<model::PosteriorMembers>(plan_.spec.posterior, [&](auto member) {
        if constexpr (decltype(member)::kHasDensity)
            result = decltype(member)::log_density(heads, z, plan_.spec);
    });
    if (result.defined()) return result;
    throw Error("A " + plan_.spec.posterior.name +
                " posterior has a density at its own draws alone.");
}

Tensor Graph::kl_per_latent(const Tensor& heads) const {
    Tensor result;
    model::with_member<model::PosteriorMembers>(plan_.spec.posterior, [&](auto member) {
        if constexpr (decltype(member)::kHasClosedKl)
            result = decltype(member)::kl_per_latent(heads, plan_.spec);
    });
    return result;
}

Tensor Graph::log_prior(const Tensor& z) const {
    Tensor result;
    model::with_member<model::Priors>(
        plan_.spec.prior, [&](auto member) { result = decltype(member)::log_density(*this, z); });
    return result;
}

Tensor Graph::sample_prior(const Tensor& epsilon, const Tensor& uniform) const {
    Tensor result;
    model::with_member<model::Priors>(plan_.spec.prior, [&](auto member) {
        result = decltype(member)::sample(*this, epsilon, uniform);
    });
    return result;
}

Tensor Graph::log_likelihood(const Tensor& x, const Tensor& outputs, const Tensor& known) const {
    Tensor result;
    model::with_member<model::Likelihoods>(plan_.spec.likelihood, [&](auto member) {
        if (!known.defined()) {
            result = decltype(member)::log_density(*this, x, outputs);
            return;
        }
        const Tensor densities = decltype(member)::log_densities(*this, x, outputs);
        result = torch::where(known, densities, torch::zeros_like(densities)).sum(1);
    });
    return result;
}

Tensor Graph::mean_image(const Tensor& outputs) const {
    Tensor result;
    model::with_member<model::Likelihoods>(plan_.spec.likelihood, [&](auto member) {
        result = decltype(member)::mean(*this, outputs);
    });
    return result;
}

Tensor Graph::draw_images(const Tensor& outputs, const Stream& stream,
                          std::uint64_t position) const {
    Tensor result;
    ImageNoise noise{*this, stream, position};
    model::with_member<model::Likelihoods>(plan_.spec.likelihood, [&](auto member) {
        result = decltype(member)::draw(*this, noise, outputs);
    });
    return result;
}

Tensor Graph::targets(const data::Batch& batch) const {
    if (images_.defined() && data::is_as_stored(batch)) {
        const Tensor rows = host_values({batch.rows()}, torch::kInt64);
        for (std::int64_t row = 0; row < batch.rows(); ++row)
            rows.data_ptr<std::int64_t>()[row] = batch.index(row);
        return images_.index_select(0, on_device(rows)).to(torch::kFloat32).mul_(batch.scale);
    }
    const Tensor x = host_values({batch.rows(), batch.dimensions});
    data::write_targets(batch, 0, batch.rows(), x.data_ptr<float>());
    return on_device(x);
}

Tensor Graph::known(const data::Batch& batch) const {
    if (batch.known == nullptr) return {};
    const Tensor values = host_values({batch.dimensions}, torch::kUInt8);
    std::copy_n(batch.known, batch.dimensions, values.data_ptr<std::uint8_t>());
    return on_device(values).to(torch::kBool);
}

Tensor Graph::labels(const data::Batch& batch) const {
    if (plan_.spec.classes == 0) return {};
    if (batch.labels == nullptr)
        throw Error("The model is told the label of each image, and these have none.");
    return one_hot(data::labels_of(batch));
}

Tensor Graph::one_hot(std::span<const std::uint8_t> labels) const {
    if (plan_.spec.classes == 0) return {};
    const auto rows = static_cast<std::int64_t>(labels.size());
    const Tensor result = host_values({rows, plan_.spec.classes}).zero_();
    float* const out = result.data_ptr<float>();
    for (std::int64_t row = 0; row < rows; ++row) {
        const int label = labels[static_cast<std::size_t>(row)];
        if (label >= plan_.spec.classes) {
            throw Error("An image has label number " + std::to_string(label) +
                        ", and the model knows " + std::to_string(plan_.spec.classes) +
                        ". Use the data set that it was trained on.");
        }
        out[row * plan_.spec.classes + label] = 1.0F;
    }
    return on_device(result);
}

Tensor Graph::normals(const Stream& stream, std::uint64_t position,
                      const std::vector<std::int64_t>& shape) const {
    const Tensor values = host_values(shape);
    stream.normals(position, {values.data_ptr<float>(), static_cast<std::size_t>(values.numel())});
    return on_device(values);
}

Tensor Graph::uniforms(const Stream& stream, std::uint64_t position,
                       const std::vector<std::int64_t>& shape) const {
    const Tensor values = host_values(shape);
    float* const out = values.data_ptr<float>();
    for (std::int64_t i = 0; i < values.numel(); ++i)
        out[i] = static_cast<float>(stream.uniform(position + static_cast<std::uint64_t>(i)));
    return on_device(values);
}

Tensor Graph::thresholds(const Stream& stream, std::uint64_t position,
                         const std::vector<std::int64_t>& shape) const {
    const Tensor values = host_values(shape);
    stream.thresholds(position,
                      {values.data_ptr<float>(), static_cast<std::size_t>(values.numel())});
    return on_device(values);
}

std::vector<Tensor> Graph::by_leaf(const Tensor& objective) const {
    return torch::autograd::grad({objective}, leaves_, {}, {}, false, true);
}

void Graph::differentiate(const Tensor& objective, std::span<float> gradients) const {
    const std::vector<Tensor> found = by_leaf(objective);
    for (std::size_t i = 0; i < found.size(); ++i) {
        float* const out = gradients.data() + plan_.leaves[i].offset;
        if (!found[i].defined()) {
            std::fill_n(out, leaves_[i].numel(), 0.0F);
            continue;
        }
        const Tensor gradient = found[i].to(torch::kCPU).contiguous();
        std::copy_n(gradient.data_ptr<float>(), gradient.numel(), out);
    }
}

}  // namespace elbow::torch_models

// The Model of any spec, by LibTorch: each call builds the graph over the parameters that it is
// given. As model::Model; computes on the calling thread alone.

#include "engine/model/model.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/estimator/image_rows.h"
#include "engine/model/families.h"
#include "engine/torch/failure.h"
#include "engine/torch/graph.h"

namespace elbow::torch_models {
namespace {

using model::Parameters;

constexpr std::size_t kModelPiece = 128;                      // images encoded at a time
constexpr std::size_t kPixelsAtOnce = 2 * 64 * 64 * 3;        // whose images take a few ms
constexpr std::size_t kMostAtOnce = 32;                       // images
constexpr std::uint64_t kUniforms = std::uint64_t{1} << 48U;  // where a stream's uniforms begin

template <class Value>
void copy_out(const Tensor& tensor, std::span<Value> out) {
    const auto type = std::is_same_v<Value, double> ? torch::kFloat64 : torch::kFloat32;
    if (out.empty()) return;  // not wanted
    const Tensor values = tensor.to(type).contiguous();
    if (values.numel() != static_cast<std::int64_t>(out.size())) {
        throw Error("The model puts out " + std::to_string(values.numel()) +
                    " values where there is room for " + std::to_string(out.size()) +
                    ": give it as much as its rows need.");
    }
    std::copy_n(values.data_ptr<Value>(), out.size(), out.begin());
}

Tensor matrix(std::span<const float> values, std::int64_t columns) {
    return torch::from_blob(const_cast<float*>(values.data()),
                            {static_cast<std::int64_t>(values.size()) / columns, columns},
                            torch::kFloat32);
}

class TorchModel final : public model::Model {
  public:
    explicit TorchModel(const model::ModelSpec& described)
        : Model(described),
          plan_(described),
          heads_(model::size_of(model::encoder_parts(described))),
          closed_kl_(model::has_closed_kl(described)) {}

    std::size_t rows_at_once() const override {
        return std::clamp(kPixelsAtOnce / dimensions(), std::size_t{1}, kMostAtOnce);
    }

    void encode(Parameters parameters, const data::Batch& batch, model::Posteriors& q) override {
        const auto n = static_cast<std::size_t>(latents());
        const auto s = static_cast<std::size_t>(heads_);
        const auto count = static_cast<std::size_t>(batch.rows());
        q.mean.resize(count * n);
        q.deviation.resize(count * n);
        q.heads.resize(count * s);
        compute(parameters, [&](const Graph& graph) {
            for (std::size_t first = 0; first < count; first += kModelPiece) {
                const std::size_t rows = std::min(kModelPiece, count - first);
                const data::Batch piece = data::part_of(batch, static_cast<std::int64_t>(first),
                                                        static_cast<std::int64_t>(rows));
                const Tensor heads = graph.encode(graph.targets(piece), graph.labels(piece));
                const auto [mean, deviation] = graph.moments(heads);
                copy_out(heads, std::span(q.heads).subspan(first * s, rows * s));
                copy_out(mean, std::span(q.mean).subspan(first * n, rows * n));
                copy_out(deviation, std::span(q.deviation).subspan(first * n, rows * n));
            }
        });
    }

    void draw(const model::Posteriors& q, std::span<const std::uint32_t> rows,
              std::span<const float> epsilon, std::span<float> z,
              std::span<double> log_q) override {
        const std::vector<float> picked =
            estimator::gather_rows(q.heads, static_cast<std::size_t>(heads_), rows);
        compute({}, [&](const Graph& graph) {
            const auto [drawn, density] =
                graph.draw(matrix(picked, heads_), matrix(epsilon, latents()).unsqueeze(1));
            copy_out(drawn, z);
            copy_out(density, log_q);
        });
    }

    bool kl_per_latent(const model::Posteriors& q, std::span<double> nats) override {
        if (!closed_kl_) return false;
        compute({}, [&](const Graph& graph) {
            copy_out(graph.kl_per_latent(matrix(q.heads, heads_).to(torch::kFloat64)), nats);
        });
        return true;
    }

    void decode(Parameters parameters, std::span<const float> z,
                std::span<const std::uint8_t> labels, std::span<float> decoded) override {
        compute(parameters, [&](const Graph& graph) {
            copy_out(graph.decode(matrix(z, latents()), graph.one_hot(labels)), decoded);
        });
    }

    void log_likelihood(Parameters parameters, const data::Batch& batch,
                        std::span<const float> decoded, std::span<double> nats) override {
        compute(parameters, [&](const Graph& graph) {
            const auto columns = static_cast<std::int64_t>(outputs());
            const auto used = decoded.first(static_cast<std::size_t>(batch.rows() * columns));
            copy_out(graph.log_likelihood(graph.targets(batch), matrix(used, columns),
                                          graph.known(batch)),
                     nats);
        });
    }

    void means(Parameters parameters, std::span<const float> decoded,
               std::span<float> images) override {
        compute(parameters, [&](const Graph& graph) {
            const auto columns = static_cast<std::int64_t>(outputs());
            const auto used = decoded.first(images.size() / dimensions() * outputs());
            copy_out(graph.mean_image(matrix(used, columns)), images);
        });
    }

    void pictures(Parameters parameters, std::span<const float> decoded,
                  std::span<std::uint8_t> images) override {
        compute(parameters, [&](const Graph& graph) {
            const auto columns = static_cast<std::int64_t>(outputs());
            const auto used = decoded.first(images.size() / dimensions() * outputs());
            const Tensor grey = (255.0 * graph.mean_image(matrix(used, columns)))
                                    .round()
                                    .clamp(0, 255)
                                    .to(torch::kUInt8)
                                    .contiguous();
            std::copy_n(grey.data_ptr<std::uint8_t>(), images.size(), images.begin());
        });
    }

    void log_prior(Parameters parameters, std::span<const float> z, std::span<double> nats,
                   std::span<float> dz) override {
        differentiable(parameters, z, nats, dz,
                       [](const Graph& graph, const Tensor& at) { return graph.log_prior(at); });
    }

    void sample_prior(Parameters parameters, const Stream& stream, std::uint64_t first,
                      std::span<float> z) override {
        const auto n = static_cast<std::int64_t>(latents());
        const auto rows = static_cast<std::int64_t>(z.size()) / n;
        compute(parameters, [&](const Graph& graph) {
            const Tensor epsilon =
                graph.normals(stream, first * static_cast<std::uint64_t>(n), {rows, n});
            const Tensor uniform = graph.uniforms(stream, kUniforms + first, {rows});
            copy_out(graph.sample_prior(epsilon, uniform), z);
        });
    }

    void log_joint(Parameters parameters, const data::Batch& batch, std::span<const float> z,
                   std::span<double> nats, std::span<float> dz) override {
        differentiable(parameters, z, nats, dz, [&](const Graph& graph, const Tensor& at) {
            const Tensor decoded = graph.decode(at, graph.labels(batch));
            return graph.log_likelihood(graph.targets(batch), decoded, graph.known(batch)) +
                   graph.log_prior(at);
        });
    }

  private:
    // Empty parameters: for what needs none.
    template <class Work>
    void compute(Parameters parameters, const Work& work) {
        compute_alone();
        const torch::NoGradGuard no_gradient;
        or_error("compute the model", [&] {
            work(parameters.empty() ? Graph(plan_) : Graph(plan_, parameters, torch::kCPU, false));
        });
    }

    // nats [R] of z [R, N] and, where it is wanted, their slope.
    template <class Density>
    void differentiable(Parameters parameters, std::span<const float> z, std::span<double> nats,
                        std::span<float> dz, const Density& density) {
        compute_alone();
        or_error("compute the model", [&] {
            const torch::AutoGradMode mode(!dz.empty());
            const Graph graph(plan_, parameters, torch::kCPU, false);
            const Tensor at = matrix(z, latents()).clone().requires_grad_(!dz.empty());
            const Tensor value = density(graph, at);
            copy_out(value.detach(), nats);
            if (dz.empty()) return;
            copy_out(torch::autograd::grad({value.sum()}, {at})[0], dz);
        });
    }

    const GraphPlan plan_;
    const std::int64_t heads_;  // S
    const bool closed_kl_;
};

}  // namespace
}  // namespace elbow::torch_models

// What the program looks up in the module. The caller owns the result.
extern "C" elbow::model::Model* elbow_make_torch_model(const elbow::model::ModelSpec* spec) {
    return new elbow::torch_models::TorchModel(*spec);
}

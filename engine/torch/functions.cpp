#include "engine/torch/functions.h"

#include <torch/csrc/autograd/custom_function.h>

#include "engine/fused/kernels.h"
#include "engine/fused/matrix.h"

namespace elbow::torch_models {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr auto kChannelsLast = torch::MemoryFormat::ChannelsLast;
// Below it, oneDNN's way back to them is slower than LibTorch's matrix product that is scattered.
constexpr std::int64_t kFewChannels = 4;

class Affine : public torch::autograd::Function<Affine> {
  public:
    static Tensor forward(AutogradContext* context, const Tensor& given, const Tensor& weight,
                          const Tensor& bias) {
        const Tensor x = given.contiguous();
        context->save_for_backward({x, weight});
        const std::int64_t rows = x.size(0);
        const std::int64_t in = x.size(1);
        const std::int64_t out = weight.size(0);
        Tensor y = torch::empty({rows, out});
        fused::multiply_nt(rows, out, in, x.data_ptr<float>(), in, weight.data_ptr<float>(), in,
                           y.data_ptr<float>(), out);
        fused::add_bias(bias.data_ptr<float>(), rows, out, y.data_ptr<float>());
        return y;
    }

    static variable_list backward(AutogradContext* context, const variable_list& of_result) {
        const variable_list saved = context->get_saved_variables();
        const Tensor gradient = of_result[0].contiguous();
        const std::int64_t rows = gradient.size(0);
        const std::int64_t out = gradient.size(1);
        const std::int64_t in = saved[0].size(1);
        const float* const g = gradient.data_ptr<float>();
        Tensor of_x, of_weight, of_bias;
        if (context->needs_input_grad(0)) {
            of_x = torch::empty({rows, in});
            fused::multiply_nn(rows, in, out, g, out, saved[1].data_ptr<float>(), in,
                               of_x.data_ptr<float>(), in);
        }
        if (context->needs_input_grad(1)) {
            of_weight = torch::empty({out, in});
            fused::multiply_tn(out, in, rows, g, out, saved[0].data_ptr<float>(), in,
                               of_weight.data_ptr<float>(), in);
        }
        if (context->needs_input_grad(2)) {
            of_bias = torch::empty({out});
            fused::column_sums(g, rows, out, out, of_bias.data_ptr<float>());
        }
        return {of_x, of_weight, of_bias};
    }
};

// A convolution of stride 2 from `large` to `small`, with whichever of its gradients is wanted: by
// `large` and by its weight.
std::pair<Tensor, Tensor> convolution_gradients(const Tensor& small, const Tensor& large,
                                                const Tensor& weight, std::int64_t padding,
                                                bool by_large, bool by_weight) {
    const auto [of_large, of_weight, unused] =
        at::convolution_backward(small, large, weight, c10::nullopt, {2, 2}, {padding, padding},
                                 {1, 1}, false, {0, 0}, 1, {by_large, by_weight, false});
    static_cast<void>(unused);
    return {of_large, of_weight};
}

class TransposedConvolution : public torch::autograd::Function<TransposedConvolution> {
  public:
    static Tensor forward(AutogradContext* context, const Tensor& given, const Tensor& weight,
                          const Tensor& bias, std::int64_t padding, std::int64_t height,
                          std::int64_t width) {
        const Tensor x = channels_last(given);
        context->save_for_backward({x, weight});
        context->saved_data["padding"] = padding;
        if (weight.size(1) < kFewChannels) {
            return torch::conv_transpose2d(x, weight, bias, 2, padding,
                                           beyond(x, weight, padding, height, width));
        }
        const Tensor shape = torch::empty({x.size(0), weight.size(1), height, width},
                                          torch::TensorOptions().memory_format(kChannelsLast));
        return convolution_gradients(x, shape, weight, padding, true, false)
            .first.add_(bias.view({1, -1, 1, 1}));
    }

    static variable_list backward(AutogradContext* context, const variable_list& of_result) {
        const variable_list saved = context->get_saved_variables();
        const std::int64_t padding = context->saved_data["padding"].toInt();
        const Tensor gradient = channels_last(of_result[0]);
        Tensor of_x, of_weight, of_bias;
        if (context->needs_input_grad(0)) of_x = torch::conv2d(gradient, saved[1], {}, 2, padding);
        if (context->needs_input_grad(1)) {
            of_weight =
                convolution_gradients(saved[0], gradient, saved[1], padding, false, true).second;
        }
        if (context->needs_input_grad(2)) of_bias = gradient.sum({0, 2, 3});
        return {of_x, of_weight, of_bias, {}, {}, {}};
    }
};

class BernoulliLogDensity : public torch::autograd::Function<BernoulliLogDensity> {
  public:
    static Tensor forward(AutogradContext* context, const Tensor& given, const Tensor& logits) {
        const Tensor x = given.contiguous();
        const std::int64_t rows = x.size(0);
        const std::int64_t n = x.size(1);
        const Tensor no_bias = torch::zeros({n});
        Tensor slope = logits.contiguous().clone();  // by the logits, in their place
        Tensor nats = torch::empty({rows});
        for (std::int64_t row = 0; row < rows; ++row) {
            nats.data_ptr<float>()[row] = static_cast<float>(fused::bernoulli_row_with_gradient(
                x.data_ptr<float>() + row * n, no_bias.data_ptr<float>(), 1.0F, n,
                slope.data_ptr<float>() + row * n));
        }
        context->save_for_backward({slope});
        return nats;
    }

    static variable_list backward(AutogradContext* context, const variable_list& of_result) {
        return {{}, context->get_saved_variables()[0] * of_result[0].unsqueeze(1)};
    }
};

}  // namespace

bool is_plain(const Tensor& values) {
    return values.is_cpu() && values.scalar_type() == torch::kFloat32;
}

// Of one channel, LibTorch takes either layout for both, unless the strides say which.
Tensor channels_last(const Tensor& images) {
    if (images.size(1) > 1 || images.requires_grad()) return images.contiguous(kChannelsLast);
    const std::int64_t width = images.size(3);
    return images.contiguous().as_strided(images.sizes(), {images.size(2) * width, 1, width, 1});
}

std::vector<std::int64_t> beyond(const Tensor& x, const Tensor& weight, std::int64_t padding,
                                 std::int64_t height, std::int64_t width) {
    const auto side = [&](std::int64_t from, std::int64_t to) {
        return to - ((from - 1) * 2 - 2 * padding + weight.size(2));
    };
    return {side(x.size(2), height), side(x.size(3), width)};
}

Tensor affine(const Tensor& x, const Tensor& weight, const Tensor& bias) {
    return Affine::apply(x, weight, bias);
}

Tensor transposed_convolution(const Tensor& x, const Tensor& weight, const Tensor& bias,
                              std::int64_t padding, std::int64_t height, std::int64_t width) {
    return TransposedConvolution::apply(x, weight, bias, padding, height, width);
}

Tensor bernoulli_log_density(const Tensor& x, const Tensor& logits) {
    return BernoulliLogDensity::apply(x, logits);
}

}  // namespace elbow::torch_models

#include "engine/fused/bfloat16.h"

#include <algorithm>
#include <bit>
#include <map>
#include <oneapi/dnnl/dnnl.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/clones.h"
#include "engine/core/error.h"

namespace elbow::fused {
namespace {

using Bits = std::vector<std::uint16_t, AlignedAllocator<std::uint16_t>>;
using Type = dnnl::memory::data_type;

// To the nearest, and of two equally near to the even one; a NaN stays one.
ELBOW_CLONES void round_row(const float* __restrict values, std::int64_t count,
                            std::uint16_t* __restrict rounded) {
    for (std::int64_t i = 0; i < count; ++i) {
        const std::uint32_t bits = std::bit_cast<std::uint32_t>(values[i]);
        const std::uint32_t nearest = (bits + 0x7FFFU + ((bits >> 16U) & 1U)) >> 16U;
        const bool is_nan = (bits & 0x7FFFFFFFU) > 0x7F800000U;
        rounded[i] = static_cast<std::uint16_t>(is_nan ? (bits >> 16U) | 0x40U : nearest);
    }
}

void round_rows(const float* values, std::int64_t rows, std::int64_t columns, std::int64_t stride,
                Bits& rounded) {
    rounded.resize(static_cast<std::size_t>(rows * columns));
    for (std::int64_t row = 0; row < rows; ++row)
        round_row(values + row * stride, columns, rounded.data() + row * columns);
}

const dnnl::engine& processor() {
    static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    return engine;
}

struct Shape {
    bool a_transposed, b_transposed;
    std::int64_t m, n, k;
    auto operator<=>(const Shape&) const = default;
};

// oneDNN's code for products of one shape, made once: that takes longer than a product.
class ShapedProduct {
  public:
    explicit ShapedProduct(const Shape& shape)
        : ShapedProduct(
              {{shape.m, shape.k}, Type::bf16, strides(shape.a_transposed, shape.m, shape.k)},
              {{shape.k, shape.n}, Type::bf16, strides(shape.b_transposed, shape.k, shape.n)},
              {{shape.m, shape.n}, Type::f32, strides(false, shape.m, shape.n)}) {}

    void run(std::uint16_t* a, std::uint16_t* b, float* c) {
        a_.set_data_handle(a);
        b_.set_data_handle(b);
        c_.set_data_handle(c);
        code_.execute(stream_, arguments_);
        stream_.wait();
    }

  private:
    using Description = dnnl::memory::desc;
    using Details = dnnl::matmul::primitive_desc;

    // Of a matrix [rows, columns] that lies in memory without gaps, transposed or not.
    static dnnl::memory::dims strides(bool transposed, std::int64_t rows, std::int64_t columns) {
        if (transposed) return {1, rows};
        return {columns, 1};
    }

    static Details details(const Description& a, const Description& b, const Description& c) {
#if DNNL_VERSION_MAJOR >= 3
        return {processor(), a, b, c};
#else
        return {{a, b, c}, processor()};
#endif
    }

    ShapedProduct(const Description& a, const Description& b, const Description& c)
        : code_(details(a, b, c)),
          stream_(processor()),
          a_(a, processor(), nullptr),
          b_(b, processor(), nullptr),
          c_(c, processor(), nullptr),
          arguments_{{DNNL_ARG_SRC, a_}, {DNNL_ARG_WEIGHTS, b_}, {DNNL_ARG_DST, c_}} {}

    dnnl::matmul code_;
    dnnl::stream stream_;
    dnnl::memory a_, b_, c_;
    std::unordered_map<int, dnnl::memory> arguments_;
};

// What a thread has made: the eleven or fourteen shapes of a step, and those of other minibatches.
class Products {
  public:
    // Where C has gaps between its rows, it is made without them first: oneDNN sums in another
    // order where it has, and the weights would depend on how a product is shared out.
    void multiply(const Shape& shape, float* c, std::int64_t ldc) {
        if (ldc == shape.n) return of_shape(shape).run(a.data(), b.data(), c);
        c_.resize(static_cast<std::size_t>(shape.m * shape.n));
        of_shape(shape).run(a.data(), b.data(), c_.data());
        for (std::int64_t row = 0; row < shape.m; ++row)
            std::copy_n(c_.data() + row * shape.n, shape.n, c + row * ldc);
    }
    Bits a, b;  // the factors, rounded

  private:
    ShapedProduct& of_shape(const Shape& shape) {
        if (made_.size() >= kMost && made_.find(shape) == made_.end()) made_.clear();
        return made_.try_emplace(shape, shape).first->second;
    }

    static constexpr std::size_t kMost = 64;
    std::map<Shape, ShapedProduct> made_;
    AlignedFloats c_;
};

}  // namespace

bool has_bfloat16_products() {
    return (dnnl_get_effective_cpu_isa() & dnnl_cpu_isa_avx512_core_bf16) ==
           dnnl_cpu_isa_avx512_core_bf16;
}

void multiply_bfloat16(char transpose_a, char transpose_b, std::int64_t m, std::int64_t n,
                       std::int64_t k, const float* a, std::int64_t lda, const float* b,
                       std::int64_t ldb, float* c, std::int64_t ldc) {
    static thread_local Products products;
    const bool a_transposed = transpose_a == 'T';
    const bool b_transposed = transpose_b == 'T';
    round_rows(a, a_transposed ? k : m, a_transposed ? m : k, lda, products.a);
    round_rows(b, b_transposed ? n : k, b_transposed ? k : n, ldb, products.b);
    try {
        products.multiply({a_transposed, b_transposed, m, n, k}, c, ldc);
    } catch (const dnnl::error& failure) {
        throw Error(std::string("oneDNN refused a matrix product of bfloat16 factors (") +
                    failure.what() + "). Use --gradients fused.");
    }
}

}  // namespace elbow::fused

#include "engine/fused/rounded_products.h"

#include "engine/fused/bfloat16.h"
#include "engine/fused/float16.h"

namespace elbow::fused {

const std::array<RoundedProducts, 2>& rounded_products() {
    static constexpr std::array<RoundedProducts, 2> kAll{{
        {"bfloat16", Precision::kBfloat16, "AVX-512 BF16", has_bfloat16_products, multiply_bfloat16,
         0, true},
        {"float16", Precision::kFloat16, "AVX-512 FP16", has_float16_products, multiply_float16, 64,
         false},
    }};
    return kAll;
}

const RoundedProducts* find_rounded_products(const std::string& gradients) {
    for (const RoundedProducts& each : rounded_products())
        if (gradients == each.name) return &each;
    return nullptr;
}

const RoundedProducts* find_rounded_products(Precision precision) {
    for (const RoundedProducts& each : rounded_products())
        if (precision == each.precision) return &each;
    return nullptr;
}

Precision precision_of(const std::string& gradients) {
    const RoundedProducts* products = find_rounded_products(gradients);
    return products != nullptr ? products->precision : Precision::kFloat32;
}

Precision precision_for(Precision wanted, std::int64_t width) {
    const RoundedProducts* products = find_rounded_products(wanted);
    return products != nullptr && width < products->least_width ? Precision::kFloat32 : wanted;
}

bool wants_sparse_products(Precision precision) {
    const RoundedProducts* products = find_rounded_products(precision);
    return products == nullptr || !products->beat_sparse;
}

}  // namespace elbow::fused

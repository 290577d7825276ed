#pragma once

// Densities in a tensor's own words, for the members of the families: templates, so that this
// program needs no LibTorch to know the members, and LibTorch's module makes them compute.

#include "engine/model/gaussian.h"

namespace elbow::model {

// -2 log N(z; mean, e^v) of each value, v the log variance; in nats.
template <class Tensor>
Tensor normal_terms(const Tensor& z, const Tensor& mean, const Tensor& v) {
    return kLog2Pi + v + (z - mean).square() * (-v).exp();
}

// log N(z; mean, e^v), summed over the last dimension; in nats.
template <class Tensor>
Tensor log_normal(const Tensor& z, const Tensor& mean, const Tensor& v) {
    return -0.5 * normal_terms(z, mean, v).sum(-1);
}

// The same for mean 0 and variance 1.
template <class Tensor>
Tensor log_standard_normal(const Tensor& z) {
    return -0.5 * (kLog2Pi + z.square()).sum(-1);
}

// log(1 + e^t)
template <class Tensor>
Tensor softplus_of(const Tensor& t) {
    return -log_sigmoid(-t);  // found where the tensor is at home
}

}  // namespace elbow::model

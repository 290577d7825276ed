#pragma once

// One update of Adam (Kingma & Ba 2015, algorithm 1), for the optimiser of the weights and for all
// that climbs beside it. Each moment moves towards its new value by a fixed fraction: one
// multiplication and one addition, which are fused in the same way wherever a range is cut, so that
// any split of the work gives the same bits.

#include <cmath>

namespace elbow::optim {

// Constants of a type, so that a loop keeps its wide registers.
struct AdamDecays {
    static constexpr double kFirst = 0.9;
    static constexpr double kSecond = 0.999;
    static constexpr float kEpsilon = 1e-8F;  // outside the square root
};

// The corrections of the t-th update for moments that started at zero.
struct AdamRates {
    float rate;             // step size / (1 - first^t)
    float root_correction;  // 1 / sqrt(1 - second^t)
};
template <class Decays = AdamDecays>
AdamRates adam_rates(double step_size, double t) {
    return {static_cast<float>(step_size / (1.0 - std::pow(Decays::kFirst, t))),
            static_cast<float>(1.0 / std::sqrt(1.0 - std::pow(Decays::kSecond, t)))};
}

// Moves the moments; what the step is divided by.
template <class Decays = AdamDecays>
inline __attribute__((always_inline)) float adam_spread(float gradient, const AdamRates rates,
                                                        float& first, float& second) {
    first += static_cast<float>(1.0 - Decays::kFirst) * (gradient - first);
    second += static_cast<float>(1.0 - Decays::kSecond) * (gradient * gradient - second);
    return std::sqrt(second) * rates.root_correction + Decays::kEpsilon;
}

// Moves the moments; how far the value is to move.
template <class Decays = AdamDecays>
inline __attribute__((always_inline)) float adam_move(float gradient, const AdamRates rates,
                                                      float& first, float& second) {
    const float spread = adam_spread<Decays>(gradient, rates, first, second);
    return rates.rate * first / spread;
}

// What takes the place of AdamRates::rate in NAdam (Dozat 2016), with a momentum that is always the
// same: step size times first / (1 - first^(t + 1)) and (1 - first) / (1 - first^t).
struct NadamShares {
    float mean;    // of the gradient's mean
    float newest;  // of the newest gradient
};
inline NadamShares nadam_shares(double step_size, double t) {
    constexpr double kFirst = AdamDecays::kFirst;
    return {static_cast<float>(step_size * kFirst / (1.0 - std::pow(kFirst, t + 1.0))),
            static_cast<float>(step_size * (1.0 - kFirst) / (1.0 - std::pow(kFirst, t)))};
}

}  // namespace elbow::optim

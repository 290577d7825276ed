#pragma once

// Sums over two vectors of equal length, in double. Pure functions.

#include <cstddef>
#include <span>

namespace elbow::explore {

inline double dot(std::span<const float> a, std::span<const float> b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += double{a[i]} * b[i];
    return sum;
}

inline double squared_distance(std::span<const float> a, std::span<const float> b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double difference = double{a[i]} - b[i];
        sum += difference * difference;
    }
    return sum;
}

}  // namespace elbow::explore

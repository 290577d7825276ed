#pragma once

// log(e^a + e^b + ...) of terms that arrive one by one, without overflow.

#include <cmath>
#include <limits>

namespace elbow {

class LogSumExp {
  public:
    // -infinity adds nothing; NaN makes the value NaN.
    void add(double term) {
        if (term > largest_) {
            scaled_ = scaled_ * std::exp(largest_ - term) + 1.0;
            largest_ = term;
        } else if (term != -std::numeric_limits<double>::infinity()) {
            scaled_ += std::exp(term - largest_);
        }
    }
    double value() const { return largest_ + std::log(scaled_); }

  private:
    double largest_ = -std::numeric_limits<double>::infinity();
    double scaled_ = 0.0;  // the sum times e^-largest
};

}  // namespace elbow

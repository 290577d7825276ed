#pragma once

// The numbers of images before it is known which is black and which is white: their range says so
// once all are there. Used by one thread.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/progress.h"
#include "engine/data/sources/arrays/number_sink.h"

namespace elbow::data {

struct GreyValues {
    std::vector<std::uint8_t> values;  // 0 black to 255 white
    bool continuous = false;           // as ArrayImages::continuous
    std::vector<std::string> notes;
};

class GreyNumbers final : public NumberSink {
  public:
    void expect(std::size_t count) override;
    void append(std::span<const double>) override;
    void append(std::span<const std::uint8_t>) override;

    std::size_t size() const { return exact() ? bytes_.size() : numbers_.size(); }
    // Where the first NaN or infinity stands among all.
    std::optional<std::size_t> not_finite() const { return not_finite_; }

    // What they are as grey values. Once; all are finite. Numbers from 0 to 1 or from -1 to 1 are
    // stretched from black to white. Throws Error that names `shown_as` where they are in neither
    // range and not in 0 to 255; Cancelled.
    GreyValues finish(const std::string& shown_as, const Progress&);

  private:
    bool exact() const { return numbers_.empty(); }
    void leave_bytes();

    std::vector<std::uint8_t> bytes_;  // as long as all are whole numbers from 0 to 255
    std::vector<float> numbers_;       // from then on
    double lowest_ = 255.0, highest_ = 0.0;
    std::optional<std::size_t> not_finite_;
};

}  // namespace elbow::data

#pragma once

// Where the numbers of a file go, whatever they are stored as. Used by one thread.

#include <cstdint>
#include <span>
#include <vector>

namespace elbow::data {

class NumberSink {
  public:
    NumberSink() = default;
    virtual ~NumberSink() = default;
    NumberSink(const NumberSink&) = delete;
    NumberSink& operator=(const NumberSink&) = delete;

    // So many more will come; said where the file can hold them. Takes no memory before they come.
    virtual void expect(std::size_t count) = 0;
    virtual void append(std::span<const double>) = 0;
    virtual void append(std::span<const std::uint8_t>) = 0;
};

// Keeps them as they are: for labels and what else is known of an image.
class PlainNumbers final : public NumberSink {
  public:
    void expect(std::size_t count) override { values.reserve(values.size() + count); }
    void append(std::span<const double> more) override {
        values.insert(values.end(), more.begin(), more.end());
    }
    void append(std::span<const std::uint8_t> more) override {
        values.insert(values.end(), more.begin(), more.end());
    }
    std::vector<double> values;
};

}  // namespace elbow::data

#pragma once

// A gzip file (RFC 1952) unpacked from front to back, no further than asked for: one member or
// several behind each other, and nothing else behind them. Used by one thread.

#include <cstdint>
#include <memory>
#include <span>

#include "engine/core/file.h"

namespace elbow::data {

class Gunzip {
  public:
    // `packed` outlives it and is read by nobody else.
    explicit Gunzip(InputFile& packed);
    ~Gunzip();
    Gunzip(const Gunzip&) = delete;
    Gunzip& operator=(const Gunzip&) = delete;

    // Fills `out` up to the end of the content and returns how many bytes it read. Only asking for
    // a byte beyond the end makes sure that length and checksum were compared. Throws Error where
    // the file is cut off, damaged or followed by something else.
    std::size_t read(std::span<std::uint8_t> out);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace elbow::data

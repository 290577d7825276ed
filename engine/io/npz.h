#pragma once

// numpy's format for several arrays: a zip, not compressed, of a file .npy each, as np.savez()
// writes it and np.load() reads it. Pure functions, for any thread.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace elbow::io {

class NpzFile {
  public:
    using Shape = std::vector<std::int64_t>;

    // Under a name of its own; row-major, as many values as the shape says. Throw Error where they
    // are not, or where the file would have 4 GiB or more, which such a zip cannot have.
    void add(const std::string& name, const Shape&, std::span<const float>);         // float32
    void add(const std::string& name, const Shape&, std::span<const std::int32_t>);  // int32
    void add(const std::string& name, const Shape&, std::span<const std::uint8_t>);  // uint8
    // Texts, [count]: of the dtype <U, as long as the longest.
    void add(const std::string& name, const std::vector<std::string>&);

    // The bytes of the file. Once.
    std::string finish();

  private:
    void add(const std::string& name, const std::string& dtype, const Shape&,
             std::string_view bytes, std::size_t bytes_of_value);

    std::string bytes_;      // of what was added
    std::string directory_;  // its entries
    int count_ = 0;
};

}  // namespace elbow::io

#pragma once

// Products of the encoder's first layer with images most of whose pixels are zero, as four fifths
// of MNIST's are: over the other pixels alone. These are listed once, image by image and pixel by
// pixel, and weights are copied into tiles that stay in a core's L1 cache. Sums are in float32 and
// do not depend on how the products are shared out. Used by one thread or by a team.

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/core/team.h"

namespace elbow::fused {

// Whether this processor has registers of 16 floats, without which dense products are faster.
bool has_sparse_products();

// A pixel that is not zero: its value, and its number in an image's list, or the image's in the
// list of a pixel.
struct Listed {
    float value;
    std::uint32_t index;
};

class SparseInputs {
  public:
    explicit SparseInputs(std::int64_t dimensions);

    // A minibatch of so many images begins; until they are listed, dense products are the faster
    // ones.
    void begin(std::int64_t rows);
    // Lists these rows of the inputs [B, D], in the place of what was listed of them before.
    void list_rows(const float* inputs, const Share& rows);
    // Whether these products are faster than dense ones; once all rows are listed, and the same for
    // every member of a team.
    bool is_faster() const;
    // This member's part of the pixels' lists, once all rows are listed.
    void list_pixels(int member, int team_size);

    // hidden [rows, units] = inputs [rows, D] weights [units, D]^T, all of them parts of matrices
    // with all rows and the h hidden units.
    void multiply(const float* weights, const Share& rows, const Share& units, std::int64_t h,
                  float* hidden) const;
    // gradient [units, D] = hidden_gradient [B, units]^T inputs [B, D], once all pixels are listed.
    void weight_gradient(const float* hidden_gradient, const Share& units, std::int64_t h,
                         float* gradient) const;

  private:
    using Memory = std::unique_ptr<Listed[]>;  // touched only where something is listed

    std::int64_t d_, groups_;  // D; pixels are worked on in groups
    std::int64_t rows_ = 0;    // none where these products are not wanted
    std::int64_t reserved_ = 0;
    Memory of_rows_;                           // [B, groups, pixels of a group]
    Memory of_pixels_;                         // [D, B]
    std::vector<std::uint32_t> row_counts_;    // [B, groups]
    std::vector<std::uint32_t> pixel_counts_;  // [D]
};

}  // namespace elbow::fused

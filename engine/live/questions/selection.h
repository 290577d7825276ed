#pragma once

// The mean of the images that were selected, and what the decoder makes of the mean of their codes.

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/live/question.h"

namespace elbow::live {

struct SelectionQuery {
    std::vector<int> images;  // held-out ones, in rising order
    int label = 0;            // that the decoder is told, where it is told one
    bool operator==(const SelectionQuery&) const = default;
};

struct SelectionView final : View {
    SelectionQuery query;
    std::vector<std::uint8_t> mean_image;  // [D]; empty: there was no image
    std::vector<float> code;               // [N]; empty: the codes are not known yet
    std::vector<std::uint8_t> decoded;     // [D] from the code
};

std::unique_ptr<Question> make_selection_question();

}  // namespace elbow::live

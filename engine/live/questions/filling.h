#pragma once

// The part of an image of one's own that is not known, filled in (explore/filling.h). It goes on by
// itself, with the weights that it was begun with, for as long as it is asked for.

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/explore/filling.h"
#include "engine/live/question.h"

namespace elbow::live {

struct FillingQuery {
    std::vector<std::uint8_t> image;    // [D]
    std::vector<std::uint8_t> unknown;  // [H * W], not 0: to be filled in
    explore::FillingMethod method = explore::FillingMethod::kOnePass;
    int label = 0;             // that the model is told, where it is told one
    std::uint64_t number = 0;  // another one begins anew
    bool operator==(const FillingQuery&) const = default;
};

struct FillingView final : View {
    FillingQuery query;
    explore::FilledImage filled;
};

std::unique_ptr<Question> make_filling_question();

}  // namespace elbow::live

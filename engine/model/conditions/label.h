#pragma once

// Encoder and decoder are told the image's label: q(z|x, y) and p(x|z, y) (Sohn et al. 2015).

#include "engine/model/families.h"

namespace elbow::model {

struct LabelCondition {
    static constexpr const char* kName = "label";
    static MemberEntry entry() {
        return {kName, "Label", "Encoder and decoder are told the image's label."};
    }
    static constexpr bool kNeedsLabels = true;
};

}  // namespace elbow::model

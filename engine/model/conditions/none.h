#pragma once

// Encoder and decoder see the image alone.

#include "engine/model/families.h"

namespace elbow::model {

struct NoCondition {
    static constexpr const char* kName = "none";
    static MemberEntry entry() { return {kName, "None", "The image alone."}; }
    static constexpr bool kNeedsLabels = false;
};

}  // namespace elbow::model

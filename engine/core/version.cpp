#include "engine/core/version.h"

namespace elbow {

const char* version() { return ELBOW_VERSION; }
const char* torch_version() { return ELBOW_TORCH_VERSION; }
bool torch_has_cuda() { return ELBOW_TORCH_CUDA != 0; }

}  // namespace elbow

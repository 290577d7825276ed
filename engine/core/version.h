#pragma once

// The program's own version and that of the LibTorch it was built against, without loading
// LibTorch.

namespace elbow {

const char* version();
const char* torch_version();
bool torch_has_cuda();

}  // namespace elbow

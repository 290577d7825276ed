#pragma once

// LibTorch's module: a library of its own that is opened on demand, because loading LibTorch takes
// longer than opening the window. Any thread.

#include <string>

namespace elbow::model {

// Who wants the module, and what to do instead, for messages: {"--gradients autograd", "use
// --gradients fused"}.
struct Wanted {
    std::string by, instead;
};

// The module's function of that name. Throws Error where the module cannot be opened, or has no
// such function. Program and module have to be of one build, which makes both.
void* find_in_torch_module(const char* function, const Wanted&);

}  // namespace elbow::model

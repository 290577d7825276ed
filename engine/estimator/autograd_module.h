#pragma once

// LibTorch's module: a library of its own that is opened on demand, because loading LibTorch takes
// longer than opening the window. Any thread.

namespace elbow::estimator {

// The module's function of that name. Throws Error where the module cannot be opened, or has no
// such function. Program and module have to be of one build, which makes both.
void* find_in_autograd_module(const char* function);

}  // namespace elbow::estimator

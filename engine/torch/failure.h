#pragma once

// LibTorch's own errors as the program's.

#include <c10/util/Exception.h>

#include <string>

#include "engine/core/error.h"

namespace elbow::torch_models {

template <class Work>
void or_error(const char* what, const Work& work) {
    try {
        work();
    } catch (const c10::Error& error) {
        throw Error(std::string("LibTorch could not ") + what + ": " +
                    error.what_without_backtrace());
    }
}

}  // namespace elbow::torch_models

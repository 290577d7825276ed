#pragma once

// Whether the device that a run asks for can be had. Our own kernels compute on the CPU; on a
// graphics card LibTorch does, where it was built with CUDA. Any thread.

#include <string>

namespace elbow::estimator {

// `device` is one of the choices of --device. Throws UsageError where it cannot be had, and says
// why. LibTorch is loaded only where the answer needs it: for "cuda", with a LibTorch that has it.
void check_device(const std::string& device);

// What is wrong with "cuda", and what to do; empty where nothing is. `devices`: those found.
std::string why_no_cuda(bool built_with_cuda, int devices);

}  // namespace elbow::estimator

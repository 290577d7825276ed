#include "engine/estimator/device.h"

#include "engine/core/error.h"
#include "engine/core/version.h"
#include "engine/model/torch_module.h"

namespace elbow::estimator {
namespace {

int count_cuda_devices() {
    using Count = int (*)();
    return reinterpret_cast<Count>(model::find_in_torch_module(
        "elbow_count_cuda_devices", {"--device cuda", "leave --device out"}))();
}

}  // namespace

std::string why_no_cuda(bool built_with_cuda, int devices) {
    if (!built_with_cuda) {
        return std::string("--device cuda: this program was built against a LibTorch (") +
               torch_version() +
               ") without CUDA. Leave --device out to train on the CPU, or build against a "
               "LibTorch with CUDA (its folder in CMAKE_PREFIX_PATH).";
    }
    if (devices > 0) return {};
    return "--device cuda: LibTorch has CUDA, but finds no device. Leave --device out to train on "
           "the CPU, or see whether nvidia-smi lists a graphics card and CUDA_VISIBLE_DEVICES "
           "does not hide it.";
}

void check_device(const std::string& device) {
    if (device != "cuda") return;
    const std::string why =
        why_no_cuda(torch_has_cuda(), torch_has_cuda() ? count_cuda_devices() : 0);
    if (!why.empty()) throw UsageError(why);
}

}  // namespace elbow::estimator

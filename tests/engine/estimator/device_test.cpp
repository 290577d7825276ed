#include "engine/estimator/device.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/core/error.h"
#include "engine/core/version.h"

namespace elbow::estimator {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Device, WhyThereIsNoCudaIsSaidWithTheRemedy) {
    EXPECT_THAT(
        why_no_cuda(false, 0),
        AllOf(HasSubstr("--device cuda"), HasSubstr("without CUDA"), HasSubstr(torch_version()),
              HasSubstr("Leave --device out"), HasSubstr("CMAKE_PREFIX_PATH")));
    EXPECT_THAT(why_no_cuda(true, 0),
                AllOf(HasSubstr("--device cuda"), HasSubstr("finds no device"),
                      HasSubstr("Leave --device out"), Not(HasSubstr("without CUDA"))));
    EXPECT_EQ(why_no_cuda(true, 1), "");
}

TEST(Device, TheProcessorIsAlwaysThere) {
    EXPECT_NO_THROW(check_device("auto"));
    EXPECT_NO_THROW(check_device("cpu"));
}

TEST(Device, CudaIsRefusedWhereLibTorchHasNone) {
    if (torch_has_cuda()) GTEST_SKIP() << "this LibTorch has CUDA";
    EXPECT_THROW(check_device("cuda"), UsageError);
}

}  // namespace
}  // namespace elbow::estimator

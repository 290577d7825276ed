#include "engine/core/hexadecimal.h"

#include <gtest/gtest.h>

namespace elbow {
namespace {

TEST(Hexadecimal, ReadsBackAsTheSameBytes) {
    std::vector<std::uint8_t> every(256);
    for (std::size_t i = 0; i < every.size(); ++i) every[i] = static_cast<std::uint8_t>(i);
    EXPECT_EQ(hexadecimal(std::vector<std::uint8_t>{0, 10, 255}), "000aff");
    EXPECT_EQ(bytes_of_hexadecimal(hexadecimal(every)), every);
    EXPECT_EQ(bytes_of_hexadecimal(""), std::vector<std::uint8_t>());
    for (const char* other : {"0", "0g", "0A", " 0", "000"})
        EXPECT_FALSE(bytes_of_hexadecimal(other)) << other;
}

}  // namespace
}  // namespace elbow

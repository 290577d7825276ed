#include "engine/data/base64.h"

#include <gtest/gtest.h>

#include <vector>

namespace elbow::data {
namespace {

std::string of_text(const std::string& text) {
    return base64({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

TEST(Base64, IsThatOfTheStandard) {  // RFC 4648, section 10
    EXPECT_EQ(of_text(""), "");
    EXPECT_EQ(of_text("f"), "Zg==");
    EXPECT_EQ(of_text("fo"), "Zm8=");
    EXPECT_EQ(of_text("foo"), "Zm9v");
    EXPECT_EQ(of_text("foob"), "Zm9vYg==");
    EXPECT_EQ(of_text("fooba"), "Zm9vYmE=");
    EXPECT_EQ(of_text("foobar"), "Zm9vYmFy");
}

TEST(Base64, IsOnePieceHoweverLongItIs) {
    const std::string text = of_text(std::string(100'001, 'o') + "f");
    EXPECT_EQ(text.size(), 100'002U / 3 * 4);
    EXPECT_EQ(text.find_first_of("=\n"), std::string::npos);
    EXPECT_EQ(text.substr(0, 8), "b29vb29v");
    EXPECT_EQ(text.substr(text.size() - 4), "b29m");
    EXPECT_EQ(text.substr(16380, 8), "b29vb29v") << "where two pieces meet";
}

}  // namespace
}  // namespace elbow::data

#include "engine/io/image_columns.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/error.h"

namespace elbow::io {
namespace {

ImageColumns parse(const std::string& text) { return parse_image_columns(text, 3, "own.csv"); }

// What is said of a table that is refused.
std::string refusal_of(const std::string& text) {
    try {
        parse(text);
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

TEST(ImageColumns, AreTheColumnsOfNumbersInTheOrderOfTheImages) {
    const ImageColumns read = parse("age;name;height\n20;\"Ada; L.\";1,5\n30;Bo;1,75\n\n;Cy;nan\n");
    ASSERT_EQ(read.columns.size(), 2u);
    EXPECT_EQ(read.columns[0].name, "age");
    EXPECT_EQ(read.columns[0].held_out[1], 30.0f);
    EXPECT_TRUE(std::isnan(read.columns[0].held_out[2])) << "an empty cell";
    EXPECT_EQ(read.columns[1].held_out[0], 1.5f) << "a decimal comma";
    EXPECT_TRUE(std::isnan(read.columns[1].held_out[2]));
    EXPECT_EQ(read.left_out, std::vector<std::string>{"name"});
}

TEST(ImageColumns, TakeCommasWithinQuotesForText) {
    const ImageColumns read = parse("name,age\n\"Lovelace, Ada\",36\nBo,1\nCy,2\n");
    ASSERT_EQ(read.columns.size(), 1u);
    EXPECT_EQ(read.columns[0].held_out[0], 36.0f);
}

TEST(ImageColumns, BelongToTheImagesThatAColumnNames) {
    const ImageColumns read = parse("age,image\n20,2\n30,0\n");
    ASSERT_EQ(read.columns.size(), 1u);
    EXPECT_EQ(read.columns[0].held_out[0], 30.0f);
    EXPECT_TRUE(std::isnan(read.columns[0].held_out[1])) << "no line is of it";
    EXPECT_EQ(read.columns[0].held_out[2], 20.0f);
}

TEST(ImageColumns, SayWhatDoesNotFit) {
    EXPECT_NE(refusal_of("age\n1\n2\n").find("lines for 2 images"), std::string::npos);
    EXPECT_NE(refusal_of("age\n1\n2\n").find("the 3 held-out images"), std::string::npos);
    EXPECT_NE(refusal_of("").find("no line"), std::string::npos);
    EXPECT_NE(refusal_of("age\n").find("no line"), std::string::npos);
    EXPECT_NE(refusal_of("age,b\n1,2\n3\n4,5\n").find("1 cells in row 2"), std::string::npos);
    EXPECT_NE(refusal_of("age,image\n1,3\n").find("from 0 to 2"), std::string::npos);
    EXPECT_NE(refusal_of("age,image\n1,0.5\n").find("'0.5'"), std::string::npos);
    EXPECT_NE(refusal_of("age,image\n1,0\n2,0\n").find("two lines for image 0"), std::string::npos);
    EXPECT_NE(refusal_of("age,age\n1,2\n3,4\n5,6\n").find("two columns 'age'"), std::string::npos);
    EXPECT_NE(refusal_of("name\na\nb\nc\n").find("no column of numbers"), std::string::npos);
}

}  // namespace
}  // namespace elbow::io

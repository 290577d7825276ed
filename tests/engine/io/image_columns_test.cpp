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
    ASSERT_EQ(read.classes.size(), 1u) << "the names are words";
    EXPECT_EQ(read.classes[0].classes.front(), "Ada; L.");
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
}

TEST(ImageColumns, OfWordsAreClassesInAlphabeticalOrder) {
    const ImageColumns read = parse("mood,image\nsad,2\nglad,0\n");
    EXPECT_TRUE(read.columns.empty());
    ASSERT_EQ(read.classes.size(), 1u);
    EXPECT_EQ(read.classes[0].name, "mood");
    EXPECT_EQ(read.classes[0].classes, (std::vector<std::string>{"glad", "sad", "empty"}));
    EXPECT_EQ(read.classes[0].held_out, (std::vector<std::uint8_t>{0, 2, 1}))
        << "no line is of the second image";
    const ImageColumns all = parse("mood\nglad\nempty\nglad\n");
    EXPECT_EQ(all.classes[0].classes, (std::vector<std::string>{"glad", "empty"}));
    EXPECT_EQ(all.classes[0].held_out, (std::vector<std::uint8_t>{0, 1, 0}));
    const ImageColumns mixed = parse("age\n20\nold\n30\n");
    EXPECT_EQ(mixed.classes[0].classes, (std::vector<std::string>{"20", "30", "old"}))
        << "not of numbers alone";
}

// A table of so many images, each with a word of its own.
std::string own_words(std::size_t count) {
    std::string text = "word,age\n";
    for (std::size_t i = 0; i < count; ++i) text += "w" + std::to_string(i) + ",1\n";
    return text;
}

TEST(ImageColumns, OfTooManyWordsAreLeftOutWithTheirNumber) {
    const auto read = [](std::size_t count) {
        return parse_image_columns(own_words(count), static_cast<int>(count), "own.csv");
    };
    EXPECT_EQ(read(kMostColumnClasses).classes.size(), 1u);
    const ImageColumns more = read(kMostColumnClasses + 1);
    EXPECT_TRUE(more.classes.empty());
    ASSERT_EQ(more.left_out.size(), 1u);
    EXPECT_EQ(more.left_out[0].name, "word");
    EXPECT_EQ(more.left_out[0].words, kMostColumnClasses + 1);
    EXPECT_EQ(more.columns.size(), 1u);
    std::string text = "word\n";
    for (int i = 0; i < 40; ++i) text += "w" + std::to_string(i) + "\n";
    try {
        parse_image_columns(text, 40, "own.csv");
        FAIL() << "it was read";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("at most 32 different words; 'word' has 40"),
                  std::string::npos)
            << error.what();
    }
}

}  // namespace
}  // namespace elbow::io

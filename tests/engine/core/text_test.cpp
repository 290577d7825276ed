#include "engine/core/text.h"

#include <gtest/gtest.h>

#include <limits>

namespace elbow {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(Text, NumbersOfAnySizeAreShort) {
    EXPECT_EQ(nats_text(-104.368), "-104.37");
    EXPECT_EQ(nats_text(0.0), "0.00");
    EXPECT_EQ(nats_text(-123456.789), "-123456.79");
    EXPECT_EQ(nats_text(-1303486536454284032.0), "-1.3e18");
    EXPECT_EQ(nats_text(-2.8e20), "-2.8e20");
    EXPECT_EQ(nats_text(1e9), "1e9");
    EXPECT_EQ(nats_text(-1.7e308), "-1.7e308");
    EXPECT_EQ(decimal_text(-104.368, 1), "-104.4");
    EXPECT_EQ(decimal_text(3.0, 0), "3");
    for (const double none : {kNan, kInfinity, -kInfinity}) {
        EXPECT_EQ(nats_text(none), "\u2013");
        EXPECT_EQ(short_text(none), "\u2013");
        EXPECT_EQ(duration_text(none), "\u2013");
    }
}

TEST(Text, CountsHaveThreeDigitsAndALetter) {
    EXPECT_EQ(short_text(0), "0");
    EXPECT_EQ(short_text(999), "999");
    EXPECT_EQ(short_text(1234), "1.23 k");
    EXPECT_EQ(short_text(9999), "10.0 k");
    EXPECT_EQ(short_text(999999), "1.00 M");
    EXPECT_EQ(short_text(0.00123), "1.2e-3");
    EXPECT_EQ(short_text(1e-7), "1e-7");
    EXPECT_EQ(short_text(5e12), "5e12");
}

TEST(Text, DurationsAreInTheUnitsOfAPerson) {
    EXPECT_EQ(duration_text(0.0), "0.0 s");
    EXPECT_EQ(duration_text(-1.0), "0.0 s");
    EXPECT_EQ(duration_text(0.84), "0.8 s");
    EXPECT_EQ(duration_text(9.97), "10 s");
    EXPECT_EQ(duration_text(59.4), "59 s");
    EXPECT_EQ(duration_text(59.6), "1 min 00 s");
    EXPECT_EQ(duration_text(200.0), "3 min 20 s");
    EXPECT_EQ(duration_text(3599.6), "1 h 00 min");
    EXPECT_EQ(duration_text(7505.0), "2 h 05 min");
    EXPECT_EQ(duration_text(1e300), "277777777 h 46 min");
}

TEST(Text, SizesAreDecimalAndHaveTwoDigits) {
    EXPECT_EQ(bytes_text(0), "0.0 MB");
    EXPECT_EQ(bytes_text(1'640'000), "1.6 MB");
    EXPECT_EQ(bytes_text(640'000'000), "640 MB");
    EXPECT_EQ(bytes_text(1'600'000'000), "1.6 GB");
    EXPECT_EQ(bytes_text(std::numeric_limits<std::uint64_t>::max()), "18446744074 GB");
}

TEST(Text, ExactNumbersReadBackEqual) {
    for (const double value :
         {1e-3, 0.1, 1.0 / 3.0, 2.5e-7, 0.020000000000000004, 9007199254740991.0})
        EXPECT_EQ(read_number(exact_text(value)), value);
}

TEST(ReadNumber, TakesBlanksAroundAndASign) {
    for (const char* text : {"2.5", " 2.5", "2.5\t", "\n 2.5 \r\n", "+2.5", " +25e-1 "})
        EXPECT_EQ(read_number(text), 2.5) << text;
    EXPECT_EQ(read_number("-1e3 "), -1000.0);
}

TEST(ReadNumber, TakesNoWholeNumberForItsNeighbour) {
    EXPECT_EQ(read_number("9007199254740992"), 9007199254740992.0);  // 2^53
    EXPECT_FALSE(read_number("9007199254740993"));
    EXPECT_EQ(read_number("9007199254740994"), 9007199254740994.0);
    EXPECT_FALSE(read_number("18446744073709551615"));  // as a double 2^64
    EXPECT_EQ(read_number("1e300"), 1e300);
}

TEST(ReadNumber, TakesNothingElse) {
    for (const char* text : {"", " ", "+", "-", "+-2", "++2", "two", "2x", "0x10", "1,000", "1 000",
                             "2.5.", "nan", "inf", "-inf", "1e400", "1e", "\xC2\xA0\x32"})
        EXPECT_FALSE(read_number(text)) << text;
}

TEST(IsUtf8, KnowsEveryFormThatIsNone) {
    for (const char* text :
         {"", "plain", "caf\xC3\xA9", "\xE2\x80\x93", "\xF0\x9F\x98\x80", "\xED\x9F\xBF",
          "\xF4\x8F\xBF\xBF", "\xE0\xA0\x80", "\xF0\x90\x80\x80"})
        EXPECT_TRUE(is_utf8(text)) << text;
    for (const char* text :
         {"caf\xE9", "\x80", "\xC3", "\xC3(", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xE2\x82",
          "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"})
        EXPECT_FALSE(is_utf8(text)) << text;
}

TEST(Characters, AreOneEachHoweverManyBytesTheyTake) {
    EXPECT_EQ(characters("1\xE2\x80\x89\x30 caf\xC3\xA9 \xF0\x9F\x98\x80"),
              U"1\u20090 caf\u00E9 \U0001F600");
    EXPECT_EQ(characters("\xE9t\xC3"), U"\uFFFDt\uFFFD");
    EXPECT_EQ(characters(""), U"");
}

}  // namespace
}  // namespace elbow

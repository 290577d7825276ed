#include "engine/io/plain_table.h"

#include <gtest/gtest.h>

namespace elbow::io {
namespace {

constexpr const char* kPlain = "samples,seconds,test_bound\n0,0,-543.25\n100000,2.5,nan\n";

TEST(PlainTable, LeavesWhatElbowWrites) { EXPECT_EQ(plain_table(kPlain), kPlain); }

TEST(PlainTable, IsTheSameWhateverASpreadsheetMadeOfIt) {
    for (const char* saved : {
             "\xEF\xBB\xBFsamples,seconds,test_bound\r\n0,0,-543.25\r\n100000,2.5,nan\r\n",
             "samples;seconds;test_bound\r\n0;0;-543,25\r\n100000;2,5;nan\r\n",
             "samples\tseconds\ttest_bound\n0\t0\t-543,25\n100000\t2,5\tnan",
             R"("samples","seconds","test_bound"
"0","0","-543.25"
"100000","2.5","nan"
)",
             "samples, seconds, test_bound\n0, 0, -543.25\n,,\n\n100000, 2.5, nan\n,,\n",
         }) {
        EXPECT_EQ(plain_table(saved), kPlain) << saved;
    }
}

TEST(PlainTable, TakesQuotesAndEndsOfLinesWithinQuotes) {
    EXPECT_EQ(plain_table("a,\"b \"\"c\"\"\"\n"), "a,b \"c\"\n");
    EXPECT_EQ(plain_table("a;b\n\"c\nd\";e"), "a,b\nc\nd,e\n");
    EXPECT_EQ(plain_table(""), "");
    EXPECT_EQ(plain_table("\""), "");
}

}  // namespace
}  // namespace elbow::io

#include "engine/core/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/core/error.h"

namespace elbow {
namespace {

using ::testing::HasSubstr;

std::string again(const std::string& text) { return json_text(parse_json(text).value()); }

TEST(Json, IsWrittenAsItWasRead) {
    for (const char* text :
         {"null", "true", "false", "0", "-1", "18446744073709551615", "-9223372036854775808", "0.5",
          "10.0", "1e+300", R"("")", R"("a \"word\"\n\t\\ ä")", "[]", "{}", "[[],{}]",
          R"({"z":1,"a":[1,-2,3.5,null,true,"b"],"m":{"y":{},"x":[[]]}})"}) {
        EXPECT_EQ(again(text), text);
    }
}

TEST(Json, KeepsEveryBitOfItsNumbers) {
    for (const double number : {0.1 + 0.2, 1.0 / 3.0, 5e-324, -1.7976931348623157e308}) {
        const Json read = parse_json(json_text(Json::Array{number})).value();
        EXPECT_EQ(read.array().at(0).number(), number);
    }
    const std::int64_t least = std::numeric_limits<std::int64_t>::min();
    EXPECT_EQ(parse_json(json_text(Json(least))).value().whole(), least);
}

TEST(Json, IsMadeOfWhatTheProgramHas) {
    Json json;
    json["text"] = "a";
    json["numbers"] = Json::list_of(std::vector<float>{0.5f, 2.0f});
    json["inner"] = Json::Object{{"yes", true}, {"count", 3}, {"below", -3}, {"many", 7U}};
    json["text"] = std::string("b");
    json["inner"]["no"] = Json();
    json["inner"].erase("count");
    EXPECT_EQ(
        json_text(json),
        R"({"text":"b","numbers":[0.5,2.0],"inner":{"yes":true,"below":-3,"many":7,"no":null}})");
    EXPECT_EQ(json_text(Json::Object{{"a", Json::Array{1, 2}}}, 2),
              "{\n  \"a\": [\n    1,\n    2\n  ]\n}");
}

// JSON has no such numbers and no such texts, and what is written has to be readable.
TEST(Json, IsWrittenWhateverItHolds) {
    EXPECT_EQ(json_text(Json(std::nan(""))), "null");
    EXPECT_EQ(json_text(Json(-std::numeric_limits<double>::infinity())), "null");
    EXPECT_EQ(json_text(Json("caf\xE9")), "\"caf\xEF\xBF\xBD\"");
}

TEST(Json, IsOfOneKind) {
    const Json whole(5), below(-5), real(5.0), text("5"), yes(true);
    EXPECT_TRUE(whole.is_number_unsigned() && whole.is_number_integer() && whole.is_number());
    EXPECT_TRUE(!below.is_number_unsigned() && below.is_number_integer() && below.is_number());
    EXPECT_TRUE(!real.is_number_integer() && real.is_number());
    EXPECT_TRUE(text.is_string() && !text.is_number());
    EXPECT_TRUE(yes.is_boolean() && !yes.is_number());
    EXPECT_EQ(whole.number() + below.number(), 0.0);
    for (const Json& each : {whole, below, real, text, yes, Json()}) {
        EXPECT_THROW(each.array(), Error);
        EXPECT_THROW(each.object(), Error);
        EXPECT_THROW(each.at("key"), Error);
        EXPECT_EQ(each.find("key"), nullptr);
    }
    EXPECT_THROW(text.number(), Error);
    EXPECT_THROW(real.whole(), Error);
    EXPECT_THROW(below.natural(), Error);
    EXPECT_THROW(whole.string(), Error);
    EXPECT_THROW(whole.boolean(), Error);
}

TEST(Json, SaysWhichEntryIsMissing) {
    try {
        const Json empty = Json::Object();
        empty.at("figures");
        FAIL() << "was found";
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("'figures'"));
    }
}

TEST(Json, RefusesWhatElbowNeverWrites) {
    for (const std::string& text :
         {std::string(), std::string("{"), std::string("[1,]"), std::string("1 2"),
          std::string("nan"), std::string("1e999"), std::string("\"\xFF\""),
          std::string(17, '[') + std::string(17, ']')}) {
        EXPECT_FALSE(parse_json(text)) << text;
    }
    EXPECT_TRUE(parse_json(std::string(16, '[') + std::string(16, ']')));
    std::string large = "{\"0\":0";
    for (int i = 1; i < 10'000; ++i) large += ",\"" + std::to_string(i) + "\":0";
    EXPECT_TRUE(parse_json(large + "}"));
    EXPECT_FALSE(parse_json(large + ",\"more\":0}"));
}

TEST(Json, SaysWhichEntryIsThereTwice) {
    std::string repeated;
    EXPECT_FALSE(parse_json(R"({"a":{"x":1},"b":{"x":1,"y":2,"x":3}})", &repeated));
    EXPECT_EQ(repeated, "x");
    EXPECT_TRUE(parse_json(R"([{"x":1},{"x":1}])", &repeated));
    EXPECT_EQ(repeated, "");
}

}  // namespace
}  // namespace elbow

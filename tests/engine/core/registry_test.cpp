#include "engine/core/registry.h"

#include <gtest/gtest.h>

namespace elbow {
namespace {

struct Entry {
    std::string name;
    int value;
};

TEST(Registry, KeepsTheOrderAndFindsByName) {
    const Registry<Entry> list("toy", {{"b", 1}, {"a", 2}});
    EXPECT_EQ(list.names(), "b, a");
    EXPECT_EQ(list.at("a").value, 2);
    ASSERT_NE(list.find("b"), nullptr);
    EXPECT_EQ(list.find("c"), nullptr);
    EXPECT_EQ(list.begin()->name, "b");
}

TEST(Registry, TwoEntriesOfOneNameThrow) {
    EXPECT_THROW(Registry<Entry>("toy", {{"a", 1}, {"b", 2}, {"a", 3}}), Error);
}

TEST(Registry, AnUnknownNameIsAnsweredWithTheNamesThereAre) {
    const Registry<Entry> list("toy", {{"a", 1}, {"b", 2}});
    try {
        list.at("c");
        FAIL() << "expected a UsageError";
    } catch (const UsageError& error) {
        const std::string message = error.what();
        EXPECT_NE(message.find("toy"), std::string::npos);
        EXPECT_NE(message.find("'c'"), std::string::npos);
        EXPECT_NE(message.find("a, b"), std::string::npos);
    }
}

}  // namespace
}  // namespace elbow

#include "engine/data/pixels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/data/idx_files.h"

namespace elbow::data {
namespace {

using ::testing::ElementsAre;

Pixels mapped_bytes(const TemporaryFolder& folder, const Bytes& bytes) {
    write_bytes(folder / "file", bytes);
    return Pixels(std::make_shared<const MappedFile>(InputFile(folder / "file")));
}

TEST(Pixels, AreReadAlikeInMemoryAndInAFile) {
    const TemporaryFolder folder;
    const Pixels mapped = mapped_bytes(folder, {1, 2, 3});
    const Pixels own = {1, 2, 3};
    EXPECT_TRUE(mapped.mapped());
    EXPECT_FALSE(own.mapped());
    EXPECT_EQ(mapped, own);
    EXPECT_EQ(mapped.size(), 3U);
    EXPECT_EQ(mapped[1], 2);
    EXPECT_EQ(mapped.data()[2], 3);
    EXPECT_TRUE(Pixels().empty());
}

TEST(Pixels, ThatAreChangedAreACopyOfTheFile) {
    const TemporaryFolder folder;
    const Pixels mapped = mapped_bytes(folder, {1, 2, 3});
    Pixels changed = mapped;
    EXPECT_EQ(changed.data(), mapped.data()) << "what is mapped is shared";
    changed.own()[0] = 9;
    EXPECT_THAT(changed.own(), ElementsAre(9, 2, 3));
    EXPECT_EQ(mapped, (Pixels{1, 2, 3}));
    EXPECT_FALSE(changed.mapped());
}

}  // namespace
}  // namespace elbow::data

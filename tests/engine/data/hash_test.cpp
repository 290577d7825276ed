#include "engine/data/hash.h"

#include <string_view>

#include "tests/engine/data/idx_files.h"

namespace elbow::data {
namespace {

Bytes content_of(std::string_view text) { return {text.begin(), text.end()}; }

// FIPS 180-2, appendix B.
TEST(Hash, GivesThePublishedVectors) {
    EXPECT_EQ(hash_of(content_of("")),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hash_of(content_of("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hash, IsTheSameInPieces) {
    const Bytes whole(1'000'000, 'a');
    Hasher hasher;
    hasher.update(std::span(whole).first(1));
    hasher.update(std::span(whole).subspan(1));
    EXPECT_EQ(hasher.hex(), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(HasContent, ComparesWhatAFileHoldsPackedOrNot) {
    const TemporaryFolder folder;
    const Bytes content = content_of("abc");
    const std::string hash = hash_of(content);
    for (const Bytes& bytes : {content, gzipped(content)}) {
        const auto path = folder.path() / "abc";
        write_bytes(path, bytes);
        EXPECT_TRUE(has_content(path, 3, hash));
        EXPECT_FALSE(has_content(path, 2, hash));
        EXPECT_FALSE(has_content(path, 4, hash));
        EXPECT_FALSE(has_content(path, 3, hash_of(content_of("abd"))));
    }
}

TEST(HasContent, UnpacksNoMoreThanWasExpected) {
    // A bomb of zeros whose end is damaged, which only whoever unpacks all of it would see.
    const TemporaryFolder folder;
    const auto path = folder.path() / "bomb.gz";
    Bytes packed = gzipped(Bytes(30'000'000));
    packed.back() ^= 0xFF;
    write_bytes(path, packed);
    EXPECT_FALSE(has_content(path, 3, hash_of(content_of("abc"))));
    // A plain file of another size is not read at all.
    const auto sparse = folder.path() / "sparse";
    write_bytes(sparse, {});
    std::filesystem::resize_file(sparse, std::uint64_t{1} << 42);
    EXPECT_FALSE(has_content(sparse, 3, hash_of(content_of("abc"))));
}

TEST(HasContent, OfAMissingFileNamesIt) {
    const std::string message = message_of([] { has_content("/nowhere/at-all", 3, ""); });
    EXPECT_NE(message.find("/nowhere/at-all"), std::string::npos);
}

}  // namespace
}  // namespace elbow::data

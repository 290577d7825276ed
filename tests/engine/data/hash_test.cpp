#include "engine/data/hash.h"

#include <string_view>

#include "tests/engine/data/idx_files.h"

namespace elbow::data {
namespace {

Bytes bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

// FIPS 180-2, appendix B.
TEST(Hash, GivesThePublishedVectors) {
    EXPECT_EQ(hash_of(bytes_of("")),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hash_of(bytes_of("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hash, IsTheSameInPieces) {
    const Bytes whole(1'000'000, 'a');
    Hasher hasher;
    hasher.update(std::span(whole).first(1));
    hasher.update(std::span(whole).subspan(1));
    EXPECT_EQ(hasher.hex(), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Hash, OfAGzipFileIsThatOfItsContent) {
    const TemporaryFolder folder;
    const Bytes content = bytes_of("abc");
    write_bytes(folder.path() / "abc.gz", gzipped(content));
    EXPECT_EQ(hash_of_content(folder.path() / "abc.gz"), hash_of(content));
}

TEST(Hash, OfAMissingFileNamesIt) {
    const std::string message = message_of([] { hash_of_content("/nowhere/at-all"); });
    EXPECT_NE(message.find("/nowhere/at-all"), std::string::npos);
}

}  // namespace
}  // namespace elbow::data

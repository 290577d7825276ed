#include "engine/data/idx.h"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/engine/data/idx_files.h"

namespace elbow::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Read {
    std::vector<std::uint32_t> shape;
    Bytes values;
};

Read read_idx(const std::filesystem::path& path, int dimensions, const Progress& progress) {
    IdxFile file(path, dimensions);
    return {file.shape(), file.read_values(progress)};
}

class Idx : public ::testing::Test {
  protected:
    std::filesystem::path file(const std::string& name, const Bytes& bytes) {
        write_bytes(folder.path() / name, bytes);
        return folder.path() / name;
    }
    std::string refusal(const std::string& name, const Bytes& bytes, int dimensions) {
        const auto path = file(name, bytes);
        std::string message = message_of([&] { read_idx(path, dimensions, progress); });
        EXPECT_THAT(message, HasSubstr(path.string()));
        return message;
    }
    TemporaryFolder folder;
    Progress progress;
};

TEST_F(Idx, ReadsImagesAsWritten) {
    const Read read = read_idx(file("images", idx_bytes({2, 3, 5}, counting(30))), 3, progress);
    EXPECT_THAT(read.shape, ElementsAre(2, 3, 5));
    EXPECT_EQ(read.values, counting(30));
}

TEST_F(Idx, ReadsLabelsAsWritten) {
    const Read read = read_idx(file("labels", idx_bytes({7}, counting(7))), 1, progress);
    EXPECT_THAT(read.shape, ElementsAre(7));
    EXPECT_EQ(read.values, counting(7));
}

TEST_F(Idx, ReadsGzip) {
    // More than a chunk, so that it is read in several pieces.
    const Bytes values = counting(5 * 1000 * 1000);
    const Bytes packed = gzipped(idx_bytes({50, 1000, 100}, values));
    EXPECT_EQ(read_idx(file("images.gz", packed), 3, progress).values, values);
}

TEST_F(Idx, ReadsGzipThatLostItsEnding) {
    const Bytes packed = gzipped(idx_bytes({7}, counting(7)));
    EXPECT_EQ(read_idx(file("labels", packed), 1, progress).values, counting(7));
}

TEST_F(Idx, RefusesWhatIsMissing) {
    const std::string message =
        message_of([&] { read_idx(folder.path() / "nothing", 3, progress); });
    EXPECT_THAT(message, AllOf(HasSubstr("nothing"), HasSubstr("No such file")));
}

TEST_F(Idx, RefusesAFolder) {
    const std::string message = message_of([&] { read_idx(folder.path(), 3, progress); });
    EXPECT_THAT(message, HasSubstr("regular file was expected"));
}

TEST_F(Idx, RefusesAnEmptyFile) {
    EXPECT_THAT(refusal("images", {}, 3),
                AllOf(HasSubstr("truncated"), HasSubstr("within its header")));
}

TEST_F(Idx, RefusesAHeaderThatIsCutOff) {
    Bytes bytes = idx_bytes({2, 3, 5}, {});
    bytes.resize(10);
    EXPECT_THAT(refusal("images", bytes, 3), HasSubstr("within its header (10 bytes"));
}

TEST_F(Idx, RefusesTruncatedImagesAndSaysWhatIsThere) {
    EXPECT_THAT(refusal("images", idx_bytes({2, 3, 5}, counting(29)), 3),
                AllOf(HasSubstr("truncated"), HasSubstr("2 x 3 x 5 = 46 bytes"),
                      HasSubstr("found 45"), HasSubstr("Fetch it again")));
}

TEST_F(Idx, RefusesTrailingBytesAndCountsThem) {
    EXPECT_THAT(refusal("images", idx_bytes({2, 3, 5}, counting(33)), 3),
                AllOf(HasSubstr("too large"), HasSubstr("3 bytes too many")));
}

TEST_F(Idx, RefusesGzipWithTooFewElements) {
    EXPECT_THAT(refusal("images.gz", gzipped(idx_bytes({2, 3, 5}, counting(29))), 3),
                AllOf(HasSubstr("truncated"), HasSubstr("found 29")));
}

TEST_F(Idx, RefusesGzipWithTooManyElements) {
    EXPECT_THAT(refusal("images.gz", gzipped(idx_bytes({2, 3, 5}, counting(31))), 3),
                AllOf(HasSubstr("too large"), HasSubstr("more follow")));
}

TEST_F(Idx, RefusesGzipThatIsCutOff) {
    Bytes packed = gzipped(idx_bytes({2, 30, 50}, counting(3000)));
    packed.resize(packed.size() - 12);
    EXPECT_THAT(refusal("images.gz", packed, 3), HasSubstr("cut off"));
}

TEST_F(Idx, RefusesGzipThatLacksAnyOfItsLastBytes) {
    // The last eight are checksum and length: what is unpacked is whole without them.
    const Bytes packed = gzipped(idx_bytes({2, 3, 5}, counting(30)));
    for (std::size_t lost = 1; lost < packed.size() - 2; ++lost) {
        const Bytes cut(packed.begin(), packed.end() - static_cast<std::ptrdiff_t>(lost));
        EXPECT_THAT(refusal("images.gz", cut, 3), HasSubstr("its content does: it was cut off"))
            << lost;
    }
}

TEST_F(Idx, ReadsGzipOfSeveralMembers) {
    const Bytes values = counting(3000);
    const Bytes bytes = idx_bytes({2, 30, 50}, values);
    for (const std::size_t at : {std::size_t{0}, std::size_t{5}, std::size_t{999}, bytes.size()}) {
        const auto middle = bytes.begin() + static_cast<std::ptrdiff_t>(at);
        Bytes packed = gzipped({bytes.begin(), middle});
        const Bytes second = gzipped({middle, bytes.end()});
        packed.insert(packed.end(), second.begin(), second.end());
        EXPECT_EQ(read_idx(file("images.gz", packed), 3, progress).values, values) << at;
        packed.pop_back();
        EXPECT_THAT(refusal("images.gz", packed, 3), HasSubstr("cut off")) << at;
    }
}

TEST_F(Idx, RefusesGzipThatSomethingElseFollows) {
    for (const Bytes& rest : {Bytes{0}, Bytes{0x1f}, Bytes{0x1f, 0x8c}, counting(300'000)}) {
        Bytes packed = gzipped(idx_bytes({2, 3, 5}, counting(30)));
        packed.insert(packed.end(), rest.begin(), rest.end());
        EXPECT_THAT(refusal("images.gz", packed, 3), HasSubstr("something follows the end"));
    }
}

TEST_F(Idx, RefusesGzipWhoseLengthIsWrong) {
    Bytes packed = gzipped(idx_bytes({2, 3, 5}, counting(30)));
    packed.back() ^= 0xFF;
    EXPECT_THAT(refusal("images.gz", packed, 3), HasSubstr("damaged"));
}

TEST_F(Idx, RefusesGzipWhoseChecksumIsWrong) {
    Bytes packed = gzipped(idx_bytes({2, 3, 5}, counting(30)));
    packed[packed.size() - 6] ^= 0xFF;  // within the checksum that follows the data
    EXPECT_THAT(refusal("images.gz", packed, 3), HasSubstr("damaged"));
}

TEST_F(Idx, RefusesGzThatIsNotGzip) {
    EXPECT_THAT(refusal("images.gz", idx_bytes({2, 3, 5}, counting(30)), 3),
                AllOf(HasSubstr("not a gzip file"), HasSubstr("1f 8b")));
}

TEST_F(Idx, RefusesAWrongMagicNumberAndNamesBoth) {
    Bytes bytes = idx_bytes({2, 3, 5}, counting(30));
    bytes[0] = 0x89;
    EXPECT_THAT(refusal("images", bytes, 3),
                AllOf(HasSubstr("wrong magic number"), HasSubstr("expected 0x00000803"),
                      HasSubstr("found 0x89000803"), HasSubstr("not an IDX file")));
}

TEST_F(Idx, RefusesLabelsInPlaceOfImages) {
    EXPECT_THAT(refusal("images", idx_bytes({7}, counting(7)), 3),
                AllOf(HasSubstr("found 0x00000801"), HasSubstr("It holds labels")));
    EXPECT_THAT(refusal("labels", idx_bytes({2, 3, 5}, counting(30)), 1),
                AllOf(HasSubstr("found 0x00000803"), HasSubstr("It holds images")));
}

TEST_F(Idx, RefusesOtherElementTypes) {
    Bytes bytes = idx_bytes({2, 3, 5}, counting(120));
    bytes[2] = 0x0D;  // 32-bit floats
    EXPECT_THAT(refusal("images", bytes, 3),
                AllOf(HasSubstr("found 0x00000D03"), HasSubstr("only unsigned bytes")));
}

TEST_F(Idx, RefusesAbsurdSizesBeforeAskingForMemory) {
    EXPECT_THAT(refusal("images", idx_bytes({0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF}, {}), 3),
                AllOf(HasSubstr("absurd size"), HasSubstr("4294967295 x 4294967295")));
    EXPECT_THAT(refusal("images", idx_bytes({2, 3, 70000}, counting(30)), 3),
                AllOf(HasSubstr("absurd size"), HasSubstr("2 x 3 x 70000")));
    EXPECT_THAT(refusal("images", idx_bytes({0, 28, 28}, {}), 3), HasSubstr("absurd size"));
    EXPECT_THAT(refusal("labels", idx_bytes({0x80000000}, {}), 1), HasSubstr("absurd size"));
    EXPECT_THAT(refusal("images", idx_bytes({20'000'000, 4096, 4096}, {}), 3),
                AllOf(HasSubstr("absurd size"), HasSubstr("read at most")));
}

TEST_F(Idx, RefusesGzipThatCannotHoldWhatItPromises) {
    // 15 GB promised by a file of a few bytes: said without trying to make room for them.
    EXPECT_THAT(refusal("images.gz", gzipped(idx_bytes({15'000, 1000, 1000}, counting(9))), 3),
                AllOf(HasSubstr("truncated"), HasSubstr("cannot hold them")));
}

// The most memory that this program has ever mapped, bytes.
std::int64_t largest_footprint() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.rfind("VmPeak:", 0) == 0) return std::stoll(line.substr(7)) * 1024;
    }
    ADD_FAILURE() << "/proc/self/status has no VmPeak";
    return 0;
}

TEST_F(Idx, AsksForMemoryOnlyAsAPackedFileFillsIt) {
    // A thousand million values promised by a file that might just hold them, and has a million.
    Bytes values(1'000'000);
    std::uint32_t random = 1;
    for (std::uint8_t& value : values) {
        random = random * 1664525U + 1013904223U;
        value = static_cast<std::uint8_t>(random >> 24);  // does not compress
    }
    const Bytes packed = gzipped(idx_bytes({1000, 1000, 1000}, values));
    const std::int64_t before = largest_footprint();
    EXPECT_THAT(refusal("images.gz", packed, 3),
                AllOf(HasSubstr("truncated"), HasSubstr("1000000000 elements"),
                      HasSubstr("found 1000000.")));
    EXPECT_LT(largest_footprint() - before, 100'000'000);
}

TEST_F(Idx, KeepsNoMoreMemoryThanItsValuesTake) {
    const Bytes values = counting(9 * 1000 * 1000);
    const Bytes bytes = idx_bytes({90, 1000, 100}, values);
    for (const auto& path : {file("images", bytes), file("images.gz", gzipped(bytes))}) {
        const Read read = read_idx(path, 3, progress);
        EXPECT_EQ(read.values.capacity(), values.size());
        EXPECT_EQ(read.values, values);
    }
}

TEST_F(Idx, StopsOnRequest) {
    progress.cancel();
    const auto path = file("labels", idx_bytes({7}, counting(7)));
    EXPECT_THROW(read_idx(path, 1, progress), Cancelled);
}

}  // namespace
}  // namespace elbow::data

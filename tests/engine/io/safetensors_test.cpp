#include "engine/io/safetensors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/data/hash.h"
#include "tests/temporary_folder.h"

namespace elbow::io {
namespace {

using ::testing::HasSubstr;
using testing_support::TemporaryFolder;

// A file made by hand from the format's description: length, header, data.
std::string file_bytes(const std::string& header, const std::string& data) {
    std::string length(8, '\0');
    for (int i = 0; i < 8; ++i) length[i] = static_cast<char>(header.size() >> (8 * i) & 0xFF);
    return length + header + data;
}

std::string float_bytes(const std::vector<float>& values) {
    std::string bytes(values.size() * 4, '\0');
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
}

std::string text_of(const std::filesystem::path& path) {
    const std::vector<std::uint8_t> bytes = read_file(path);
    return {bytes.begin(), bytes.end()};
}

class SafetensorsFile : public ::testing::Test {
  protected:
    Safetensors read(const std::string& bytes) {
        write_file_atomically(path_, std::string_view(bytes));
        return read_safetensors(path_);
    }

    void expect_refused(const std::string& bytes, const std::string& why) {
        try {
            read(bytes);
            FAIL() << "was read, though " << why;
        } catch (const Error& error) {
            EXPECT_THAT(error.what(), HasSubstr(why));
            EXPECT_THAT(error.what(), HasSubstr(path_.string()));
        }
    }

    TemporaryFolder folder_;
    std::filesystem::path path_ = folder_ / "a.safetensors";
};

TEST_F(SafetensorsFile, GivesBackWhatWasWritten) {
    const std::vector<NamedTensor> tensors = {{"encoder.weight", {2, 3}, {1, 2, 3, 4, 5, 6.5F}},
                                              {"bias", {2}, {-1e-30F, 1e30F}},
                                              {"empty", {0}, {}},
                                              {"one", {}, {7}}};
    write_safetensors(path_, tensors, {{"step", "12"}});
    const Safetensors read_back = read_safetensors(path_);
    ASSERT_EQ(read_back.tensors.size(), tensors.size());
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        EXPECT_EQ(read_back.tensors[i].name, tensors[i].name);
        EXPECT_EQ(read_back.tensors[i].shape, tensors[i].shape);
        EXPECT_EQ(read_back.tensors[i].values, tensors[i].values);
    }
    EXPECT_EQ(read_back.metadata.at("step"), "12");
}

TEST_F(SafetensorsFile, HasTheBytesOfTheFormat) {
    const std::vector<NamedTensor> tensors = {{"a", {2, 1}, {1.0F, -2.0F}}, {"b", {1}, {3.0F}}};
    write_safetensors(path_, tensors, {{"k", "v"}});
    std::string header =
        R"({"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},)"
        R"("b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}})";
    header.resize((header.size() + 7) / 8 * 8, ' ');
    EXPECT_EQ(text_of(path_), file_bytes(header, float_bytes({1.0F, -2.0F, 3.0F})));
}

TEST_F(SafetensorsFile, ReadsTensorsInAnyOrder) {
    const Safetensors read_back = read(file_bytes(
        R"({"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
        float_bytes({1.0F, 2.0F})));
    ASSERT_EQ(read_back.tensors.size(), 2U);
    EXPECT_EQ(read_back.tensors[0].name, "b");
    EXPECT_EQ(read_back.tensors[0].values, std::vector<float>{2.0F});
}

TEST_F(SafetensorsFile, RefusesValuesThatDoNotFitTheShape) {
    const std::vector<NamedTensor> tensors = {{"a", {2, 2}, {1.0F}}};
    EXPECT_THROW(write_safetensors(path_, tensors, {}), Error);
    EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(SafetensorsFile, RefusesHeadersOfAbsurdLength) {
    expect_refused("", "only 0 bytes");
    expect_refused("1234567", "only 7 bytes");
    expect_refused(std::string(8, '\xFF'), "claims 18446744073709551615 bytes");
    expect_refused(std::string("\x40\0\0\0\0\0\0\0{}", 10), "claims 64 bytes in a file of 10");
}

TEST_F(SafetensorsFile, RefusesHeadersThatAreNotAJsonObject) {
    expect_refused(file_bytes("", ""), "not a JSON object");
    expect_refused(file_bytes("not json", ""), "not a JSON object");
    expect_refused(file_bytes("[1,2]", ""), "not a JSON object");
    expect_refused(file_bytes(std::string(100'000, '['), ""), "not a JSON object");
    const std::string deep = std::string(400'000, '[') + std::string(400'000, ']');
    expect_refused(file_bytes(R"({"a":{"dtype":)" + deep + "}}", ""), "not a JSON object");
    expect_refused(file_bytes(R"({"a":7})", ""), "does not have dtype");
    expect_refused(file_bytes(R"({"__metadata__":{"k":1}})", ""), "__metadata__");
}

TEST_F(SafetensorsFile, RefusesNamesThatStandTwice) {
    const std::string a = R"("a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]})";
    expect_refused(file_bytes("{" + a + "," + a + "}", float_bytes({1.0F})), "'a' more than once");
    expect_refused(file_bytes(R"({"a":{"dtype":"F32","dtype":"F32","shape":[1],)"
                              R"("data_offsets":[0,4]}})",
                              float_bytes({1.0F})),
                   "'dtype' more than once");
    expect_refused(file_bytes(R"({"__metadata__":{"step":"1","step":"2"}})", ""),
                   "'step' more than once");
}

// A million entries of a name each are looked for one by one.
TEST_F(SafetensorsFile, RefusesMoreEntriesThanAnythingThatElbowWrites) {
    std::string many = "{";
    for (int i = 0; i < 100'000; ++i) many += "\"" + std::to_string(i) + "\":0,";
    many.back() = '}';
    expect_refused(file_bytes(many, ""), "not a JSON object");
}

TEST_F(SafetensorsFile, TellsTheHashOfTheFile) {
    const std::vector<NamedTensor> tensors = {{"b", {2}, {1.0F, -2.0F}}, {"empty", {0}, {}}};
    const std::string written = write_safetensors(path_, tensors, {{"k", "v"}});
    EXPECT_EQ(written, data::hash_of(read_file(path_)));
    EXPECT_EQ(read_safetensors(path_).sha256, written);
    const Safetensors in_another_order = read(file_bytes(
        R"({"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
        float_bytes({1.0F, 2.0F})));
    EXPECT_EQ(in_another_order.sha256, data::hash_of(read_file(path_)));
}

TEST_F(SafetensorsFile, RefusesOffsetsThatDoNotFitTheFile) {
    const auto one = [](const std::string& shape, const std::string& offsets) {
        return file_bytes(
            R"({"a":{"dtype":"F32","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}}",
            float_bytes({1.0F, 2.0F}));
    };
    EXPECT_NO_THROW(read(one("[2]", "[0,8]")));
    expect_refused(one("[3]", "[0,12]"), "bytes 0 to 12 of the data, of which there are 8");
    expect_refused(one("[2]", "[8,0]"), "bytes 8 to 0");
    expect_refused(one("[1]", "[0,8]"), "8 bytes where its shape needs 4");
    expect_refused(one("[1]", "[0,4]"), "4 bytes follow the last tensor");
    expect_refused(one("[1]", "[4,8]"), "unused bytes before");
    expect_refused(one("[2]", "[0]"), "data_offsets");
    expect_refused(one("[2]", "[-8,0]"), "data_offsets");
    expect_refused(one("[-2]", "[0,8]"), "shape");
    expect_refused(one("[4294967296,4294967296]", "[0,8]"), "shape");
    expect_refused(one("\"two\"", "[0,8]"), "shape");
}

TEST_F(SafetensorsFile, RefusesTensorsThatOverlap) {
    expect_refused(
        file_bytes(
            R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
            float_bytes({1.0F, 2.0F})),
        "overlaps");
}

TEST_F(SafetensorsFile, RefusesOtherTypesAndTruncatedData) {
    expect_refused(file_bytes(R"({"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}})",
                              std::string(8, '\0')),
                   R"(dtype "F64" where "F32")");
    const std::vector<NamedTensor> tensors = {{"a", {4}, {1, 2, 3, 4}}};
    write_safetensors(path_, tensors, {});
    const std::string whole = text_of(path_);
    expect_refused(whole.substr(0, whole.size() - 1), "of which there are 15");
}

TEST_F(SafetensorsFile, SaysWhichFileIsMissing) {
    try {
        read_safetensors(folder_ / "missing.safetensors");
        FAIL();
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("missing.safetensors"));
    }
}

}  // namespace
}  // namespace elbow::io

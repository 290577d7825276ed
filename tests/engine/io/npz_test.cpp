#include "engine/io/npz.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/process.h"
#include "engine/core/program_files.h"
#include "engine/io/latents_npz.h"
#include "tests/temporary_folder.h"

namespace elbow::io {
namespace {

using ::testing::HasSubstr;

constexpr const char* kNoPython = "There is no python3 to read what was written.";

// As Python reads it; see read_npz.py.
std::string as_python_reads(const std::string& bytes) {
    const testing_support::TemporaryFolder folder;
    write_file_atomically(folder / "arrays.npz", bytes);
    const auto script = program_folders("tests/engine/io", "ELBOW_TESTS").front() / "read_npz.py";
    const ProcessResult result =
        run_process({{"python3", script.string(), (folder / "arrays.npz").string()}, {}, {}});
    EXPECT_EQ(result.exit_code, 0) << result.standard_error;
    return result.standard_output;
}

TEST(Npz, PythonReadsWhatWasWritten) {
    if (!find_program("python3")) GTEST_SKIP() << kNoPython;
    NpzFile file;
    const std::vector<float> floats = {0.5F, -1.25F, 3.0F, 4e10F, 0.0F, -7.5F};
    const std::vector<std::int32_t> whole = {-1, 70'000};
    const std::vector<std::uint8_t> bytes = {0, 1, 254, 255};
    file.add("floats", {2, 3}, std::span<const float>(floats));
    file.add("whole", {2}, std::span<const std::int32_t>(whole));
    file.add("bytes", {1, 2, 2, 1}, std::span<const std::uint8_t>(bytes));
    file.add("none", {0, 3}, std::span<const float>());
    file.add("names", {"zero", "\u00e9t\u00e9", ""});
    EXPECT_EQ(as_python_reads(file.finish()),
              "floats <f4 2 3 : 0.5 -1.25 3.0 40000000000.0 0.0 -7.5\n"
              "whole <i4 2 : -1 70000\n"
              "bytes |u1 1 2 2 1 : 0 1 254 255\n"
              "none <f4 0 3 :\n"
              "names <U4 3 : zero \u00e9t\u00e9 \n");
}

TEST(Npz, TheSameArraysAreTheSameBytes) {
    const auto made = [] {
        NpzFile file;
        file.add("names", {"a"});
        return file.finish();
    };
    EXPECT_EQ(made(), made());
}

TEST(Npz, RefusesAShapeOfAnotherSize) {
    NpzFile file;
    const std::vector<float> floats(5);
    try {
        file.add("floats", {2, 3}, std::span<const float>(floats));
        FAIL() << "expected an Error";
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("Expected 24 bytes for the array 'floats', found 20"));
    }
}

class LatentsNpz : public ::testing::Test {
  protected:
    LatentsNpz() {
        dataset.channels = 1;
        dataset.height = 1;
        dataset.width = 2;
        dataset.class_names = {"even", "odd"};
        dataset.held_out = {3, {10, 11, 20, 21, 30, 31}, {0, 1, 0}};
        map.size_for(3, 2);
        map.mean = {0.5F, 1.5F, 2.5F, 3.5F, 4.5F, 5.5F};
        map.deviation.assign(6, 1.0F);
        map.deviation[5] = std::exp(-1.0F);
    }
    data::Dataset dataset;
    explore::LatentMap map;
};

TEST_F(LatentsNpz, HoldsTheCodesOfAllImages) {
    if (!find_program("python3")) GTEST_SKIP() << kNoPython;
    EXPECT_EQ(as_python_reads(latents_npz(map, dataset)),
              "index <i4 3 : 0 1 2\n"
              "mean <f4 3 2 : 0.5 1.5 2.5 3.5 4.5 5.5\n"
              "log_variance <f4 3 2 : 0.0 0.0 0.0 0.0 0.0 -2.0\n"
              "label |u1 3 : 0 1 0\n"
              "class_names <U4 2 : even odd\n");
}

TEST_F(LatentsNpz, HoldsSomeImagesWithTheirPixels) {
    if (!find_program("python3")) GTEST_SKIP() << kNoPython;
    dataset.held_out.labels.clear();
    EXPECT_EQ(as_python_reads(latents_npz(map, dataset, std::vector<int>{0, 2}, true)),
              "index <i4 2 : 0 2\n"
              "mean <f4 2 2 : 0.5 1.5 4.5 5.5\n"
              "log_variance <f4 2 2 : 0.0 0.0 0.0 -2.0\n"
              "images |u1 2 1 1 2 : 10 11 30 31\n");
}

}  // namespace
}  // namespace elbow::io

// A target without libFuzzer: runs it on every file of the folders named (one may be missing), on
// each cut off at every length, and on each with bytes changed in fixed ways.

#include <algorithm>
#include <array>
#include <exception>
#include <random>
#include <vector>

#include "engine/core/file.h"
#include "tests/fuzz/fuzz.h"

namespace {

namespace fs = std::filesystem;
using Content = std::vector<std::uint8_t>;

constexpr std::uint64_t kMostBytes = 64 * 1024;  // of a file in the corpus
constexpr std::size_t kMostCuts = 2000;
constexpr int kChanges = 3000;

std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    if (!fs::exists(folder)) return files;
    for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

void cut(const Content& content) {
    const std::size_t step = content.size() / kMostCuts + 1;
    for (std::size_t size = 0; size < content.size(); size += step)
        elbow::fuzz::read_input(std::span(content).first(size));
}

// One to four bytes, each to another value or to one at the border of something.
void change(const Content& content) {
    if (content.empty()) return;
    constexpr std::array<std::uint8_t, 8> kBorders = {0, 1, 0x7F, 0x80, 0xFF, '-', '9', '"'};
    std::mt19937 random(1);
    for (int i = 0; i < kChanges; ++i) {
        Content changed = content;
        for (auto left = 1 + random() % 4; left > 0; --left) {
            const auto value = static_cast<std::uint8_t>(random());
            changed[random() % changed.size()] =
                random() % 2 == 0 ? value : kBorders[value % kBorders.size()];
        }
        elbow::fuzz::read_input(changed);
    }
}

}  // namespace

int main(int argc, char** argv) {
    int files = 0;
    for (int i = 1; i < argc; ++i) {
        for (const fs::path& file : files_in(argv[i])) {
            try {
                const Content content = elbow::read_file(file, kMostBytes);
                elbow::fuzz::read_input(content);
                cut(content);
                change(content);
            } catch (const std::exception& error) {
                std::fprintf(stderr, "fuzz: '%s' or a change of it: %s\n", file.c_str(),
                             error.what());
                return 1;
            }
            ++files;
        }
    }
    std::printf("%d files, each cut off and changed in %d ways.\n", files, kChanges);
    return files > 0 ? 0 : 1;
}

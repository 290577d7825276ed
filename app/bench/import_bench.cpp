// How long a person waits for pictures of their own: an archive of them becomes a data set, beside
// the time that stb_image alone takes to decode the same bytes on as many threads.

#include <archive.h>
#include <archive_entry.h>
#include <stb_image.h>
#include <stb_image_write.h>
#include <stdlib.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/bench/bench.h"
#include "app/bench/cases_named.h"
#include "app/bench/child.h"
#include "engine/core/error.h"
#include "engine/core/rng.h"
#include "engine/core/team.h"
#include "engine/data/datasets.h"
#include "engine/data/sources/import.h"

namespace elbow::bench {
namespace {

using Clock = std::chrono::steady_clock;
using PictureFile = std::vector<std::uint8_t>;

constexpr const char* kImportPart = "import";
constexpr int kPictureSide = 64;      // pixels
constexpr int kDifferentFiles = 500;  // which are repeated under other names

struct ImportCase {
    std::string name;
    int pictures;
};

const std::vector<ImportCase>& import_cases() {
    static const std::vector<ImportCase> cases = {{"500 PNGs of 64 x 64 in a zip", 500},
                                                  {"50 000 PNGs of 64 x 64 in a zip", 50'000}};
    return cases;
}

double seconds_of(const std::function<void()>& work) {
    const Clock::time_point start = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// Waves in colour with some noise: as hard to pack as a photograph is.
PictureFile drawn_png(int number) {
    const Stream stream(static_cast<std::uint64_t>(number) + 1, "pictures");
    std::vector<std::uint8_t> rgb;
    std::uint64_t at = 0;
    const auto between = [&](double low, double high) {
        return low + (high - low) * stream.uniform(at++);
    };
    const double across = between(0.03, 0.35), down = between(0.03, 0.35), shift = between(0, 6);
    for (int y = 0; y < kPictureSide; ++y) {
        for (int x = 0; x < kPictureSide; ++x) {
            const double wave =
                120.0 + 60.0 * std::sin(across * x + shift) + 50.0 * std::sin(down * y);
            for (int channel = 0; channel < 3; ++channel)
                rgb.push_back(static_cast<std::uint8_t>(wave + 8.0 * channel + between(0.0, 8.0)));
        }
    }
    PictureFile file;
    const auto append = [](void* to, void* bytes, int count) {
        const auto* from = static_cast<const std::uint8_t*>(bytes);
        auto* all = static_cast<PictureFile*>(to);
        all->insert(all->end(), from, from + count);
    };
    stbi_write_png_to_func(append, &file, kPictureSide, kPictureSide, 3, rgb.data(), 0);
    return file;
}

// Stored, as programs store what is packed already; in ten folders.
void write_zip(const std::filesystem::path& path, const std::vector<PictureFile>& files,
               int pictures) {
    const std::unique_ptr<archive, decltype(&archive_write_free)> writer(archive_write_new(),
                                                                         archive_write_free);
    archive_write_set_format_zip(writer.get());
    archive_write_zip_set_compression_store(writer.get());
    if (archive_write_open_filename(writer.get(), path.c_str()) != ARCHIVE_OK)
        throw Error("Cannot write " + path.string() + ". Set TMPDIR to a folder with room.");
    for (int i = 0; i < pictures; ++i) {
        const PictureFile& file = files[static_cast<std::size_t>(i) % files.size()];
        const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(
            archive_entry_new(), archive_entry_free);
        const std::string name = std::to_string(i % 10) + "/" + std::to_string(i) + ".png";
        archive_entry_set_pathname(entry.get(), name.c_str());
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.size()));
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        const bool written = archive_write_header(writer.get(), entry.get()) == ARCHIVE_OK &&
                             archive_write_data(writer.get(), file.data(), file.size()) >= 0;
        if (!written)
            throw Error("Cannot write " + path.string() + ": " +
                        archive_error_string(writer.get()) + ".");
    }
    if (archive_write_close(writer.get()) != ARCHIVE_OK)
        throw Error("Cannot write " + path.string() + ". Set TMPDIR to a folder with room.");
}

// stb_image and nothing else, from memory.
void decode_all(const std::vector<PictureFile>& files, int pictures, Team& team) {
    std::atomic<int> next{0};
    team.run([&](int) {
        for (int i = next++; i < pictures; i = next++) {
            const PictureFile& file = files[static_cast<std::size_t>(i) % files.size()];
            int width = 0, height = 0, channels = 0;
            stbi_image_free(stbi_load_from_memory(file.data(), static_cast<int>(file.size()),
                                                  &width, &height, &channels, 0));
        }
    });
}

// What `elbow train --dataset FILE.zip` does before it trains.
void look_import_load(const std::filesystem::path& zip, const ImportCase& wanted) {
    Progress progress;
    const data::Finding finding = data::look_at(zip, {}, progress);
    const data::Choices choices = proposed_for(finding);
    const data::ImportedSet set =
        data::import_set(finding, choices, data::proposed_name(zip), progress);
    const auto dataset = data::load_dataset(set.name, data::search_path(""), progress);
    if (dataset->train.count + dataset->held_out.count != wanted.pictures)
        throw Error("Of " + std::to_string(wanted.pictures) + " pictures " +
                    std::to_string(dataset->train.count + dataset->held_out.count) +
                    " were imported.");
}

// What is imported goes to a temporary folder meanwhile.
class DataHome {
  public:
    explicit DataHome(const std::filesystem::path& folder) {
        if (const char* known = std::getenv(kName)) before_ = known;
        ::setenv(kName, folder.c_str(), 1);
    }
    ~DataHome() { before_.empty() ? ::unsetenv(kName) : ::setenv(kName, before_.c_str(), 1); }
    DataHome(const DataHome&) = delete;
    DataHome& operator=(const DataHome&) = delete;

  private:
    static constexpr const char* kName = "XDG_DATA_HOME";
    std::string before_;
};

}  // namespace

void bench_import(const BenchOptions& options, Figures& figures) {
    const ScratchFolder folder;
    const DataHome home(folder / "home");
    std::vector<PictureFile> files;
    files.reserve(kDifferentFiles);
    for (int i = 0; i < kDifferentFiles; ++i) files.push_back(drawn_png(i));
    Team team(default_threads(false));
    const auto cases = cases_named(import_cases(), options.model, "case of import");
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
        for (const ImportCase& each : cases) {
            options.next(each.name);
            const std::filesystem::path zip = folder / (std::to_string(each.pictures) + ".zip");
            if (!std::filesystem::exists(zip)) write_zip(zip, files, each.pictures);
            const double alone = seconds_of([&] { decode_all(files, each.pictures, team); });
            options.next(each.name);
            const double whole = seconds_of([&] { look_import_load(zip, each); });
            figures.add(kImportPart, each.name, team.size(), "stb_image alone, s", alone);
            figures.add(kImportPart, each.name, team.size(), "to a loaded data set, s", whole);
            figures.add(kImportPart, each.name, team.size(), "ratio", whole / alone);
        }
    }
}

}  // namespace elbow::bench

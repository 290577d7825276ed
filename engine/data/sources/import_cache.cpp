#include "engine/data/sources/import_cache.h"

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/path_text.h"
#include "engine/core/text.h"
#include "engine/data/fingerprint.h"
#include "engine/data/imported_content.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kWrittenAtOnce = 1 << 20;
constexpr mode_t kNeverWrittenAgain = 0444;      // programs that train have it mapped
constexpr std::uint64_t kRoomBeside = 16 << 20;  // bytes, for what else needs the disk

fs::path made_imported_folder() {
    fs::path folder = imported_folder();
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Error("Cannot make the folder " + quoted(folder) + ": " + error.message() +
                    ". Choose another place with XDG_DATA_HOME.");
    return folder;
}

// Removes what imports of programs that were killed left there.
void remove_stray_imports(const fs::path& folder) {
    std::vector<fs::path> strays;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        if (at->path().filename().string().starts_with('.')) strays.push_back(at->path());
    }
    for (const fs::path& stray : strays) {
        const FileLock lock(stray);
        if (lock.held() && lock.is_at(stray)) fs::remove_all(stray, error);
    }
}

void check_room_for(const fs::path& folder, std::uint64_t bytes) {
    std::error_code error;
    const fs::space_info space = fs::space(folder, error);
    if (error || space.available >= bytes + kRoomBeside) return;
    throw Error("The images need " + bytes_text(bytes) + " below " + quoted(folder) + ", where " +
                bytes_text(space.available) +
                " are free. Make room there, choose a smaller --size, or another place with "
                "XDG_DATA_HOME.");
}

}  // namespace

class ImportCache::File {
  public:
    File(const StagedPath& staged, const char* name)
        : staged_(staged),
          descriptor_(::open((staged.path() / name).c_str(),
                             O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kNeverWrittenAgain)) {
        if (descriptor_ < 0) staged_.fail(errno);
        waiting_.reserve(kWrittenAtOnce);
    }
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    void append(std::span<const std::uint8_t> bytes) {
        crc_ = static_cast<std::uint32_t>(crc32_z(crc_, bytes.data(), bytes.size()));
        if (waiting_.size() + bytes.size() > kWrittenAtOnce) write_waiting();
        if (bytes.size() > kWrittenAtOnce) return write(bytes);
        waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
    }
    // Without waiting until the disk has it (imported_content.h).
    void finish() {
        write_waiting();
        if (::close(std::exchange(descriptor_, -1)) != 0) staged_.fail(errno);
    }
    std::uint32_t crc() const { return crc_; }

  private:
    void write(std::span<const std::uint8_t> bytes) {
        if (!write_all(descriptor_, bytes)) staged_.fail(errno);
    }
    void write_waiting() {
        write(waiting_);
        waiting_.clear();
    }

    const StagedPath& staged_;
    int descriptor_;
    std::uint32_t crc_ = 0;
    std::vector<std::uint8_t> waiting_;
};

ImportCache::ImportCache(const std::string& name, std::uint64_t expected_bytes)
    : target_(made_imported_folder() / name), staged_(target_) {
    remove_stray_imports(target_.parent_path());
    check_room_for(target_.parent_path(), expected_bytes);
    std::error_code error;
    fs::create_directory(staged_.path(), error);
    if (error) staged_.fail(error.value());
    lock_ = FileLock(staged_.path());
    const std::array names = {ImportedFiles::kTrain, ImportedFiles::kTrainLabels,
                              ImportedFiles::kHeldOut, ImportedFiles::kHeldOutLabels};
    for (std::size_t i = 0; i < names.size(); ++i)
        files_[i] = std::make_unique<File>(staged_, names[i]);
}

ImportCache::~ImportCache() = default;

void ImportCache::add(std::span<const std::uint8_t> image, int label, bool held_out) {
    const std::size_t part = held_out ? 1 : 0;
    files_[2 * part]->append(image);
    if (label >= 0) {
        const auto byte = static_cast<std::uint8_t>(label);
        files_[2 * part + 1]->append({&byte, 1});
    }
    ++counts_[part];
}

void ImportCache::add_factors(const std::vector<Factor>& factors) {
    if (factors.empty()) return;
    factors_ = std::make_unique<File>(staged_, ImportedFiles::kFactors);
    for (const Factor& factor : factors) {
        for (const std::vector<float>* values : {&factor.train, &factor.held_out})
            factors_->append({reinterpret_cast<const std::uint8_t*>(values->data()),
                              values->size() * sizeof(float)});
    }
}

void ImportCache::finish(ImportedSet& set) {
    set.train = train();
    set.held_out = held_out();
    set.fingerprint =
        fingerprint_text({files_[0]->crc(), files_[1]->crc(), files_[2]->crc(), files_[3]->crc()});
    set.boot = boot_number();
    for (const auto& file : files_) file->finish();
    if (factors_) factors_->finish();
    write_file_atomically(staged_.path() / ImportedFiles::kFacts, text_of(set));
    // A folder takes the place of an empty one alone.
    std::error_code error;
    const fs::path aside = target_.parent_path() / ("." + set.name + ".replaced");
    fs::remove_all(aside, error);
    fs::rename(target_, aside, error);
    const bool replaces = !error;
    try {
        staged_.finish();
    } catch (const Error&) {
        if (replaces) fs::rename(aside, target_, error);
        throw;
    }
    fs::remove_all(aside, error);
}

}  // namespace elbow::data

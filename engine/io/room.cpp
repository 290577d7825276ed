#include "engine/io/room.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <system_error>

#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/core/system_remedy.h"
#include "engine/core/text.h"
#include "engine/io/run_folder.h"

namespace elbow::io {
namespace {

namespace fs = std::filesystem;

// As long as the longest name that a save gives to a file for a moment.
constexpr const char* kLongestName = ".optimizer.safetensors.new.4194304-4294967295";
// Headers, run.json and a long metrics.csv.
constexpr std::uintmax_t kTextBytes = 1u << 20;

// The larger files of a run.
std::array<std::uintmax_t, 2> sizes_of(const train::Checkpoint& checkpoint) {
    std::uintmax_t remembered = 0;
    for (const auto* states : {&checkpoint.optimizer_state, &checkpoint.estimator_state}) {
        for (const train::Checkpoint::NamedState& state : *states)
            remembered += state.values.size();
    }
    return {checkpoint.parameters.size() * sizeof(float) + kTextBytes / 2,
            remembered * sizeof(float) + kTextBytes / 2};
}

// The folder itself, or the one that it would be made in.
fs::path folder_that_is_there(const fs::path& folder) {
    std::error_code ignored;
    fs::path there = fs::absolute(folder).lexically_normal();
    while (!fs::exists(there, ignored) && there != there.parent_path()) there = there.parent_path();
    return there;
}

// A file without a name, which goes with its descriptor.
class NamelessFile {
  public:
    explicit NamelessFile(const fs::path& folder)
        : descriptor_(::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600)) {}
    ~NamelessFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    NamelessFile(const NamelessFile&) = delete;
    NamelessFile& operator=(const NamelessFile&) = delete;

    bool open() const { return descriptor_ >= 0; }
    // 0, or an errno.
    int take_room(std::uintmax_t bytes) const {
        int failure = EINTR;
        while (failure == EINTR) {
            failure = ::posix_fallocate(descriptor_, 0, static_cast<off_t>(bytes));
        }
        return failure;
    }

  private:
    int descriptor_;
};

bool has_no_nameless_files(int error_number) {
    return error_number == EOPNOTSUPP || error_number == EISDIR || error_number == ENOENT ||
           error_number == EINVAL;
}

// Where files without a name are unknown. 0, or an errno.
int why_no_room_by_numbers(const fs::path& there, std::uintmax_t largest, std::uintmax_t all) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY &&
        largest > limit.rlim_cur) {
        return EFBIG;
    }
    std::error_code unknown;
    const fs::space_info space = fs::space(there, unknown);
    return !unknown && space.available < all ? ENOSPC : 0;
}

// 0, or an errno.
int why_no_room(const fs::path& there, const std::array<std::uintmax_t, 2>& sizes) {
    const NamelessFile model(there);
    const int why_not_open = errno;
    if (!model.open()) {
        if (!has_no_nameless_files(why_not_open)) return why_not_open;
        return why_no_room_by_numbers(there, std::max(sizes[0], sizes[1]), sizes[0] + sizes[1]);
    }
    const NamelessFile optimizer(there);
    if (!optimizer.open()) return errno;
    const int failure = model.take_room(sizes[0]);
    return failure != 0 ? failure : optimizer.take_room(sizes[1]);
}

int why_no_name(const fs::path& folder) {
    std::error_code error;
    static_cast<void>(fs::symlink_status(fs::absolute(folder) / kLongestName, error));
    return error == std::errc::filename_too_long ? ENAMETOOLONG : 0;
}

// A folder where one of the run's files has to go: found before the training, not after it.
void check_places(const fs::path& folder) {
    for (const char* file : kRunFiles) {
        for (const std::string& name : {std::string(file), file + std::string(kStaged)}) {
            std::error_code none;
            const fs::path place = folder / name;
            if (fs::symlink_status(place, none).type() != fs::file_type::directory) continue;
            throw Error(quoted(place) + " is a folder, and the run's file of that name has to go " +
                        "there. Move it away, or choose another folder for the run.");
        }
    }
}

}  // namespace

void check_room(const fs::path& folder, const train::Checkpoint& checkpoint) {
    check_places(folder);
    const auto sizes = sizes_of(checkpoint);
    int failure = why_no_name(folder);
    if (failure == 0) failure = why_no_room(folder_that_is_there(folder), sizes);
    if (failure == 0) return;
    throw Error("The run needs " + bytes_text(sizes[0] + sizes[1]) + " in '" + folder.string() +
                "' and cannot be saved there: " + why_not_written(failure));
}

}  // namespace elbow::io

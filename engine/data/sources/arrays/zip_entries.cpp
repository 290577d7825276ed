#include "engine/data/sources/arrays/zip_entries.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <exception>
#include <new>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/path_text.h"

namespace elbow::data {
namespace {

constexpr std::size_t kZipBlock = 256 << 10;

}  // namespace

struct ZipEntries::State {
    InputFile file;
    archive* zip = archive_read_new();
    archive_entry* entry = nullptr;
    std::vector<std::uint8_t> block = std::vector<std::uint8_t>(kZipBlock);
    std::uint64_t position = 0;
    std::exception_ptr failure;  // of the file, on its way through a library in C

    explicit State(const std::filesystem::path& path) : file(path) {}
    ~State() { archive_read_free(zip); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    static la_ssize_t read_block(archive*, void* self, const void** out) {
        auto& state = *static_cast<State*>(self);
        try {
            const std::size_t got = state.file.read_at(state.position, state.block);
            state.position += got;
            *out = state.block.data();
            return static_cast<la_ssize_t>(got);
        } catch (...) {
            state.failure = std::current_exception();
            return ARCHIVE_FATAL;
        }
    }
    static la_int64_t seek(archive*, void* self, la_int64_t offset, int whence) {
        auto& state = *static_cast<State*>(self);
        la_int64_t target = offset;
        if (whence == SEEK_CUR) target += static_cast<la_int64_t>(state.position);
        if (whence == SEEK_END) target += static_cast<la_int64_t>(state.file.bytes());
        if (target < 0) return ARCHIVE_FATAL;
        state.position = static_cast<std::uint64_t>(target);
        return target;
    }
    static la_int64_t skip(archive*, void* self, la_int64_t count) {
        static_cast<State*>(self)->position += static_cast<std::uint64_t>(count);
        return count;
    }

    // What libarchive says went wrong, or what made it so.
    [[noreturn]] void fail() const {
        if (failure) std::rethrow_exception(failure);
        const char* why = archive_error_string(zip);
        throw Error(quoted(file.path()) +
                    " is a damaged zip: " + (why == nullptr ? "it cannot be read" : why) +
                    ". Fetch it again or replace it.");
    }
};

ZipEntries::ZipEntries(const std::filesystem::path& path) : state_(std::make_unique<State>(path)) {
    archive* const zip = state_->zip;
    if (zip == nullptr) throw std::bad_alloc();
    archive_read_support_format_zip_seekable(zip);
    archive_read_set_callback_data(zip, state_.get());
    archive_read_set_read_callback(zip, State::read_block);
    archive_read_set_seek_callback(zip, State::seek);
    archive_read_set_skip_callback(zip, State::skip);
    if (archive_read_open1(zip) != ARCHIVE_OK) state_->fail();
}
ZipEntries::~ZipEntries() = default;

bool ZipEntries::next() {
    const int status = archive_read_next_header(state_->zip, &state_->entry);
    if (status == ARCHIVE_EOF) return false;
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) state_->fail();
    return true;
}

std::string ZipEntries::name() const {
    const char* name = archive_entry_pathname(state_->entry);
    return name == nullptr ? "" : name;
}

std::uint64_t ZipEntries::bytes() const {
    return archive_entry_size_is_set(state_->entry) == 0
               ? 0
               : static_cast<std::uint64_t>(
                     std::max<la_int64_t>(0, archive_entry_size(state_->entry)));
}

std::size_t ZipEntries::read(std::span<std::uint8_t> out) {
    std::size_t done = 0;
    while (done < out.size()) {
        const la_ssize_t got = archive_read_data(state_->zip, out.data() + done, out.size() - done);
        if (got < 0) state_->fail();
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

std::uint64_t ZipEntries::file_bytes() const { return state_->file.bytes(); }

}  // namespace elbow::data

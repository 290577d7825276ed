#include "engine/data/sources/archive_files.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <string_view>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/path_text.h"
#include "engine/core/text.h"

namespace elbow::data {
namespace {

constexpr std::size_t kArchivePiece = 256 * 1024;
// Pictures are packed already: what grows more than this, and to more than that, holds none.
constexpr std::uint64_t kMostGrowth = 200;
constexpr std::uint64_t kNoBomb = 64ULL << 20;

// The file under an archive, as libarchive reads it.
struct PackedFile {
    InputFile file;
    const Progress& progress;
    std::uint64_t position = 0;
    std::vector<std::uint8_t> piece = std::vector<std::uint8_t>(kArchivePiece);
    std::string failure = {};
    bool cancelled = false;
};

la_ssize_t read_packed(archive* reader, void* data, const void** buffer) {
    auto& packed = *static_cast<PackedFile*>(data);
    packed.cancelled = packed.progress.cancelled();
    if (packed.cancelled) return ARCHIVE_FATAL;
    try {
        const std::size_t got = packed.file.read_at(packed.position, packed.piece);
        packed.position += got;
        *buffer = packed.piece.data();
        return static_cast<la_ssize_t>(got);
    } catch (const Error& error) {  // no exception may pass through a library in C
        packed.failure = error.what();
        archive_set_error(reader, EIO, "%s", error.what());
        return ARCHIVE_FATAL;
    }
}

la_int64_t seek_packed(archive*, void* data, la_int64_t offset, int whence) {
    auto& packed = *static_cast<PackedFile*>(data);
    const auto bytes = static_cast<la_int64_t>(packed.file.bytes());
    const la_int64_t from = whence == SEEK_SET   ? 0
                            : whence == SEEK_END ? bytes
                                                 : static_cast<la_int64_t>(packed.position);
    packed.position = static_cast<std::uint64_t>(std::clamp<la_int64_t>(from + offset, 0, bytes));
    return static_cast<la_int64_t>(packed.position);
}

la_int64_t skip_packed(archive* reader, void* data, la_int64_t count) {
    const auto before = static_cast<PackedFile*>(data)->position;
    return seek_packed(reader, data, count, SEEK_CUR) - static_cast<la_int64_t>(before);
}

class Archive {
  public:
    Archive(const std::filesystem::path& path, Progress& progress)
        : packed_{InputFile(path), progress},
          progress_(progress),
          reader_(archive_read_new(), archive_read_free) {
        if (!reader_) throw std::bad_alloc();
        archive* reader = reader_.get();
        // By name, for "all" would start programs.
        archive_read_support_filter_gzip(reader);
        archive_read_support_filter_bzip2(reader);
        archive_read_support_filter_xz(reader);
        archive_read_support_filter_zstd(reader);
        archive_read_support_format_tar(reader);
        archive_read_support_format_zip(reader);
        archive_read_support_format_7zip(reader);
        archive_read_set_callback_data(reader, &packed_);
        archive_read_set_read_callback(reader, read_packed);
        archive_read_set_seek_callback(reader, seek_packed);
        archive_read_set_skip_callback(reader, skip_packed);
        if (archive_read_open1(reader) < ARCHIVE_WARN) refuse();
    }

    // nullptr at the end.
    archive_entry* next() {
        progress_.throw_if_cancelled();
        archive_entry* entry = nullptr;
        const int status = archive_read_next_header(reader_.get(), &entry);
        if (status == ARCHIVE_EOF) return nullptr;
        if (status < ARCHIVE_WARN) known_ ? fail() : refuse();
        known_ = true;
        check_growth(0);
        return entry;
    }

    // Of the present entry. Throws Error where it cannot be unpacked.
    std::size_t read(std::span<std::uint8_t> out) {
        std::size_t filled = 0;
        while (filled < out.size()) {
            progress_.throw_if_cancelled();
            const la_ssize_t got =
                archive_read_data(reader_.get(), out.data() + filled, out.size() - filled);
            if (got == ARCHIVE_FATAL) fail();
            if (got < 0) throw Error("It cannot be unpacked: " + words());
            if (got == 0) break;
            filled += static_cast<std::size_t>(got);
            check_growth(static_cast<std::uint64_t>(got));
        }
        return filled;
    }

    double done() const {
        return static_cast<double>(packed_.position) /
               static_cast<double>(std::max<std::uint64_t>(1, packed_.file.bytes()));
    }

    // "zip", "tar.gz"
    std::string form() const {
        switch (archive_format(reader_.get()) & ARCHIVE_FORMAT_BASE_MASK) {
            case ARCHIVE_FORMAT_ZIP:
                return "zip";
            case ARCHIVE_FORMAT_7ZIP:
                return "7z";
            default:
                break;
        }
        switch (archive_filter_code(reader_.get(), 0)) {
            case ARCHIVE_FILTER_GZIP:
                return "tar.gz";
            case ARCHIVE_FILTER_BZIP2:
                return "tar.bz2";
            case ARCHIVE_FILTER_XZ:
                return "tar.xz";
            case ARCHIVE_FILTER_ZSTD:
                return "tar.zst";
            default:
                return "tar";
        }
    }

  private:
    std::string words() const {
        const char* text = archive_error_string(reader_.get());
        return text == nullptr ? "it is damaged" : text;
    }

    void check_growth(std::uint64_t more) {
        unpacked_ += more;
        const std::uint64_t passed =
            std::max(unpacked_, static_cast<std::uint64_t>(std::max<la_int64_t>(
                                    0, archive_filter_bytes(reader_.get(), 0))));
        if (passed < kNoBomb || passed / kMostGrowth < packed_.file.bytes()) return;
        packed_.file.fail("it unpacks to more than " + std::to_string(kMostGrowth) +
                          " times its size, as no archive of pictures does: a zip bomb?");
    }

    [[noreturn]] void fail() {
        if (packed_.cancelled) throw Cancelled();
        if (!packed_.failure.empty()) throw Error(packed_.failure);
        packed_.file.fail("the archive is damaged or cut off (" + words() +
                          "). Fetch or make it again.");
    }

    [[noreturn]] void refuse() {
        if (packed_.cancelled) throw Cancelled();
        if (!packed_.failure.empty()) throw Error(packed_.failure);
        throw Error(
            "Expected a folder of pictures, an archive of them (zip, tar, tar.gz, tar.zst, "
            "7z) or a file of arrays (npy, npz, idx, CSV, MAT), and " +
            quoted(packed_.file.path()) + " is none of these, or is damaged (" + words() + ").");
    }

    PackedFile packed_;
    Progress& progress_;
    std::unique_ptr<archive, decltype(&archive_read_free)> reader_;
    std::uint64_t unpacked_ = 0;  // of the files that were read
    bool known_ = false;          // to be an archive
};

class PackedPicture : public SourceFile {
  public:
    PackedPicture(std::string name, std::uint64_t bytes, Archive& from)
        : SourceFile(std::move(name), from.done(), bytes), from_(from) {}

  private:
    std::size_t read_on(std::span<std::uint8_t> out) override { return from_.read(out); }

    Archive& from_;
};

// As the archive has it, in UTF-8 where it says so.
std::string name_of(archive_entry* entry) {
    const char* name = archive_entry_pathname_utf8(entry);
    if (name == nullptr) name = archive_entry_pathname(entry);
    std::string text = name == nullptr ? "" : name;
    // Some programs write the separators of Windows.
    if (text.find('/') == std::string::npos) std::replace(text.begin(), text.end(), '\\', '/');
    while (text.starts_with("./")) text.erase(0, 2);
    return text;
}

// Why an entry is left out; nullptr where it is not.
const char* reason_to_skip(archive_entry* entry, const std::string& name) {
    if (archive_entry_is_encrypted(entry) != 0) return "encrypted";
    if (archive_entry_hardlink(entry) != nullptr || archive_entry_filetype(entry) == AE_IFLNK)
        return "links of an archive";
    if (archive_entry_filetype(entry) != AE_IFREG) return "no regular files";
    if (name.empty()) return "without a name";
    const std::filesystem::path path(name);
    if (path.is_absolute() || (name.size() > 1 && name[1] == ':')) return "names that lead outside";
    for (const auto& part : path) {
        if (part == "..") return "names that lead outside";
        if (is_hidden_name(part.string())) return "hidden";
    }
    return nullptr;
}

}  // namespace

std::string visit_archive(const std::filesystem::path& path, Progress& progress,
                          std::vector<LeftOut>& left_out, const SeeFile& see) {
    Archive archive(path, progress);
    while (archive_entry* entry = archive.next()) {
        if (archive_entry_filetype(entry) == AE_IFDIR) continue;
        const std::string raw = name_of(entry);
        const std::string name = readable_name(raw);
        if (const char* why = reason_to_skip(entry, raw)) {
            leave_out(left_out, why, name);
            continue;
        }
        const la_int64_t bytes = archive_entry_size(entry);  // 0 where it is not known
        PackedPicture file(name, static_cast<std::uint64_t>(std::max<la_int64_t>(0, bytes)),
                           archive);
        see(file);
    }
    return archive.form();
}

}  // namespace elbow::data

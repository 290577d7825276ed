#pragma once

// Something on disk that takes its name when it is whole. Until then it lies beside that name under
// a hidden one, so that a reader never sees half of it, and an end before finish() leaves nothing.
// Used by one thread.

#include <cstdint>
#include <filesystem>
#include <span>

namespace elbow {

// A file or a folder that somebody else makes at path().
class StagedPath {
  public:
    // Makes nothing. A link at the target is followed and stays a link.
    explicit StagedPath(const std::filesystem::path& target);
    ~StagedPath();  // removes what was not finished
    StagedPath(const StagedPath&) = delete;
    StagedPath& operator=(const StagedPath&) = delete;

    const std::filesystem::path& path() const { return path_; }
    // Flushes it to disk and gives it its name: in place of a file, or a folder in place of an
    // empty one. Throws Error naming the target and the cause.
    void finish();
    // Throws Error: "Cannot write 'TARGET': <why>" of an errno.
    [[noreturn]] void fail(int error_number) const;

  private:
    friend class OutputFile;
    void take_name();

    const std::filesystem::path wanted_;  // as the caller named it
    const std::filesystem::path target_, path_;
    bool finished_ = false;
};

// A file that is written piece by piece.
class OutputFile {
  public:
    // Throws Error naming the path and the cause, as all that follows.
    explicit OutputFile(const std::filesystem::path&);
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    void write(std::span<const std::uint8_t>);
    void finish();

  private:
    StagedPath staged_;
    int descriptor_;
};

// Whether all was written; errno says why it was not.
bool write_all(int descriptor, std::span<const std::uint8_t>);

}  // namespace elbow

// Fails or kills a program at one of its file operations. Preloaded (LD_PRELOAD), it counts what
// the program does to paths below one folder; at the n-th operation it does what it is told by
//
//   ELBOW_FAULTS_FOLDER  an absolute path without links: only what lies there or below counts
//   ELBOW_FAULTS_AT      n, from 1; absent: nothing happens, the operations are only counted
//   ELBOW_FAULTS_DO      an errno's name (ENOSPC, EIO, EACCES, EDQUOT, EROFS, EINTR): the operation
//                        fails with it; short: a write takes half of its bytes; kill-before,
//                        kill-after: SIGKILL there; kill-within: SIGKILL with half of it written
//   ELBOW_FAULTS_LASTING present: so do all operations after it
//   ELBOW_FAULTS_LOG     a file outside the folder that gets a line, "n operation path", for each
//
// Children of the program are left alone: the variables are taken out of the environment, and a
// forked process is no longer the one that was told.

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

enum class Deed { kNone, kError, kShort, kKillBefore, kKillWithin, kKillAfter };

struct Plan {
    pid_t process = 0;  // 0: not told yet, or nothing to do
    std::string folder;
    long at = 0;
    Deed deed = Deed::kNone;
    int error = 0;
    bool lasting = false;
    int log = -1;
};

Plan& plan() {
    static Plan* const told = new Plan;  // outlives every other destructor
    return *told;
}

std::atomic<long> operations{0};

void take_deed(std::string_view name) {
    struct Error {
        std::string_view name;
        int number;
    };
    constexpr Error kErrors[] = {{"ENOSPC", ENOSPC}, {"EIO", EIO},     {"EACCES", EACCES},
                                 {"EDQUOT", EDQUOT}, {"EROFS", EROFS}, {"EINTR", EINTR}};
    for (const Error& error : kErrors) {
        if (name != error.name) continue;
        plan().deed = Deed::kError;
        plan().error = error.number;
    }
    if (name == "short") plan().deed = Deed::kShort;
    if (name == "kill-before") plan().deed = Deed::kKillBefore;
    if (name == "kill-within") plan().deed = Deed::kKillWithin;
    if (name == "kill-after") plan().deed = Deed::kKillAfter;
    if (plan().deed != Deed::kNone) return;
    std::fprintf(stderr, "file_faults: ELBOW_FAULTS_DO=%s is not known.\n", name.data());
    std::_Exit(99);
}

int open_log(const char* path) {
    const int low = static_cast<int>(
        ::syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
    if (low < 0) return -1;
    const int high = ::fcntl(low, F_DUPFD_CLOEXEC, 500);  // the program's own numbers stay the same
    ::syscall(SYS_close, low);
    return high;
}

__attribute__((constructor)) void take_plan() {
    if (const char* folder = std::getenv("ELBOW_FAULTS_FOLDER")) {
        plan().folder = folder;
        if (const char* at = std::getenv("ELBOW_FAULTS_AT")) plan().at = std::atol(at);
        if (const char* deed = std::getenv("ELBOW_FAULTS_DO")) take_deed(deed);
        plan().lasting = std::getenv("ELBOW_FAULTS_LASTING") != nullptr;
        if (const char* log = std::getenv("ELBOW_FAULTS_LOG")) plan().log = open_log(log);
        plan().process = ::getpid();
    }
    for (const char* name : {"LD_PRELOAD", "ELBOW_FAULTS_FOLDER", "ELBOW_FAULTS_AT",
                             "ELBOW_FAULTS_DO", "ELBOW_FAULTS_LASTING", "ELBOW_FAULTS_LOG"}) {
        ::unsetenv(name);
    }
}

bool concerned() { return plan().process != 0 && ::getpid() == plan().process; }

std::string link_target(const std::string& link) {
    char target[PATH_MAX];
    const long length = ::syscall(SYS_readlinkat, AT_FDCWD, link.c_str(), target, sizeof target);
    return {target, length > 0 ? static_cast<std::size_t>(length) : 0};
}

std::string path_of(int descriptor) {
    return link_target("/proc/self/fd/" + std::to_string(descriptor));
}

// Absolute, as the program wrote it: the folder's path has no links, so neither need these.
std::string path_of(int folder, const char* path) {
    if (path == nullptr || *path == '/') return path == nullptr ? "" : path;
    const std::string base = folder == AT_FDCWD ? link_target("/proc/self/cwd") : path_of(folder);
    return std::string_view(path) == "." ? base : base + "/" + path;
}

bool is_below(const std::string& path) {
    const std::string& folder = plan().folder;
    return path.compare(0, folder.size(), folder) == 0 &&
           (path.size() == folder.size() || path[folder.size()] == '/');
}

[[noreturn]] void die() {
    for (;;) ::kill(::getpid(), SIGKILL);
}

// One operation of the program: counted where it concerns the folder. Whoever makes one asks
// fails() before doing the real thing.
class Operation {
  public:
    Operation(const char* name, int descriptor) {
        const int before = errno;
        if (concerned()) begin(name, path_of(descriptor));
        errno = before;
    }
    Operation(const char* name, int folder, const char* path) {
        const int before = errno;
        if (concerned()) begin(name, path_of(folder, path));
        errno = before;
    }
    // Of two paths the one below the folder counts.
    Operation(const char* name, int from_folder, const char* from, int to_folder, const char* to) {
        const int before = errno;
        if (concerned()) {
            const std::string target = path_of(to_folder, to);
            begin(name, is_below(target) ? target : path_of(from_folder, from));
        }
        errno = before;
    }
    ~Operation() {
        if (deed_ == Deed::kKillAfter) die();
    }
    Operation(const Operation&) = delete;
    Operation& operator=(const Operation&) = delete;

    bool fails() const {
        if (deed_ != Deed::kError) return false;
        errno = plan().error;
        return true;
    }
    // How many of these bytes are to be written, before end_of_write().
    std::size_t written(std::size_t bytes) const {
        const bool half = deed_ == Deed::kShort || deed_ == Deed::kKillWithin;
        return half && bytes > 1 ? bytes / 2 : bytes;
    }
    void end_of_write() const {
        if (deed_ == Deed::kKillWithin) die();
    }
    bool halves() const { return deed_ == Deed::kShort || deed_ == Deed::kKillWithin; }

  private:
    void begin(const char* name, const std::string& path) {
        if (!is_below(path)) return;
        const long number = ++operations;
        if (plan().log >= 0) {
            const std::string line = std::to_string(number) + " " + name + " " + path + "\n";
            ::syscall(SYS_write, plan().log, line.data(), line.size());
        }
        const bool struck = number == plan().at || (plan().lasting && number > plan().at);
        if (plan().at <= 0 || !struck) return;
        deed_ = plan().deed;
        const bool writes = std::strstr(name, "write") != nullptr;
        if (deed_ == Deed::kKillBefore || (deed_ == Deed::kKillWithin && !writes)) die();
    }

    Deed deed_ = Deed::kNone;
};

mode_t mode_after(int flags, va_list arguments) {
    const bool makes = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
    return makes ? va_arg(arguments, mode_t) : 0;
}

int open_through(const char* name, int folder, const char* path, int flags, mode_t mode) {
    const Operation operation(name, folder, path);
    if (operation.fails()) return -1;
    return static_cast<int>(::syscall(SYS_openat, folder, path, flags, mode));
}

}  // namespace

// What the program would have called, of the same name.
#define REAL(name) reinterpret_cast<decltype(&::name)>(::dlsym(RTLD_NEXT, #name))

#define OPEN(name)                                                \
    int name(const char* path, int flags, ...) {                  \
        va_list arguments;                                        \
        va_start(arguments, flags);                               \
        const mode_t mode = mode_after(flags, arguments);         \
        va_end(arguments);                                        \
        return open_through("open", AT_FDCWD, path, flags, mode); \
    }
#define OPENAT(name)                                            \
    int name(int folder, const char* path, int flags, ...) {    \
        va_list arguments;                                      \
        va_start(arguments, flags);                             \
        const mode_t mode = mode_after(flags, arguments);       \
        va_end(arguments);                                      \
        return open_through("open", folder, path, flags, mode); \
    }
#define FOPEN(name)                                                  \
    FILE* name(const char* path, const char* mode) {                 \
        const Operation operation("open", AT_FDCWD, path);           \
        return operation.fails() ? nullptr : REAL(name)(path, mode); \
    }
// NOLINTBEGIN(bugprone-macro-parentheses): lists of parameters bring their own.
// Of one descriptor.
#define ON_DESCRIPTOR(name, parameters, arguments, exception) \
    int name parameters exception {                           \
        const Operation operation(#name, descriptor);         \
        return operation.fails() ? -1 : REAL(name) arguments; \
    }
// Of one path.
#define ON_PATH(name, folder, parameters, arguments, exception) \
    int name parameters exception {                             \
        const Operation operation(#name, folder, path);         \
        return operation.fails() ? -1 : REAL(name) arguments;   \
    }
// Of two paths.
#define ON_PATHS(name, from_folder, to_folder, parameters, arguments)       \
    int name parameters noexcept {                                          \
        const Operation operation(#name, from_folder, from, to_folder, to); \
        return operation.fails() ? -1 : REAL(name) arguments;               \
    }
// NOLINTEND(bugprone-macro-parentheses)
#define PWRITE(name, offset_type)                                                           \
    ssize_t name(int descriptor, const void* bytes, std::size_t size, offset_type offset) { \
        const Operation operation("pwrite", descriptor);                                    \
        if (operation.fails()) return -1;                                                   \
        const ssize_t written =                                                             \
            ::syscall(SYS_pwrite64, descriptor, bytes, operation.written(size), offset);    \
        operation.end_of_write();                                                           \
        return written;                                                                     \
    }

extern "C" {

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
FOPEN(fopen)
FOPEN(fopen64)

int creat(const char* path, mode_t mode) {
    return open_through("open", AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}
int creat64(const char* path, mode_t mode) { return creat(path, mode); }

DIR* opendir(const char* path) {
    const Operation operation("opendir", AT_FDCWD, path);
    return operation.fails() ? nullptr : REAL(opendir)(path);
}

ssize_t read(int descriptor, void* bytes, std::size_t size) {
    const Operation operation("read", descriptor);
    return operation.fails() ? -1 : ::syscall(SYS_read, descriptor, bytes, size);
}

ssize_t write(int descriptor, const void* bytes, std::size_t size) {
    const Operation operation("write", descriptor);
    if (operation.fails()) return -1;
    const ssize_t written = ::syscall(SYS_write, descriptor, bytes, operation.written(size));
    operation.end_of_write();
    return written;
}
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int descriptor, const iovec* parts, int count) {
    const Operation operation("writev", descriptor);
    if (operation.fails()) return -1;
    const ssize_t written = operation.halves() ? ::syscall(SYS_write, descriptor, parts[0].iov_base,
                                                           operation.written(parts[0].iov_len))
                                               : ::syscall(SYS_writev, descriptor, parts, count);
    operation.end_of_write();
    return written;
}

// As Linux does it: the descriptor is gone even where an error is reported.
int close(int descriptor) {
    const Operation operation("close", descriptor);
    const int result = static_cast<int>(::syscall(SYS_close, descriptor));
    return operation.fails() ? -1 : result;
}
int fclose(FILE* file) {
    const Operation operation("close", ::fileno(file));
    const int result = REAL(fclose)(file);
    return operation.fails() ? EOF : result;
}

ON_DESCRIPTOR(fsync, (int descriptor), (descriptor), )
ON_DESCRIPTOR(fdatasync, (int descriptor), (descriptor), )
ON_DESCRIPTOR(ftruncate, (int descriptor, off_t size), (descriptor, size), noexcept)
ON_DESCRIPTOR(ftruncate64, (int descriptor, off64_t size), (descriptor, size), noexcept)
ON_DESCRIPTOR(fchmod, (int descriptor, mode_t mode), (descriptor, mode), noexcept)
ON_DESCRIPTOR(flock, (int descriptor, int operation_wanted), (descriptor, operation_wanted),
              noexcept)

ON_PATH(unlink, AT_FDCWD, (const char* path), (path), noexcept)
ON_PATH(unlinkat, folder, (int folder, const char* path, int flags), (folder, path, flags),
        noexcept)
ON_PATH(remove, AT_FDCWD, (const char* path), (path), noexcept)
ON_PATH(rmdir, AT_FDCWD, (const char* path), (path), noexcept)
ON_PATH(mkdir, AT_FDCWD, (const char* path, mode_t mode), (path, mode), noexcept)
ON_PATH(mkdirat, folder, (int folder, const char* path, mode_t mode), (folder, path, mode),
        noexcept)
ON_PATH(chmod, AT_FDCWD, (const char* path, mode_t mode), (path, mode), noexcept)
ON_PATH(truncate, AT_FDCWD, (const char* path, off_t size), (path, size), noexcept)
ON_PATH(truncate64, AT_FDCWD, (const char* path, off64_t size), (path, size), noexcept)

ON_PATHS(rename, AT_FDCWD, AT_FDCWD, (const char* from, const char* to), (from, to))
ON_PATHS(renameat, from_folder, to_folder,
         (int from_folder, const char* from, int to_folder, const char* to),
         (from_folder, from, to_folder, to))
ON_PATHS(renameat2, from_folder, to_folder,
         (int from_folder, const char* from, int to_folder, const char* to, unsigned flags),
         (from_folder, from, to_folder, to, flags))
ON_PATHS(link, AT_FDCWD, AT_FDCWD, (const char* from, const char* to), (from, to))

// The first is the text of the link, not a place.
int symlink(const char* text, const char* path) noexcept {
    const Operation operation("symlink", AT_FDCWD, path);
    return operation.fails() ? -1 : REAL(symlink)(text, path);
}

}  // extern "C"

#include "engine/core/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <sstream>
#include <system_error>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/system_remedy.h"

namespace elbow {
namespace {

namespace fs = std::filesystem;

constexpr int kPollMilliseconds = 50;
constexpr int kUnknownExit = 255;

// A pipe from the child to us, or from us to the child.
class Pipe {
  public:
    Pipe() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
            throw Error("Cannot make a pipe to another program: " + system_words(errno) + ".");
        }
        read_end_ = ends[0];
        write_end_ = ends[1];
    }
    ~Pipe() {
        close_write_end();
        close_read_end();
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    int read_end() const { return read_end_; }    // negative: the child has closed its side
    int write_end() const { return write_end_; }  // negative: we have closed it
    void close_write_end() { close(write_end_); }
    void close_read_end() { close(read_end_); }

    // Appends what is there and keeps at least the last `kept` bytes.
    void drain_into(std::string& text, std::size_t kept) {
        std::array<char, 4096> buffer;
        const ssize_t got = ::read(read_end_, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) return;
        if (got <= 0) return close_read_end();
        text.append(buffer.data(), static_cast<std::size_t>(got));
        if (text.size() > 2 * kept) text.erase(0, text.size() - kept);
    }

  private:
    static void close(int& descriptor) {
        if (descriptor >= 0) ::close(descriptor);
        descriptor = -1;
    }
    int read_end_ = -1;
    int write_end_ = -1;
};

// What the child reads, as a file in memory: whether and how fast it reads is nothing to wait for.
class Input {
  public:
    explicit Input(const std::optional<std::vector<std::uint8_t>>& bytes) {
        if (!bytes) return;
        descriptor_ = ::memfd_create("input", MFD_CLOEXEC);
        std::size_t written = 0;
        while (descriptor_ >= 0 && written < bytes->size()) {
            const ssize_t got =
                ::write(descriptor_, bytes->data() + written, bytes->size() - written);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) break;
            written += static_cast<std::size_t>(got);
        }
        const bool whole =
            descriptor_ >= 0 && written == bytes->size() && ::lseek(descriptor_, 0, SEEK_SET) == 0;
        if (whole) return;
        const int failure = errno;
        close();
        throw Error("Cannot hand " + std::to_string(bytes->size()) +
                    " bytes to another program: " + system_words(failure) + ".");
    }
    ~Input() { close(); }
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;

    int descriptor() const { return descriptor_; }  // negative: there is none

  private:
    void close() {
        if (descriptor_ >= 0) ::close(descriptor_);
        descriptor_ = -1;
    }
    int descriptor_ = -1;
};

class SpawnSettings {
  public:
    // input: a descriptor; negative: there is nothing to read.
    SpawnSettings(const fs::path& folder, int input, const Pipe& output, const Pipe& errors) {
        posix_spawn_file_actions_init(&actions);
        if (input >= 0) {
            posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
        } else {
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        }
        posix_spawn_file_actions_adddup2(&actions, output.write_end(), STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, errors.write_end(), STDERR_FILENO);
        if (!folder.empty()) posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
        // Its own process group, so that it can be ended with everything it starts; no signal of
        // ours is blocked or ignored in it.
        posix_spawnattr_init(&attributes);
        posix_spawnattr_setflags(
            &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        posix_spawnattr_setpgroup(&attributes, 0);
        sigset_t signals;
        sigemptyset(&signals);
        posix_spawnattr_setsigmask(&attributes, &signals);
        for (const int number : {SIGINT, SIGTERM, SIGPIPE, SIGXFSZ}) sigaddset(&signals, number);
        posix_spawnattr_setsigdefault(&attributes, &signals);
    }
    ~SpawnSettings() {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;

    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
};

pid_t spawn(std::vector<std::string> arguments, const SpawnSettings& settings) {
    std::vector<char*> pointers;
    pointers.reserve(arguments.size() + 1);
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    pid_t child = 0;
    const int failure = ::posix_spawnp(&child, pointers[0], &settings.actions, &settings.attributes,
                                       pointers.data(), environ);
    if (failure != 0) {
        throw Error("Cannot start '" + arguments[0] + "': " + system_words(failure) + ".");
    }
    return child;
}

// Ends the child and what it started, unless it was waited for.
class ChildGuard {
  public:
    explicit ChildGuard(pid_t child) : child_(child) {}
    ~ChildGuard() {
        if (child_ == 0) return;
        ::kill(-child_, SIGKILL);
        int ignored = 0;
        while (::waitpid(child_, &ignored, 0) < 0 && errno == EINTR) {
        }
    }
    ChildGuard(const ChildGuard&) = delete;
    ChildGuard& operator=(const ChildGuard&) = delete;

    std::optional<int> exit_code_if_ended() {
        int status = 0;
        const pid_t ended = ::waitpid(child_, &status, WNOHANG);
        if (ended == 0 || (ended < 0 && errno == EINTR)) return std::nullopt;
        child_ = 0;
        // Where the parent of this program ignores SIGCHLD, the exit code is lost with the child.
        if (ended < 0) return kUnknownExit;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

  private:
    pid_t child_;
};

// What a program prints, and how much of it is kept.
struct Printed {
    Pipe output, errors;
    std::size_t kept_bytes = kKeptOutputBytes;  // of the output
};

// True where something was read (or a side was closed) within the time, or where `input` takes
// more.
bool listen(Printed& printed, ProcessResult& result, int milliseconds, int input = -1) {
    Pipe& output = printed.output;
    Pipe& errors = printed.errors;
    // poll() passes over a negative descriptor.
    std::array<pollfd, 3> sides{pollfd{output.read_end(), POLLIN, 0},
                                pollfd{errors.read_end(), POLLIN, 0}, pollfd{input, POLLOUT, 0}};
    if (::poll(sides.data(), sides.size(), milliseconds) <= 0) return false;
    if (sides[0].revents != 0) output.drain_into(result.standard_output, printed.kept_bytes);
    if (sides[1].revents != 0) errors.drain_into(result.standard_error, kKeptOutputBytes);
    return true;
}

void keep_end(std::string& text, std::size_t bytes) {
    if (text.size() > bytes) text.erase(0, text.size() - bytes);
}

// Waits for its end. `said`: what it has said so far.
ProcessResult result_of(ChildGuard& child, Printed& printed, const std::function<void()>& poll,
                        ProcessResult said = {}) {
    printed.output.close_write_end();
    printed.errors.close_write_end();
    for (;;) {
        if (poll) poll();
        listen(printed, said, kPollMilliseconds);
        if (const auto exit_code = child.exit_code_if_ended()) {
            said.exit_code = *exit_code;
            break;
        }
    }
    // What it wrote last is still in the pipes. Something it left running may hold them open: don't
    // wait.
    while (listen(printed, said, 0)) {
    }
    keep_end(said.standard_output, printed.kept_bytes);
    keep_end(said.standard_error, kKeptOutputBytes);
    return said;
}

}  // namespace

ProcessResult run_process(const ProcessRequest& request) {
    if (request.arguments.empty()) throw Error("Expected a program to run, found none.");
    Printed printed;
    printed.kept_bytes = request.kept_bytes;
    const Input input(request.input);
    ChildGuard child(spawn(request.arguments,
                           {request.folder, input.descriptor(), printed.output, printed.errors}));
    return result_of(child, printed, request.poll);
}

struct FedProcess::Running {
    explicit Running(const std::vector<std::string>& arguments)
        : child(spawn(arguments, {{}, input.read_end(), printed.output, printed.errors})) {
        input.close_read_end();
        // Where it does not read, its messages are listened to meanwhile.
        ::fcntl(input.write_end(), F_SETFL, O_NONBLOCK);
    }

    Pipe input;
    Printed printed;
    ChildGuard child;
    ProcessResult said;
};

FedProcess::FedProcess(const std::vector<std::string>& arguments, std::function<void()> poll)
    : running_(std::make_unique<Running>(arguments)), poll_(std::move(poll)) {}

FedProcess::~FedProcess() = default;

bool FedProcess::write(std::span<const std::uint8_t> bytes) {
    Running& now = *running_;
    while (!bytes.empty()) {
        if (poll_) poll_();
        const ssize_t written = ::write(now.input.write_end(), bytes.data(), bytes.size());
        if (written > 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN) {
            listen(now.printed, now.said, kPollMilliseconds, now.input.write_end());
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

ProcessResult FedProcess::finish() {
    running_->input.close_write_end();
    return result_of(running_->child, running_->printed, poll_, std::move(running_->said));
}

void open_closed_standard_streams() {
    // Ascending: the system gives the lowest number that is free.
    constexpr std::array kModes = {O_RDONLY, O_RDONLY, O_WRONLY};
    for (int number = 0; number < static_cast<int>(kModes.size()); ++number) {
        if (::fcntl(number, F_GETFD) >= 0 || errno != EBADF) continue;
        const int opened = ::open("/dev/null", kModes[static_cast<std::size_t>(number)]);
        if (opened > number) ::close(opened);
    }
}

void make_lost_writes_errors() {
    for (const int number : {SIGPIPE, SIGXFSZ}) ::signal(number, SIG_IGN);
}

std::optional<fs::path> find_program(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin");
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (folder.empty()) folder = ".";
        const fs::path candidate = fs::path(folder) / name;
        std::error_code ignored;
        if (fs::is_regular_file(candidate, ignored) && ::access(candidate.c_str(), X_OK) == 0) {
            return candidate;
        }
    }
    return std::nullopt;
}

std::string last_line(const std::string& text) {
    std::istringstream lines(text);
    std::string last;
    for (std::string line; std::getline(lines, line);) {
        if (line.find_first_not_of(" \t\r") != std::string::npos) last = line;
    }
    return last;
}

}  // namespace elbow

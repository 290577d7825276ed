#pragma once

// The built program as a child process, as a person or a script would run it.

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

namespace elbow::testing_support {

struct ChildResult {
    int exit_code = -1;  // 128 + the signal's number where a signal ended it
    std::string out;
    std::string err;
};

class ChildProcess {
  public:
    // arguments[0] is the program's path.
    explicit ChildProcess(const std::vector<std::string>& arguments) {
        int out[2];
        int err[2];
        if (pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0)
            throw std::runtime_error("no pipe to another program");
        id_ = fork();
        if (id_ < 0) throw std::runtime_error("no other process");  // kill(-1) would be everyone
        if (id_ == 0) {
            dup2(out[1], STDOUT_FILENO);
            dup2(err[1], STDERR_FILENO);
            std::vector<char*> pointers;
            pointers.reserve(arguments.size() + 1);
            for (const std::string& argument : arguments)
                pointers.push_back(const_cast<char*>(argument.c_str()));
            pointers.push_back(nullptr);
            execv(pointers[0], pointers.data());
            _exit(127);
        }
        close(out[1]);
        close(err[1]);
        out_ = out[0];
        err_ = err[0];
    }
    ~ChildProcess() {
        if (!ended_ && id_ > 0) {
            kill(id_, SIGKILL);
            waitpid(id_, nullptr, 0);
        }
        close_output();
        if (err_ >= 0) close(err_);
    }
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    void send(int signal_number) const { kill(id_, signal_number); }

    // Nobody reads its standard output any more.
    void close_output() {
        if (out_ >= 0) close(out_);
        out_ = -1;
    }

    // Reads until standard output has so many lines, or ends. False after half a minute.
    bool wait_for_lines(int count) {
        const auto lines = [this] {
            int found = 0;
            for (const char c : result_.out) found += c == '\n' ? 1 : 0;
            return found;
        };
        while (lines() < count) {
            if (!read_some()) return false;
        }
        return true;
    }

    // Reads until standard error has the text. False where it ends, and after half a minute.
    bool wait_for_error(const std::string& text) {
        while (result_.err.find(text) == std::string::npos) {
            if (!read_some()) return false;
        }
        return true;
    }

    // Reads to the end of both streams and collects the exit code; kills the program after half a
    // minute of silence.
    ChildResult wait() {
        while (read_some()) {
        }
        if (out_ >= 0 || err_ >= 0) {
            if (!finished_reading()) kill(id_, SIGKILL);
        }
        int status = 0;
        waitpid(id_, &status, 0);
        ended_ = true;
        result_.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        return result_;
    }

  private:
    bool finished_reading() const { return out_ < 0 && err_ < 0; }

    // False at the end of both streams and after four minutes of silence, for a busy machine is
    // slow.
    bool read_some() {
        if (finished_reading()) return false;
        pollfd waits[2] = {{out_, POLLIN, 0},
                           {err_, POLLIN, 0}};  // a negative descriptor is passed over
        if (poll(waits, 2, 240'000) <= 0) return false;
        if (waits[0].revents != 0) read_into(out_, result_.out);
        if (waits[1].revents != 0) read_into(err_, result_.err);
        return true;
    }

    static void read_into(int& descriptor, std::string& text) {
        char buffer[4096];
        const ssize_t got = read(descriptor, buffer, sizeof buffer);
        if (got > 0) {
            text.append(buffer, static_cast<std::size_t>(got));
        } else {
            close(descriptor);
            descriptor = -1;
        }
    }

    pid_t id_ = -1;
    int out_ = -1;
    int err_ = -1;
    bool ended_ = false;
    ChildResult result_;
};

}  // namespace elbow::testing_support

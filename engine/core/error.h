#pragma once

// What went wrong, told to a person: every message says what was expected, what was found and what
// to do about it. Thrown anywhere; caught only in main, in the thread loops and where a background
// task ends.

#include <new>
#include <stdexcept>
#include <string>
#include <system_error>

namespace elbow {

class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// The person asked for something that cannot be (an option out of its range): exit code 2 instead
// of 1.
class UsageError : public Error {
  public:
    using Error::Error;
};

// What to show of an exception: its message or, if memory or threads ran out, one that a person can
// act on.
inline std::string message_of(const std::exception& error) {
    if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) {
        return "The memory is full. Choose fewer hidden units, fewer noise samples or a smaller "
               "minibatch, or close other programs.";
    }
    const auto* system = dynamic_cast<const std::system_error*>(&error);
    if (system != nullptr && system->code() == std::errc::resource_unavailable_try_again) {
        return "The system allows no more threads. Choose fewer with --threads, close other "
               "programs, or raise the limit on processes (ulimit -u).";
    }
    return error.what();
}

}  // namespace elbow

#pragma once

// What went wrong, told to a person: every message says what was expected, what was found and what
// to do about it. Thrown anywhere; caught only in main, in the thread loops and where a background
// task ends.

#include <new>
#include <stdexcept>
#include <string>

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

// What to show of an exception: its message, or for a full memory one that a person can act on.
inline std::string message_of(const std::exception& error) {
    if (dynamic_cast<const std::bad_alloc*>(&error) == nullptr) return error.what();
    return "The memory is full. Choose fewer hidden units, fewer noise samples or a smaller "
           "minibatch, "
           "or close other programs.";
}

}  // namespace elbow

#pragma once

// What went wrong, told to a person: every message says what was expected, what was found and what
// to do about it. Thrown anywhere; caught only in main, in the thread loops and where a background
// task ends.

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

}  // namespace elbow

#pragma once

// A refusal of the operating system, and what a person can do about it.

#include <string>

namespace elbow {

// "No space left on device" of an errno.
std::string system_words(int error_number);

// "No space left on device. Make room on the disk." of an errno that a write of a file ended with.
std::string why_not_written(int error_number);

}  // namespace elbow

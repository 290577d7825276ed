#pragma once

// What a person can do about a refusal of the operating system.

#include <string>

namespace elbow {

// "No space left on device. Make room on the disk." of an errno that a write of a file ended with.
std::string why_not_written(int error_number);

}  // namespace elbow

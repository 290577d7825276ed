#pragma once

// Numbers, durations and sizes, as a person writes and reads them: once, for the window, the
// command line and every message. Pure functions.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace elbow {

// The shortest text that reads back as the same number: "0.001", "1e-07".
std::string exact_text(double);

// With so many digits behind the point: "-104.53"; where that would be a dozen digits long,
// "-1.3e18". "\u2013" where it is no finite number.
std::string decimal_text(double, int decimals);

// Of a bound or one of its parts, without the unit: two decimals.
std::string nats_text(double);

// Three significant digits: "1.23 M", "12.3 k", "999"; below 0.01 "1.2e-3".
std::string short_text(double);

// "0.8 s", "42 s", "3 min 20 s", "2 h 05 min".
std::string duration_text(double seconds);

// "640 MB", "1.6 GB": decimal units, two digits.
std::string bytes_text(std::uint64_t bytes);

// Without blanks before and behind.
std::string_view trimmed(std::string_view);

// A finite number written plainly or as 1e6, blanks around it; absent where the text is anything
// else or has more, and for a whole number that a double does not hold.
std::optional<double> read_number(std::string_view);

// No byte of it is out of place in UTF-8.
bool is_utf8(std::string_view);

// What it says; U+FFFD for each byte that is out of place.
std::u32string characters(std::string_view utf8);

}  // namespace elbow

#include "engine/core/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace elbow {
namespace {

constexpr double kLongest = 1e9;  // numbers from here on are written with an exponent
constexpr const char* kNone = "\u2013";

std::string printed(const char* format, int digits, double value) {
    char text[64];
    std::snprintf(text, sizeof text, format, digits, value + 0.0);  // -0 is 0
    return text;
}

// "1.30e+09" -> "1.3e9", "1.0e-07" -> "1e-7"
std::string short_exponent(const std::string& text) {
    const std::size_t e = text.find('e');
    std::string mantissa = text.substr(0, e);
    if (mantissa.find('.') != std::string::npos) {
        mantissa.erase(mantissa.find_last_not_of('0') + 1);
        if (mantissa.back() == '.') mantissa.pop_back();
    }
    const bool negative = text[e + 1] == '-';
    const std::size_t digit = text.find_first_not_of("+-0", e + 1);
    return mantissa + "e" + (negative ? "-" : "") +
           (digit == std::string::npos ? "0" : text.substr(digit));
}

std::string scientific(double value, int decimals) {
    return short_exponent(printed("%.*e", decimals, value));
}

// 1.23, 12.3, 123.
std::string three_digits(double value) {
    const double size = std::abs(value);
    return printed("%.*f", size < 9.995 ? 2 : size < 99.95 ? 1 : 0, value);
}

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// How many bytes the character that begins with this one has; 0 where none begins so.
int length_of_character(unsigned char first) {
    if (first < 0x80) return 1;
    if (first < 0xC2) return 0;
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
}

// How long the first character is; 0 where that is none in UTF-8.
std::size_t bytes_of_first(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    const auto length = static_cast<std::size_t>(length_of_character(first));
    if (length == 0 || length > text.size()) return 0;
    for (const char c : text.substr(1, length - 1)) {
        if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) return 0;
    }
    // Too long a form, a surrogate, or beyond the last character.
    const auto second = static_cast<unsigned char>(length > 1 ? text[1] : 0);
    const bool wrong = (first == 0xE0 && second < 0xA0) || (first == 0xED && second >= 0xA0) ||
                       (first == 0xF0 && second < 0x90) || (first == 0xF4 && second >= 0x90);
    return wrong ? 0 : length;
}

}  // namespace

std::string exact_text(double value) {
    char text[32];
    const auto result = std::to_chars(text, text + sizeof text, value);
    return {text, result.ptr};
}

std::string decimal_text(double value, int decimals) {
    if (!std::isfinite(value)) return kNone;
    return std::abs(value) < kLongest ? printed("%.*f", decimals, value) : scientific(value, 2);
}

std::string nats_text(double value) { return decimal_text(value, 2); }

std::string short_text(double value) {
    if (!std::isfinite(value)) return kNone;
    const double size = std::abs(value);
    if (size == 0.0) return "0";
    if (size < 0.01) return scientific(value, 1);
    if (size < 999.5) {
        return value == std::round(value) ? printed("%.*f", 0, value) : three_digits(value);
    }
    if (size < 999.5e3) return three_digits(value / 1e3) + " k";
    if (size < 999.5e6) return three_digits(value / 1e6) + " M";
    if (size < 999.5e9) return three_digits(value / 1e9) + " G";
    return scientific(value, 2);
}

std::string duration_text(double seconds) {
    if (!std::isfinite(seconds)) return kNone;
    const double known = std::clamp(seconds, 0.0, 1e12);
    if (known < 9.95) return printed("%.*f", 1, known) + " s";
    const auto two_digits = [](long long number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    const long long whole = std::llround(known);
    if (whole < 60) return std::to_string(whole) + " s";
    if (whole < 3600) return std::to_string(whole / 60) + " min " + two_digits(whole % 60) + " s";
    return std::to_string(whole / 3600) + " h " + two_digits(whole / 60 % 60) + " min";
}

std::string bytes_text(std::uint64_t bytes) {
    const bool many = bytes >= 1'000'000'000;
    const double count = static_cast<double>(bytes) / (many ? 1e9 : 1e6);
    return printed("%.*f", count < 9.95 ? 1 : 0, count) + (many ? " GB" : " MB");
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

std::optional<double> read_number(std::string_view text) {
    text = trimmed(text);
    if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
    double value = 0.0;
    const char* const end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    if (result.ec != std::errc() || result.ptr != end || !std::isfinite(value)) return {};
    // A whole number that a double does not hold would be another one.
    std::uint64_t whole = 0;
    const auto digits = std::from_chars(text.data(), end, whole);
    const bool is_whole = digits.ec == std::errc() && digits.ptr == end;
    const bool held = !is_whole || (value < 0x1p64 && static_cast<std::uint64_t>(value) == whole);
    return held ? std::optional(value) : std::nullopt;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = bytes_of_first(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::u32string characters(std::string_view utf8) {
    constexpr char32_t kReplacement = 0xFFFD;
    std::u32string result;
    while (!utf8.empty()) {
        const std::size_t length = bytes_of_first(utf8);
        if (length == 0) {
            result += kReplacement;
            utf8.remove_prefix(1);
            continue;
        }
        const auto first = static_cast<unsigned char>(utf8.front());
        auto code = static_cast<char32_t>(length == 1 ? first : first & (0x7FU >> length));
        for (const char c : utf8.substr(1, length - 1))
            code = (code << 6) | (static_cast<unsigned char>(c) & 0x3FU);
        result += code;
        utf8.remove_prefix(length);
    }
    return result;
}

}  // namespace elbow

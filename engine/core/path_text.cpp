#include "engine/core/path_text.h"

#include <algorithm>

#include "engine/core/text.h"

namespace elbow {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kScheme = "file://";
constexpr std::string_view kDigits = "0123456789ABCDEF";

// Needs no escape in a URI's path (RFC 3986, section 3.3).
bool stands_for_itself(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("/-._~!$&'()*+,;=:@").find(c) != std::string_view::npos;
}

// The value of a hexadecimal digit; npos where it is none.
std::size_t value_of(char digit) {
    if (digit >= 'a' && digit <= 'f') digit = static_cast<char>(digit - 'a' + 'A');
    return kDigits.find(digit);
}

}  // namespace

std::string shell_word(const fs::path& path) {
    const std::string& bytes = path.native();
    const bool plain = std::all_of(bytes.begin(), bytes.end(), [](char c) {
        return stands_for_itself(c) && std::string_view("~!$&'()*;=").find(c) == std::string::npos;
    });
    if (!bytes.empty() && plain) return bytes;
    const bool printable = is_utf8(bytes) && std::none_of(bytes.begin(), bytes.end(), [](char c) {
                               return (c >= 0 && c < ' ') || c == '\x7F';
                           });
    std::string word = printable ? "'" : "$'";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\'') {
            word += printable ? "'\\''" : "\\'";
        } else if (printable || (byte >= ' ' && byte < 0x7F && c != '\\')) {
            word += c;
        } else {
            word += "\\x";
            word += kDigits[byte >> 4];
            word += kDigits[byte & 15];
        }
    }
    return word + "'";
}

std::string quoted(const fs::path& path) { return "'" + path.string() + "'"; }

std::string text_of_path(const fs::path& path) {
    const std::string& bytes = path.native();
    if (is_utf8(bytes) && !bytes.starts_with(kScheme)) return bytes;
    std::string text(kScheme);
    for (const char c : bytes) {
        if (stands_for_itself(c)) {
            text += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        text += '%';
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

fs::path path_of_text(std::string_view text) {
    if (!text.starts_with(kScheme)) return std::string(text);
    text.remove_prefix(kScheme.size());
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() &&
                            value_of(text[i + 1]) != std::string_view::npos &&
                            value_of(text[i + 2]) != std::string_view::npos;
        if (escape) {
            bytes += static_cast<char>(value_of(text[i + 1]) * 16 + value_of(text[i + 2]));
            i += 2;
        } else {
            bytes += text[i];
        }
    }
    return bytes;
}

}  // namespace elbow

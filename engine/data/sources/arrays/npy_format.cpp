#include "engine/data/sources/arrays/npy_format.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <type_traits>
#include <vector>

#include "engine/core/error.h"

namespace elbow::data {
namespace {

constexpr std::size_t kPreamble = 8;             // magic and version
constexpr std::size_t kLargestHeader = 1 << 16;  // numpy refuses more than 10 000 by itself
constexpr std::size_t kMostAxes = 32;            // as numpy
constexpr std::size_t kAtOnce = 1 << 20;         // bytes; divides by every size of a value

[[noreturn]] void fail_npy(const std::string& shown_as, const std::string& what) {
    throw Error(shown_as + " " + what + " Save it again with numpy.save() or numpy.savez().");
}

// Of the dictionary {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }.
class Dictionary {
  public:
    Dictionary(std::string_view text, const std::string& shown_as)
        : rest_(text), shown_as_(shown_as) {}

    void parse(NpyHeader& header) {
        bool descr = false, order = false, shape = false;
        take('{');
        while (!next_is('}')) {
            const std::string key = take_text();
            take(':');
            if (key == "descr") {
                take_type(header);
                descr = true;
            } else if (key == "fortran_order") {
                header.array.fortran = take_truth();
                order = true;
            } else if (key == "shape") {
                header.array.shape = take_shape();
                shape = true;
            } else {
                fail();
            }
            if (!next_is('}')) take(',');
        }
        if (!descr || !order || !shape) fail();
    }

  private:
    [[noreturn]] void fail() const {
        fail_npy(shown_as_,
                 "is damaged: expected a header such as {'descr': '|u1', 'fortran_order': False, "
                 "'shape': (60000, 28, 28)}.");
    }
    void skip_blanks() {
        while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\n')) rest_.remove_prefix(1);
    }
    bool next_is(char c) {
        skip_blanks();
        return !rest_.empty() && rest_[0] == c;
    }
    void take(char c) {
        if (!next_is(c)) fail();
        rest_.remove_prefix(1);
    }
    std::string take_text() {
        skip_blanks();
        if (rest_.empty() || (rest_[0] != '\'' && rest_[0] != '"')) fail();
        const std::size_t end = rest_.find(rest_[0], 1);
        if (end == std::string_view::npos) fail();
        std::string text(rest_.substr(1, end - 1));
        rest_.remove_prefix(end + 1);
        return text;
    }
    bool take_truth() {
        skip_blanks();
        for (const std::string_view word : {"True", "False"}) {
            if (!rest_.starts_with(word)) continue;
            rest_.remove_prefix(word.size());
            return word == "True";
        }
        fail();
    }
    ArrayShape take_shape() {
        ArrayShape shape;
        take('(');
        while (!next_is(')')) {
            std::uint64_t side = 0;
            const char* const end = rest_.data() + rest_.size();
            const auto [stop, error] = std::from_chars(rest_.data(), end, side);
            if (error != std::errc() || shape.size() == kMostAxes) fail();
            rest_.remove_prefix(static_cast<std::size_t>(stop - rest_.data()));
            if (!rest_.empty() && rest_[0] == 'L') rest_.remove_prefix(1);  // Python 2
            shape.push_back(side);
            if (!next_is(')')) take(',');
        }
        take(')');
        return shape;
    }
    // A record's type is a list, whose end is that of the last bracket.
    void skip_list() {
        int depth = 0;
        do {
            if (rest_.empty()) fail();
            depth += rest_[0] == '[' ? 1 : 0;
            depth -= rest_[0] == ']' ? 1 : 0;
            rest_.remove_prefix(1);
        } while (depth > 0);
    }
    void take_type(NpyHeader& header);

    std::string_view rest_;
    const std::string& shown_as_;
};

std::string type_name(char kind, int bytes) {
    if (kind == 'b') return "bool";
    const std::string bits = std::to_string(8 * bytes);
    return (kind == 'f' ? "float" : kind == 'u' ? "uint" : "int") + bits;
}

bool is_readable(char kind, int bytes) {
    switch (kind) {
        case 'b':
            return bytes == 1;
        case 'u':
        case 'i':
            return bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
        case 'f':
            return bytes == 2 || bytes == 4 || bytes == 8;
        default:
            return false;
    }
}

void Dictionary::take_type(NpyHeader& header) {
    if (next_is('[')) {
        skip_list();
        header.array.type = "records";
        header.array.refusal = "it has records; save the field with the images alone.";
        return;
    }
    const std::string type = take_text();
    const bool order_said =
        !type.empty() && std::string_view("<>|=").find(type[0]) != std::string::npos;
    const std::string_view rest = std::string_view(type).substr(order_said ? 1 : 0);
    int bytes = 0;
    if (rest.size() > 1) std::from_chars(rest.data() + 1, rest.data() + rest.size(), bytes);
    if (!rest.empty() && is_readable(rest[0], bytes) && rest.size() == 2) {
        header.kind = rest[0];
        header.bytes = bytes;
        header.big_endian = type[0] == '>';
        header.array.type = type_name(header.kind, bytes);
        return;
    }
    const bool objects = !rest.empty() && rest[0] == 'O';
    header.array.type = objects ? "object" : type.substr(0, 20);
    header.array.refusal =
        objects ? "it holds Python objects (pickled), which are never executed; make it an array "
                  "of numbers: numpy.stack(list_of_images)."
                : "its type is '" + header.array.type +
                      "'; expected bool, whole numbers of 8 to 64 bits or float16, float32 or "
                      "float64.";
}

template <std::size_t bytes>
using Bits = std::conditional_t<
    bytes == 1, std::uint8_t,
    std::conditional_t<bytes == 2, std::uint16_t,
                       std::conditional_t<bytes == 4, std::uint32_t, std::uint64_t>>>;

template <class Whole>
Whole other_order(Whole bits) {
    Whole other = 0;
    for (std::size_t i = 0; i < sizeof(Whole); ++i)
        other = static_cast<Whole>(other << 8U | (bits >> 8 * i & 0xFFU));
    return other;
}

double from_float16(std::uint16_t bits) {
    constexpr int kExponentOfOne = 15, kFractionBits = 10, kSpecial = 31;
    const int exponent = bits >> kFractionBits & kSpecial;
    const int fraction = bits & ((1 << kFractionBits) - 1);
    double size = std::numeric_limits<double>::infinity();
    if (exponent == kSpecial) {
        if (fraction != 0) size = std::numeric_limits<double>::quiet_NaN();
    } else if (exponent == 0) {
        size = std::ldexp(fraction, 1 - kExponentOfOne - kFractionBits);
    } else {
        size =
            std::ldexp(fraction + (1 << kFractionBits), exponent - kExponentOfOne - kFractionBits);
    }
    return (bits & 0x8000U) != 0 ? -size : size;
}

struct Float16 {
    std::uint16_t bits;
    explicit operator double() const { return from_float16(bits); }
};

template <class Value>
void numbers_of_bytes(std::span<const std::uint8_t> bytes, bool big_endian,
                      std::vector<double>& numbers) {
    constexpr std::size_t kSize = sizeof(Value);
    numbers.resize(bytes.size() / kSize);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        Bits<kSize> bits{};
        std::memcpy(&bits, bytes.data() + i * kSize, kSize);
        if (big_endian) bits = other_order(bits);
        numbers[i] = static_cast<double>(std::bit_cast<Value>(bits));
    }
}

using ToNumbers = void (*)(std::span<const std::uint8_t>, bool, std::vector<double>&);

ToNumbers to_numbers(const NpyHeader& header) {
    switch (header.kind) {
        case 'f':
            return header.bytes == 2   ? numbers_of_bytes<Float16>
                   : header.bytes == 4 ? numbers_of_bytes<float>
                                       : numbers_of_bytes<double>;
        case 'i':
            return header.bytes == 1   ? numbers_of_bytes<std::int8_t>
                   : header.bytes == 2 ? numbers_of_bytes<std::int16_t>
                   : header.bytes == 4 ? numbers_of_bytes<std::int32_t>
                                       : numbers_of_bytes<std::int64_t>;
        default:
            return header.bytes == 2   ? numbers_of_bytes<std::uint16_t>
                   : header.bytes == 4 ? numbers_of_bytes<std::uint32_t>
                                       : numbers_of_bytes<std::uint64_t>;
    }
}

std::uint64_t little_endian(std::span<const std::uint8_t> bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) number |= std::uint64_t{bytes[i]} << (8 * i);
    return number;
}

}  // namespace

NpyHeader read_npy_header(const ReadBytes& read, const std::string& shown_as) {
    std::array<std::uint8_t, kPreamble> preamble{};
    const std::size_t got = read(preamble);
    const bool magic = got == kPreamble && std::equal(kNpyMagic.begin(), kNpyMagic.end(),
                                                      preamble.begin(), [](char a, std::uint8_t b) {
                                                          return static_cast<std::uint8_t>(a) == b;
                                                      });
    if (!magic) fail_npy(shown_as, "is no npy file: expected it to begin with \\x93NUMPY.");
    const int version = preamble[6];
    if (version < 1 || version > 3) {
        fail_npy(shown_as, "has the version " + std::to_string(version) +
                               " of the npy format: expected 1, 2 or 3.");
    }
    std::array<std::uint8_t, 4> size_bytes{};
    const auto size_of_size = std::span(size_bytes).first(version == 1 ? 2 : 4);
    const bool has_size = read(size_of_size) == size_of_size.size();
    const std::uint64_t size = little_endian(size_of_size);
    std::vector<std::uint8_t> text(has_size && size <= kLargestHeader ? size : 0);
    if (text.empty() || read(text) != text.size())
        fail_npy(shown_as, "is truncated or damaged: it ends within its header.");
    NpyHeader header;
    header.header_bytes = kPreamble + size_of_size.size() + size;
    Dictionary({reinterpret_cast<const char*>(text.data()), text.size()}, shown_as).parse(header);
    return header;
}

void read_npy_values(const NpyHeader& header, const ReadBytes& read, std::uint64_t available,
                     const std::string& shown_as, NumberSink& sink, Progress& progress) {
    const std::uint64_t count = value_count(header.array.shape, shown_as);
    const std::uint64_t promised = count * static_cast<std::uint64_t>(header.bytes);
    const auto fail_short = [&](const std::string& found) {
        fail_npy(shown_as, "is truncated or damaged: " + text_of(header.array.shape) + " of " +
                               header.array.type + " is " + std::to_string(promised) +
                               " bytes, found " + found + ".");
    };
    if (promised > available) fail_short("at most " + std::to_string(available));
    sink.expect(count);
    const bool bytes = header.bytes == 1 && header.kind != 'i';
    std::vector<std::uint8_t> piece(std::min<std::uint64_t>(kAtOnce, promised));
    std::vector<double> numbers;
    for (std::uint64_t done = 0; done < promised;) {
        progress.throw_if_cancelled();
        const auto wanted =
            std::span(piece).first(std::min<std::uint64_t>(piece.size(), promised - done));
        const std::size_t got = read(wanted);
        if (got < wanted.size()) fail_short(std::to_string(done + got));
        if (bytes) {
            sink.append(wanted);
        } else {
            to_numbers(header)(wanted, header.big_endian, numbers);
            sink.append(numbers);
        }
        done += got;
        progress.report(static_cast<double>(done) / static_cast<double>(promised),
                        "Reading " + (header.array.name.empty() ? "images" : header.array.name));
    }
    std::array<std::uint8_t, 1> beyond{};
    if (read(beyond) != 0) fail_short("more");
}

}  // namespace elbow::data

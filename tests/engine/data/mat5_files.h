#pragma once

// MAT files of level 5 for tests, made in memory: right ones, and wrong ones by saying what
// differs.

#include <zlib.h>

#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/engine/data/idx_files.h"

namespace elbow::data {

enum class ByteOrder { kLittle, kBig };

inline void put_number(Bytes& bytes, std::uint64_t value, int size, ByteOrder order) {
    for (int i = 0; i < size; ++i) {
        const int place = order == ByteOrder::kLittle ? i : size - 1 - i;
        bytes.push_back(static_cast<std::uint8_t>(value >> (8 * place)));
    }
}

inline void put_all(Bytes& bytes, const Bytes& more) {
    bytes.insert(bytes.end(), more.begin(), more.end());
}

inline Bytes mat5_header(ByteOrder order = ByteOrder::kLittle, std::uint32_t version = 0x0100) {
    Bytes bytes(124, ' ');
    put_number(bytes, version, 2, order);
    put_number(bytes, 'M' << 8 | 'I', 2, order);
    return bytes;
}

// With its tag; padded to 8 bytes. Data of up to 4 bytes takes the small form on request.
inline Bytes mat5_element(std::uint32_t type, const Bytes& data, ByteOrder order,
                          bool small = false) {
    Bytes bytes;
    if (small && data.size() <= 4) {
        put_number(bytes, data.size() << 16 | type, 4, order);
    } else {
        put_number(bytes, type, 4, order);
        put_number(bytes, data.size(), 4, order);
    }
    put_all(bytes, data);
    while (bytes.size() % 8 != 0) bytes.push_back(0);
    return bytes;
}

struct Mat5Spec {
    std::string name = "ff";
    std::uint32_t class_number = 9;  // uint8
    std::uint32_t flags = 0;
    std::vector<std::int32_t> shape{2, 3};
    std::uint32_t stored_type = 2;        // uint8
    Bytes stored = {1, 2, 3, 4, 5, 255};  // as it lies in the file
    Bytes after = {};                     // what stands behind the values
    ByteOrder order = ByteOrder::kLittle;
    bool small = false;  // what fits stands in its tag
};

// The matrix's element alone.
inline Bytes mat5_matrix(const Mat5Spec& spec = {}) {
    Bytes flags;
    put_number(flags, spec.class_number | spec.flags, 4, spec.order);
    put_number(flags, 0, 4, spec.order);
    Bytes sizes;
    for (const std::int32_t size : spec.shape) {
        put_number(sizes, static_cast<std::uint32_t>(size), 4, spec.order);
    }
    Bytes content = mat5_element(6, flags, spec.order);
    put_all(content, mat5_element(5, sizes, spec.order, spec.small));
    put_all(content, mat5_element(1, {spec.name.begin(), spec.name.end()}, spec.order, spec.small));
    put_all(content, mat5_element(spec.stored_type, spec.stored, spec.order, spec.small));
    put_all(content, spec.after);
    return mat5_element(14, content, spec.order);
}

inline Bytes mat5_with(const Bytes& elements, ByteOrder order = ByteOrder::kLittle) {
    Bytes bytes = mat5_header(order);
    put_all(bytes, elements);
    return bytes;
}

inline Bytes mat5_file(const Mat5Spec& spec = {}) {
    return mat5_with(mat5_matrix(spec), spec.order);
}

inline Bytes deflated(const Bytes& bytes) {
    uLongf size = compressBound(static_cast<uLong>(bytes.size()));
    Bytes packed(size);
    compress2(packed.data(), &size, bytes.data(), static_cast<uLong>(bytes.size()), 9);
    packed.resize(size);
    return packed;
}

// A compressed element of this zlib stream, which is not padded.
inline Bytes mat5_compressed(const Bytes& packed, ByteOrder order = ByteOrder::kLittle) {
    Bytes bytes;
    put_number(bytes, 15, 4, order);
    put_number(bytes, packed.size(), 4, order);
    put_all(bytes, packed);
    return bytes;
}

// Numbers as they are stored: Number's bits in this order.
template <class Number, class Bits>
Bytes stored_numbers(const std::vector<Number>& values, ByteOrder order = ByteOrder::kLittle) {
    Bytes bytes;
    for (const Number value : values) {
        put_number(bytes, std::bit_cast<Bits>(value), sizeof(Number), order);
    }
    return bytes;
}

}  // namespace elbow::data

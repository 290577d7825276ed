#pragma once

// The safetensors format: 8 bytes little-endian header length, a JSON header, the tensors' bytes.
// float32 only.

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/core/file.h"

namespace elbow::io {

struct NamedTensor {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};

// Answers the SHA-256 of the file.
std::string write_safetensors(const std::filesystem::path&, std::span<const NamedTensor>,
                              const std::map<std::string, std::string>& metadata);

struct Safetensors {
    std::vector<NamedTensor> tensors;
    std::map<std::string, std::string> metadata;
    std::string sha256;  // of the file
};
// Throws Error for a file of more than `most_bytes`, and for a header that is too long, is not
// JSON, names a tensor twice, or whose offsets do not fit the file.
Safetensors read_safetensors(const std::filesystem::path&,
                             std::uint64_t most_bytes = InputFile::kAnySize);

}  // namespace elbow::io

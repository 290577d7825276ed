// Weights and what the optimiser remembers.

#include "engine/io/safetensors.h"

#include <cstring>

#include "tests/fuzz/fuzz.h"

namespace elbow::fuzz {
namespace {

bool same(const io::Safetensors& a, const io::Safetensors& b) {
    if (a.metadata != b.metadata || a.tensors.size() != b.tensors.size()) return false;
    for (std::size_t i = 0; i < a.tensors.size(); ++i) {
        const io::NamedTensor& one = a.tensors[i];
        const io::NamedTensor& other = b.tensors[i];
        if (one.name != other.name || one.shape != other.shape ||
            one.values.size() != other.values.size()) {
            return false;
        }
        const std::size_t size = one.values.size() * sizeof(float);  // bits: NaN is not itself
        if (size != 0 && std::memcmp(one.values.data(), other.values.data(), size) != 0)
            return false;
    }
    return true;
}

}  // namespace

void read_input(Bytes bytes) {
    const InputInMemory input(bytes);
    io::Safetensors read;
    if (!takes([&] { read = io::read_safetensors(input.path()); })) return;
    const std::filesystem::path copy = scratch_file();
    expect(takes([&] { io::write_safetensors(copy, read.tensors, read.metadata); }),
           "what was read can be written");
    io::Safetensors again;
    expect(takes([&] { again = io::read_safetensors(copy); }), "what was written can be read");
    std::filesystem::remove(copy);
    expect(same(read, again), "it is the same");
}

}  // namespace elbow::fuzz

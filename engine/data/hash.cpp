#include "engine/data/hash.h"

#include <openssl/evp.h>

#include <vector>

#include "engine/core/error.h"
#include "engine/core/hexadecimal.h"
#include "engine/data/byte_source.h"

namespace elbow::data {
namespace {

constexpr std::size_t kHashedAtOnce = 1 << 20;

void expect_ok(int result) {
    if (result != 1) throw Error("OpenSSL cannot compute this digest here.");
}

}  // namespace

struct Hasher::State {
    State() : context(EVP_MD_CTX_new()) {}
    ~State() { EVP_MD_CTX_free(context); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    EVP_MD_CTX* context;
};

Hasher::Hasher() : state_(std::make_unique<State>()) {
    expect_ok(EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr));
}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::update(std::span<const std::uint8_t> bytes) {
    expect_ok(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()));
}

std::string Hasher::hex() {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    expect_ok(EVP_DigestFinal_ex(state_->context, digest, &size));
    return hexadecimal({digest, size});
}

std::string hash_of(std::span<const std::uint8_t> bytes) {
    Hasher hasher;
    hasher.update(bytes);
    return hasher.hex();
}

bool has_content(const std::filesystem::path& path, std::uint64_t bytes,
                 const std::string& sha256) {
    ByteSource source(path);
    if (!source.packed() && source.file_bytes() != bytes) return false;
    Hasher hasher;
    std::vector<std::uint8_t> chunk(kHashedAtOnce);
    std::uint64_t total = 0;
    while (const std::size_t got = source.read(chunk)) {
        total += got;
        if (total > bytes) return false;
        hasher.update({chunk.data(), got});
    }
    return total == bytes && hasher.hex() == sha256;
}

}  // namespace elbow::data

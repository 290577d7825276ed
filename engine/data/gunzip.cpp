#include "engine/data/gunzip.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>

#include "engine/data/inflater.h"

namespace elbow::data {
namespace {

constexpr std::size_t kPackedPiece = 256 * 1024;
constexpr int kGzipOnly = 16;  // added to the window's size, as zlib wants it
constexpr std::size_t kMagicBytes = 2;

}  // namespace

struct Gunzip::State {
    InputFile& file;
    z_stream stream{};
    std::array<std::uint8_t, kPackedPiece> packed;
    bool whole_members = false;  // at least one was read, and the next has not begun

    explicit State(InputFile& from) : file(from) {
        if (inflateInit2(&stream, MAX_WBITS + kGzipOnly) != Z_OK) throw std::bad_alloc();
    }
    ~State() { inflateEnd(&stream); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    // Has at least `count` packed bytes waiting, or all that are left.
    void feed(std::size_t count) {
        if (stream.avail_in >= count) return;
        std::copy_n(stream.next_in, stream.avail_in, packed.begin());
        const std::size_t got = file.read(std::span(packed).subspan(stream.avail_in));
        stream.next_in = packed.data();
        stream.avail_in += static_cast<uInt>(got);
    }

    // False where no further member follows.
    bool begin_next_member() {
        feed(kMagicBytes);
        if (stream.avail_in == 0) return false;
        if (stream.avail_in < kMagicBytes || stream.next_in[0] != 0x1f ||
            stream.next_in[1] != 0x8b) {
            file.fail("something follows the end of its gzip content. Fetch it again.");
        }
        inflateReset(&stream);
        whole_members = false;
        return true;
    }

    void inflate_some() {
        feed(1);
        if (stream.avail_in == 0) {
            file.fail(
                "the gzip file ends before its content does: it was cut off. Fetch it again.");
        }
        const int status = inflate(&stream, Z_NO_FLUSH);
        if (status == Z_STREAM_END) {
            whole_members = true;
        } else if (status == Z_MEM_ERROR) {
            throw std::bad_alloc();
        } else if (status != Z_OK && status != Z_BUF_ERROR) {
            file.fail("the gzip file is damaged. Fetch it again.");
        }
    }
};

Gunzip::Gunzip(InputFile& packed) : state_(std::make_unique<State>(packed)) {}
Gunzip::~Gunzip() = default;

std::size_t Gunzip::read(std::span<std::uint8_t> out) {
    z_stream& stream = state_->stream;
    std::size_t filled = 0;
    while (filled < out.size()) {
        if (state_->whole_members && !state_->begin_next_member()) break;
        const std::size_t piece = std::min(out.size() - filled, kLargestZlibPiece);
        stream.next_out = out.data() + filled;
        stream.avail_out = static_cast<uInt>(piece);
        state_->inflate_some();
        filled += piece - stream.avail_out;
    }
    return filled;
}

}  // namespace elbow::data

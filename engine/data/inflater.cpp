#include "engine/data/inflater.h"

#include <zlib.h>

#include <algorithm>
#include <new>

namespace elbow::data {

struct Inflater::State {
    z_stream stream{};
    int status = Z_OK;
    std::span<const std::uint8_t> waiting;  // of the packed bytes, what zlib was not given yet

    void feed() {
        if (stream.avail_in != 0) return;
        const std::size_t bytes = std::min(waiting.size(), kLargestZlibPiece);
        stream.next_in = const_cast<Bytef*>(waiting.data());  // zlib does not write there
        stream.avail_in = static_cast<uInt>(bytes);
        waiting = waiting.subspan(bytes);
    }
};

Inflater::Inflater(std::span<const std::uint8_t> packed) : state_(std::make_unique<State>()) {
    state_->waiting = packed;
    if (inflateInit(&state_->stream) != Z_OK) throw std::bad_alloc();
}
Inflater::~Inflater() { inflateEnd(&state_->stream); }

std::size_t Inflater::append(std::size_t count, std::vector<std::uint8_t>& out) {
    const std::size_t before = out.size();
    out.resize(before + count);
    std::size_t done = 0;
    while (done < count && state_->status == Z_OK) {
        state_->feed();
        const std::size_t piece = std::min(count - done, kLargestZlibPiece);
        state_->stream.next_out = out.data() + before + done;
        state_->stream.avail_out = static_cast<uInt>(piece);
        state_->status = inflate(&state_->stream, Z_NO_FLUSH);
        done += piece - state_->stream.avail_out;
    }
    out.resize(before + done);
    return done;
}

bool Inflater::ended() const { return state_->status == Z_STREAM_END; }

}  // namespace elbow::data

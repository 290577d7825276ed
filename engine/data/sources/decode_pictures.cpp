#include "engine/data/sources/decode_pictures.h"

#include <zlib.h>

#include <atomic>
#include <future>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/team.h"

namespace elbow::data {
namespace {

constexpr std::size_t kPicturesAtOnce = 256;
constexpr std::size_t kBytesAtOnce = 32 << 20;

// A picture on its way.
struct Passing {
    DecodedPicture decoded;          // without an image where it cannot be read
    std::vector<std::uint8_t> file;  // its bytes
    std::string why;                 // it cannot be read
};

class PictureDecoder {
  public:
    PictureDecoder(const Finding& finding, const Choices& choices, Progress& progress,
                   const SeeImage& see)
        : finding_(finding),
          choices_(choices),
          progress_(progress),
          see_(see),
          left_out_(finding.left_out),
          ground_(3, choices.ground),
          team_(default_threads(false)) {
        for (const FoundPicture& picture : finding.pictures) by_name_[picture.name] = &picture;
    }

    std::vector<LeftOut> run() {
        std::vector<LeftOut> known;  // since the look
        visit_files(finding_.path, finding_.wishes, progress_, known,
                    [&](SourceFile& file) { take(file); });
        hand_over();
        finish();
        for (const FoundPicture& picture : finding_.pictures) {
            if (by_name_.contains(picture.name))
                leave_out(left_out_, "gone since the look", picture.name);
        }
        return std::move(left_out_);
    }

  private:
    void take(SourceFile& file) {
        const auto known = by_name_.find(file.name());
        if (known == by_name_.end()) return;
        Passing passing;
        passing.decoded.found = known->second;
        by_name_.erase(known);
        try {
            const auto bytes = file.first(kMostFileBytes);
            passing.file.assign(bytes.begin(), bytes.end());
        } catch (const Cancelled&) {
            throw;
        } catch (const Error&) {  // of an archive that ends here the next file says so
            return leave_out(left_out_, "files that cannot be read", file.name());
        }
        waiting_bytes_ += passing.file.size();
        waiting_.push_back(std::move(passing));
        done_ = file.done();
        if (waiting_.size() >= kPicturesAtOnce || waiting_bytes_ >= kBytesAtOnce) hand_over();
    }

    // Begins to decode what is waiting, once what was before is through: the next ones are read
    // meanwhile.
    void hand_over() {
        finish();
        decoding_.swap(waiting_);
        waiting_bytes_ = 0;
        work_ = std::async(std::launch::async, [this] {
            std::atomic<std::size_t> next{0};
            team_.run([&](int) {
                for (std::size_t i = next++; i < decoding_.size(); i = next++) {
                    progress_.throw_if_cancelled();
                    decode(decoding_[i]);
                }
            });
        });
    }

    void finish() {
        if (!work_.valid()) return;
        work_.get();
        for (Passing& passing : decoding_) {
            if (passing.decoded.image.empty()) {
                leave_out(left_out_, passing.why, passing.decoded.found->name);
            } else {
                see_(std::move(passing.decoded));
                ++decoded_;
            }
        }
        decoding_.clear();
        progress_.report(done_, "Reading pictures: " + std::to_string(decoded_) + " of " +
                                    std::to_string(finding_.count));
    }

    void decode(Passing& passing) const {
        DecodedPicture& decoded = passing.decoded;
        try {
            const ReadPicture picture = read_picture(passing.file, decoded.found->name);
            decoded.image = fitted_image(picture, choices_.shape(), ground_, choices_.fit);
        } catch (const UnreadablePicture& picture) {
            passing.why = picture.why();
        }
        decoded.hash =
            static_cast<std::uint32_t>(crc32_z(0, passing.file.data(), passing.file.size()));
        passing.file = {};
    }

    const Finding& finding_;
    const Choices& choices_;
    Progress& progress_;
    const SeeImage& see_;
    std::vector<LeftOut> left_out_;
    std::vector<std::uint8_t> ground_;  // [3]
    Team team_;
    std::unordered_map<std::string_view, const FoundPicture*> by_name_;  // those to come
    std::vector<Passing> waiting_, decoding_;
    std::size_t waiting_bytes_ = 0;
    int decoded_ = 0;
    double done_ = 0.0;
    std::future<void> work_;  // last: it ends before what it uses
};

}  // namespace

std::vector<LeftOut> decode_pictures(const Finding& finding, const Choices& choices,
                                     Progress& progress, const SeeImage& see) {
    return PictureDecoder(finding, choices, progress, see).run();
}

}  // namespace elbow::data

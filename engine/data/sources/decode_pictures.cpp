#include "engine/data/sources/decode_pictures.h"

#include <zlib.h>

#include <string_view>
#include <unordered_map>
#include <utility>

#include "engine/core/abandonable.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/ordered_work.h"
#include "engine/core/team.h"

namespace elbow::data {
namespace {

constexpr std::size_t kMostUnderWay = 4 << 20;  // bytes of files and images: a cache holds them
constexpr int kDecodedToAReport = 64;           // pictures

// A picture on its way.
struct Passing {
    DecodedPicture decoded;          // without an image where it cannot be read
    std::vector<std::uint8_t> file;  // its bytes
    double done = 0.0;               // the part of the source that lies before it
    std::string why;                 // it cannot be read
};

// How its pictures become images.
struct Making {
    ImageShape shape;
    std::vector<std::uint8_t> ground;  // [3]
    Fit fit;

    std::vector<std::uint8_t> image_of(std::span<const std::uint8_t> file,
                                       const std::string& name) const {
        return fitted_image(read_picture(file, name), shape, ground, fit);
    }
};

class PictureDecoder {
  public:
    PictureDecoder(const Finding& finding, const Choices& choices, Progress& progress,
                   const SeeImage& see)
        : finding_(finding),
          making_{choices.shape(), std::vector<std::uint8_t>(3, choices.ground), choices.fit},
          progress_(progress),
          see_(see),
          left_out_(finding.left_out),
          work_(
              default_threads(false), kMostUnderWay, [this](Passing& passing) { decode(passing); },
              [this](Passing&& passing) { take_away(std::move(passing)); }) {
        for (const FoundPicture& picture : finding.pictures) by_name_[picture.name] = &picture;
    }

    std::vector<LeftOut> run() {
        std::vector<LeftOut> known;  // since the look
        visit_files(finding_.path, finding_.wishes, progress_, known,
                    [&](SourceFile& file) { take(file); });
        work_.finish();
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
        passing.done = file.done();
        by_name_.erase(known);
        try {
            passing.file = file.take(kMostFileBytes);
        } catch (const Cancelled&) {
            throw;
        } catch (const Error&) {  // of an archive that ends here the next file says so
            return leave_out(left_out_, "files that cannot be read", file.name());
        }
        const std::size_t weight =
            passing.file.size() + static_cast<std::size_t>(making_.shape.size());
        work_.add(std::move(passing), weight);
    }

    // On one of the threads that decode.
    void decode(Passing& passing) const {
        progress_.throw_if_cancelled();
        DecodedPicture& decoded = passing.decoded;
        decoded.hash =
            static_cast<std::uint32_t>(crc32_z(0, passing.file.data(), passing.file.size()));
        const std::string& name = decoded.found->name;
        try {
            if (is_large_picture(passing.file)) {
                decoded.image = run_abandonable<std::vector<std::uint8_t>>(
                    [making = making_, name, file = std::move(passing.file)] {
                        return making.image_of(file, name);
                    },
                    progress_);
            } else {
                decoded.image = making_.image_of(passing.file, name);
            }
        } catch (const UnreadablePicture& picture) {
            passing.why = picture.why();
        }
        passing.file = {};
    }

    void take_away(Passing&& passing) {
        if (passing.decoded.image.empty()) {
            leave_out(left_out_, passing.why, passing.decoded.found->name);
        } else {
            see_(std::move(passing.decoded));
            ++decoded_;
        }
        if (decoded_ % kDecodedToAReport != 0 && decoded_ != finding_.count) return;
        progress_.report(passing.done, "Reading pictures: " + std::to_string(decoded_) + " of " +
                                           std::to_string(finding_.count));
    }

    const Finding& finding_;
    const Making making_;
    Progress& progress_;
    const SeeImage& see_;
    std::vector<LeftOut> left_out_;
    std::unordered_map<std::string_view, const FoundPicture*> by_name_;  // those to come
    int decoded_ = 0;
    OrderedWork<Passing> work_;  // last: it ends before what it uses
};

}  // namespace

std::vector<LeftOut> decode_pictures(const Finding& finding, const Choices& choices,
                                     Progress& progress, const SeeImage& see) {
    return PictureDecoder(finding, choices, progress, see).run();
}

}  // namespace elbow::data

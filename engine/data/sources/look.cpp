// A quick look at a source: of each picture the header, of a fair sample all pixels.

#include <algorithm>
#include <chrono>
#include <map>
#include <system_error>
#include <utility>

#include "engine/core/abandonable.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/path_text.h"
#include "engine/data/sources/array_finding.h"
#include "engine/data/sources/finding.h"
#include "engine/data/sources/layout.h"
#include "engine/data/sources/picture_fit.h"
#include "engine/data/sources/picture_header.h"
#include "engine/data/sources/sampled_values.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kSampledOfFolder = 4;  // the first of each folder, and of all every so many
constexpr int kSampledShare = 50;    // the distance of two samples is a fiftieth of those before
constexpr std::int64_t kMostSampledPixels = 60'000'000;
constexpr auto kTellEvery = std::chrono::milliseconds(200);
constexpr int kProgressEvery = 64;  // pictures

struct SampledPicture {
    ReadPicture picture, thumbnail;
};

SampledPicture sampled_picture(std::span<const std::uint8_t> bytes, const std::string& name) {
    SampledPicture sampled{read_picture(bytes, name), {}};
    sampled.thumbnail = reduced(sampled.picture, kThumbnailSide);
    return sampled;
}

class Look {
  public:
    Look(Finding& finding, Progress& progress, const SeeFinding& so_far)
        : finding_(finding), progress_(progress), so_far_(so_far) {}

    void see(SourceFile& file) {
        try {
            if (is_label_table(file.name())) return take_table(file);
            take_picture(file);
        } catch (const Cancelled&) {
            throw;
        } catch (const UnreadablePicture& picture) {
            leave_out(finding_.left_out, picture.why(), file.name());
        } catch (const Error&) {  // of an archive that ends here the next file says so
            leave_out(finding_.left_out, "files that cannot be read", file.name());
        }
    }

    void finish() {
        if (names_.empty()) refuse();
        Layout layout = layout_of(names_, tables_);
        finding_.groups = std::move(layout.groups);
        for (const std::string& name : layout.class_names) finding_.classes.push_back({name, 0});
        finding_.has_held_out = !layout.held_out.empty();
        finding_.pictures.reserve(names_.size());
        for (std::size_t i = 0; i < names_.size(); ++i) {
            FoundPicture& picture = finding_.pictures.emplace_back();
            picture.name = std::move(names_[i]);
            if (!layout.classes.empty()) picture.class_index = layout.classes[i];
            if (finding_.has_held_out) picture.held_out = layout.held_out[i];
            picture.group = layout.group_of[i];
            finding_.held_out += picture.held_out;
            if (picture.class_index >= 0)
                ++finding_.classes[static_cast<std::size_t>(picture.class_index)].count;
        }
        finding_.form += " " + layout.form;
        finding_.notes.insert(finding_.notes.end(), layout.notes.begin(), layout.notes.end());
        tell_classes();
        tell_counts();
        finding_.complete = true;
    }

  private:
    void take_table(SourceFile& file) {
        const auto bytes = file.first(kMostFileBytes);
        const std::string text(bytes.begin(), bytes.end());
        if (auto table = label_table(file.name(), text))
            return tables_.push_back(std::move(*table));
        finding_.notes.push_back(file.name() +
                                 " has no column of files and labels, and was not used.");
    }

    void take_picture(SourceFile& file) {
        const auto head = file.first(kHeaderBytes);
        if (picture_format(head) == nullptr)
            return leave_out(finding_.left_out, "other files", file.name());
        auto header = picture_header(head);
        if (!header) header = picture_header(whole(file));
        if (!header) return leave_out(finding_.left_out, "damaged or cut off", file.name());
        if (!header->refusal.empty())
            return leave_out(finding_.left_out, header->refusal, file.name());
        if (std::int64_t{header->width} * header->height > kMostPicturePixels)
            return leave_out(finding_.left_out, "more than 50 million pixels", file.name());
        if (is_sampled(file.name(), *header)) sample(file);
        ++sizes_[{header->width, header->height}];
        names_.push_back(file.name());
        tell(file.done());
    }

    static std::span<const std::uint8_t> whole(SourceFile& file) {
        const auto bytes = file.first(kMostFileBytes + 1);
        if (bytes.size() > kMostFileBytes)
            throw UnreadablePicture(file.name() + " has more than 64 MiB.", "larger than 64 MiB");
        return bytes;
    }

    bool is_sampled(const std::string& name, const PictureHeader& header) {
        const bool early = ++of_folder_[name.substr(0, name.rfind('/') + 1)] <= kSampledOfFolder;
        const std::size_t number = names_.size();
        const bool due = number >= next_sample_;
        if (due) next_sample_ = number + 1 + number / kSampledShare;
        const std::int64_t pixels = std::int64_t{header.width} * header.height;
        if (!(early ? thumbnail_of_.size() < kMostThumbnails || due : due)) return false;
        if (sampled_pixels_ > 0 && sampled_pixels_ + pixels > kMostSampledPixels) return false;
        sampled_pixels_ += pixels;
        later_ = !early;
        wants_thumbnail_ = thumbnail_of_.size() < kMostThumbnails && (early || is_kept_later());
        return true;
    }

    // Of the samples that are no folder's first ones, every so many, for the whole source: where
    // they become too many, every second one goes.
    bool is_kept_later() {
        if (later_samples_++ % later_step_ != 0) return false;
        if (later_thumbnails_.size() >= kUsualThumbnails) drop_every_second();
        return true;
    }

    void drop_every_second() {
        later_step_ *= 2;
        std::vector<std::size_t> kept;
        std::size_t dropped = 0;
        for (std::size_t i = 0; i < later_thumbnails_.size(); ++i) {
            const auto at = static_cast<std::ptrdiff_t>(later_thumbnails_[i] - dropped);
            if (i % 2 == 0) {
                kept.push_back(static_cast<std::size_t>(at));
            } else {
                thumbnail_of_.erase(thumbnail_of_.begin() + at);
                finding_.thumbnails.erase(finding_.thumbnails.begin() + at);
                ++dropped;
            }
        }
        later_thumbnails_ = std::move(kept);
    }

    // Throws UnreadablePicture.
    void sample(SourceFile& file) {
        const auto bytes = whole(file);
        SampledPicture sampled =
            is_large_picture(bytes)
                ? run_abandonable<SampledPicture>(
                      [own = std::vector<std::uint8_t>(bytes.begin(), bytes.end()),
                       name = file.name()] { return sampled_picture(own, name); },
                      progress_)
                : sampled_picture(bytes, file.name());
        values_.add(sampled.picture);
        if (!wants_thumbnail_) return;
        if (later_) later_thumbnails_.push_back(thumbnail_of_.size());
        thumbnail_of_.push_back(names_.size());
        finding_.thumbnails.push_back({file.name(), -1, std::move(sampled.thumbnail)});
    }

    void tell(double done) {
        finding_.count = static_cast<int>(names_.size());
        if (finding_.count % kProgressEvery == 1)
            progress_.report(done, "Looking at pictures: " + std::to_string(finding_.count));
        if (!so_far_ || finding_.thumbnails.empty() || Clock::now() < next_tell_) return;
        next_tell_ = Clock::now() + kTellEvery;
        tell_counts();
        so_far_(finding_);
    }

    void tell_counts() {
        finding_.count = static_cast<int>(std::max(names_.size(), finding_.pictures.size()));
        values_.tell(finding_);
        finding_.sizes.clear();
        for (const auto& [size, count] : sizes_)
            finding_.sizes.push_back({size.first, size.second, count});
        std::stable_sort(finding_.sizes.begin(), finding_.sizes.end(),
                         [](const FoundSize& a, const FoundSize& b) { return a.count > b.count; });
    }

    void tell_classes() {
        for (std::size_t i = 0; i < thumbnail_of_.size(); ++i)
            finding_.thumbnails[i].class_index = finding_.pictures[thumbnail_of_[i]].class_index;
        sort_by_class(finding_.thumbnails);
    }

    [[noreturn]] void refuse() const {
        std::string found;
        for (const LeftOut& each : finding_.left_out) {
            found += (found.empty() ? "" : ", ") + std::to_string(each.count) + " " + each.why +
                     (each.names.front().empty() ? "" : " (such as '" + each.names.front() + "')");
        }
        throw Error("Expected pictures (PNG, JPEG, BMP, WebP, GIF or PNM) in " +
                    quoted(finding_.path) + ", and there are none that can be read. Found: " +
                    (found.empty() ? "nothing" : found) + ".");
    }

    Finding& finding_;
    Progress& progress_;
    const SeeFinding& so_far_;
    std::vector<std::string> names_;
    std::vector<LabelTable> tables_;
    std::map<std::pair<int, int>, int> sizes_;
    std::map<std::string, int> of_folder_;       // pictures met
    std::vector<std::size_t> thumbnail_of_;      // pictures
    std::vector<std::size_t> later_thumbnails_;  // thumbnails, in rising order
    std::size_t later_samples_ = 0, later_step_ = 1;
    bool later_ = false;  // the present one is no folder's first
    std::size_t next_sample_ = 0;
    std::int64_t sampled_pixels_ = 0;
    bool wants_thumbnail_ = false;
    SampledValues values_;
    Clock::time_point next_tell_;
};

void refuse_one_picture(const fs::path& path) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return;
    std::vector<std::uint8_t> head(kHeaderBytes);
    head.resize(InputFile(path).read(head));
    if (picture_format(head) == nullptr) return;
    throw Error(
        quoted(path) +
        " is one picture, and a data set is made of many. Name the folder that it lies in.");
}

}  // namespace

Finding look_at(const fs::path& path, const LookWishes& wishes, Progress& progress,
                const SeeFinding& so_far) {
    std::error_code error;
    Finding finding;
    finding.path = fs::absolute(path, error).lexically_normal();
    if (!finding.path.has_filename()) finding.path = finding.path.parent_path();
    finding.wishes = wishes.source;
    if (is_array_file(path)) {
        look_at_arrays(finding, wishes.arrays, progress);
        return finding;
    }
    refuse_one_picture(path);
    Look look(finding, progress, so_far);
    finding.form = visit_files(path, wishes.source, progress, finding.left_out,
                               [&](SourceFile& file) { look.see(file); });
    look.finish();
    return finding;
}

}  // namespace elbow::data

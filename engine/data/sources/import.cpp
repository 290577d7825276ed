#include "engine/data/sources/import.h"

#include <zlib.h>

#include <algorithm>
#include <atomic>
#include <system_error>
#include <unordered_map>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/path_text.h"
#include "engine/core/team.h"
#include "engine/core/text.h"
#include "engine/data/idx.h"
#include "engine/data/sources/import_cache.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPicturesAtOnce = 256;
constexpr std::size_t kBytesAtOnce = 32 << 20;
// Of so few images exactly a tenth is held out, of more those whose hash is in the lowest tenth:
// then a new image moves no other one.
constexpr std::size_t kFewImages = 200;
constexpr std::uint32_t kLowestTenth = 0xFFFFFFFF / 10;

// A picture on its way from the source to the cache.
struct Passing {
    const FoundPicture* found = nullptr;
    std::vector<std::uint8_t> file;   // its bytes
    std::vector<std::uint8_t> image;  // [C, H, W]; empty where it cannot be read
    std::uint32_t hash = 0;           // of the file's bytes
    std::string why;                  // it cannot be read
};

class PictureImport {
  public:
    PictureImport(const Finding& finding, const Choices& choices, ImportCache& cache,
                  Progress& progress)
        : finding_(finding),
          choices_(choices),
          cache_(cache),
          progress_(progress),
          left_out_(finding.left_out),
          ground_(3, choices.ground),
          team_(default_threads(false)) {
        for (const FoundPicture& picture : finding.pictures) by_name_[picture.name] = &picture;
    }

    // What was left out, that of the look included.
    std::vector<LeftOut> run() {
        std::vector<LeftOut> known;  // since the look
        visit_files(finding_.path, finding_.wishes, progress_, known,
                    [&](SourceFile& file) { take(file); });
        decode_all();
        settle();
        for (const auto& [name, picture] : by_name_)
            leave_out(left_out_, "gone since the look", picture->name);
        return std::move(left_out_);
    }

  private:
    void take(SourceFile& file) {
        const auto known = by_name_.find(file.name());
        if (known == by_name_.end()) return;
        Passing passing;
        passing.found = known->second;
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
        if (waiting_.size() >= kPicturesAtOnce || waiting_bytes_ >= kBytesAtOnce) decode_all();
    }

    // What is waiting, on all cores; then, in its order, to the cache.
    void decode_all() {
        std::atomic<std::size_t> next{0};
        team_.run([&](int) {
            for (std::size_t i = next++; i < waiting_.size(); i = next++) {
                progress_.throw_if_cancelled();
                decode(waiting_[i]);
            }
        });
        for (Passing& passing : waiting_) pass_on(passing);
        waiting_.clear();
        waiting_bytes_ = 0;
        const int written = cache_.train() + cache_.held_out() + static_cast<int>(few_.size());
        progress_.report(done_, "Reading pictures: " + std::to_string(written) + " of " +
                                    std::to_string(finding_.count));
    }

    void decode(Passing& passing) const {
        try {
            const ReadPicture picture = read_picture(passing.file, passing.found->name);
            passing.image = fitted_image(picture, choices_.shape(), ground_, choices_.fit);
        } catch (const UnreadablePicture& picture) {
            passing.why = picture.why();
        }
        passing.hash =
            static_cast<std::uint32_t>(crc32_z(0, passing.file.data(), passing.file.size()));
        passing.file = {};
    }

    void pass_on(Passing& passing) {
        if (passing.image.empty()) return leave_out(left_out_, passing.why, passing.found->name);
        if (choices_.held_out == HeldOut::kAsFound)
            return add(passing, passing.found->held_out != 0);
        if (!many_) few_.push_back(std::move(passing));
        if (many_) return add(passing, passing.hash < kLowestTenth);
        if (few_.size() <= kFewImages) return;
        many_ = true;
        for (const Passing& each : few_) add(each, each.hash < kLowestTenth);
        few_.clear();
    }

    // The few images there are, all known by now.
    void settle() {
        std::vector<std::uint32_t> hashes;
        hashes.reserve(few_.size());
        for (const Passing& each : few_) hashes.push_back(each.hash);
        std::sort(hashes.begin(), hashes.end());
        if (hashes.empty()) return;
        const std::uint32_t last = hashes[(hashes.size() - 1) / 10];
        for (const Passing& each : few_) add(each, each.hash <= last);
    }

    void add(const Passing& passing, bool held_out) {
        cache_.add(passing.image, choices_.labels ? passing.found->class_index : -1, held_out);
    }

    const Finding& finding_;
    const Choices& choices_;
    ImportCache& cache_;
    Progress& progress_;
    std::vector<LeftOut> left_out_;
    std::vector<std::uint8_t> ground_;  // [3]
    Team team_;
    std::unordered_map<std::string_view, const FoundPicture*> by_name_;  // those to come
    std::vector<Passing> waiting_, few_;
    std::size_t waiting_bytes_ = 0;
    bool many_ = false;
    double done_ = 0.0;
};

void check_import_size(const Finding& finding, const Choices& choices) {
    const std::uint64_t bytes = static_cast<std::uint64_t>(finding.count) *
                                static_cast<std::uint64_t>(choices.shape().size());
    if (finding.count <= static_cast<int>(kLargestCount) && bytes <= kLargestBytes) return;
    throw Error(std::to_string(finding.count) + " images of " + data::text_of(choices.shape()) +
                " are " + bytes_text(bytes) +
                ", more than the 20 million images or 17 GB that Elbow takes. Choose a smaller "
                "--size, or fewer images.");
}

void check_parts(const ImportCache& cache, const Finding& finding,
                 const std::vector<LeftOut>& left_out) {
    if (cache.train() > 0 && cache.held_out() > 0) return;
    const int count = cache.train() + cache.held_out();
    throw Error("Expected at least two pictures in " + quoted(finding.path) +
                ", one to train on and one to hold out, and " +
                (count == 0   ? "none"
                 : count == 1 ? "one alone"
                              : "those of one part alone") +
                " can be read" +
                (left_out.empty() ? "" : "; left out: " + data::text_of(left_out)) + ".");
}

ImportedSet facts_of(const Finding& finding, const Choices& choices, const std::string& name) {
    ImportedSet set;
    set.name = name;
    set.source = finding.path;
    set.form = finding.form;
    set.choices = text_of(choices);
    set.likelihood = choices.likelihood;
    set.network = choices.network;
    set.shape = choices.shape();
    set.continuous = choices.likelihood == "gaussian";
    set.notes = finding.notes;
    if (choices.labels) {
        for (const FoundClass& each : finding.classes) set.class_names.push_back(each.name);
    }
    return set;
}

}  // namespace

ImportedSet import_set(const Finding& finding, const Choices& choices, const std::string& name,
                       Progress& progress) {
    check_import_name(name, finding.path);
    check_import_size(finding, choices);
    ImportedSet set = facts_of(finding, choices, name);
    // Before it is read: what changes meanwhile is then noticed.
    set.state = state_of_source(finding.path, finding.wishes, progress);
    ImportCache cache(name, static_cast<std::uint64_t>(finding.count) *
                                static_cast<std::uint64_t>(set.shape.size()));
    const std::vector<LeftOut> left_out = PictureImport(finding, choices, cache, progress).run();
    check_parts(cache, finding, left_out);
    set.left_out = text_of(left_out);
    progress.throw_if_cancelled();
    cache.finish(set);
    progress.report(1.0, "Imported " + name + ": " + set.summary());
    return set;
}

}  // namespace elbow::data

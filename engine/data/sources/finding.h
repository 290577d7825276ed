#pragma once

// What a quick look at a folder, an archive or a file of arrays finds: the card that the window
// shows. A value; made by look_at() on a worker thread.

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/json.h"
#include "engine/core/progress.h"
#include "engine/data/image_shape.h"
#include "engine/data/sources/array_images.h"
#include "engine/data/sources/left_out.h"
#include "engine/data/sources/picture.h"
#include "engine/data/sources/source_files.h"

namespace elbow::data {

struct FoundClass {
    std::string name;
    int count = 0;
};

struct FoundSize {
    int width = 0;   // pixels
    int height = 0;  // pixels
    int count = 0;   // pictures
};

struct FoundPicture {
    std::string name;           // as SourceFile's
    int class_index = -1;       // of Finding::classes; -1: no labels
    std::uint8_t held_out = 0;  // where Finding::has_held_out
    int group = 0;              // of Finding::groups
};

struct Thumbnail {
    std::string name;      // of its picture
    int class_index = -1;  // of Finding::classes; -1: no labels, or not known yet
    ReadPicture picture;   // at most kThumbnailSide wide and high
};

inline constexpr int kThumbnailSide = 96;  // pixels
inline constexpr std::size_t kMostThumbnails = 320;
// Of a source without many classes or folders.
inline constexpr std::size_t kUsualThumbnails = 80;

// Those of a class stay in their order.
void sort_by_class(std::vector<Thumbnail>&);

inline constexpr std::size_t kHistogramBins = 64;

struct Finding {
    std::filesystem::path path;       // absolute
    std::string form;                 // "folder", "zip", "npz with x_train [60000, 28, 28] uint8"
    bool complete = false;            // false: the look goes on, and counts are those of so far
    int count = 0;                    // pictures
    std::vector<FoundClass> classes;  // empty: no labels
    bool has_held_out = false;        // it says itself which pictures are held out
    int held_out = 0;                 // so many of them, where it does
    std::vector<std::string> groups;  // folders that pictures lie in; none of a file of arrays
    std::vector<FoundSize> sizes;     // the most frequent first
    std::vector<LeftOut> left_out;
    std::vector<std::string> notes;  // a sentence each

    // Of a fair sample of pictures, each of which was decoded:
    int sampled = 0;
    bool colour = false;          // some of them have coloured pixels
    bool alpha = false;           // some have transparent ones
    bool bright = false;          // what they show, or their rim, is rather white than black
    double black_or_white = 0.0;  // the part of the values that is nearly 0 or 255
    bool continuous = false;      // the values were measurements
    std::array<std::int64_t, kHistogramBins> histogram{};  // of grey values, 0 to 255
    std::vector<Thumbnail> thumbnails;  // a few of each class, in the order of the classes

    SourceWishes wishes;                 // that it was looked at with
    std::vector<FoundPicture> pictures;  // in the order of the source; none of a file of arrays
    std::shared_ptr<const ArrayImages> arrays;  // of a file of arrays
};

struct LookWishes {
    SourceWishes source;
    ArrayWishes arrays;
};

// Called now and then with what was found so far, the first time with the first pictures; not
// complete, and without Finding::pictures.
using SeeFinding = std::function<void(const Finding&)>;

// Throws Error where there is nothing, nothing that Elbow reads, or not a single picture that can
// be read (what was found instead); and Cancelled within 0.1 s.
Finding look_at(const std::filesystem::path&, const LookWishes&, Progress&,
                const SeeFinding& so_far = {});

// "12 480 images in 7 folders, 3 sizes (91 % 178 x 218), colour; left out: 9 hidden, 2 damaged"
std::string text_of(const Finding&);

// All of it but the pictures themselves.
Json json_of(const Finding&);

}  // namespace elbow::data

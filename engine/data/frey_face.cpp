// Frey Face (Roweis, Saul): one man's face in 1965 successive frames of a film, 28 x 20 grey
// values.

#include <numeric>
#include <random>
#include <span>

#include "engine/core/error.h"
#include "engine/data/fetch.h"
#include "engine/data/mat5.h"
#include "engine/data/published.h"

namespace elbow::data {
namespace {

constexpr std::uint32_t kHeight = 28;
constexpr std::uint32_t kWidth = 20;
constexpr std::uint32_t kImages = 1965;
constexpr std::uint32_t kTrainImages = 1600;
constexpr bool kContinuous = true;

// No licence is stated where it is published: it is fetched from there and never passed on.
const PublishedSet& frey_face() {
    static const PublishedSet set{
        "frey",
        "Frey Face",
        {{"frey_rawface.mat", 1100584,
          "265a83a23adb081755cd3de375509828e690324d1d60f076b8ecebc840d59c64", 1100584}},
        {}};
    return set;
}

// The order in which the paper's first author most likely split the images: that of numpy's
// RandomState(0).permutation(1965). It is a Fisher-Yates shuffle from the last element on, whose
// choices from {0, ..., last} are the generator's words cut to as many bits as `last` has, drawn
// again where they are too large.
std::vector<std::uint32_t> order_of_split() {
    std::vector<std::uint32_t> order(kImages);
    std::iota(order.begin(), order.end(), 0U);
    std::mt19937 generator(0);
    for (std::uint32_t last = kImages - 1; last > 0; --last) {
        std::uint32_t mask = 1;
        while (mask < last) mask = 2 * mask + 1;
        std::uint32_t chosen = 0;
        do {
            chosen = static_cast<std::uint32_t>(generator()) & mask;
        } while (chosen > last);
        std::swap(order[last], order[chosen]);
    }
    return order;
}

// The images with these numbers; faces: one image of kHeight x kWidth, row by row, a column.
ImageSet images_of(const Mat5Matrix& faces, std::span<const std::uint32_t> numbers) {
    ImageSet set;
    set.count = static_cast<int>(numbers.size());
    std::vector<std::uint8_t>& pixels = set.pixels.own();
    pixels.reserve(numbers.size() * faces.rows);
    for (const std::uint32_t number : numbers) {
        const auto first = faces.values.begin() + static_cast<std::ptrdiff_t>(number) * faces.rows;
        pixels.insert(pixels.end(), first, first + faces.rows);
    }
    return set;
}

std::optional<std::filesystem::path> find_frey_face(const SearchPath& search) {
    return find_published(frey_face(), search);
}

Dataset load_frey_face(const std::filesystem::path& folder, Progress& progress) {
    const PublishedFile& file = frey_face().files[0];
    progress.throw_if_cancelled();
    progress.report(0.0, "Reading Frey Face");
    const auto path = file_in(folder, file);
    if (!path) {
        throw Error("'" + folder.string() + "' has no file called '" + file.name +
                    "' (with or without .gz). Put it there, or fetch the data set again.");
    }
    const Mat5Matrix faces = read_mat5(*path, "ff");
    if (faces.rows != kHeight * kWidth || faces.columns != kImages) {
        throw Error("'" + path->string() + "' has a matrix 'ff' of " + std::to_string(faces.rows) +
                    " x " + std::to_string(faces.columns) +
                    ", expected 560 x 1965 (1965 images of 28 x 20 pixels). Fetch it again with: "
                    "elbow data fetch frey");
    }
    const std::vector<std::uint32_t> order = order_of_split();
    Dataset dataset;
    dataset.name = frey_face().name;
    dataset.title = frey_face().title;
    if (!is_whole(folder, file))
        dataset.note = "own file in the format of Frey Face, not the published data set";
    dataset.source = folder.string();
    dataset.height = static_cast<int>(kHeight);
    dataset.width = static_cast<int>(kWidth);
    dataset.scale = 1.0f / 256.0f;  // as the paper's first author scaled it
    dataset.continuous = kContinuous;
    dataset.train = images_of(faces, std::span(order).first(kTrainImages));
    dataset.held_out = images_of(faces, std::span(order).subspan(kTrainImages));
    progress.report(1.0, "Read Frey Face");
    return dataset;
}

void fetch_frey_face(const std::filesystem::path& destination, Progress& progress) {
    fetch_published(frey_face(),
                    {way_by_mirror("https://cs.nyu.edu/~roweis/data/", Served::kPlain),
                     way_by_mirror("http://www.cs.nyu.edu/~roweis/data/", Served::kPlain)},
                    destination, progress);
}

}  // namespace

DatasetEntry frey_face_entry() {
    return {
        "frey",
        "Frey Face",
        "One man's face, 1 600 training and 365 held-out frames of 28 x 20 pixels; fetched from "
        "its author's page and not shipped.",
        find_frey_face,
        load_frey_face,
        fetch_frey_face,
        frey_face,
        kContinuous};
}

}  // namespace elbow::data

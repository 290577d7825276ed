// Emoji as Google draws them (Noto Emoji, Apache License 2.0): 64 x 64 pixels in colour, labelled
// by their category. The npm package holds them as PNG files with alpha.

#include <stb_image.h>

#include <algorithm>
#include <memory>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/data/fetch.h"
#include "engine/data/idx.h"
#include "engine/data/published.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;

constexpr const char* kEmojiList = "emoji.json";    // of all signs, in the package
constexpr const char* kPictures = "img/google/64";  // a PNG file each
constexpr int kEmojiSide = 64;                      // pixels
constexpr int kWithAlpha = 4;                       // channels
// Every tenth sign is held out, together with its skin tones: nothing held out was seen in another
// tone.
constexpr int kHeldOutEvery = 10;

const PublishedSet& emoji() {
    static const PublishedSet set{
        "emoji",
        "Emoji",
        {{"emoji-train-images-idx4-ubyte", 55951380,
          "112243a23dac077b22a9a95dbb3c84ee424a2057bba046fc7d6d194be10ede83", 74344091},
         {"emoji-train-labels-idx1-ubyte", 3423,
          "2361875bdc394fe736f7935bab6a782877d3b03ff207c1753e5c43ef1a576ffd", 0},
         {"emoji-held-out-images-idx4-ubyte", 6078484,
          "54caac31c27bad03a3e4e9accb33f487d6ceb50ffaa07f2ad311068fc14c4bd2", 0},
         {"emoji-held-out-labels-idx1-ubyte", 379,
          "f23abd4f2501907b88cfcbe9e6f2b8cfc5abfd15e2daa04fe6c47b4a33cdc46b", 0}},
        {"Smileys & Emotion", "People & Body", "Animals & Nature", "Food & Drink",
         "Travel & Places", "Activities", "Objects", "Symbols", "Flags", "Component"},
        kWithAlpha};
    return set;
}

// The files as they are made from the package.
struct Drawn {
    std::vector<std::uint8_t> pixels;  // [count, H, W, RGBA]
    std::vector<std::uint8_t> labels;  // [count]

    void add(const fs::path& file, std::uint8_t label) {
        const std::vector<std::uint8_t> png = read_file(file);
        int width = 0, height = 0, channels = 0;
        const std::unique_ptr<stbi_uc, decltype(&stbi_image_free)> image(
            stbi_load_from_memory(png.data(), static_cast<int>(png.size()), &width, &height,
                                  &channels, kWithAlpha),
            stbi_image_free);
        if (!image || width != kEmojiSide || height != kEmojiSide)
            throw Error("there is no picture of 64 x 64 pixels in it as " +
                        file.filename().string());
        pixels.insert(pixels.end(), image.get(),
                      image.get() + kEmojiSide * kEmojiSide * kWithAlpha);
        labels.push_back(label);
    }

    void write(const fs::path& folder, const PublishedFile& images_file,
               const PublishedFile& labels_file) const {
        const auto count = static_cast<std::uint32_t>(labels.size());
        write_idx(folder / images_file.name, {count, kEmojiSide, kEmojiSide, kWithAlpha}, pixels);
        write_idx(folder / labels_file.name, {count}, labels);
    }

  private:
    static void write_idx(const fs::path& file, const std::vector<std::uint32_t>& shape,
                          const std::vector<std::uint8_t>& values) {
        std::vector<std::uint8_t> bytes = idx_header(shape);
        bytes.insert(bytes.end(), values.begin(), values.end());
        write_file_atomically(file, bytes);
    }
};

std::uint8_t label_of(const std::string& category) {
    const std::vector<std::string>& names = emoji().class_names;
    const auto found = std::find(names.begin(), names.end(), category);
    if (found == names.end()) throw Error("it has an unknown category '" + category + "'");
    return static_cast<std::uint8_t>(found - names.begin());
}

// A sign, or one of its skin tones.
void add_drawn(const Json& drawn, const fs::path& package, std::uint8_t label, Drawn& part) {
    if (drawn.at("has_img_google").boolean())
        part.add(package / kPictures / drawn.at("image").string(), label);
}

void make_files(const fs::path& package, const fs::path& to, Progress& progress) {
    const std::optional<Json> signs = parse_json(read_text_file(package / kEmojiList));
    if (!signs) throw Error(std::string("its ") + kEmojiList + " is no JSON");
    Drawn train, held_out;
    const double count = static_cast<double>(signs->array().size());
    int number = 0;
    for (const Json& sign : signs->array()) {
        progress.throw_if_cancelled();
        progress.report(number / count, "Reading the pictures of emoji");
        Drawn& part = ++number % kHeldOutEvery == 0 ? held_out : train;
        const std::uint8_t label = label_of(sign.at("category").string());
        add_drawn(sign, package, label, part);
        if (const Json* tones = sign.find("skin_variations"))
            for (const auto& tone : tones->object()) add_drawn(tone.second, package, label, part);
    }
    train.write(to, emoji().files[0], emoji().files[1]);
    held_out.write(to, emoji().files[2], emoji().files[3]);
}

// [count, RGBA, H, W] -> [count, RGB, H, W] over a ground of one grey, by the alpha of each pixel.
void lay_over(std::uint8_t ground, ImageSet& set) {
    constexpr std::size_t kPlane = std::size_t{kEmojiSide} * kEmojiSide;
    std::vector<std::uint8_t> colours;
    colours.reserve(set.pixels.size() / kWithAlpha * 3);
    for (std::size_t image = 0; image < set.pixels.size(); image += kWithAlpha * kPlane) {
        for (std::size_t i = 0; i < 3 * kPlane; ++i) {
            const unsigned alpha = set.pixels[image + 3 * kPlane + i % kPlane];
            const unsigned mixed = set.pixels[image + i] * alpha + ground * (255U - alpha);
            colours.push_back(static_cast<std::uint8_t>((mixed + 127U) / 255U));
        }
    }
    set.pixels = std::move(colours);
}

std::optional<fs::path> find_emoji(const SearchPath& search) {
    return find_published(emoji(), search);
}

Dataset load_over(std::uint8_t ground, const fs::path& folder, Progress& progress) {
    Dataset dataset = load_published(emoji(), folder, progress);
    if (dataset.height != kEmojiSide || dataset.width != kEmojiSide)
        throw Error("The images of Emoji in '" + folder.string() +
                    "' must have 64 x 64 pixels, found " + text_of(dataset.shape()) +
                    ". Fetch them again with: elbow data fetch emoji");
    dataset.channels = 3;
    lay_over(ground, dataset.train);
    lay_over(ground, dataset.held_out);
    return dataset;
}

Dataset load_emoji(const fs::path& folder, Progress& progress) {
    return load_over(255, folder, progress);
}

// "ground=white", the usual one, or "ground=black".
std::string canonical_ground(std::string_view parameters) {
    if (parameters == "ground=white") return "";
    if (parameters == "ground=black") return "ground=black";
    throw UsageError("--dataset emoji: expected emoji:ground=white or emoji:ground=black, found '" +
                     std::string(parameters) + "' behind the colon.");
}

Dataset load_on_ground(const fs::path& folder, std::string_view parameters, Progress& progress) {
    return load_over(canonical_ground(parameters).empty() ? 255 : 0, folder, progress);
}

void fetch_emoji(const fs::path& destination, Progress& progress) {
    fetch_published(emoji(),
                    {way_by_npm("emoji-datasource-google@16.0.0", "package",
                                {{kEmojiList, kPictures}, make_files})},
                    destination, progress);
}

}  // namespace

DatasetEntry emoji_entry() {
    return {"emoji",
            "Emoji",
            "Google's emoji in colour, 3 415 training and 371 held-out images of 64 x 64 pixels on "
            "a white ground; on a black one as emoji:ground=black.",
            find_emoji,
            load_emoji,
            fetch_emoji,
            emoji,
            false,
            canonical_ground,
            load_on_ground};
}

}  // namespace elbow::data

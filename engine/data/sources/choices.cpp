#include "engine/data/sources/choices.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>

#include "engine/core/error.h"
#include "engine/core/text.h"

namespace elbow::data {
namespace {

constexpr double kNearlyBlackAndWhite = 0.75;  // of the values
constexpr int kLargestForLayers = 32;          // pixels: above, convolutions
constexpr int kLargestProposed = 64;           // pixels
constexpr int kFewToLearnFrom = 500;           // images: below, augmentation
constexpr double kNearlySquare = 1.5;          // of a photograph that is cropped

// Half of the pictures have a shorter side of at most this, pixels.
int middle_side(const Finding& finding) {
    std::vector<std::pair<int, int>> sides;
    for (const FoundSize& size : finding.sizes)
        sides.emplace_back(std::min(size.width, size.height), size.count);
    std::sort(sides.begin(), sides.end());
    int seen = 0;
    for (const auto& [side, count] : sides) {
        seen += count;
        if (2 * seen >= finding.count) return side;
    }
    return kLargestProposed;
}

int proposed_side(const Finding& finding) {
    const int side = middle_side(finding);
    for (const int offered : kOfferedSides) {
        if (side <= offered && offered <= kLargestProposed) return offered;
    }
    return kLargestProposed;
}

void propose_size(const Finding& finding, Choices& choices) {
    const FoundSize& most = finding.sizes.front();
    const bool alike = finding.sizes.size() == 1;
    if (alike && std::max(most.width, most.height) <= kLargestProposed) {
        choices.width = most.width;
        choices.height = most.height;
        return;
    }
    choices.width = choices.height = proposed_side(finding);
    const double longer = std::max(most.width, most.height);
    const bool photographs = !finding.alpha && finding.black_or_white < kNearlyBlackAndWhite / 2;
    if (photographs && longer <= kNearlySquare * std::min(most.width, most.height))
        choices.fit = Fit::kCrop;
}

// Against overfitting, as the end of a sentence.
std::string remedy_of(const Choices& choices) {
    if (choices.augment == "off") return "; augmentation would help.";
    const char* how = choices.augment == "shifts"  ? "shifted"
                      : choices.augment == "flips" ? "mirrored"
                                                   : "shifted and mirrored";
    return ": each is " + std::string(how) + " at random whenever it is learned from.";
}

const char* fit_word(Fit fit) {
    switch (fit) {
        case Fit::kCrop:
            return "crop";
        case Fit::kSquash:
            return "squash";
        default:
            return "pad";
    }
}

[[noreturn]] void refuse(std::string_view key, const std::string& expected,
                         std::string_view value) {
    throw UsageError(std::string(key) + ": expected " + expected + ", found '" +
                     std::string(value) + "'.");
}

std::optional<int> whole_number(std::string_view text, int least, int most) {
    const std::optional<double> number = read_number(text);
    if (!number || *number != std::floor(*number) || *number < least || *number > most)
        return std::nullopt;
    return static_cast<int>(*number);
}

// One word for each of a few values.
template <class Value>
struct Word {
    const char* word;
    Value value;
};
template <class Value, std::size_t N>
Value value_of(std::string_view key, std::string_view text,
               const std::array<Word<Value>, N>& words) {
    std::string known;
    for (const Word<Value>& each : words) {
        if (text == each.word) return each.value;
        known += (known.empty() ? "" : ", ") + std::string(each.word);
    }
    refuse(key, "one of " + known, text);
}

void read_size(std::string_view text, Choices& choices) {
    const std::size_t cross = text.find('x');
    const auto width = whole_number(text.substr(0, cross), 1, kMostImportSide);
    const auto height = cross == std::string_view::npos
                            ? width
                            : whole_number(text.substr(cross + 1), 1, kMostImportSide);
    if (!width || !height)
        refuse("size", "a side or a width and a height of 1 to 1024 pixels, such as 64 or 64x48",
               text);
    choices.width = *width;
    choices.height = *height;
}

void read_ground(std::string_view text, Choices& choices) {
    const auto grey = text == "black"   ? std::optional<int>(0)
                      : text == "white" ? std::optional<int>(255)
                                        : whole_number(text, 0, 255);
    if (!grey) refuse("ground", "black, white or a grey value of 0 to 255", text);
    choices.ground = static_cast<std::uint8_t>(*grey);
}

struct Key {
    const char* name;
    std::string (*text)(const Choices&);
    void (*read)(std::string_view, Choices&);
};

const std::array<Key, 9>& keys() {
    static const std::array<Key, 9> kKeys = {{
        {"size",
         [](const Choices& c) { return std::to_string(c.width) + "x" + std::to_string(c.height); },
         read_size},
        {"fit", [](const Choices& c) { return std::string(fit_word(c.fit)); },
         [](std::string_view text, Choices& c) {
             c.fit = value_of<Fit, 3>(
                 "fit", text,
                 {{{"pad", Fit::kPad}, {"crop", Fit::kCrop}, {"squash", Fit::kSquash}}});
         }},
        {"colours", [](const Choices& c) { return std::string(c.colour ? "rgb" : "grey"); },
         [](std::string_view text, Choices& c) {
             c.colour = value_of<bool, 2>("colours", text, {{{"grey", false}, {"rgb", true}}});
         }},
        {"ground",
         [](const Choices& c) {
             return c.ground == 0 ? "black" : c.ground == 255 ? "white" : std::to_string(c.ground);
         },
         read_ground},
        {"labels", [](const Choices& c) { return std::string(c.labels ? "on" : "off"); },
         [](std::string_view text, Choices& c) {
             c.labels = value_of<bool, 2>("labels", text, {{{"on", true}, {"off", false}}});
         }},
        {"held-out",
         [](const Choices& c) {
             return std::string(c.held_out == HeldOut::kAsFound ? "found"
                                : c.held_out == HeldOut::kTenth ? "tenth"
                                                                : "group");
         },
         [](std::string_view text, Choices& c) {
             c.held_out = value_of<HeldOut, 3>("held-out", text,
                                               {{{"found", HeldOut::kAsFound},
                                                 {"tenth", HeldOut::kTenth},
                                                 {"group", HeldOut::kGroup}}});
         }},
        {"likelihood", [](const Choices& c) { return c.likelihood; },
         [](std::string_view text, Choices& c) { c.likelihood = text; }},
        {"network", [](const Choices& c) { return c.network; },
         [](std::string_view text, Choices& c) { c.network = text; }},
        {"augment", [](const Choices& c) { return c.augment; },
         [](std::string_view text, Choices& c) { c.augment = text; }},
    }};
    return kKeys;
}

void read_one(std::string_view text, Choices& choices) {
    const std::size_t equals = text.find('=');
    const std::string_view name = trimmed(text.substr(0, equals));
    std::string known;
    for (const Key& key : keys()) {
        if (name == key.name && equals != std::string_view::npos)
            return key.read(trimmed(text.substr(equals + 1)), choices);
        known += (known.empty() ? "" : ", ") + std::string(key.name);
    }
    refuse("Choices", "KEY=VALUE with one of the keys " + known, text);
}

}  // namespace

Choices proposed_for(const Finding& finding) {
    Choices choices;
    propose_size(finding, choices);
    choices.colour = finding.colour;
    // What is transparent lies over the opposite of what is shown, and bars beside a picture are
    // like its rim.
    choices.ground = finding.alpha == finding.bright ? 0 : 255;
    choices.labels = !finding.classes.empty();
    choices.held_out = finding.has_held_out ? HeldOut::kAsFound : HeldOut::kTenth;
    const bool small = std::max(choices.width, choices.height) <= kLargestForLayers;
    if (choices.colour) {
        choices.likelihood = "logistic";
    } else {
        const bool measured = finding.continuous || finding.black_or_white < kNearlyBlackAndWhite;
        choices.likelihood = measured ? "gaussian" : "bernoulli";
    }
    choices.network = !small ? "conv" : choices.colour ? "mlp" : "paper";
    // What is drawn in black and white may be letters, which nobody can read mirrored.
    if (finding.count < kFewToLearnFrom)
        choices.augment = choices.likelihood == "bernoulli" ? "shifts" : "both";
    return choices;
}

std::vector<std::string> reasons_for(const Finding& finding, const Choices& choices) {
    std::vector<std::string> reasons;
    const auto percent = std::to_string(std::lround(100.0 * finding.black_or_white)) + " %";
    if (choices.likelihood == "bernoulli")
        reasons.push_back("A Bernoulli likelihood, since " + percent +
                          " of the values are nearly black or white.");
    if (choices.likelihood == "gaussian")
        reasons.push_back("A Gaussian likelihood, since the values are greys: " + percent +
                          " of them are nearly black or white.");
    if (choices.likelihood == "logistic")
        reasons.emplace_back("A discretised logistic likelihood, which suits colours.");
    reasons.emplace_back(choices.network == "conv"
                             ? "A convolutional network, since the images are larger than 32 x 32."
                             : "A network of layers, since the images are small.");
    if (finding.count < kFewToLearnFrom)
        reasons.push_back("There are only " + std::to_string(finding.count) +
                          " images, which a model soon knows by heart (overfitting)" +
                          remedy_of(choices));
    if (choices.held_out == HeldOut::kTenth)
        reasons.emplace_back("A tenth is held out, by the content: the same every time.");
    if (choices.held_out == HeldOut::kGroup)
        reasons.emplace_back("Whole folders are held out, by their names: the same every time.");
    return reasons;
}

std::string text_of(const Choices& choices) {
    std::string text;
    for (const Key& key : keys())
        text += (text.empty() ? "" : ",") + std::string(key.name) + "=" + key.text(choices);
    return text;
}

Choices choices_of(std::string_view text, Choices otherwise) {
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        read_one(text.substr(0, comma), otherwise);
        text.remove_prefix(std::min(text.size(), comma + 1));
    }
    return otherwise;
}

}  // namespace elbow::data

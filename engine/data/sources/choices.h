#pragma once

// How the pictures that were found become a data set, and what to learn it with. A value, which is
// text both ways: "size=64x64,fit=crop,colours=rgb,ground=white". Pure functions.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/image_shape.h"
#include "engine/data/sources/finding.h"
#include "engine/data/sources/picture_fit.h"

namespace elbow::data {

// What is held out.
enum class HeldOut {
    kAsFound,  // what the source says itself
    kTenth,    // a tenth by the content's hash: the same every time, and of equal pictures all
    kGroup     // whole folders, about a tenth of the pictures, by the names' hash: persons, say
};

struct Choices {
    int width = 28;   // pixels
    int height = 28;  // pixels
    Fit fit = Fit::kPad;
    bool colour = false;      // three channels; else one, of grey values
    std::uint8_t ground = 0;  // grey value under what is transparent, and around what is padded
    bool labels = true;       // where there are classes
    HeldOut held_out = HeldOut::kTenth;
    std::string likelihood = "bernoulli";  // as --likelihood takes it
    std::string network = "paper";         // as --network takes it
    std::string augment = "off";           // as --augment takes it

    ImageShape shape() const { return {colour ? 3 : 1, height, width}; }
    bool operator==(const Choices&) const = default;
};

// Sides that are offered, pixels.
inline constexpr int kOfferedSides[] = {28, 32, 64, 128};
inline constexpr int kMostImportSide = 1024;  // pixels

// One click starts with them.
Choices proposed_for(const Finding&);
// Why these, a sentence each.
std::vector<std::string> reasons_for(const Finding&, const Choices&);

std::string text_of(const Choices&);
// `otherwise`, changed by what the text says; throws UsageError that names the key, what it takes
// and what was found.
Choices choices_of(std::string_view text, Choices otherwise = {});

}  // namespace elbow::data

#pragma once

// Data sets of a person's own, as an import leaves them: a folder each below
// data_folder()/imported, with the bytes of the images and set.json, which says where they came
// from and what was chosen. Any thread.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/progress.h"
#include "engine/data/dataset.h"

namespace elbow::data {

struct ImportedSet {
    std::string name;
    std::filesystem::path source;  // what was imported
    std::string form;              // "folder", "zip"
    std::string state;             // of the source then (state_of_source)
    std::string choices;           // as text_of(Choices)
    std::string likelihood;        // proposed for it
    std::string network;           // proposed for it
    std::string augment = "off";   // proposed for it
    ImageShape shape;
    int train = 0;     // images
    int held_out = 0;  // images
    bool continuous = false;
    std::vector<std::string> class_names;   // empty: no labels
    std::vector<std::string> factor_names;  // empty where nothing is known
    std::vector<std::string> notes;         // a sentence each
    std::string left_out;                   // "9 hidden, 2 damaged or cut off"; may be empty
    std::string boot;         // in which it was imported (boot_number); empty where it was flushed
    std::string fingerprint;  // of its images and labels (fingerprint.h)

    std::string summary() const;  // one sentence: what, how many, where from
};

// data_folder()/imported
std::filesystem::path imported_folder();

// Its files, in the folder of its name.
struct ImportedFiles {
    static constexpr const char* kFacts = "set.json";
    static constexpr const char* kTrain = "train-images";             // [train, C, H, W] bytes
    static constexpr const char* kHeldOut = "held-out-images";        // [held_out, C, H, W] bytes
    static constexpr const char* kTrainLabels = "train-labels";       // [train] bytes, or empty
    static constexpr const char* kHeldOutLabels = "held-out-labels";  // [held_out] bytes, or empty
    static constexpr const char* kOutlivedABoot = "checked";          // empty, there or not
    static constexpr const char* kFactors = "factors";  // of each factor [train], then [held_out]
};

// By name; what is damaged is not among them.
std::vector<ImportedSet> imported_sets();
// Absent where there is none of this name, or where its set.json is damaged.
std::optional<ImportedSet> imported_set(std::string_view name);

// The text of set.json and back; absent where the text is another one.
std::string text_of(const ImportedSet&);
std::optional<ImportedSet> imported_set_of_text(const std::string&);

// Its images stay in their files, which are mapped: nothing of them is read yet, and they may need
// more than there is of memory. Throws Error where files are missing, have another size than they
// should, or a label that no class has; and Cancelled.
Dataset load_imported(const ImportedSet&, Progress&);

// Removes its files; the source stays. Throws UsageError that lists the names there are for a name
// that none has, and Error where they cannot be removed.
void forget_imported(const std::string& name);

}  // namespace elbow::data

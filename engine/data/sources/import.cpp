#include "engine/data/sources/import.h"

#include <utility>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/core/text.h"
#include "engine/data/idx.h"
#include "engine/data/sources/array_import.h"
#include "engine/data/sources/decode_pictures.h"
#include "engine/data/sources/held_out_groups.h"
#include "engine/data/sources/import_cache.h"
#include "engine/data/sources/part_writer.h"

namespace elbow::data {
namespace {

std::vector<LeftOut> import_pictures(const Finding& finding, const Choices& choices,
                                     ImportCache& cache, Progress& progress) {
    PartWriter writer(cache, choices.held_out);
    std::vector<std::uint8_t> held_out;  // by group
    if (choices.held_out == HeldOut::kGroup) held_out = held_out_by_group(finding);
    std::vector<LeftOut> left_out =
        decode_pictures(finding, choices, progress, [&](DecodedPicture decoded) {
            const FoundPicture& found = *decoded.found;
            const auto number = static_cast<std::size_t>(&found - finding.pictures.data());
            const bool held = held_out.empty() ? found.held_out != 0 : held_out[number] != 0;
            writer.add({std::move(decoded.image), choices.labels ? found.class_index : -1,
                        decoded.hash, held, 0});
        });
    writer.settle();
    return left_out;
}

void check_import_count(const Finding& finding) {
    if (finding.count <= static_cast<int>(kLargestCount)) return;
    throw Error(std::to_string(finding.count) +
                " images are more than the 20 million that Elbow takes. Choose fewer.");
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
    set.augment = choices.augment;
    set.shape = choices.shape();
    set.continuous = choices.likelihood == "gaussian";
    set.notes = finding.notes;
    if (choices.labels) {
        for (const FoundClass& each : finding.classes) set.class_names.push_back(each.name);
    }
    if (finding.arrays) {
        for (const Factor& factor : finding.arrays->factors)
            set.factor_names.push_back(factor.name);
    }
    return set;
}

}  // namespace

ImportedSet import_set(const Finding& finding, const Choices& choices, const std::string& name,
                       Progress& progress) {
    check_import_name(name, finding.path);
    check_import_count(finding);
    if (finding.arrays && choices.held_out == HeldOut::kGroup) held_out_by_group(finding);
    ImportedSet set = facts_of(finding, choices, name);
    // Before it is read: what changes meanwhile is then noticed.
    set.state = state_of_source(finding.path, finding.wishes, progress);
    ImportCache cache(name, static_cast<std::uint64_t>(finding.count) *
                                static_cast<std::uint64_t>(set.shape.size()));
    std::vector<LeftOut> left_out = finding.left_out;
    if (finding.arrays) {
        import_arrays(finding, choices, cache, progress);
    } else {
        left_out = import_pictures(finding, choices, cache, progress);
    }
    check_parts(cache, finding, left_out);
    set.left_out = text_of(left_out);
    progress.throw_if_cancelled();
    cache.finish(set);
    progress.report(1.0, "Imported " + name + ": " + set.summary());
    return set;
}

}  // namespace elbow::data

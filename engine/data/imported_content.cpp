#include "engine/data/imported_content.h"

#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/path_text.h"
#include "engine/core/text.h"
#include "engine/data/fingerprint.h"

namespace elbow::data {

void check_imported_content(const Dataset& dataset, Progress& progress) {
    if (!dataset.train.pixels.mapped() || fingerprint_of(dataset, progress) == dataset.fingerprint)
        return;
    const std::optional<ImportedSet> set = imported_set(dataset.name);
    if (set && set->fingerprint == dataset.fingerprint)
        refuse_damaged_import(*set, "its images are not those that were imported");
    throw Error("The images of '" + dataset.name +
                "' are damaged, and have been replaced or forgotten since they were loaded. Load "
                "the data set again.");
}

void check_after_boot(const ImportedSet& set, const Dataset& dataset, Progress& progress) {
    if (set.boot.empty() || set.boot == boot_number()) return;
    const std::filesystem::path mark = imported_folder() / set.name / ImportedFiles::kOutlivedABoot;
    std::error_code error;
    if (std::filesystem::exists(mark, error)) return;
    check_imported_content(dataset, progress);
    try {
        write_file_atomically(mark, std::string_view());
    } catch (const Error&) {  // then the next start checks once more
    }
}

std::string boot_number() {
    try {
        return std::string(trimmed(read_text_file("/proc/sys/kernel/random/boot_id")));
    } catch (const Error&) {
        return {};
    }
}

void refuse_damaged_import(const ImportedSet& set, const std::string& why) {
    throw Error("The imported data set '" + set.name + "' is damaged: " + why +
                ". Import it again with: elbow data import " + shell_word(set.source) + " --name " +
                shell_word(set.name));
}

}  // namespace elbow::data

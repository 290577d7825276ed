#pragma once

// The files of a folder and of the folders in it. Functions for a worker thread.

#include <filesystem>
#include <string>
#include <vector>

#include "engine/data/sources/source_files.h"

namespace elbow::data {

struct ListedFile {
    std::string name;  // as SourceFile's
    std::filesystem::path path;
};

// In the order in which they are visited: by name, and then what links lead to. A link is followed
// once; one to what is listed anyway is left out, so that a loop ends. May throw Cancelled.
std::vector<ListedFile> list_folder(const std::filesystem::path&, const SourceWishes&, Progress&,
                                    std::vector<LeftOut>&);

void visit_folder(const std::vector<ListedFile>&, Progress&, const SeeFile&);

}  // namespace elbow::data

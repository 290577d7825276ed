#pragma once

// Writes an export: a file is a pure function of its source, so that the work can be done on any
// thread and tested without a window. Nothing that exists is overwritten.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/gui/exports/export.h"

namespace elbow::gui {

// "mnist-manifold-20x20-after-1200000-images.png": the data set, what it is, and how many images
// the weights had seen.
std::string export_file_name(const Export&, const ExportSource&);

// The path itself where nothing is there, else with "-2", "-3", ... before the extension.
std::filesystem::path free_path(const std::filesystem::path&);

// Why it cannot be made from these weights; empty where it can.
std::string why_not_exported(const Export&, const train::ParameterSnapshot&);

// Throws Error where it cannot, or where model and data set do not fit together.
void check_export(const Export&, const ExportSource&);

// The bytes of a PNG. Throws Error saying what was expected, what was found and what to do;
// Cancelled when the progress says so.
std::vector<std::uint8_t> export_png(const Export&, const ExportSource&, Progress&);

// Makes the folder where it is missing, writes the file, the files of a table or the folder of an
// animation's frames, and returns their paths. Throws as above.
std::vector<std::filesystem::path> export_files(const Export&, const ExportSource&,
                                                const std::filesystem::path& folder, Progress&);

}  // namespace elbow::gui

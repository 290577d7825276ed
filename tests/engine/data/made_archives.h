#pragma once

// Archives that a test makes.

#include <archive.h>
#include <archive_entry.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "tests/engine/data/made_pictures.h"

namespace elbow::testing_support {

enum class Packing { kZip, kTar, kTarGz, kTarZst, k7z };

using Members = std::vector<std::pair<std::string, PictureBytes>>;

// In this order, as they are named.
inline void write_archive(const std::filesystem::path& path, Packing packing,
                          const Members& members) {
    archive* writer = archive_write_new();
    if (packing == Packing::kZip) archive_write_set_format_zip(writer);
    if (packing == Packing::k7z) archive_write_set_format_7zip(writer);
    if (packing == Packing::kTar || packing == Packing::kTarGz || packing == Packing::kTarZst)
        archive_write_set_format_gnutar(writer);
    if (packing == Packing::kTarGz) archive_write_add_filter_gzip(writer);
    if (packing == Packing::kTarZst) archive_write_add_filter_zstd(writer);
    archive_write_open_filename(writer, path.c_str());
    for (const auto& [name, bytes] : members) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_write_header(writer, entry);
        archive_write_data(writer, bytes.data(), bytes.size());
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
}

}  // namespace elbow::testing_support

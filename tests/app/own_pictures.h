#pragma once

// Files of pictures in folders, as a person has them.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/engine/data/made_pictures.h"

namespace elbow::testing_support {

inline void write_bytes(const std::filesystem::path& file, const PictureBytes& bytes) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
}

// 20 grey pictures of 12 x 10 pixels in each of two folders, and a file that is none.
inline void write_two_classes(const std::filesystem::path& folder) {
    for (int i = 0; i < 20; ++i) {
        const std::string name = std::to_string(i) + ".png";
        write_bytes(folder / "dark" / name, grey_png(12, 10, static_cast<std::uint8_t>(i)));
        write_bytes(folder / "light" / name, grey_png(12, 10, static_cast<std::uint8_t>(200 + i)));
    }
    write_bytes(folder / "dark" / "notes.txt", {'n', 'o'});
}

}  // namespace elbow::testing_support

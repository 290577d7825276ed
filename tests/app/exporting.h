#pragma once

// A run of striped images whose exports are written to a folder of their own and read back.

#include <gtest/gtest.h>
#include <stb_image.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <set>

#include "app/gui/exporter.h"
#include "app/gui/exports/exports.h"
#include "engine/explore/manifold.h"
#include "engine/fused/architecture.h"

namespace elbow::gui {

class Exporter : public testing::Test {
  protected:
    Exporter() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "elbow-export-XXXXXX").string();
        folder_ = mkdtemp(pattern.data());
        dataset_.name = "stripes";
        dataset_.title = "Stripes";
        dataset_.height = 6;
        dataset_.width = 5;
        dataset_.class_names = {"even", "odd"};
        dataset_.held_out.count = 12;
        for (int i = 0; i < 12; ++i) {
            dataset_.held_out.labels.push_back(static_cast<std::uint8_t>(i % 2));
            for (int pixel = 0; pixel < 30; ++pixel) {
                dataset_.held_out.pixels.own().push_back(
                    static_cast<std::uint8_t>((pixel * (i + 3)) % 256));
            }
        }
        snapshot_.spec = fused::Architecture{6, 5, 8, 2};
        snapshot_.parameters = model::initial_parameters(snapshot_.spec, "glorot", 3);
        // Larger weights, so that neighbouring images differ.
        for (float& value : snapshot_.parameters) value *= 4.0f;
        snapshot_.samples = 4200;
        source_.settings.export_pixel_scale = 3;
        source_.settings.export_grid = 4;
        source_.settings.export_map_scale = 2;
        ViewState& seen = source_.view_state;
        seen.fit_to(2);
        seen.cursor = {0.5f, -1.0f};
        seen.path_from = {-1.0f, 0.0f};
        seen.path_to = {1.0f, 1.0f};
        seen.path_frames = 5;
        seen.selection = {0, 1, 5};
        source_.prior_samples = 6;
        source_.images = {0, 1, 2, 3};
        source_.theme = make_theme(true, {});
        source_.words = {"z1  (standard deviations of the prior)",
                         "z2  (standard deviations of the prior)",
                         "z1",
                         "z2",
                         {},
                         false};
        source_.map_size = {200, 200};
        source_.train = {{100, 0.1, 0.01, -200.0, -205.0, 5.0},
                         {200, 0.2, 0.02, -150.0, -157.0, 7.0}};
        source_.evaluations = {{0, 0.0, 0.0, -200.0, -210.0, -210.0, 0.0, 0.0, {0.0f, 0.0f}},
                               {200, 0.2, 0.02, -150.0, -160.0, -167.0, 7.0, 900.0, {3.0f, 4.0f}}};
    }
    ~Exporter() override {
        std::error_code ignored;
        std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, ignored);
        std::filesystem::remove_all(folder_, ignored);
    }

    // With the present weights and images.
    const ExportSource& source() {
        source_.snapshot = std::make_shared<const train::ParameterSnapshot>(snapshot_);
        source_.dataset = std::make_shared<const data::Dataset>(dataset_);
        return source_;
    }
    std::filesystem::path write(const Export& what) {
        return export_files(what, source(), folder_, progress_).front();
    }
    // Of a run without moments of its training.
    std::vector<const Export*> possible() const {
        std::vector<const Export*> found;
        for (const Export* each : all_exports()) {
            if (why_not_exported(*each, snapshot_).empty() && !each->reads_moments)
                found.push_back(each);
        }
        return found;
    }
    int files() const {
        return static_cast<int>(std::distance(std::filesystem::directory_iterator(folder_),
                                              std::filesystem::directory_iterator()));
    }

    struct Png {
        int width = 0, height = 0, channels = 0;
        std::vector<std::uint8_t> pixels;
        std::set<int> colours() const {
            std::set<int> found;
            for (std::size_t i = 0; i + 2 < pixels.size(); i += 3) {
                found.insert(pixels[i] << 16 | pixels[i + 1] << 8 | pixels[i + 2]);
            }
            return found;
        }
        std::array<std::uint8_t, 3> rgb(int x, int y) const {
            const std::size_t at = 3 * (static_cast<std::size_t>(y) * width + x);
            return {pixels.at(at), pixels.at(at + 1), pixels.at(at + 2)};
        }
        std::uint8_t at(int x, int y) const {
            return pixels.at(static_cast<std::size_t>(y) *
                                 static_cast<std::size_t>(width * channels) +
                             static_cast<std::size_t>(x * channels));
        }
    };
    static Png read_png(const std::filesystem::path& path) {
        Png png;
        unsigned char* data = stbi_load(path.c_str(), &png.width, &png.height, &png.channels, 0);
        EXPECT_NE(data, nullptr) << path;
        if (data != nullptr) png.pixels.assign(data, data + png.width * png.height * png.channels);
        stbi_image_free(data);
        return png;
    }
    std::vector<std::uint8_t> decoded(const std::vector<float>& z) {
        return explore::decode(*model::make_model(snapshot_.spec), snapshot_.parameters, z);
    }

    std::filesystem::path folder_;
    data::Dataset dataset_;
    train::ParameterSnapshot snapshot_;
    ExportSource source_;
    Progress progress_;
};

}  // namespace elbow::gui

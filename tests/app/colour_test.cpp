// Pictures of a model in colour.

#include <gtest/gtest.h>
#include <stb_image.h>

#include <memory>

#include "app/gui/exporter.h"
#include "app/gui/exports/cursor.h"
#include "app/gui/exports/map.h"
#include "app/gui/map/map_picture.h"
#include "app/gui/map/map_view.h"
#include "engine/explore/manifold.h"
#include "engine/model/model.h"
#include "tests/engine/train/training.h"

namespace elbow::gui {
namespace {

class Colour : public testing::Test {
  protected:
    Colour() {
        const auto dataset = test::tiny_dataset(40, 20, 8, 6, 3);
        train::Session session(test::tiny_config(), dataset, 1);
        test::run_steps(session, 200);
        source_.snapshot = session.snapshot();
        source_.config = test::tiny_config();
        source_.dataset = dataset;
        source_.view_state.fit_to(2);
        source_.view_state.cursor = {0.5f, -1.0f};
        source_.theme = make_theme(true, {});
        source_.map_size = {200, 200};
    }

    struct Rgb {
        std::vector<std::uint8_t> values;
        int width = 0, height = 0, channels = 0;
        const std::uint8_t* at(int x, int y) const {
            return &values.at(3 * static_cast<std::size_t>(y * width + x));
        }
    };
    Rgb made(const Export& what) {
        const std::vector<std::uint8_t> png = export_png(what, source_, progress_);
        Rgb picture;
        stbi_uc* pixels =
            stbi_load_from_memory(png.data(), static_cast<int>(png.size()), &picture.width,
                                  &picture.height, &picture.channels, 0);
        if (pixels != nullptr)
            picture.values.assign(pixels,
                                  pixels + picture.width * picture.height * picture.channels);
        stbi_image_free(pixels);
        return picture;
    }

    ExportSource source_;
    Progress progress_;
};

TEST_F(Colour, TheImageUnderTheDotIsThatOfTheDecoder) {
    source_.settings.export_pixel_scale = 1;
    const Rgb picture = made(cursor_export());
    ASSERT_EQ(picture.channels, 3);
    const auto model = model::make_model(source_.snapshot->spec);
    const std::vector<std::uint8_t> decoded =
        explore::decode(*model, source_.snapshot->parameters, source_.view_state.cursor);
    ASSERT_EQ(decoded.size(), std::size_t{3} * 8 * 6);
    for (int y = 0; y < 8; ++y) {
        for (int x = 0; x < 6; ++x) {
            for (int c = 0; c < 3; ++c)
                EXPECT_EQ(picture.at(x, y)[c],
                          decoded[static_cast<std::size_t>(c * 48 + y * 6 + x)]);
        }
    }
}

TEST_F(Colour, TheMapShowsTheImagesOfTheDecoderBehindThePoints) {
    constexpr double kStrength = 0.8;  // of the images over the dark ground
    source_.settings.backdrop = Backdrop::kManifold;
    source_.settings.points_shown = false;
    source_.settings.export_map_scale = 2;
    source_.view_state.path_shown = false;
    source_.view_state.cursor = {100.0f, 100.0f};
    const Rgb picture = made(map_export());
    const explore::ManifoldRequest grid =
        *map_request(map_of(source_)).find<explore::ManifoldRequest>();
    const auto model = model::make_model(source_.snapshot->spec);
    const std::vector<float> z = explore::manifold_latents(grid, 2);
    const std::vector<std::uint8_t> tiles =
        explore::decode(*model, source_.snapshot->parameters, z);
    const PlaneView plane(source_.view_state.rect, {128, 52}, {400, 400});
    const ImU32 ground = source_.theme.map_background;
    const double below[] = {static_cast<double>(ground >> IM_COL32_R_SHIFT & 0xFF),
                            static_cast<double>(ground >> IM_COL32_G_SHIFT & 0xFF),
                            static_cast<double>(ground >> IM_COL32_B_SHIFT & 0xFF)};
    int seen = 0;
    for (std::size_t cell = 0; cell < z.size() / 2; ++cell) {
        // The pixel right below the middle, away from the lines through 0.
        const ImVec2 at = plane.to_pixel({z[2 * cell], z[2 * cell + 1]});
        if (at.x < 140 || at.y < 64 || at.x > 516 || at.y > 440) continue;
        const std::uint8_t* pixel =
            picture.at(static_cast<int>(at.x) + 3, static_cast<int>(at.y) + 2);
        for (std::size_t c = 0; c < 3; ++c)
            EXPECT_NEAR(
                pixel[c],
                kStrength * tiles[cell * 144 + c * 48 + 4 * 6 + 3] + (1.0 - kStrength) * below[c],
                2.0)
                << cell << ", " << c;
        ++seen;
    }
    EXPECT_GT(seen, 20);
}

}  // namespace
}  // namespace elbow::gui

#include <algorithm>

#include "app/gui/exports/decoded_sheet.h"
#include "app/gui/exports/map.h"
#include "engine/core/error.h"
#include "engine/run/spec_of_run.h"
#include "tests/app/exporting.h"

namespace elbow::gui {
namespace {

// The plot's upper left corner is 64, 26 design pixels from the picture's.
class MapExport : public Exporter {
  protected:
    MapExport() { source_.view_state.path_frames = 12; }
    // Where a place of the plane lies.
    ImVec2 at(PlanePoint place) const {
        const auto scale = static_cast<float>(source_.settings.export_map_scale);
        return PlaneView(source_.view_state.rect, {64 * scale, 26 * scale},
                         {200 * scale, 200 * scale})
            .to_pixel(place);
    }
    static std::array<std::uint8_t, 3> rgb(ImU32 colour) {
        return {static_cast<std::uint8_t>(colour >> IM_COL32_R_SHIFT),
                static_cast<std::uint8_t>(colour >> IM_COL32_G_SHIFT),
                static_cast<std::uint8_t>(colour >> IM_COL32_B_SHIFT)};
    }
    static std::array<std::uint8_t, 3> colour(const Png& png, ImVec2 at) {
        return png.rgb(static_cast<int>(at.x), static_cast<int>(at.y));
    }
    static int distance(std::array<std::uint8_t, 3> a, std::array<std::uint8_t, 3> b) {
        int sum = 0;
        for (std::size_t i = 0; i < 3; ++i) sum += std::abs(a[i] - b[i]);
        return sum;
    }
};

TEST_F(MapExport, ShowsTheDotTheHandlesAndThePathWhereTheyLie) {
    const Theme& theme = source_.theme;
    for (const int scale : {1, 2, 4}) {
        source_.settings.export_map_scale = scale;
        const Png png = read_png(write(map_export()));
        EXPECT_EQ(colour(png, at({0.5, -1.0})), rgb(theme.cursor)) << scale;
        // Beside the letters.
        const auto beside = [&](PlanePoint place) {
            const ImVec2 middle = at(place);
            return colour(png, {middle.x + 7.0f * scale, middle.y});
        };
        EXPECT_EQ(beside({-1.0, 0.0}), rgb(theme.handle_a)) << scale;
        EXPECT_EQ(beside({1.0, 1.0}), rgb(theme.handle_b)) << scale;
        EXPECT_EQ(colour(png, at({0.1, 0.55})), rgb(theme.path)) << scale;
    }
    source_.view_state.path_shown = false;
    const Png png = read_png(write(map_export()));
    EXPECT_NE(colour(png, at({1.0, 1.0})), rgb(theme.handle_b));
}

TEST_F(MapExport, ShowsThePointsInTheColoursOfTheLegend) {
    source_.settings.export_map_scale = 4;
    source_.settings.point_size = 8.0f;
    const explore::LatentMap codes = held_out_codes(snapshot_, dataset_, progress_);
    source_.view_state.path_shown = false;
    source_.view_state.rect.half_height = 50.0;  // none lies outside
    source_.view_state.cursor = {45.0f, 45.0f};
    const auto last = static_cast<std::size_t>(codes.count - 1);  // drawn above the others
    const PlanePoint place{codes.mean[2 * last], codes.mean[2 * last + 1]};
    const Png png = read_png(write(map_export()));
    EXPECT_LT(distance(colour(png, at(place)), rgb(source_.theme.label(1))), 120);
    // Its row of the legend has the same colour.
    EXPECT_EQ(png.rgb((64 + 200 + 19) * 4, (26 + 33) * 4), rgb(source_.theme.label(1)));
    source_.settings.points_shown = false;
    const Png empty = read_png(write(map_export()));
    EXPECT_GT(distance(colour(empty, at(place)), rgb(source_.theme.label(1))), 120);
}

TEST_F(MapExport, OfOneLatentTheSpreadIsInBracketsAsOnTheScreen) {
    snapshot_.spec.latents = 1;
    snapshot_.parameters = model::initial_parameters(snapshot_.spec, "glorot", 3);
    source_.settings.export_map_scale = 4;
    source_.settings.points_shown = false;
    source_.view_state = {};
    source_.view_state.fit_to(1);
    source_.view_state.path_shown = false;
    source_.view_state.point = 0;
    const explore::LatentMap codes = held_out_codes(snapshot_, dataset_, progress_);
    const double end = codes.mean[0] + codes.deviation[0];
    const auto column = static_cast<int>(at({end, 0.0}).x);
    const Png png = read_png(write(map_export()));
    int tall = 0;
    for (int y = 0; y < png.height; ++y) tall += png.rgb(column, y) == rgb(source_.theme.text);
    EXPECT_GE(tall, 12 * 4);
}

TEST_F(MapExport, ShowsTheBestPosteriorOfTheSelectedImageWhereTheScreenDoes) {
    source_.settings.points_shown = false;
    source_.view_state.path_shown = false;
    const auto accents = [&] {
        const Png png = read_png(write(map_export()));
        int found = 0;
        for (int y = 0; y < png.height; ++y)
            for (int x = 0; x < png.width; ++x) found += png.rgb(x, y) == rgb(source_.theme.accent);
        return found;
    };
    const int before = accents();
    source_.view_state.point = 0;
    EXPECT_GT(accents(), before + 100);
    source_.config.estimator = "autoencoder";
    EXPECT_EQ(accents(), before) << "without a bound no variance is trained";
}

TEST_F(MapExport, HidesWhatIsHidden) {
    source_.view_state.hidden_labels = 3;
    const std::vector<std::uint8_t> hidden = export_png(map_export(), source(), progress_);
    source_.settings.points_shown = false;
    EXPECT_EQ(export_png(map_export(), source(), progress_), hidden);
}

TEST_F(MapExport, ShowsTheImagesBehindThePoints) {
    source_.settings.export_map_scale = 3;
    source_.settings.points_shown = false;
    source_.view_state.path_shown = false;
    source_.view_state.cursor = {100.0f, 100.0f};
    source_.settings.backdrop = Backdrop::kManifold;
    const Png png = read_png(write(map_export()));
    const explore::ManifoldRequest tiles =
        *map_request(map_of(source())).find<explore::ManifoldRequest>();
    EXPECT_GT(tiles.columns, 5);
    const int column = tiles.columns / 2, row = tiles.rows / 3;
    const double width = (tiles.x_max - tiles.x_min) / tiles.columns;
    const double height = (tiles.y_max - tiles.y_min) / tiles.rows;
    const std::vector<float> all = explore::manifold_latents(tiles, 2);
    const std::size_t cell = static_cast<std::size_t>(row) * tiles.columns + column;
    const auto image = decoded({all[2 * cell], all[2 * cell + 1]});
    const std::uint8_t ground = rgb(source_.theme.map_background)[0];
    for (int y = 0; y < 6; ++y) {
        for (int x = 0; x < 5; ++x) {
            const PlanePoint place{tiles.x_min + (column + (x + 0.5) / 5) * width,
                                   tiles.y_max - (row + (y + 0.5) / 6) * height};
            const double grey =
                image[static_cast<std::size_t>(y) * 5 + static_cast<std::size_t>(x)];
            EXPECT_NEAR(colour(png, at(place))[0], 0.8 * grey + 0.2 * ground, 1.5) << x << "," << y;
        }
    }
}

TEST_F(MapExport, ShowsTheDensityUnlessThereIsNoPrior) {
    source_.settings.points_shown = false;
    source_.view_state.path_shown = false;
    source_.view_state.cursor = {100.0f, 100.0f};
    source_.settings.backdrop = Backdrop::kDensity;
    const PlanePoint near{0.3, 0.4}, far{3.2, 3.2};
    Png png = read_png(write(map_export()));
    EXPECT_GT(distance(colour(png, at(near)), colour(png, at(far))), 60);
    source_.config.estimator = "autoencoder";  // it has none
    png = read_png(write(map_export()));
    EXPECT_EQ(colour(png, at(near)), colour(png, at(far)));
}

TEST_F(MapExport, ShowsTheLinesOfAPriorThatIsNotTheStandardNormal) {
    source_.settings.points_shown = false;
    source_.view_state.path_shown = false;
    source_.view_state.cursor = {100.0f, 100.0f};
    source_.view_state.rect = {1.0, -1.0, 4.0};
    source_.settings.backdrop = Backdrop::kDensity;
    // A mixture of one part, in the middle of the view: N((1, -1), I).
    RunConfig config;
    config.hidden = 8;
    config.prior = "mixture";
    config.of_members["components"] = 1;
    snapshot_.spec = spec_of(config, dataset_.shape(), false, 0);
    snapshot_.parameters = model::initial_parameters(snapshot_.spec, "glorot", 3);
    const model::ParameterLayout layout(snapshot_.spec);
    const auto mean = static_cast<std::size_t>(layout.view("prior.mean").offset);
    snapshot_.parameters[mean] = 1.0f;
    snapshot_.parameters[mean + 1] = -1.0f;
    source_.config.prior = "mixture";
    const Png png = read_png(write(map_export()));
    const auto ground = rgb(source_.theme.map_background);
    for (const double angle : {0.4, 2.2, 5.3}) {
        const auto seen = [&](double radius) {
            return distance(
                colour(png, at({1.0 + radius * std::cos(angle), -1.0 + radius * std::sin(angle)})),
                ground);
        };
        for (const double radius : {1.0, 2.0, 3.0}) EXPECT_GT(seen(radius), 60) << radius;
        EXPECT_EQ(seen(1.5), 0) << "between the lines is nothing";
    }
    source_.settings.backdrop = Backdrop::kNone;
    const Png none = read_png(write(map_export()));
    EXPECT_EQ(colour(none, at({2.0, -1.0})), colour(none, at({2.5, -1.0})));
    EXPECT_GT(png.width, none.width) << "its legend needs room";
}

TEST_F(MapExport, OneLatentHasARowForEachLabel) {
    snapshot_.spec.latents = 1;
    snapshot_.parameters = model::initial_parameters(snapshot_.spec, "glorot", 3);
    source_.view_state.fit_to(1);
    source_.words.has_rows = true;
    source_.words.rows = {{label_row(0, 2), "even"}, {label_row(1, 2), "odd"}};
    for (const Backdrop backdrop : {Backdrop::kNone, Backdrop::kDensity, Backdrop::kManifold}) {
        source_.settings.backdrop = backdrop;
        EXPECT_NO_THROW(write(map_export()));
    }
}

TEST_F(MapExport, WhatDoesNotFitTheRunIsRefused) {
    source_.view_state.cursor = {0.0f, 0.0f, 0.0f};
    EXPECT_THROW(write(map_export()), Error);
    source_.view_state.cursor = {0.0f, 0.0f};
    source_.map_size.x = 20'000;
    source_.settings.export_map_scale = 8;
    EXPECT_THROW(write(map_export()), UsageError);
    EXPECT_EQ(files(), 0);
}

}  // namespace
}  // namespace elbow::gui

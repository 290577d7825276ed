#include "app/gui/exporter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stb_image.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <set>

#include "app/gui/exports/cursor.h"
#include "app/gui/exports/curves_picture.h"
#include "app/gui/exports/curves_table.h"
#include "app/gui/exports/decoded_sheet.h"
#include "app/gui/exports/exports.h"
#include "app/gui/exports/latents.h"
#include "app/gui/exports/manifold.h"
#include "app/gui/exports/map.h"
#include "app/gui/exports/pseudo_inputs.h"
#include "app/gui/exports/reconstructions.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/explore/prior_pictures.h"
#include "engine/fused/architecture.h"
#include "engine/io/tables.h"
#include "engine/run/spec_of_run.h"

namespace elbow::gui {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

namespace fs = std::filesystem;

class Exporter : public testing::Test {
  protected:
    Exporter() {
        std::string pattern = (fs::temp_directory_path() / "elbow-export-XXXXXX").string();
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
                dataset_.held_out.pixels.push_back(
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
        fs::permissions(folder_, fs::perms::owner_all, ignored);
        fs::remove_all(folder_, ignored);
    }

    // With the present weights and images.
    const ExportSource& source() {
        source_.snapshot = std::make_shared<const train::ParameterSnapshot>(snapshot_);
        source_.dataset = std::make_shared<const data::Dataset>(dataset_);
        return source_;
    }
    fs::path write(const Export& what) {
        return export_files(what, source(), folder_, progress_).front();
    }
    std::vector<const Export*> possible() const {
        std::vector<const Export*> found;
        for (const Export* each : all_exports()) {
            if (why_not_exported(*each, snapshot_).empty()) found.push_back(each);
        }
        return found;
    }
    int files() const {
        return static_cast<int>(
            std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
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
    static Png read_png(const fs::path& path) {
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

    fs::path folder_;
    data::Dataset dataset_;
    train::ParameterSnapshot snapshot_;
    ExportSource source_;
    Progress progress_;
};

TEST_F(Exporter, TheCursorsImageIsTheDecodedZMagnified) {
    const fs::path path = write(cursor_export());
    EXPECT_EQ(path.filename(), "stripes-cursor-after-4200-images.png");
    const Png png = read_png(path);
    ASSERT_EQ(png.width, 15);
    ASSERT_EQ(png.height, 18);
    const auto expected = decoded(source_.view_state.cursor);
    for (int y = 0; y < png.height; ++y) {
        for (int x = 0; x < png.width; ++x) {
            ASSERT_EQ(png.at(x, y), expected[static_cast<std::size_t>(y / 3 * 5 + x / 3)])
                << x << "," << y;
        }
    }
}

TEST_F(Exporter, TheQuantileManifoldShowsLargeYAtTheTop) {
    source_.settings.export_pixel_scale = 1;
    const fs::path path = write(manifold_export());
    EXPECT_EQ(path.filename(), "stripes-manifold-4x4-after-4200-images.png");
    const Png png = read_png(path);
    ASSERT_EQ(png.width, 20);
    ASSERT_EQ(png.height, 24);
    const auto low = static_cast<float>(explore::inverse_normal_cdf(0.125));
    const auto corner = decoded({low, -low});
    EXPECT_EQ(png.at(0, 0), corner[0]);
    EXPECT_EQ(png.at(4, 5), corner[29]);
}

TEST_F(Exporter, TheMapsManifoldHasItsOwnRowsAndColumns) {
    source_.settings.export_quantile_grid = false;
    source_.settings.export_pixel_scale = 2;
    const Png png = read_png(write(manifold_export()));
    EXPECT_EQ(png.width, 4 * 5 * 2);
    EXPECT_EQ(png.height, 3 * 6 * 2);
}

TEST_F(Exporter, WithOneLatentTheManifoldIsOneRow) {
    snapshot_.spec.latents = 1;
    snapshot_.parameters = model::initial_parameters(snapshot_.spec, "glorot", 3);
    source_.view_state.fit_to(1);
    const fs::path path = write(manifold_export());
    EXPECT_EQ(path.filename(), "stripes-manifold-4x1-after-4200-images.png");
    EXPECT_EQ(read_png(path).height, 6 * 3);
}

TEST_F(Exporter, EveryPictureHasTheSizeThatTheDialogAnnounces) {
    for (const Export* each : possible()) {
        if (std::string(each->extension) != ".png") continue;
        const Png png = read_png(write(*each));
        const io::SheetSize announced = each->size(source());
        EXPECT_EQ(png.width, announced.width) << each->title;
        EXPECT_EQ(png.height, announced.height) << each->title;
    }
}

TEST_F(Exporter, InputsStandAboveTheirReconstructions) {
    source_.settings.export_pixel_scale = 1;
    source_.images = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    const Png png = read_png(write(reconstructions_export()));
    ASSERT_EQ(png.width, 10 * 5 + 9);
    ASSERT_EQ(png.height, 4 * 6 + 3);
    for (int i = 0; i < 12; ++i) {
        const int left = i % 10 * 6;
        const int top = i / 10 * 14;
        const auto input = dataset_.image(dataset_.held_out, i);
        EXPECT_EQ(png.at(left + 2, top + 3), input[3 * 5 + 2]) << i;
        model::Posteriors q;
        model::make_model(snapshot_.spec)
            ->encode(snapshot_.parameters, dataset_.batch(dataset_.held_out, i, i + 1), q);
        EXPECT_EQ(png.at(left + 2, top + 7 + 3), decoded(q.mean)[3 * 5 + 2]) << i;
    }
}

TEST_F(Exporter, NothingIsOverwritten) {
    const fs::path first = write(cursor_export());
    const auto before = read_file(first);
    source_.view_state.cursor = {-2.0f, 2.0f};
    const fs::path second = write(cursor_export());
    const fs::path third = write(cursor_export());
    EXPECT_EQ(second.filename(), "stripes-cursor-after-4200-images-2.png");
    EXPECT_EQ(third.filename(), "stripes-cursor-after-4200-images-3.png");
    EXPECT_EQ(read_file(first), before);
    EXPECT_NE(read_file(second), before);
}

TEST_F(Exporter, TheCurvesTableReadsBack) {
    const auto bytes = read_file(write(curves_table_export()));
    const auto records = io::parse_metrics_csv(std::string(bytes.begin(), bytes.end()));
    ASSERT_EQ(records.size(), 2u);
    EXPECT_EQ(records[1].samples, 200);
    EXPECT_DOUBLE_EQ(records[1].test_bound, -160.0);
}

TEST_F(Exporter, TheCurvesTableHasTheTrainingBesideIt) {
    for (const std::string stem :
         {"stripes-curves-after-4200-images", "stripes-curves-after-4200-images-2"}) {
        const auto written = export_files(curves_table_export(), source(), folder_, progress_);
        ASSERT_EQ(written.size(), 2u);
        EXPECT_EQ(written[0].filename(), stem + ".csv");
        EXPECT_EQ(written[1].filename(), stem + "-train.csv");
        const auto bytes = read_file(written[1]);
        EXPECT_EQ(std::string(bytes.begin(), bytes.end()),
                  "samples,seconds,epoch,train_bound,train_reconstruction,train_kl\n"
                  "100,0.1,0.01,-200,-205,5\n"
                  "200,0.2,0.02,-150,-157,7\n");
    }
    EXPECT_EQ(files(), 4);
}

TEST_F(Exporter, TheCurvesPictureHasInkInSeveralColours) {
    const Png png = read_png(write(curves_picture_export()));
    ASSERT_EQ(png.channels, 3);
    const std::set<int> colours = png.colours();
    EXPECT_TRUE(colours.count(0xE69F00)) << "the line of training";
    EXPECT_TRUE(colours.count(0x0072B2)) << "the line of held-out images";
    EXPECT_TRUE(colours.count(0xFFFFFF));
}

TEST_F(Exporter, TheCurvesPictureHasThePapersBehindTheBound) {
    EXPECT_FALSE(read_png(write(curves_picture_export())).colours().contains(0x7A5E82));
    source_.published = {
        {"Kingma & Welling 2013, figure 2, test", "K & W 2013", false, {500, 5000}, {-300, -90}}};
    const Png png = read_png(write(curves_picture_export()));
    EXPECT_TRUE(png.colours().contains(0x7A5E82));
    for (int y = png.height * 6 / 10; y < png.height; ++y)
        for (int x = 0; x < png.width; ++x)
            ASSERT_NE(png.rgb(x, y), (std::array<std::uint8_t, 3>{0x7A, 0x5E, 0x82}))
                << "the bound alone has them: " << x << "," << y;
}

TEST_F(Exporter, TheCurvesPictureHasEveryTabOfThePanel) {
    const auto below = [&] {  // the colours of lines and bars there, by their columns
        const Png png = read_png(write(curves_picture_export()));
        std::string columns;
        for (int x = 0; x < png.width; ++x) {
            char found = ' ';
            for (int y = png.height * 7 / 10; y < png.height * 9 / 10; ++y) {
                if (png.rgb(x, y) == (std::array<std::uint8_t, 3>{0, 114, 178})) found = 'h';
                if (png.rgb(x, y) == (std::array<std::uint8_t, 3>{230, 159, 0})) found = 't';
            }
            columns += found;
        }
        return columns;
    };
    source_.evaluations.back().test_kl_per_latent = {3.0f, 2.0f};
    const std::string with_bars = below();
    EXPECT_THAT(with_bars, HasSubstr(std::string(100, 'h'))) << "two bars in the right third";
    source_.evaluations.back().test_kl_per_latent.clear();
    EXPECT_THAT(below(), Not(HasSubstr(std::string(100, 'h'))));
    source_.train[0].readings = {0.5};
    source_.train[1].readings = {0.8};
    const std::string without = below();
    source_.readings = {{"Acceptance", "fraction", "", 0.8, 0.9}};
    EXPECT_NE(below(), without);
}

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
    source_.view_state.point = 0;
    const auto latents = static_cast<std::size_t>(snapshot_.spec.latents);
    const auto accents = [&] {
        const Png png = read_png(write(map_export()));
        int found = 0;
        for (int y = 0; y < png.height; ++y)
            for (int x = 0; x < png.width; ++x) found += png.rgb(x, y) == rgb(source_.theme.accent);
        return found;
    };
    const int before = accents();
    source_.refined = explore::RefinedPoint{0, std::vector<float>(latents, 0.3f),
                                            std::vector<float>(latents, -1.0f)};
    EXPECT_GT(accents(), before + 100);
    source_.refined->index = 1;
    EXPECT_EQ(accents(), before) << "of another image";
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
    const explore::ManifoldRequest tiles = map_tiles(map_of(source()));
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

TEST_F(Exporter, TheCurvesLegendIsBesideTheData) {
    for (const double from : {-500.0, -160.0}) {  // lines that fall, and lines that climb
        source_.train[0].bound = source_.evaluations[0].test_bound = from;
        source_.train[1].bound = source_.evaluations[1].test_bound = -330.0;
        const Png png = read_png(write(curves_picture_export()));
        // Within the axes of the uppermost chart there are lines and grid, but no letters.
        for (int y = png.height / 4; y < png.height * 45 / 100; ++y) {
            for (int x = png.width * 8 / 100; x < png.width * 97 / 100; ++x) {
                const auto pixel = png.rgb(x, y);
                const int darkest = std::max({pixel[0], pixel[1], pixel[2]});
                ASSERT_GT(darkest, 100) << x << "," << y;
            }
        }
    }
}

TEST_F(Exporter, EveryPictureIsTheFilesBytes) {
    for (const Export* each : possible()) {
        if (std::string(each->extension) != ".png") {
            EXPECT_THROW(export_png(*each, source(), progress_), Error);
            continue;
        }
        EXPECT_EQ(export_png(*each, source(), progress_), read_file(write(*each))) << each->title;
    }
}

TEST_F(Exporter, PseudoInputsAreWhatThePriorHasLearned) {
    EXPECT_THAT(why_not_exported(pseudo_inputs_export(), snapshot_), HasSubstr("no images"));
    EXPECT_THROW(write(pseudo_inputs_export()), Error);
    RunConfig config;
    config.hidden = 8;
    config.prior = "vamp";
    config.of_members["components"] = 5;
    snapshot_.spec = spec_of(config, dataset_.shape(), false, 0);
    snapshot_.parameters = model::initial_parameters(snapshot_.spec, "glorot", 3);
    source_.settings.export_pixel_scale = 1;
    const fs::path path = write(pseudo_inputs_export());
    EXPECT_EQ(path.filename(), "stripes-pseudo-inputs-after-4200-images.png");
    const Png png = read_png(path);
    const int height = dataset_.height, width = dataset_.width;
    EXPECT_EQ(png.width, 5 * width + 4 * kSheetGap) << "five in a row";
    const auto images = explore::prior_pictures(snapshot_.spec, snapshot_.parameters, 0, 5);
    for (int i = 0; i < 5; ++i) {
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                const int at = (i * height + y) * width + x;
                EXPECT_EQ(png.at(i * (width + kSheetGap) + x, y),
                          images[static_cast<std::size_t>(at)]);
            }
        }
    }
}

TEST_F(Exporter, TheLatentsAreOneLineAnImage) {
    const auto bytes = read_file(write(latents_export()));
    EXPECT_EQ(std::count(bytes.begin(), bytes.end(), '\n'), 13);
    const std::string text(bytes.begin(), bytes.end());
    EXPECT_EQ(text.substr(0, text.find('\n')),
              "index,label,mean_0,mean_1,log_variance_0,log_variance_1");
}

TEST_F(Exporter, WithoutAnEncoderOnlyWhatIsDecodedIsWritten) {
    const std::vector<const Export*> with_one = possible();
    snapshot_.has_encoder = false;
    for (const Export* each : with_one) {
        const bool encodes = each == &latents_export() || each == &reconstructions_export();
        EXPECT_EQ(why_not_exported(*each, snapshot_).empty(), !encodes) << each->title;
        const int before = files();
        if (encodes) {
            EXPECT_THROW(write(*each), Error) << each->title;
            EXPECT_EQ(files(), before);
        } else {
            EXPECT_NO_THROW(write(*each)) << each->title;
        }
    }
}

TEST_F(Exporter, AFailureSaysWhyAndLeavesNoFile) {
    source_.evaluations.clear();
    source_.train.clear();
    EXPECT_THROW(write(curves_table_export()), Error);
    EXPECT_THROW(write(curves_picture_export()), Error);
    source_.view_state.cursor = {1.0f, 2.0f, 3.0f};
    EXPECT_THROW(write(cursor_export()), Error);
    source_.images = {99};
    EXPECT_THROW(write(reconstructions_export()), Error);
    source_.settings.export_grid = 4000;
    source_.settings.export_pixel_scale = 16;
    EXPECT_THROW(write(manifold_export()), Error);
    EXPECT_EQ(files(), 0);
}

TEST_F(Exporter, AnExportThatIsStoppedLeavesNoFile) {
    progress_.cancel();
    EXPECT_THROW(write(latents_export()), Cancelled);
    EXPECT_EQ(files(), 0);
}

TEST_F(Exporter, AFolderThatCannotBeUsedIsNamed) {
    std::ofstream(folder_ / "a-file") << "here";
    const auto write_to = [&](const fs::path& folder) {
        return export_files(cursor_export(), source(), folder, progress_).front();
    };
    try {
        write_to(folder_ / "a-file");
        FAIL() << "expected an Error";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find((folder_ / "a-file").string()), std::string::npos)
            << error.what();
    }
    EXPECT_TRUE(fs::exists(write_to(folder_ / "new" / "deeper"))) << "a missing folder is made";
}

TEST(ExporterPlane, RowsFollowTheRectangleAndTheImagesShape) {
    explore::ManifoldRequest plane;
    plane.x_min = -2, plane.x_max = 2, plane.y_min = -1, plane.y_max = 1;
    EXPECT_EQ(plane_grid(plane, 20, 28, 28).rows, 10);
    EXPECT_EQ(plane_grid(plane, 20, 28, 14).rows, 5);
    EXPECT_EQ(plane_grid(plane, 1, 28, 28).rows, 1);
}

}  // namespace
}  // namespace elbow::gui

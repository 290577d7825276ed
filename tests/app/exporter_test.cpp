#include "app/gui/exporter.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>

#include "app/gui/exports/cursor.h"
#include "app/gui/exports/curves_picture.h"
#include "app/gui/exports/curves_table.h"
#include "app/gui/exports/decoded_sheet.h"
#include "app/gui/exports/image_table.h"
#include "app/gui/exports/latents.h"
#include "app/gui/exports/manifold.h"
#include "app/gui/exports/path.h"
#include "app/gui/exports/pseudo_inputs.h"
#include "app/gui/exports/reconstructions.h"
#include "app/gui/exports/selection.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/explore/prior_pictures.h"
#include "engine/io/tables.h"
#include "engine/run/spec_of_run.h"
#include "tests/app/exporting.h"

namespace elbow::gui {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

namespace fs = std::filesystem;

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
        if (!each->picture()) continue;
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
        if (!each->picture()) {
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
        const bool encodes = each == &latents_export() || each == &image_table_export() ||
                             each == &reconstructions_export() ||
                             each == &selection_table_export() ||
                             each == &latents_arrays_export() || each == &selection_arrays_export();
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

TEST_F(Exporter, TheCurvesPictureSaysWhereTheRunBranchedOff) {
    source_.train.insert(source_.train.begin() + 1, {150, 0.15, 0.015, -170.0, -176.0, 6.0});
    const auto dashed = [&] {  // pixels of the line over the bound
        const Png png = read_png(write(curves_picture_export()));
        int count = 0;
        for (int y = png.height * 2 / 10; y < png.height * 4 / 10; ++y)
            for (int x = png.width / 10; x < png.width; ++x)
                count += png.rgb(x, y) == (std::array<std::uint8_t, 3>{0x5A, 0x5A, 0x5A}) ? 1 : 0;
        return count;
    };
    EXPECT_EQ(dashed(), 0);
    source_.branches = {{2, 150}};
    EXPECT_GT(dashed(), 20);
    source_.settings.curve_axis = CurveAxis::kSeconds;
    EXPECT_GT(dashed(), 20) << "at the record after it";
    source_.branches = {{2, 500'000}};  // nothing is known of when that was
    EXPECT_EQ(dashed(), 0);
}

TEST_F(Exporter, TheStripHasItsClassesUnderIt) {
    const auto rows_under = [&] {
        const Png png = read_png(write(path_export()));
        const io::SheetSize size = path_export().size(source());
        EXPECT_EQ(png.height, size.height);
        return png.height - 6 * source_.settings.export_pixel_scale;
    };
    EXPECT_EQ(rows_under(), 4) << "a thin band without words under a low strip";
    const Png png = read_png(write(path_export()));
    const auto is_of_a_label = [&](const std::array<std::uint8_t, 3>& pixel) {
        for (const std::size_t label : {0, 1})
            if (ink(source_.theme.labels[label]).rgb == pixel) return true;
        return false;
    };
    EXPECT_TRUE(is_of_a_label(png.rgb(3, png.height - 2)));
    EXPECT_TRUE(is_of_a_label(png.rgb(png.width - 4, png.height - 2)));
    source_.settings.export_pixel_scale = 20;
    EXPECT_EQ(rows_under(), 17) << "with the words";
    dataset_.held_out.labels.clear();
    EXPECT_EQ(rows_under(), 0);
}

}  // namespace
}  // namespace elbow::gui

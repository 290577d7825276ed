#include "app/gui/exporter.h"

#include <gtest/gtest.h>
#include <stb_image.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/io/tables.h"
#include "engine/model/vae.h"

namespace elbow::gui {
namespace {

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
        snapshot_.architecture = {6, 5, 8, 2, model::Activation::kTanh};
        snapshot_.parameters = model::initial_parameters(snapshot_.architecture, "glorot", 3);
        // Larger weights, so that neighbouring images differ.
        for (float& value : snapshot_.parameters) value *= 4.0f;
        snapshot_.samples = 4200;
        request_.folder = folder_;
        request_.pixel_scale = 3;
        request_.cursor = {0.5f, -1.0f};
        request_.path = {{-1.0f, 0.0f}, {1.0f, 1.0f}, 5, explore::PathKind::kStraight};
        request_.grid = 4;
        request_.plane.columns = 4;
        request_.plane.rows = 3;
        request_.prior_samples = 6;
        request_.reconstructions = {0, 1, 2, 3};
        request_.columns = 2;
        request_.train = {{100, 0.1, 0.01, -200.0, -205.0, 5.0},
                          {200, 0.2, 0.02, -150.0, -157.0, 7.0}};
        request_.evaluations = {{0, 0.0, 0.0, -200.0, -210.0, -210.0, 0.0, 0.0, {0.0f, 0.0f}},
                                {200, 0.2, 0.02, -150.0, -160.0, -167.0, 7.0, 900.0, {3.0f, 4.0f}}};
    }
    ~Exporter() override {
        std::error_code ignored;
        fs::permissions(folder_, fs::perms::owner_all, ignored);
        fs::remove_all(folder_, ignored);
    }

    fs::path write(ExportKind kind) {
        request_.kind = kind;
        return export_files(snapshot_, dataset_, request_, progress_).front();
    }
    int files() const {
        return static_cast<int>(
            std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
    }

    struct Png {
        int width = 0, height = 0, channels = 0;
        std::vector<std::uint8_t> pixels;
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
        model::Vae vae(snapshot_.architecture);
        return explore::decode(vae, snapshot_.parameters, z);
    }

    fs::path folder_;
    data::Dataset dataset_;
    train::ParameterSnapshot snapshot_;
    ExportRequest request_;
    Progress progress_;
};

TEST_F(Exporter, TheCursorsImageIsTheDecodedZMagnified) {
    const fs::path path = write(ExportKind::kCursor);
    EXPECT_EQ(path.filename(), "stripes-cursor-after-4200-images.png");
    const Png png = read_png(path);
    ASSERT_EQ(png.width, 15);
    ASSERT_EQ(png.height, 18);
    const auto expected = decoded(request_.cursor);
    for (int y = 0; y < png.height; ++y) {
        for (int x = 0; x < png.width; ++x) {
            ASSERT_EQ(png.at(x, y), expected[static_cast<std::size_t>(y / 3 * 5 + x / 3)])
                << x << "," << y;
        }
    }
}

TEST_F(Exporter, TheQuantileManifoldShowsLargeYAtTheTop) {
    request_.pixel_scale = 1;
    const fs::path path = write(ExportKind::kManifold);
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
    request_.quantile_grid = false;
    request_.pixel_scale = 2;
    const Png png = read_png(write(ExportKind::kManifold));
    EXPECT_EQ(png.width, 4 * 5 * 2);
    EXPECT_EQ(png.height, 3 * 6 * 2);
}

TEST_F(Exporter, WithOneLatentTheManifoldIsOneRow) {
    snapshot_.architecture.latents = 1;
    snapshot_.parameters = model::initial_parameters(snapshot_.architecture, "glorot", 3);
    request_.plane.x_axis = request_.plane.y_axis = 0;
    const fs::path path = write(ExportKind::kManifold);
    EXPECT_EQ(path.filename(), "stripes-manifold-4x1-after-4200-images.png");
    EXPECT_EQ(read_png(path).height, 6 * 3);
}

TEST_F(Exporter, EveryPictureHasTheSizeThatTheDialogAnnounces) {
    for (const ExportKindEntry& entry : export_kinds()) {
        if (std::string(entry.extension) != ".png") continue;
        const Png png = read_png(write(entry.kind));
        const io::SheetSize announced = picture_size(request_, snapshot_.architecture);
        EXPECT_EQ(png.width, announced.width) << entry.title;
        EXPECT_EQ(png.height, announced.height) << entry.title;
    }
}

TEST_F(Exporter, InputsStandAboveTheirReconstructions) {
    request_.pixel_scale = 1;
    const Png png = read_png(write(ExportKind::kReconstructions));
    ASSERT_EQ(png.width, 2 * 5 + 1);
    ASSERT_EQ(png.height, 4 * 6 + 3);
    for (int i = 0; i < 4; ++i) {
        const int left = i % 2 * 6;
        const int top = i / 2 * 14;
        const auto input = dataset_.image(dataset_.held_out, i);
        EXPECT_EQ(png.at(left + 2, top + 3), input[3 * 5 + 2]) << i;
        std::vector<float> mean(2), log_variance(2);
        model::Vae vae(snapshot_.architecture);
        vae.encode(snapshot_.parameters, input, dataset_.scale, 1, mean, log_variance);
        EXPECT_EQ(png.at(left + 2, top + 7 + 3), decoded(mean)[3 * 5 + 2]) << i;
    }
}

TEST_F(Exporter, NothingIsOverwritten) {
    const fs::path first = write(ExportKind::kCursor);
    const auto before = read_file(first);
    request_.cursor = {-2.0f, 2.0f};
    const fs::path second = write(ExportKind::kCursor);
    const fs::path third = write(ExportKind::kCursor);
    EXPECT_EQ(second.filename(), "stripes-cursor-after-4200-images-2.png");
    EXPECT_EQ(third.filename(), "stripes-cursor-after-4200-images-3.png");
    EXPECT_EQ(read_file(first), before);
    EXPECT_NE(read_file(second), before);
}

TEST_F(Exporter, TheCurvesTableReadsBack) {
    const auto bytes = read_file(write(ExportKind::kCurvesTable));
    const auto records = io::parse_metrics_csv(std::string(bytes.begin(), bytes.end()));
    ASSERT_EQ(records.size(), 2u);
    EXPECT_EQ(records[1].samples, 200);
    EXPECT_DOUBLE_EQ(records[1].test_bound, -160.0);
}

TEST_F(Exporter, TheCurvesTableHasTheTrainingBesideIt) {
    request_.kind = ExportKind::kCurvesTable;
    for (const std::string stem :
         {"stripes-curves-after-4200-images", "stripes-curves-after-4200-images-2"}) {
        const auto written = export_files(snapshot_, dataset_, request_, progress_);
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
    const Png png = read_png(write(ExportKind::kCurvesPicture));
    ASSERT_EQ(png.channels, 3);
    std::set<int> colours;
    for (std::size_t i = 0; i + 2 < png.pixels.size(); i += 3) {
        colours.insert(png.pixels[i] << 16 | png.pixels[i + 1] << 8 | png.pixels[i + 2]);
    }
    EXPECT_TRUE(colours.count(0xE69F00)) << "the line of training";
    EXPECT_TRUE(colours.count(0x0072B2)) << "the line of held-out images";
    EXPECT_TRUE(colours.count(0xFFFFFF));
}

TEST_F(Exporter, TheLatentsAreOneLineAnImage) {
    const auto bytes = read_file(write(ExportKind::kLatents));
    EXPECT_EQ(std::count(bytes.begin(), bytes.end(), '\n'), 13);
    const std::string text(bytes.begin(), bytes.end());
    EXPECT_EQ(text.substr(0, text.find('\n')),
              "index,label,mean_0,mean_1,log_variance_0,log_variance_1");
}

TEST_F(Exporter, WithoutAnEncoderOnlyWhatIsDecodedIsWritten) {
    snapshot_.has_encoder = false;
    for (const ExportKindEntry& entry : export_kinds()) {
        const bool encodes =
            entry.kind == ExportKind::kLatents || entry.kind == ExportKind::kReconstructions;
        EXPECT_EQ(why_not_exported(entry.kind, snapshot_).empty(), !encodes) << entry.title;
        const int before = files();
        if (encodes) {
            EXPECT_THROW(write(entry.kind), Error) << entry.title;
            EXPECT_EQ(files(), before);
        } else {
            EXPECT_NO_THROW(write(entry.kind)) << entry.title;
        }
    }
}

TEST_F(Exporter, AFailureSaysWhyAndLeavesNoFile) {
    request_.evaluations.clear();
    request_.train.clear();
    EXPECT_THROW(write(ExportKind::kCurvesTable), Error);
    EXPECT_THROW(write(ExportKind::kCurvesPicture), Error);
    request_.cursor = {1.0f, 2.0f, 3.0f};
    EXPECT_THROW(write(ExportKind::kCursor), Error);
    request_.reconstructions = {99};
    EXPECT_THROW(write(ExportKind::kReconstructions), Error);
    request_.grid = 4000;
    request_.pixel_scale = 16;
    EXPECT_THROW(write(ExportKind::kManifold), Error);
    EXPECT_EQ(files(), 0);
}

TEST_F(Exporter, AnExportThatIsStoppedLeavesNoFile) {
    progress_.cancel();
    EXPECT_THROW(write(ExportKind::kLatents), Cancelled);
    EXPECT_EQ(files(), 0);
}

TEST_F(Exporter, AFolderThatCannotBeUsedIsNamed) {
    std::ofstream(folder_ / "a-file") << "here";
    request_.folder = folder_ / "a-file";
    try {
        write(ExportKind::kCursor);
        FAIL() << "expected an Error";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find((folder_ / "a-file").string()), std::string::npos)
            << error.what();
    }
    request_.folder = folder_ / "new" / "deeper";
    EXPECT_TRUE(fs::exists(write(ExportKind::kCursor))) << "a missing folder is made";
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

// The exports that move, frame by frame.

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>

#include "app/gui/exports/animation.h"
#include "app/gui/exports/path_animation.h"
#include "app/gui/exports/prior_samples.h"
#include "app/gui/exports/training.h"
#include "app/gui/exports/traversal.h"
#include "engine/core/error.h"
#include "engine/explore/interpolation.h"
#include "tests/app/exporting.h"

namespace elbow::gui {
namespace {

using ::testing::HasSubstr;

namespace fs = std::filesystem;

class AnimationExport : public Exporter {
  protected:
    AnimationExport() {
        Settings& settings = source_.settings;
        settings.export_format = "png";
        settings.export_pixel_scale = 1;
        settings.export_frames = 5;
        settings.export_frames_per_second = 10;
        settings.export_there_and_back = false;
        settings.export_caption = false;
    }

    // Of the frames that were written, in their order.
    std::vector<Png> frames(const Export& what) {
        const fs::path folder = write(what);
        std::vector<Png> found;
        for (int number = 1;; ++number) {
            const std::string digits = std::to_string(100'000 + number).substr(1);
            if (!fs::exists(folder / (digits + ".png"))) return found;
            found.push_back(read_png(folder / (digits + ".png")));
        }
    }
    std::string refusal(const Export& what) {
        try {
            write(what);
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    }
    // Weights after 100 and 1000 images beside the present ones.
    void add_moments() {
        auto moments = std::make_shared<live::Moments>(1U << 20U);
        for (const std::int64_t samples : {100, 1000}) {
            train::ParameterSnapshot then = snapshot_;
            then.samples = samples;
            for (float& value : then.parameters) value *= samples == 100 ? -0.5f : 0.7f;
            moments->add(std::make_shared<const train::ParameterSnapshot>(then));
        }
        moments->add(std::make_shared<const train::ParameterSnapshot>(snapshot_));
        source_.moments = moments;
    }

    const std::vector<Export const*> all = {&path_animation_export(), &traversal_export(),
                                            &training_export()};
};

TEST_F(AnimationExport, ThePathIsDecodedInEqualSteps) {
    const auto found = frames(path_animation_export());
    ASSERT_EQ(found.size(), 5U);
    const explore::PathRequest path{{-1.0f, 0.0f}, {1.0f, 1.0f}, 5};
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(found[static_cast<std::size_t>(i)].pixels,
                  decoded(explore::path_point(path, i / 4.0)))
            << i;
    EXPECT_NE(found[0].pixels, found[4].pixels);
}

TEST_F(AnimationExport, AClosedPathIsGoneAroundOnce) {
    source_.settings.export_there_and_back = true;
    source_.view_state.path_through = {{0.5f, -1.0f}};
    source_.view_state.path_closed = true;
    explore::PathRequest path{{-1.0f, 0.0f}, {1.0f, 1.0f}, 5};
    path.through = source_.view_state.path_through;
    path.closed = true;
    const auto found = frames(path_animation_export());
    ASSERT_EQ(found.size(), 5U);
    EXPECT_EQ(path_animation_export().frames(source()), 5);
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(found[static_cast<std::size_t>(i)].pixels,
                  decoded(explore::path_point(path, i / 5.0)))
            << i;
    source_.view_state.path_through[0].pop_back();
    EXPECT_THAT(refusal(path_animation_export()), HasSubstr("a waypoint"));
}

TEST_F(AnimationExport, ThereAndBackShowsNoFrameTwiceInARow) {
    source_.settings.export_there_and_back = true;
    const auto found = frames(path_animation_export());
    ASSERT_EQ(found.size(), 8U);
    for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(found[8 - i].pixels, found[i].pixels) << i;
    EXPECT_EQ(path_animation_export().frames(source()), 8);
}

TEST_F(AnimationExport, ALatentMovesWhileTheOthersStay) {
    source_.settings.export_latent = 2;
    const auto found = frames(traversal_export());
    ASSERT_EQ(found.size(), 5U);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(found[static_cast<std::size_t>(i)].pixels,
                  decoded({0.5f, -3.0f + 1.5f * static_cast<float>(i)}))
            << i;
    }
}

TEST_F(AnimationExport, EachLatentMovesInAnImageOfItsOwn) {
    const auto found = frames(traversal_export());
    ASSERT_EQ(found.size(), 5U);
    const Png& first = found[0];
    ASSERT_EQ(first.width, 5 + 1 + 5);
    ASSERT_EQ(first.height, 6);
    const auto of_first = decoded({-3.0f, -1.0f}), of_second = decoded({0.5f, -3.0f});
    for (int y = 0; y < 6; ++y) {
        for (int x = 0; x < 5; ++x) {
            EXPECT_EQ(first.at(x, y), of_first[static_cast<std::size_t>(5 * y + x)]);
            EXPECT_EQ(first.at(6 + x, y), of_second[static_cast<std::size_t>(5 * y + x)]);
        }
    }
}

TEST_F(AnimationExport, ALatentMovesAroundTheSelectedImage) {
    source_.settings.export_latent = 1;
    source_.settings.export_from_dot = false;
    EXPECT_THAT(refusal(traversal_export()), HasSubstr("Click a point on the map"));
    source_.view_state.point = 3;
    model::Posteriors q;
    model::make_model(snapshot_.spec)
        ->encode(snapshot_.parameters, dataset_.batch(dataset_.held_out, 3, 4), q);
    EXPECT_EQ(frames(traversal_export())[4].pixels, decoded({3.0f, q.mean[1]}));
    snapshot_.has_encoder = false;
    EXPECT_THAT(refusal(traversal_export()), HasSubstr("trains no encoder"));
}

TEST_F(AnimationExport, WithAnotherPriorALatentReachesAllCodes) {
    source_.settings.export_latent = 1;
    const auto normal = frames(traversal_export());
    source_.config.prior = "mixture";
    EXPECT_NE(frames(traversal_export())[0].pixels, normal[0].pixels);
}

TEST_F(AnimationExport, TheTrainingIsShownAsItWas) {
    add_moments();
    source_.settings.export_frames = 3;
    source_.settings.export_loop = false;
    const auto found = frames(training_export());
    ASSERT_EQ(found.size(), 3U);
    const Png last = read_png(write(prior_samples_export()));
    EXPECT_EQ(found[2].pixels, last.pixels) << "the present weights, with the same noise";
    snapshot_ = *source_.moments->held()[0].snapshot;
    EXPECT_EQ(found[0].pixels, read_png(write(prior_samples_export())).pixels);
    EXPECT_NE(found[0].pixels, last.pixels);
}

TEST_F(AnimationExport, TheEndOfTheTrainingIsHeldBeforeItBeginsAgain) {
    add_moments();
    const auto found = frames(training_export());
    ASSERT_EQ(found.size(), 5U + 15U);
    for (std::size_t i = 5; i < found.size(); ++i) EXPECT_EQ(found[i].pixels, found[4].pixels);
}

TEST_F(AnimationExport, AnyPictureOfTheTrainingCanBeSeen) {
    add_moments();
    source_.settings.export_frames = 2;
    source_.settings.export_loop = false;
    for (const Export* each : all_exports()) {
        const auto items = std::get<ExportList>(training_export().choices[0]).items;
        const bool offered = std::any_of(items.begin(), items.end(), [&](const auto& item) {
            return std::string(item.name) == each->id;
        });
        if (!offered) continue;
        source_.settings.export_training = each->id;
        const auto found = frames(training_export());
        ASSERT_EQ(found.size(), 2U) << each->id;
        const io::SheetSize announced = training_export().size(source());
        EXPECT_EQ(found[0].width, announced.width) << each->id;
        EXPECT_EQ(found[0].height, announced.height) << each->id;
        EXPECT_EQ(found[1].pixels, read_png(write(*each)).pixels) << each->id;
        EXPECT_NE(found[0].pixels, found[1].pixels) << each->id;
    }
}

TEST_F(AnimationExport, WhatTheTrainingCannotShowIsSaid) {
    EXPECT_THAT(refusal(training_export()), HasSubstr("Expected moments of the training"));
    add_moments();
    snapshot_.has_encoder = false;
    source_.settings.export_training = "reconstructions";
    EXPECT_THAT(refusal(training_export()), HasSubstr("trains no encoder"));
}

TEST_F(AnimationExport, ACaptionStandsBelowAndStaysGrey) {
    add_moments();
    source_.settings.export_pixel_scale = 30;
    source_.settings.export_loop = false;
    const auto plain = frames(training_export());
    source_.settings.export_caption = true;
    const auto found = frames(training_export());
    EXPECT_EQ(found[0].channels, 1);
    EXPECT_EQ(found[0].width, plain[0].width);
    ASSERT_GT(found[0].height, plain[0].height);
    EXPECT_TRUE(
        std::equal(plain[0].pixels.begin(), plain[0].pixels.end(), found[0].pixels.begin()));
    const auto words = [&](const Png& frame) {
        return std::vector<std::uint8_t>(
            frame.pixels.begin() + static_cast<std::ptrdiff_t>(plain[0].pixels.size()),
            frame.pixels.end());
    };
    EXPECT_GT(
        *std::max_element(found[0].pixels.end() - 3 * found[0].width * 10, found[0].pixels.end()),
        100);
    EXPECT_NE(words(found[0]), words(found[4])) << "the images seen";
    const auto before = words(found[4]);
    source_.train.back().bound = -99.0;
    EXPECT_NE(words(frames(training_export())[4]), before) << "the bound";
}

TEST_F(AnimationExport, ACaptionWidensWhatIsNarrow) {
    const Captions captions(Settings{}, {5, 6}, "z1 at -000.00");
    const io::Picture frame = captions({5, 6, 1, std::vector<std::uint8_t>(30, 255)}, "z1 at 1.00");
    EXPECT_EQ(frame.width, captions.size().width);
    EXPECT_EQ(frame.height, captions.size().height);
    EXPECT_EQ(frame.pixels.size(),
              static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height));
    EXPECT_GT(frame.width, 50);
    const int left = (frame.width - 5) / 2;
    const auto pixel = [&](int x) { return frame.pixels[static_cast<std::size_t>(x)]; };
    EXPECT_EQ(pixel(left - 1), 0);
    EXPECT_EQ(pixel(left), 255);
    EXPECT_EQ(pixel(left + 4), 255);
    EXPECT_EQ(pixel(left + 5), 0);
}

TEST_F(AnimationExport, IsNamedAfterWhatItShowsAndItsFormat) {
    add_moments();
    EXPECT_EQ(write(path_animation_export()).filename(), "stripes-path-after-4200-images");
    EXPECT_EQ(write(path_animation_export()).filename(), "stripes-path-after-4200-images-2");
    source_.settings.export_format = "gif";
    source_.settings.export_latent = 2;
    EXPECT_EQ(write(traversal_export()).filename(), "stripes-traversal-z2-after-4200-images.gif");
    source_.settings.export_format = "webp";
    EXPECT_EQ(write(training_export()).filename(),
              "stripes-training-prior-samples-after-4200-images.webp");
    source_.settings.export_format = "unknown";  // of another version's settings
    EXPECT_EQ(write(path_animation_export()).extension(), ".gif");
}

TEST_F(AnimationExport, IsRefusedBeforeAnythingIsWritten) {
    source_.settings.export_latent = 3;
    EXPECT_THAT(refusal(traversal_export()), HasSubstr("1 to 2"));
    source_.settings.export_format = "webp";
    source_.settings.export_pixel_scale = 2800;
    EXPECT_THAT(refusal(path_animation_export()), HasSubstr("WebP holds at most 16383"));
    source_.view_state.path_from = {1.0f};
    source_.settings.export_pixel_scale = 1;
    EXPECT_THAT(refusal(path_animation_export()), HasSubstr("handle A"));
    EXPECT_EQ(files(), 0);
}

// Cancels while the third frame is drawn.
TEST_F(AnimationExport, LeavesNothingWhereItIsStopped) {
    static Progress* stopped = nullptr;
    stopped = &progress_;
    Export stopping = path_animation_export();
    stopping.animate = [](const ExportSource& source, Progress& progress) -> DrawFrame {
        return [draw = path_animation_export().animate(source, progress)](int frame,
                                                                          Progress& drawing) {
            if (frame == 2) stopped->cancel();
            return draw(frame, drawing);
        };
    };
    for (const char* format : {"gif", "webp", "png"}) {
        source_.settings.export_format = format;
        EXPECT_THAT(refusal(stopping), HasSubstr("Stopped")) << format;
        EXPECT_EQ(progress_.what(), "Frame 3 of 5") << format;
        EXPECT_EQ(files(), 0) << format;
    }
}

TEST_F(AnimationExport, LeavesNothingOnAFullDisk) {
    source_.settings.export_frames = 2000;
    source_.settings.export_format = "gif";
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit few{5000, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &few);
    const std::string why = refusal(path_animation_export());
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    EXPECT_THAT(why, HasSubstr("File too large"));
    EXPECT_THAT(why, HasSubstr("stripes-path-after-4200-images.gif"));
    EXPECT_EQ(files(), 0);
}

}  // namespace
}  // namespace elbow::gui

#include <gmock/gmock.h>

#include <cmath>

#include "app/charts/svg_painter.h"
#include "app/gui/exports/cursor.h"
#include "app/gui/exports/curves_picture.h"
#include "app/gui/exports/map.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/core/process.h"
#include "engine/core/program_files.h"
#include "tests/app/exporting.h"

namespace elbow::gui {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class SvgExport : public Exporter {
  protected:
    SvgExport() { source_.settings.export_form = "svg"; }

    // What Python's parser finds in the file; see read_svg.py.
    Json read_svg(const Export& what) {
        const std::filesystem::path file = write(what);
        EXPECT_EQ(file.extension(), ".svg");
        const auto script = program_folders("tests/app", "ELBOW_TESTS").front() / "read_svg.py";
        const ProcessResult result =
            run_process({{"python3", script.string(), file.string()}, {}, {}});
        EXPECT_EQ(result.exit_code, 0) << what.title << ": " << result.standard_error;
        return parse_json(result.standard_output).value();
    }
    static std::vector<std::string> texts_of(const Json& svg) {
        std::vector<std::string> texts;
        for (const Json& text : svg.at("texts").array()) texts.push_back(text.string());
        return texts;
    }
    static std::int64_t count_of(const Json& svg, const char* element) {
        const Json* count = svg.at("elements").find(element);
        return count != nullptr ? count->whole() : 0;
    }
    static bool has_python() { return find_program("python3").has_value(); }
    static constexpr const char* kNoPython = "There is no python3 to read what was written.";
};

TEST_F(SvgExport, EveryPictureIsADrawingOfItsSize) {
    if (!has_python()) GTEST_SKIP() << kNoPython;
    for (const Export* each : possible()) {
        if (!each->picture()) continue;
        const io::SheetSize size = each->size(source());
        const Json svg = read_svg(*each);
        EXPECT_EQ(svg.at("width").whole(), size.width) << each->title;
        EXPECT_EQ(svg.at("height").whole(), size.height) << each->title;
    }
}

TEST_F(SvgExport, ASheetIsItsPixels) {
    if (!has_python()) GTEST_SKIP() << kNoPython;
    const Json svg = read_svg(cursor_export());
    ASSERT_EQ(svg.at("pictures").array().size(), 1U);
    EXPECT_EQ(svg.at("pictures").array()[0].array()[0].whole(), 15);
    EXPECT_EQ(svg.at("pictures").array()[0].array()[1].whole(), 18);
    source_.settings.export_form = "png";
    EXPECT_EQ(read_png(write(cursor_export())).width, 15);
}

TEST_F(SvgExport, TheCurvesAreLinesAndText) {
    if (!has_python()) GTEST_SKIP() << kNoPython;
    const Json svg = read_svg(curves_picture_export());
    EXPECT_THAT(texts_of(svg),
                AllOf(Contains("training images seen"), Contains("Lower bound, nats per image"),
                      Contains(HasSubstr("held-out images, grey targets"))));
    EXPECT_EQ(svg.at("pictures").array().size(), 0U);
    EXPECT_GT(count_of(svg, "path"), 10);
}

TEST_F(SvgExport, TheMapsPointsAreShapes) {
    if (!has_python()) GTEST_SKIP() << kNoPython;
    source_.view_state.selection.clear();
    source_.view_state.rect.half_height = 40.0;
    const Json with = read_svg(map_export());
    EXPECT_THAT(texts_of(with),
                AllOf(Contains("z2  (standard deviations of the prior)"), Contains("even")));
    EXPECT_EQ(with.at("pictures").array().size(), 0U);
    source_.settings.points_shown = false;
    const Json without = read_svg(map_export());
    EXPECT_EQ(count_of(with, "circle") - count_of(without, "circle"), 12);
}

TEST_F(SvgExport, TheMapsGridLiesUnderItsPoints) {
    source_.view_state.selection.clear();
    source_.view_state.rect.half_height = 40.0;
    const std::string svg = read_text_file(write(map_export()));
    const std::string zero =
        "stroke=\"" + charts::web_colour(ink(source_.theme.axis_line).rgb) + "\"";
    ASSERT_NE(svg.find("<circle"), std::string::npos);
    EXPECT_LT(svg.find(zero), svg.find("<circle"));
}

TEST_F(SvgExport, TheMapsBackdropIsAPicture) {
    if (!has_python()) GTEST_SKIP() << kNoPython;
    source_.settings.backdrop = Backdrop::kDensity;
    const Json svg = read_svg(map_export());
    ASSERT_EQ(svg.at("pictures").array().size(), 1U);
    EXPECT_EQ(svg.at("pictures").array()[0].array()[0].whole(), 400) << "200 design pixels, twice";
}

TEST_F(SvgExport, ImagesAndPosteriorsOfTheMapAreShapes) {
    if (!has_python()) GTEST_SKIP() << kNoPython;
    source_.view_state.rect.half_height = 40.0;
    source_.settings.layers["images"] = true;
    EXPECT_GT(read_svg(map_export()).at("pictures").array().size(), 0U);
    source_.settings.layers = {{"ellipses", true}};
    EXPECT_GT(count_of(read_svg(map_export()), "ellipse"), 0);
}

TEST_F(SvgExport, AMapForPrintIsOnWhite) {
    const auto ground = [&] { return read_text_file(write(map_export())).substr(0, 600); };
    EXPECT_THAT(ground(), Not(HasSubstr("fill=\"#ffffff\"")));
    source_.settings.export_print = true;
    EXPECT_THAT(ground(), HasSubstr("fill=\"#ffffff\""));
    source_.settings.export_form = "png";
    EXPECT_TRUE(read_png(write(map_export())).colours().contains(0xFFFFFF));
}

TEST(SvgPainter, WordsCannotEndTheirElement) {
    const charts::Lettering letters(10.0);
    charts::SvgPainter painter(20, 10, {1, 2, 3}, letters, 1.0);
    painter.text({1.0f, 2.0f}, "a < b & c\x01", {{255, 0, 0}, 0.5});
    const std::string text = painter.finish();
    EXPECT_THAT(text, HasSubstr(">a &lt; b &amp; c</text>"));
    EXPECT_THAT(text, HasSubstr("fill=\"#ff0000\" fill-opacity=\"0.5\""));
}

TEST(SvgPainter, ALineIsBrokenWhereItIsNotANumber) {
    const charts::Lettering letters(10.0);
    charts::SvgPainter painter(20, 10, {}, letters, 1.0);
    const std::vector<charts::Pixel> points = {
        {1, 2}, {3, 4.126f}, {std::nanf(""), 1}, {5, 6}, {7, 8}};
    painter.polyline(points, 1.0f, {});
    EXPECT_THAT(painter.finish(), HasSubstr("d=\"M1 2L3 4.13M5 6L7 8\""));
}

TEST(SvgPainter, WhatIsClippedEndsWithTheClip) {
    const charts::Lettering letters(10.0);
    charts::SvgPainter painter(20, 10, {}, letters, 1.0);
    painter.clip({1, 1}, {5, 5});
    painter.disc({2, 2}, 1.0f, {});
    painter.clip_nothing();
    painter.box({0, 0}, {20, 10}, {});
    const std::string text = painter.finish();
    EXPECT_LT(text.find("<circle"), text.find("</g>"));
    EXPECT_LT(text.find("</g>"), text.find("<rect x=\"0\" y=\"0\" width=\"20\""));
}

}  // namespace
}  // namespace elbow::gui

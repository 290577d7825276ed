// What session.json brings back, and that nothing in it does harm.

#include "app/gui/run_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "engine/core/error.h"

namespace elbow::gui {
namespace {

using ::testing::HasSubstr;

constexpr data::ImageShape kDrawn{3, 1, 2};

// No value as it is at the start.
ViewState explored() {
    ViewState e;
    e.cursor = {0.25f, -1.1f, 3.0f};
    e.anchor = {1.5f, 0.1f, -2.0f};
    e.x_axis = 2;
    e.y_axis = 0;
    e.rect = {0.5, -0.3, 1.0 / 3.0};
    e.follow_fit = false;
    e.path_shown = false;
    e.path_from = {1e-7f, 2.0f, 3.0f};
    e.path_to = {-1.0f, -2.0f, -3.3f};
    e.path_kind = explore::PathKind::kGeodesic;
    e.path_through = {{0.5f, 1e-3f, -7.0f}, {4.0f, 5.0f, 6.0f}};
    e.path_closed = true;
    e.path_frames = 17;
    e.path_even = true;
    e.selection = {0, 7, 42};
    e.isolate = true;
    e.attributes = {{"round \u25CB", {1, 2}, {}}, {"", {3}, {4, 5}}};
    e.table = "/tmp/caf\xE9.csv";
    e.codes = "/tmp/caf\xE9.npz";
    e.point = 42;
    e.hidden_labels = (1U << 3) | (1U << 31);
    e.prior_seed = 18446744073709551615U;
    e.axes_follow = false;
    e.path_follows = false;
    e.dot_follows = false;
    e.path_images = {7, 3};
    e.paper_view = true;
    e.drawing = {0, 15, 16, 255, 128, 9};
    e.unknown = {1, 0};
    e.led_by = e.drawing;  // which is not saved
    return e;
}

ViewState bookmarked() {
    ViewState e = explored();
    Bookmark first{"The \u201Csmile\u201D", e, {}, {0, 7, 255, 16}};
    first.place.cursor = {3, 2, 1};
    first.look = {Backdrop::kMetric, false, {{"ellipses", true}, {"images", false}}, "bound"};
    e.bookmarks.push_back({std::make_shared<const Bookmark>(first)});
    first.name = "Without a picture";
    first.image.clear();
    first.place.selection = {41, 42};
    e.bookmarks.push_back({std::make_shared<const Bookmark>(first)});
    return e;
}

TEST(RunSession, ReadsBackEverythingExactly) {
    const RunSession session{"Zeros \"and\" ones, größer", true, false, explored()};
    EXPECT_EQ(parse_session(session_text(session)), session);
    EXPECT_EQ(parse_session(session_text({})), RunSession{});
    EXPECT_EQ(parse_session(""), RunSession{});
}

TEST(RunSession, ReadsBackItsBookmarks) {
    const RunSession session{"", false, false, bookmarked()};
    const RunSession read = parse_session(session_text(session));
    ASSERT_TRUE(read.view_state);
    EXPECT_EQ(read.view_state->bookmarks.size(), 2u);
    EXPECT_EQ(read, session);
    ViewState other = bookmarked();
    other.bookmarks.pop_back();
    EXPECT_NE(read.view_state, other);
}

TEST(RunSession, OfBeforeThereWereBookmarksHasNone) {
    const RunSession session =
        parse_session(R"({"format": "elbow-session", "window": {"dot": [1, 2]}})");
    EXPECT_TRUE(session.view_state->bookmarks.empty());
}

TEST(RunSession, WhatIsMissingIsAsAtTheStart) {
    const RunSession session = parse_session(
        R"({"format": "elbow-session", "window": {"dot": [1, 2]}, "of a later version": 3})");
    ASSERT_TRUE(session.view_state);
    EXPECT_EQ(session.view_state->cursor, (std::vector<float>{1, 2}));
    EXPECT_EQ(session.view_state->path_frames, ViewState().path_frames);
    EXPECT_FALSE(session.playing);
}

TEST(RunSession, RefusesWhatElbowNeverWrites) {
    const auto refused = [](const std::string& text) {
        try {
            parse_session(text, "'/run/session.json'");
            ADD_FAILURE() << "was read: " << text;
        } catch (const Error& error) {
            EXPECT_THAT(error.what(), HasSubstr("/run/session.json"));
        }
    };
    refused("no JSON");
    refused("[]");
    refused("{}");
    refused(R"({"format": "elbow-run"})");
    refused(R"({"format": "elbow-session", "format_version": 2})");
    for (const char* wrong : {R"("name": 3)",
                              R"("pinned": "yes")",
                              R"("playing": 1)",
                              R"("window": [])",
                              R"("window": {"dot": [null, 1]})",
                              R"("window": {"dot": [1e300, 1]})",
                              R"("window": {"dot": "middle"})",
                              R"("window": {"x_axis": -1})",
                              R"("window": {"x_axis": 0.5})",
                              R"("window": {"x_axis": 1e300})",
                              R"("window": {"view": {"half_height": 0}})",
                              R"("window": {"view": 4})",
                              R"("window": {"path": {"images": 1}})",
                              R"("window": {"path": {"kind": "sideways"}})",
                              R"("window": {"path": {"through": [1, 2]}})",
                              R"("window": {"path": {"through": [["a"]]}})",
                              R"("window": {"path": {"closed": 1}})",
                              R"("window": {"hidden_labels": [32]})",
                              R"("window": {"hidden_labels": 7})",
                              R"("window": {"selected": -1})",
                              R"("window": {"selected": [1]})",
                              R"("window": {"prior_seed": -1})",
                              R"("window": {"selection": [3, 3]})",
                              R"("window": {"bookmarks": 3})",
                              R"("window": {"bookmarks": [{"name": "no place"}]})",
                              R"("window": {"bookmarks": [{"place": {}, "image": "0g"}]})",
                              R"("window": {"bookmarks": [{"place": {}, "image": "0"}]})",
                              R"("window": {"bookmarks": [{"place": {"x_axis": -1}}]})",
                              R"("window": {"attributes": {}})",
                              R"("window": {"drawing": [1, 2]})",
                              R"("window": {"drawing": "0g"})",
                              R"("window": {"drawing": "012"})",
                              R"("window": {"attributes": [{"with": [2, 1]}]})"}) {
        refused(R"({"format": "elbow-session", )" + std::string(wrong) + "}");
    }
}

TEST(RunSession, FitsTheRunThatItIsOf) {
    EXPECT_EQ(fitting(explored(), 3, 43, kDrawn), explored());
    EXPECT_FALSE(fitting(explored(), 2, 43, kDrawn)) << "another number of latents";
    EXPECT_FALSE(fitting(std::nullopt, 2, 43, kDrawn));
    EXPECT_FALSE(fitting(explored(), 3, 42, kDrawn)->point) << "there are fewer images";
    EXPECT_EQ(fitting(explored(), 3, 42, kDrawn)->selection, (std::vector<int>{0, 7}));
    EXPECT_EQ(fitting(explored(), 3, 5, kDrawn)->attributes[1].without, (std::vector<int>{4}));
    EXPECT_EQ(fitting(explored(), 3, 4, kDrawn)->attributes.size(), 1u) << "a side is lost";
    ViewState off = explored();
    off.x_axis = 3;
    EXPECT_LT(fitting(off, 3, 43, kDrawn)->x_axis, 3);
    off = explored();
    off.path_to.pop_back();
    EXPECT_FALSE(fitting(off, 3, 43, kDrawn));
    EXPECT_TRUE(fitting(explored(), 3, 43, {3, 2, 2})->drawing.empty()) << "of another shape";
    EXPECT_TRUE(fitting(explored(), 3, 43, {3, 2, 2})->unknown.empty());
    EXPECT_TRUE(fitting(explored(), 3, 43, {1, 2, 3})->unknown.empty()) << "of fewer pixels";
}

TEST(RunSession, FitsItsBookmarksToo) {
    EXPECT_EQ(fitting(bookmarked(), 3, 43, kDrawn), bookmarked());
    EXPECT_EQ(fitting(bookmarked(), 3, 42, kDrawn)->bookmarks[1]->place.selection,
              (std::vector<int>{41}));
    ViewState other = bookmarked();
    Bookmark of_another_model = *other.bookmarks[0].it;
    of_another_model.place.cursor.pop_back();
    other.bookmarks[0].it = std::make_shared<const Bookmark>(of_another_model);
    ASSERT_EQ(fitting(other, 3, 43, kDrawn)->bookmarks.size(), 1u);
    EXPECT_EQ(fitting(other, 3, 43, kDrawn)->bookmarks[0]->name, "Without a picture");
}

TEST(RunSession, ALabelChangesNothingElse) {
    const RunSession session{"", false, true, explored()};
    const RunSession labelled = parse_session(with_label(session_text(session), "mine", true));
    EXPECT_EQ(labelled, (RunSession{"mine", true, true, explored()}));
    EXPECT_EQ(parse_session(with_label("damaged", "mine", false)).name, "mine");
}

}  // namespace
}  // namespace elbow::gui

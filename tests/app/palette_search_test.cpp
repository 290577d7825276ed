// What a few letters find among the window's actions.

#include "app/gui/palette_search.h"

#include <gtest/gtest.h>

#include <utility>

#include "app/gui/settings.h"

namespace elbow::gui {
namespace {

WindowAction action(const char* id, const char* title, const char* place = "",
                    const char* help = "", std::vector<Shortcut> keys = {}) {
    return {.id = id,
            .title = title,
            .help = help,
            .run = [] {},
            .keys = std::move(keys),
            .place = place};
}

const WindowActions kActions{
    action("play", "Play or pause the training", "Run", "Goes on.", {{Key::kSpace}}),
    action("display", "Full display", "Window", "Also pauses nothing.", {{Key::kF11}}),
    action("fit", "Fit the map to the points", "Latent map", "Keeps it fitted.", {{Key::kF}}),
    action("save", "Save the run under a name", "Run", "To a folder.", {{Key::kS, true}}),
    action("points", "Points of the held-out images", "Latent map"),
};

std::vector<std::string> found(std::string_view typed,
                               const std::vector<std::string>& recent = {}) {
    std::vector<std::string> ids;
    for (const FoundAction& each : find_actions(kActions, typed, recent))
        ids.push_back(kActions[each.action].id);
    return ids;
}

using Ids = std::vector<std::string>;

TEST(PaletteSearch, FindsEverythingWhereNothingWasTyped) {
    EXPECT_EQ(found(""), (Ids{"play", "display", "fit", "save", "points"}));
    EXPECT_EQ(found("  ", {"save", "gone", "fit"}),
              (Ids{"save", "fit", "play", "display", "points"}));
}

TEST(PaletteSearch, WantsEveryWordInAnyOrderAndInCapitalsOrNot) {
    EXPECT_EQ(found("POINTS fit"), Ids{"fit"});
    EXPECT_EQ(found("fit nowhere"), Ids{});
}

TEST(PaletteSearch, PutsTheBeginningOfTitleAndWordBeforeAMiddleAndTitlesBeforeTheRest) {
    EXPECT_EQ(found("play"), (Ids{"play", "display"}));
    EXPECT_EQ(found("points"), (Ids{"points", "fit"})) << "it begins the title of the first";
    EXPECT_EQ(found("run"), (Ids{"save", "play"})) << "in a title, then as a place";
    EXPECT_EQ(found("pause"), (Ids{"play", "display"})) << "in a title, then in a help";
}

TEST(PaletteSearch, FindsAnActionByItsKey) {
    EXPECT_EQ(found("ctrl+s"), Ids{"save"});
    EXPECT_EQ(found("f11"), Ids{"display"});
}

TEST(PaletteSearch, PutsWhatWasUsedLastFirstAmongEquals) {
    EXPECT_EQ(found("the"), (Ids{"play", "fit", "save", "points"}));
    EXPECT_EQ(found("the", {"points", "save"}), (Ids{"points", "save", "play", "fit"}));
}

TEST(PaletteSearch, MarksTheWordsInTheTitleAtTheirBestPlace) {
    const auto fit = find_actions(kActions, "points map latent", {});
    ASSERT_EQ(fit.size(), 2U);
    EXPECT_EQ(kActions[fit[0].action].id, "fit") << "the other one has the map as its place";
    EXPECT_EQ(fit[0].marks, (std::vector<TextPart>{{19, 6}, {8, 3}}));
    EXPECT_EQ(find_actions(kActions, "play", {})[1].marks, (std::vector<TextPart>{{8, 4}}));
}

TEST(RecentActions, HaveTheNewestFirstOnceAndForgetTheOldest) {
    std::vector<std::string> recent;
    for (const char* id : {"a", "b", "a", "c"}) note_recent(recent, id);
    EXPECT_EQ(recent, (Ids{"c", "a", "b"}));
    for (int i = 0; i < 20; ++i) note_recent(recent, std::to_string(i));
    EXPECT_EQ(recent.size(), kMostRecentActions);
    EXPECT_EQ(recent.front(), "19");
}

}  // namespace
}  // namespace elbow::gui

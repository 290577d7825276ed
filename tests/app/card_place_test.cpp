// Where the card of the guided tour goes, and what is dimmed.

#include "app/gui/tour/card_place.h"

#include <gtest/gtest.h>

namespace elbow::gui {
namespace {

constexpr Area kWindow{0, 0, 900, 600};

float covered(const Area& card, const std::vector<Area>& targets) {
    float sum = 0.0f;
    for (const Area& target : targets) sum += shared_area(card, target);
    return sum;
}

TEST(CardPlace, IsBesideWhatItIsAboutAndWithinTheWindow) {
    for (const Area& target : {Area{10, 10, 200, 100}, Area{300, 200, 300, 200},
                               Area{600, 400, 290, 190}, Area{0, 0, 900, 200}}) {
        const Area card = card_place({300, 180}, std::vector<Area>{target}, kWindow, 8);
        EXPECT_EQ(shared_area(card, target), 0.0f) << target.x << ' ' << target.y;
        EXPECT_EQ(shared_area(card, kWindow), 300.0f * 180.0f) << "all of it is seen";
    }
}

TEST(CardPlace, LiesOverNoneOfSeveral) {
    const std::vector<Area> targets = {{250, 200, 300, 200}, {560, 180, 330, 300}};
    EXPECT_EQ(covered(card_place({230, 180}, targets, kWindow, 8), targets), 0.0f);
}

TEST(CardPlace, CoversAsLittleAsItCanWhereNoPlaceIsFree) {
    const std::vector<Area> targets = {{0, 0, 900, 500}};
    const Area card = card_place({300, 180}, targets, kWindow, 8);
    EXPECT_EQ(shared_area(card, kWindow), 300.0f * 180.0f);
    EXPECT_LE(covered(card, targets), 300.0f * 88.5f);
}

TEST(CardPlace, IsInTheMiddleWhereThereIsNothing) {
    EXPECT_EQ(card_place({300, 180}, {}, kWindow, 8), (Area{300, 210, 300, 180}));
}

TEST(Outside, IsAllButTheHolesAndOverlapsNowhere) {
    const std::vector<Area> holes = {
        {100, 100, 200, 100}, {250, 150, 300, 200}, {-50, 580, 90, 90}};
    const std::vector<Area> parts = outside(kWindow, holes);
    float sum = 0.0f;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        sum += parts[i].width * parts[i].height;
        for (const Area& hole : holes) EXPECT_EQ(shared_area(parts[i], hole), 0.0f);
        for (std::size_t j = 0; j < i; ++j) EXPECT_EQ(shared_area(parts[i], parts[j]), 0.0f);
    }
    const float holed = 200 * 100 + 300 * 200 - 50 * 50 + 40 * 20;
    EXPECT_FLOAT_EQ(sum, 900 * 600 - holed);
}

}  // namespace
}  // namespace elbow::gui

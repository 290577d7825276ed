// The list of all that the window can do: panels, layers, exports and keys are in it by themselves,
// and the palette shows and does what is in it.

#include "app/gui/actions/actions.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "app/gui/exports/exports.h"
#include "app/gui/map/layers.h"
#include "app/gui/palette_search.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

class ActionsOfTheWindow : public testing::Test {
  protected:
    struct Known {
        std::string title, help, place, why_not, in_palette;
        std::vector<Shortcut> keys;
        std::optional<bool> on;
    };
    std::map<std::string, Known> all() {
        std::map<std::string, Known> found;
        window.with_actions([&](const WindowActions& actions, Workspace&) {
            for (const WindowAction& each : actions) {
                EXPECT_EQ(found.count(each.id), 0U) << each.id << " is there twice";
                found[each.id] = {
                    each.title, each.help, each.place, each.why_not, why_not_in_palette(each),
                    each.keys,  each.on};
            }
        });
        return found;
    }
    void act(const std::string& id, bool from_palette = true) {
        bool done = false;
        window.with_actions([&](const WindowActions& actions, Workspace& workspace) {
            for (const WindowAction& each : actions) {
                if (each.id != id) continue;
                EXPECT_EQ(each.why_not, "") << id;
                perform(each, from_palette, workspace);
                done = true;
            }
        });
        EXPECT_TRUE(done) << id;
        window.settle();
    }
    void begin_run() {
        window.begin(test::tiny_config(), test::tiny_dataset());
        ASSERT_TRUE(
            window.becomes([&] { return window.runs.in_hand().state->snapshot != nullptr; }));
    }
    bool shows(const std::string& name) const { return window.shown.count(name) > 0; }

    WholeWindow window{1600, 1000, 1.0f};
};

TEST_F(ActionsOfTheWindow, SayWhatTheyAreAndWhereTheyLive) {
    for (const auto& [id, action] : all()) {
        EXPECT_NE(action.title, "") << id;
        EXPECT_NE(action.help, "") << id;
        EXPECT_NE(action.place, "") << id;
    }
}

TEST_F(ActionsOfTheWindow, HaveEveryPanelLayerAndExport) {
    const auto known = all();
    for (const auto& panel : make_panels()) {
        EXPECT_EQ(known.count(std::string(panel->place()) + ".show"), 1U) << panel->id();
        EXPECT_EQ(known.count(std::string(panel->place()) + ".fill"), 1U) << panel->id();
    }
    for (const auto& layer : make_map_layers()) {
        if (layer->toggle() == nullptr) continue;
        const std::string id = std::string("map.toggle.") + layer->toggle()->name;
        ASSERT_EQ(known.count(id), 1U) << id;
        EXPECT_TRUE(known.at(id).on.has_value()) << id;
        EXPECT_EQ(known.at(id).keys.size(), layer->toggle()->key ? 1U : 0U) << id;
    }
    for (const Export* each : all_exports()) {
        EXPECT_EQ(known.count(std::string("export.write.") + each->id), 1U) << each->id;
        EXPECT_EQ(known.count(std::string("export.copy.") + each->id), each->picture() ? 1U : 0U)
            << each->id;
    }
}

TEST_F(ActionsOfTheWindow, HaveEachKeyOnce) {
    std::map<std::string, std::string> used;
    for (const auto& [id, action] : all()) {
        for (const Shortcut& shortcut : action.keys) {
            const std::string key = shortcut_text(shortcut);
            EXPECT_EQ(used.count(key), 0U) << key << ": " << used[key] << " and " << id;
            used[key] = id;
        }
    }
    // Of all keys that there are without a list or a dialog open.
    for (const char* key : {"Space",  "S",      "R",
                            "E",      "T",      "X",
                            "F",      "L",      "N",
                            "P",      "M",      "D",
                            "A",      "B",      "Q",
                            "G",      "W",      "I",
                            "V",      "K",      "Del",
                            "Left",   "Right",  "F11",
                            "?",      "Ctrl+P", "Ctrl+F",
                            "Ctrl+C", "Ctrl+O", "Ctrl+S",
                            "Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z",
                            "F1",     "F5",     "Ctrl+D"})
        EXPECT_EQ(used.count(key), 1U) << key;
}

TEST_F(ActionsOfTheWindow, SayWhyTheyCannotBeDone) {
    const auto known = all();
    for (const char* id : {"controls.play", "controls.step", "controls.restart", "controls.save",
                           "export.open", "race.sgvb_b"})
        EXPECT_EQ(known.at(id).why_not, "There is no run.") << id;
    EXPECT_NE(known.at("export.write.map").why_not, "");
    EXPECT_EQ(known.at("view.reset_layout").why_not, "No panel and no border has been moved.");
    EXPECT_EQ(known.at("panels.maximise").why_not, "") << "the key X acts";
    EXPECT_EQ(known.at("panels.maximise").in_palette, "Point at the panel and press X.");
    EXPECT_EQ(known.at("map.show").why_not, "It is on the screen.");
}

TEST_F(ActionsOfTheWindow, CanBeDoneOnceThereIsARun) {
    begin_run();
    for (const char* id : {"controls.play", "controls.step", "export.write.map", "race.sgvb_b"})
        EXPECT_EQ(all().at(id).why_not, "") << id;
}

TEST_F(ActionsOfTheWindow, SwitchALayer) {
    begin_run();
    const bool on = *all().at("map.toggle.ellipses").on;
    act("map.toggle.ellipses");
    EXPECT_EQ(*all().at("map.toggle.ellipses").on, !on);
}

TEST_F(ActionsOfTheWindow, BringAPanelToTheFrontAndFillTheWindowWithIt) {
    begin_run();
    window.settle();
    EXPECT_FALSE(shows("images"));
    act("images.show");
    EXPECT_TRUE(shows("images"));
    act("curves.fill");
    EXPECT_TRUE(shows("curves"));
    EXPECT_FALSE(shows("map"));
    EXPECT_TRUE(*all().at("curves.fill").on);
    act("map.show");
    EXPECT_TRUE(shows("map")) << "the one that filled the window made room";
}

TEST_F(ActionsOfTheWindow, OfAPanelBringItUpFromThePaletteAlone) {
    act("curves.fill");
    act("strip.kind.spherical", false);
    EXPECT_FALSE(shows("interpolation"));
    act("strip.kind.spherical");
    EXPECT_TRUE(shows("interpolation"));
}

TEST_F(ActionsOfTheWindow, FindAnOptionByItsName) {
    begin_run();
    act("controls.find.kl-warmup");
    EXPECT_TRUE(shows("controls.kl-warmup"));
}

class PaletteOfTheWindow : public ActionsOfTheWindow {
  protected:
    void open() {
        ASSERT_TRUE(window.click("top.palette"));
        ASSERT_TRUE(shows("palette"));
    }
    // The row of an action; empty: it is not in view.
    std::string row_of(const std::string& id) const {
        for (const auto& [name, box] : window.shown)
            if (name.starts_with("palette.row.") && box.value.starts_with(id)) return name;
        return {};
    }
};

TEST_F(PaletteOfTheWindow, DoesWhatIsClickedClosesAndShowsItFirstTheNextTime) {
    window.settle();
    open();
    const bool dark = window.settings.dark;
    const std::string row = row_of("controls.cancel_loading");
    ASSERT_NE(row, "");
    ASSERT_TRUE(window.click(row));
    EXPECT_TRUE(shows("palette")) << "it cannot be done, and the palette says why";
    EXPECT_NE(window.shown["palette.row.0"].value.find("There is no run."), std::string::npos);
    ASSERT_TRUE(window.click(row_of("runs.all").empty() ? "none" : row_of("runs.all")));
    EXPECT_FALSE(shows("palette"));
    EXPECT_EQ(window.settings.recent_actions, std::vector<std::string>{"runs.all"});
    EXPECT_EQ(window.settings.dark, dark);
    open();
    EXPECT_TRUE(window.shown["palette.row.0"].value.starts_with("runs.all"));
}

TEST_F(PaletteOfTheWindow, ClosesWhereItIsAskedForAgain) {
    window.settle();
    open();
    act("top.palette");
    EXPECT_FALSE(shows("palette"));
    EXPECT_TRUE(window.settings.recent_actions.empty());
}

TEST(Palette, StaysWithinASmallWindow) {
    WholeWindow narrow{640, 420, 1.0f};
    narrow.settle();
    ASSERT_TRUE(narrow.click("top.palette"));
    const LayoutLog::Rect& box = narrow.shown.at("palette");
    EXPECT_GE(box.x, 0.0f);
    EXPECT_LE(box.x + box.width, 640.0f);
    EXPECT_LE(box.y + box.height, 420.0f);
}

}  // namespace
}  // namespace elbow::gui

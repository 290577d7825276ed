// Held-out curves of other runs behind those of the present one.

#include "app/gui/runs/compared_runs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/gui/panels/curve_lines.h"
#include "app/gui/runs/run_actions.h"
#include "engine/io/run_folder.h"
#include "tests/app/context_parts.h"
#include "tests/engine/train/training.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;
using test::comes_true;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using testing_support::TemporaryFolder;

class ComparedRunsTest : public testing::Test {
  protected:
    fs::path save(const std::string& name, bool evaluated = true) {
        train::Session session(test::tiny_config(), tiny, 1);
        std::vector<train::EvaluationRecord> evaluations;
        if (evaluated) evaluations.push_back(session.evaluate());
        session.step();
        if (evaluated) evaluations.push_back(session.evaluate());
        io::save_run(folder / name, with_history(session.checkpoint(), evaluations), tiny.get());
        return folder / name;
    }
    void add(const fs::path& run, const std::string& name) {
        compared.add(run, name);
        ASSERT_TRUE(comes_true([&] {
            compared.poll(parts.toasts);
            return !compared.busy();
        }));
    }

    TemporaryFolder folder;
    std::shared_ptr<const data::Dataset> tiny = test::tiny_dataset();
    ContextParts parts;
    ComparedRuns compared;
    CurveLines lines;
};

TEST_F(ComparedRunsTest, AreDrawnBehindThePresentRun) {
    parts.context.compared = &compared;
    parts.curves.evaluations.push({100, 1.0, 0.1, 0.0, -5.0, -4.0, 1.0, 0.0, {}});
    parts.curves.version = 1;
    EXPECT_THAT(lines.of(parts.context, CurveKind::kBound), SizeIs(2));
    add(save("a"), "Zeros");
    const std::vector<PlotSeries>& shown = lines.of(parts.context, CurveKind::kBound);
    ASSERT_THAT(shown, SizeIs(3));
    EXPECT_EQ(shown[0].short_name, "Zeros");
    EXPECT_THAT(shown[0].name, HasSubstr(tiny->title + ", grey targets"));
    EXPECT_THAT(shown[0].y, SizeIs(2));
    EXPECT_EQ(shown[0].y, std::vector<double>({compared.runs()[0].evaluations[0].test_bound,
                                               compared.runs()[0].evaluations[1].test_bound}));
    EXPECT_EQ(shown[1].short_name, "train");
    EXPECT_EQ(shown[2].short_name, "held-out");
    EXPECT_EQ(shown[2].y, std::vector<double>{-5.0});
    compared.remove(0);
    EXPECT_THAT(lines.of(parts.context, CurveKind::kBound), SizeIs(2));
}

TEST_F(ComparedRunsTest, StayHiddenWhenAnotherOneComes) {
    parts.context.compared = &compared;
    add(save("a"), "first");
    add(save("b"), "second");
    lines.of(parts.context, CurveKind::kBound)[1].visible = false;
    lines.of(parts.context, CurveKind::kBound)[3].visible = false;
    compared.remove(0);
    const std::vector<PlotSeries>& shown = lines.of(parts.context, CurveKind::kKl);
    ASSERT_THAT(shown, SizeIs(3));
    EXPECT_EQ(shown[0].short_name, "second");
    EXPECT_FALSE(shown[0].visible);
    EXPECT_FALSE(shown[2].visible);
    EXPECT_TRUE(shown[1].visible);
}

TEST_F(ComparedRunsTest, EachOnceAndNoMoreThanCanBeToldApart) {
    for (std::size_t i = 0; i < ComparedRuns::kMost; ++i) {
        const fs::path run = save("run-" + std::to_string(i));
        EXPECT_EQ(compared.why_not(run), "");
        add(run, "run");
        EXPECT_NE(compared.why_not(run), "");
    }
    EXPECT_NE(compared.why_not(folder / "another"), "");
    add(save("another"), "another");
    EXPECT_THAT(compared.runs(), SizeIs(ComparedRuns::kMost));
}

TEST_F(ComparedRunsTest, SayWhyThereIsNoCurve) {
    add(save("never evaluated", false), "young");
    EXPECT_THAT(parts.toasts.newest(), HasSubstr("young has no curve"));
    add(folder / "gone", "gone");
    EXPECT_THAT(parts.toasts.newest(), HasSubstr("does not exist"));
    EXPECT_TRUE(compared.runs().empty());
}

TEST(ShortRunName, IsCutAtACharacter) {
    EXPECT_EQ(short_run_name("Zeros"), "Zeros");
    const std::string cut = short_run_name(std::string(22, 'a') + "öööö");
    EXPECT_EQ(cut, std::string(22, 'a') + "\u2026");
}

TEST(RunActions, SayWhyTheyCannotBe) {
    RunEntry run;
    const ComparedRuns none;
    for (const RunActionEntry& entry : run_actions())
        EXPECT_EQ(why_not(entry.action, run, false, none), "") << entry.id;
    EXPECT_NE(why_not(RunAction::kDelete, run, true, none), "");
    EXPECT_NE(why_not(RunAction::kOpen, run, true, none), "");
    EXPECT_EQ(why_not(RunAction::kRename, run, true, none), "");
    run.problem = "it is not JSON";
    EXPECT_EQ(why_not(RunAction::kOpen, run, false, none), "it is not JSON");
    EXPECT_EQ(why_not(RunAction::kDelete, run, false, none), "");
    EXPECT_EQ(why_not(RunAction::kCopyPath, run, false, none), "");
}

TEST(RunActions, AFolderThatIsNoRunAnyMoreIsForgottenNotDeleted) {
    const RunActionEntry& last = run_actions().back();
    RunEntry run;
    run.place = RunPlace::kElsewhere;
    EXPECT_EQ(label_of(last, run), "Delete");
    run.problem = "does not exist";
    EXPECT_EQ(label_of(last, run), "Forget");
    run.place = RunPlace::kAutosaved;
    EXPECT_EQ(label_of(last, run), "Delete");
}

}  // namespace
}  // namespace elbow::gui

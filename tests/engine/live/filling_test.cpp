#include "engine/live/questions/filling.h"

#include <gtest/gtest.h>

#include "tests/engine/live/exploring.h"

namespace elbow::live {
namespace {

class FillingQuestionTest : public ExplorerTest {
  protected:
    FillingQuestionTest() {
        const auto image = dataset->image(dataset->held_out, 0);
        query.image.assign(image.begin(), image.end());
        query.unknown.assign(image.size() / static_cast<std::size_t>(dataset->channels), 0);
        std::fill_n(query.unknown.begin(), query.unknown.size() / 2, std::uint8_t{1});
    }
    void ask(std::uint64_t number, bool fill = true) {
        ExploreRequest request = cursor_alone(number, {0.0f, 0.0f});
        if (fill) request.ask(query);
        explorer.ask(request);
    }
    std::shared_ptr<const FillingView> view() const { return explorer.views().get<FillingView>(); }
    FillingQuery query;
};

TEST_F(FillingQuestionTest, TheChainsGoOnByThemselvesUntilNobodyAsks) {
    query.method = explore::FillingMethod::kChains;
    explorer.show(snapshot(1, 1), dataset);
    ask(1);
    ASSERT_TRUE(test::comes_true([&] { return view() && view()->filled.draws > 0; }));
    const int before = view()->filled.draws;
    ASSERT_TRUE(test::comes_true([&] { return view()->filled.draws > before; }));
    EXPECT_EQ(view()->query, query);
    // Weights that have learnt since are those of another filling.
    explorer.show(snapshot(1, 2), dataset);
    const int still = view()->filled.draws;
    ASSERT_TRUE(test::comes_true([&] { return view()->filled.draws > still; }));
    EXPECT_EQ(view()->stamp.step, 1);
    query.number = 7;
    ask(2);
    ASSERT_TRUE(test::comes_true([&] { return view()->query.number == 7; }));
    EXPECT_EQ(view()->stamp.step, 2) << "begun anew";
    ask(3, false);
    ASSERT_TRUE(cursor_answers(3));
    const auto last = view();
    ask(4, false);
    ASSERT_TRUE(cursor_answers(4));
    EXPECT_EQ(view(), last);
    EXPECT_TRUE(explorer.views().message.empty());
}

TEST_F(FillingQuestionTest, APassIsDoneAtOnce) {
    explorer.show(snapshot(1, 1), dataset);
    ask(1);
    ASSERT_TRUE(test::comes_true([&] { return view() != nullptr; }));
    EXPECT_TRUE(view()->filled.done);
    EXPECT_EQ(view()->filled.passes, 1);
    query.unknown.pop_back();
    ask(2);
    ASSERT_TRUE(cursor_answers(2));
    EXPECT_EQ(view()->query.unknown.size(), query.unknown.size() + 1) << "of no such image";
}

}  // namespace
}  // namespace elbow::live

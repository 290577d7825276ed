#include "engine/data/sources/layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace elbow::data {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Layout laid_out(const std::vector<std::string>& paths, const std::vector<LabelTable>& tables = {}) {
    return layout_of(paths, tables);
}

TEST(Layout, TakesFoldersForClasses) {
    const Layout layout = laid_out({"dogs/1.png", "cats/1.png", "cats/2.png"});
    EXPECT_THAT(layout.class_names, ElementsAre("cats", "dogs"));
    EXPECT_THAT(layout.classes, ElementsAre(1, 0, 0));
    EXPECT_THAT(layout.held_out, IsEmpty());
    EXPECT_EQ(layout.form, "in 2 folders");
}

TEST(Layout, TakesTheInnermostFolderThatHasPictures) {
    const Layout layout =
        laid_out({"all/animals/cats/1.png", "all/animals/cats/big/2.png", "all/plants/oak/3.png"});
    EXPECT_THAT(layout.class_names, ElementsAre("big", "cats", "oak"));
    const Layout same = laid_out({"old/a/1.png", "new/a/2.png", "new/b/3.png"});
    EXPECT_THAT(same.class_names, ElementsAre("b", "new/a", "old/a"));
}

TEST(Layout, GroupsPicturesByTheirFoldersAndPartsDoNotCount) {
    const Layout layout = laid_out({"all/train/anna/1.png", "all/test/anna/2.png",
                                    "all/train/ben/out/3.png", "all/test/ben/4.png"});
    EXPECT_THAT(layout.groups, ElementsAre("anna", "ben", "ben/out"));
    EXPECT_THAT(layout.group_of, ElementsAre(0, 0, 2, 1));
    EXPECT_EQ(laid_out({"set/1.png", "set/2.png"}).groups.size(), 1U);
}

TEST(Layout, CountsAsAPersonDoes) {
    const Layout layout = laid_out({"10/a.png", "9/a.png", "1/a.png"});
    EXPECT_THAT(layout.class_names, ElementsAre("1", "9", "10"));
    EXPECT_TRUE(in_natural_order("img2", "img10"));
    EXPECT_TRUE(in_natural_order("02", "3"));
    EXPECT_FALSE(in_natural_order("a", "a"));
    EXPECT_NE(in_natural_order("01", "1"), in_natural_order("1", "01")) << "one comes first";
}

TEST(Layout, HasNoLabelsForFlatFoldersAndASingleClass) {
    EXPECT_THAT(laid_out({"1.png", "2.png"}).class_names, IsEmpty());
    EXPECT_THAT(laid_out({"set/1.png", "set/2.png"}).classes, IsEmpty());
    EXPECT_EQ(laid_out({"set/1.png", "set/2.png"}).form, "without labels");
    EXPECT_THAT(laid_out({"train/cats/1.png", "test/cats/2.png"}).notes, IsEmpty());
    EXPECT_THAT(laid_out({}).class_names, IsEmpty());
}

TEST(Layout, GivesPicturesBesideTheFoldersAClassOfTheirOwn) {
    EXPECT_THAT(laid_out({"cats/1.png", "2.png"}).class_names, ElementsAre("(no folder)", "cats"));
}

TEST(Layout, HoldsOutWhatLiesInTestOrVal) {
    const Layout layout = laid_out({"set/Train/cats/1.png", "set/Train/dogs/2.png",
                                    "set/test/cats/3.png", "set/val/dogs/4.png"});
    EXPECT_THAT(layout.held_out, ElementsAre(0, 0, 1, 1));
    EXPECT_THAT(layout.class_names, ElementsAre("cats", "dogs"));
    EXPECT_THAT(layout.classes, ElementsAre(0, 1, 0, 1));
    const Layout alone = laid_out({"test/cats/1.png", "test/dogs/2.png"});
    EXPECT_THAT(alone.held_out, IsEmpty()) << "with nothing to train on beside it";
    const Layout no_split = laid_out({"train/1.png", "test/2.png", "cars/3.png"});
    EXPECT_THAT(no_split.held_out, IsEmpty());
    EXPECT_THAT(no_split.class_names, ElementsAre("cars", "test", "train"));
}

TEST(Layout, SkipsALevelOfIconSizes) {
    const Layout below =
        laid_out({"Faenza/apps/16/a.png", "Faenza/apps/48/a.png", "Faenza/places/scalable/b.png"});
    EXPECT_THAT(below.class_names, ElementsAre("apps", "places"));
    const Layout above =
        laid_out({"16x16/apps/a.png", "32x32@2x/apps/a.png", "16x16/places/b.png"});
    EXPECT_THAT(above.class_names, ElementsAre("apps", "places"));
    EXPECT_THAT(laid_out({"16/a.png", "24/b.png"}).class_names, ElementsAre("16", "24"))
        << "where nothing else tells them apart";
}

TEST(Layout, KeepsImagesWithoutLabelsWhereThereAreTooManyClasses) {
    std::vector<std::string> paths;
    paths.reserve(300);
    for (int i = 0; i < 300; ++i) paths.push_back(std::to_string(i) + "/a.png");
    const Layout layout = laid_out(paths);
    EXPECT_THAT(layout.class_names, IsEmpty());
    EXPECT_THAT(layout.notes, Contains(HasSubstr("300 classes")));
    paths.resize(256);
    EXPECT_EQ(laid_out(paths).class_names.size(), 256U);
}

TEST(Layout, TakesTheLabelsOfATable) {
    const auto table =
        label_table("set/metadata.csv",
                    "\xEF\xBB\xBF"
                    "file_name,label,split\r\nx/1.png,cat,train\r\n2,\"dog, wet\",test\r\n");
    ASSERT_TRUE(table);
    const Layout layout = laid_out({"set/x/1.png", "set/y/2.png"}, {*table});
    EXPECT_THAT(layout.class_names, ElementsAre("cat", "dog, wet"));
    EXPECT_THAT(layout.held_out, ElementsAre(0, 1));
    EXPECT_THAT(layout.notes, Contains(HasSubstr("column 'label' of set/metadata.csv")));
    const Layout more = laid_out({"set/x/1.png", "set/y/2.png", "set/3.png"}, {*table});
    EXPECT_THAT(more.class_names, Contains("(not in the table)"));
    EXPECT_THAT(more.held_out, IsEmpty()) << "where the table does not say it of all";
}

TEST(Layout, TakesTheLabelsOfStyleGansJson) {
    const auto table = label_table("dataset.json",
                                   R"({"labels": [["00000/img0.png", 6], ["00000/img1.png", 2]]})");
    ASSERT_TRUE(table);
    const Layout layout = laid_out({"00000/img0.png", "00000/img1.png"}, {*table});
    EXPECT_THAT(layout.class_names, ElementsAre("2", "6"));
    EXPECT_THAT(layout.classes, ElementsAre(1, 0));
}

TEST(Layout, SaysThatATableNamesOtherPictures) {
    const auto table = label_table("labels.csv", "id;class\n7;a\n8;b\n");
    ASSERT_TRUE(table);
    EXPECT_TRUE(table->has_labels);
    const Layout layout = laid_out({"cats/1.png", "dogs/2.png"}, {*table});
    EXPECT_THAT(layout.class_names, ElementsAre("cats", "dogs"));
    EXPECT_THAT(layout.notes, Contains(HasSubstr("labels.csv names none")));
}

TEST(LabelTable, RefusesWhatIsNone) {
    EXPECT_FALSE(label_table("metadata.csv", "width,height\n1,2\n"));
    EXPECT_FALSE(label_table("metadata.csv", ""));
    EXPECT_FALSE(label_table("dataset.json", "{\"labels\": null}"));
    EXPECT_FALSE(label_table("dataset.json", "{\"labels\": [[\"a.png\", [0.5]]]}"));
    EXPECT_FALSE(label_table("dataset.json", "[[["));
    EXPECT_FALSE(label_table("labels.csv", "file,label\n\xFF\xFE,1\n"));
    EXPECT_TRUE(is_label_table("a/Labels.csv"));
    EXPECT_FALSE(is_label_table("a/notes.csv"));
}

TEST(LabelTable, TakesTheOnlyOtherColumnForLabels) {
    const auto table = label_table("labels.csv", "image_id\tspecies\n1.png\towl\nbroken\n");
    ASSERT_TRUE(table);
    ASSERT_EQ(table->rows.size(), 1U) << "a row that is too short is left out";
    EXPECT_EQ(table->rows[0].label, "owl");
    const auto captions = label_table("metadata.csv", "file_name,text,width\na.png,hello,3\n");
    ASSERT_TRUE(captions);
    EXPECT_FALSE(captions->has_labels);
}

}  // namespace
}  // namespace elbow::data

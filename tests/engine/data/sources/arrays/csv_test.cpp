#include <gmock/gmock.h>

#include <sstream>

#include "tests/engine/data/sources/array_files.h"

namespace elbow::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Csv : public ArrayFiles {
  protected:
    ArrayImages read_text(const std::string& text, const ArrayWishes& wishes = {},
                          const std::string& name = "x.csv") {
        ArrayImages images = read(name, bytes_of(text), wishes);
        expect_consistent(images);
        return images;
    }
    std::string refusal_of(const std::string& text, const ArrayWishes& wishes = {}) {
        return refusal("x.csv", bytes_of(text), wishes);
    }
};

// first, first + 1... with this between them.
std::string numbers(int count, int first, const std::string& between = ",") {
    std::ostringstream text;
    for (int i = 0; i < count; ++i) text << (i == 0 ? "" : between) << first + i;
    return text.str();
}

std::string heading(int pixels, const std::string& before = "label,") {
    std::string text = before;
    for (int i = 0; i < pixels; ++i) text += (i == 0 ? "pixel" : ",pixel") + std::to_string(i);
    return text + "\n";
}

TEST_F(Csv, ReadsKagglesHeading) {
    const ArrayImages images =
        read_text(heading(16) + "7," + numbers(16, 100) + "\n3," + numbers(16, 200) + "\n");
    EXPECT_EQ(images.form, "CSV with 2 lines of 16 pixels and a label");
    EXPECT_EQ(images.shape, (ImageShape{1, 4, 4}));
    EXPECT_EQ(images.pixels[0], 100);
    EXPECT_EQ(images.pixels[16], 200);
    EXPECT_EQ(images.pixels[31], 215);
    EXPECT_THAT(images.class_names, ElementsAre("3", "7"));
    EXPECT_THAT(images.labels, ElementsAre(1, 0));
    EXPECT_THAT(images.notes, IsEmpty());
}

TEST_F(Csv, ReadsALabelWhereverItsNameIs) {
    const ArrayImages images = read_text(heading(16, "").substr(0, heading(16, "").size() - 1) +
                                         ",Class\n" + numbers(16, 100) + ",5\n");
    EXPECT_THAT(images.class_names, ElementsAre("5"));
    EXPECT_EQ(images.pixels, counting(16, 100));
}

TEST_F(Csv, LeavesOutTheNumbersOfTheLines) {
    const ArrayImages images = read_text(heading(16, ",label,") + "0,9," + numbers(16, 100) +
                                         "\n1,8," + numbers(16, 101) + "\n");
    EXPECT_THAT(images.class_names, ElementsAre("8", "9"));
    EXPECT_EQ(images.pixels[0], 100);
    EXPECT_THAT(all_notes(images), HasSubstr("numbers the lines"));
}

TEST_F(Csv, FindsTheLabelWithoutAHeading) {
    // The first column differs, the last is always 0: as in MNIST.
    ArrayImages images = read_text("4," + numbers(15, 100) + ",0\n5," + numbers(15, 101) + ",0\n");
    EXPECT_THAT(images.class_names, ElementsAre("4", "5"));
    EXPECT_THAT(all_notes(images), HasSubstr("first column"));
    // The other way round, as in Larochelle's.
    images = read_text("0 " + numbers(15, 100, " ") + " 4\n0 " + numbers(15, 101, " ") + " 5\n");
    EXPECT_THAT(images.class_names, ElementsAre("4", "5"));
    EXPECT_EQ(images.pixels[0], 0);
    EXPECT_THAT(all_notes(images), HasSubstr("last column"));
    // Where both could be, it is the first between commas, the last between blanks.
    images = read_text("4," + numbers(16, 100) + "\n5," + numbers(16, 101) + "\n");
    EXPECT_THAT(images.class_names, ElementsAre("4", "5"));
    images = read_text(numbers(16, 100, " ") + " 4\n" + numbers(16, 101, " ") + " 5\n");
    EXPECT_THAT(images.class_names, ElementsAre("4", "5"));
    // Fractions are no label.
    images = read_text("0.5," + numbers(15, 0) + ",4\n0.25," + numbers(15, 0) + ",5\n");
    EXPECT_THAT(images.class_names, ElementsAre("4", "5"));
}

TEST_F(Csv, ReadsPixelsAlone) {
    const ArrayImages images = read_text(numbers(16, 100) + "\n");
    EXPECT_EQ(images.pixels, counting(16, 100));
    EXPECT_THAT(images.labels, IsEmpty());
    EXPECT_THAT(images.notes, IsEmpty());
}

TEST_F(Csv, ReadsBinarizedMnist) {
    const ArrayImages images =
        read_text("0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 1 \n1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 \n", {},
                  "binarized_mnist_train.amat");
    EXPECT_EQ(images.form, "amat with 2 lines of 16 pixels");
    EXPECT_THAT(Bytes(images.pixels.begin(), images.pixels.begin() + 3), ElementsAre(0, 255, 0));
    EXPECT_EQ(images.pixels[16], 255);
    EXPECT_THAT(all_notes(images), HasSubstr("black and white"));
}

TEST_F(Csv, ReadsFractionsAsTheyAreWritten) {
    const std::string rest = ",0,0,0,0,0,0,0,0,0,0,0";
    ArrayImages images = read_text("1.000000e+00,5e-1, 0.25 ,\"1\",.5" + rest + "\n");
    EXPECT_THAT(Bytes(images.pixels.begin(), images.pixels.begin() + 5),
                ElementsAre(255, 128, 64, 255, 128));
    EXPECT_TRUE(images.continuous);
    images = read_text("1;0,5;0,25;1;1;0;0;0;0;0;0;0;0;0;0;0\n");
    EXPECT_THAT(Bytes(images.pixels.begin(), images.pixels.begin() + 3), ElementsAre(255, 128, 64));
}

TEST_F(Csv, ReadsWhatOtherProgramsWrite) {
    const std::string rows = "1," + numbers(16, 100) + "\r\n\r\n2," + numbers(16, 101);
    const ArrayImages images = read_text("\xEF\xBB\xBF# a comment\n" + heading(16) + rows);
    EXPECT_EQ(images.count, 2);
    EXPECT_EQ(images.pixels[16], 101);
    EXPECT_EQ(read("x.csv.gz", gzipped(bytes_of(heading(16) + rows))).count, 2);
}

TEST_F(Csv, ReadsLinesAcrossTheBordersOfPieces) {
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += numbers(25, i % 200) + "\n";
    ASSERT_GT(text.size(), std::size_t{1} << 20);
    const ArrayImages images = read_text(text);
    ASSERT_EQ(images.count, 20'000);
    for (std::size_t i = 0; i < 20'000; ++i) {
        ASSERT_EQ(images.pixels[25 * i], i % 200);
        ASSERT_EQ(images.pixels[25 * i + 24], i % 200 + 24);
    }
}

TEST_F(Csv, AsksForASizeThatIsNoSquare) {
    const std::string row = numbers(20, 100) + "\n";
    EXPECT_THAT(refusal_of(row), HasSubstr("--size 4x5"));
    EXPECT_EQ(read_text(row, {{{5, 4}}}).shape, (ImageShape{1, 5, 4}));
    EXPECT_EQ(read_text("3," + row, {{{5, 4}}}).labels.size(), 1U);
    EXPECT_THAT(refusal_of(row, {{{5, 5}}}), HasSubstr("20"));
    EXPECT_THAT(refusal_of(heading(20) + "1," + row),
                AllOf(HasSubstr("'label' is the label"), HasSubstr("20 numbers")));
}

TEST_F(Csv, TurnsEmnist) {
    EXPECT_EQ(read_text("1," + numbers(16, 100) + "\n", {}, "emnist-letters-train.csv").pixels[1],
              104);
}

TEST_F(Csv, NamesTheLineThatDoesNotFit) {
    const std::string row = numbers(16, 100) + "\n";
    EXPECT_THAT(
        refusal_of(row + row + numbers(15, 100) + "\n"),
        AllOf(HasSubstr("line 3"), HasSubstr("expected 16 numbers"), HasSubstr("found 15")));
    EXPECT_THAT(refusal_of(row + "1,2,x" + row.substr(5)), HasSubstr("line 2"));
    EXPECT_THAT(refusal_of(row + "100,," + numbers(14, 102) + "\n"),
                AllOf(HasSubstr("line 2"), HasSubstr("column 2, found ''")));
    EXPECT_THAT(refusal_of(heading(16, "file,") + "a.png," + row),
                AllOf(HasSubstr("line 2"), HasSubstr("column 1, found 'a.png'")));
    EXPECT_THAT(refusal_of(row + "nan," + numbers(15, 101) + "\n"),
                AllOf(HasSubstr("NaN"), HasSubstr("image 2, pixel 1")));
    EXPECT_THAT(refusal_of(row + "300," + numbers(15, 101) + "\n"), HasSubstr("from 100 to 300"));
}

TEST_F(Csv, TakesTextsOfTheLabelColumnForClassNames) {
    const std::string row = "," + numbers(16, 100) + "\n";
    for (const std::string& heading : {heading(16), std::string()}) {
        std::string text = heading;
        for (const char* label : {"dog", "\"cat\"", "dog", "7", ""}) {
            text += label;
            text += row;
        }
        const ArrayImages images = read_text(text);
        EXPECT_EQ(images.pixels[0], 100);
        EXPECT_EQ(images.pixels[32], 100) << "the label is no pixel";
        EXPECT_THAT(images.class_names, ElementsAre("(none)", "7", "cat", "dog"));
        EXPECT_THAT(images.labels, ElementsAre(3, 2, 3, 1, 0));
        EXPECT_THAT(images.factors, IsEmpty());
        const bool told = all_notes(images).find("first column has text") != std::string::npos;
        EXPECT_EQ(told, heading.empty());
    }
    const std::string last = numbers(16, 100) + ",";
    EXPECT_THAT(read_text(last + "b\n" + last + "a\n" + last + "b\n").labels, ElementsAre(1, 0, 1));
}

TEST_F(Csv, TakesTextsForLabelsWhereTheyBeginLate) {
    std::string text = heading(16);
    for (int i = 0; i < 600; ++i) text += "1," + numbers(16, 100) + "\n";
    text += "one," + numbers(16, 100) + "\n";
    const ArrayImages images = read_text(text);
    EXPECT_THAT(images.class_names, ElementsAre("1", "one"));
    EXPECT_EQ(images.labels.front(), 0);
    EXPECT_EQ(images.labels.back(), 1);
}

TEST_F(Csv, LeavesOutTextsThatAreNoClasses) {
    const std::string row = "," + numbers(16, 100) + "\n";
    const ArrayImages names = read_text("a.png" + row + "b.png" + row);
    EXPECT_THAT(names.labels, IsEmpty());
    EXPECT_THAT(all_notes(names), HasSubstr("another text for each image"));
    std::string many;
    for (int i = 0; i < 2 * 257; ++i) many += "w" + std::to_string(i / 2) + row;
    EXPECT_THAT(all_notes(read_text(many)), HasSubstr("more than 256 different texts"));
}

TEST_F(Csv, LeavesOtherTablesAndTextsToOthers) {
    const std::string words = "Some words none of them a number of which there are more than ";
    for (const std::string& text :
         {words + words + "sixteen.\nAnd more.\n", std::string("file,label\na.png,1\nb.png,2\n"),
          std::string("1,2,3\n4,5,6\n"), std::string("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p\n"),
          std::string("\n\n"), std::string()}) {
        EXPECT_FALSE(is_array_file(file("x.csv", bytes_of(text)))) << text;
    }
    EXPECT_FALSE(is_array_file(folder / "missing.csv"));
    EXPECT_FALSE(is_array_file(folder.path()));
}

}  // namespace
}  // namespace elbow::data

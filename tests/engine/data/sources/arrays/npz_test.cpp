#include <gmock/gmock.h>

#include "tests/engine/data/sources/array_files.h"

namespace elbow::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Npz : public ArrayFiles {};

Bytes images_of(int count, int first = 0) {
    return npy_of_bytes({count, 4, 4}, counting(static_cast<std::size_t>(count) * 16, first));
}
Bytes labels_of(const Bytes& labels) {
    return npy_of_bytes({static_cast<int>(labels.size())}, labels);
}
Bytes longs_of(const std::vector<int>& shape, const std::vector<std::int64_t>& values) {
    return npy("<i8", shape, stored_numbers<std::int64_t, std::uint64_t>(values));
}
Bytes doubles_of(const std::vector<int>& shape, const std::vector<double>& values) {
    return npy("<f8", shape, stored_numbers<double, std::uint64_t>(values));
}

TEST_F(Npz, ReadsTheNamesOfKeras) {
    for (const bool deflate : {false, true}) {
        const ArrayImages images = read("mnist.npz", zip_of({{"x_test.npy", images_of(1, 200)},
                                                             {"x_train.npy", images_of(3, 100)},
                                                             {"y_train.npy", labels_of({7, 2, 7})},
                                                             {"y_test.npy", labels_of({5})}},
                                                            deflate));
        expect_consistent(images);
        EXPECT_EQ(images.form, "npz with x_train [3, 4, 4] uint8, y_train, x_test, y_test");
        EXPECT_EQ(images.count, 4);
        EXPECT_EQ(images.held_out, 1);
        EXPECT_EQ(images.pixels[0], 100);
        EXPECT_EQ(images.pixels[48], 200);  // what is held out is last
        EXPECT_THAT(images.class_names, ElementsAre("2", "5", "7"));
        EXPECT_THAT(images.labels, ElementsAre(2, 0, 2, 1));
        EXPECT_THAT(images.notes, IsEmpty());
    }
}

TEST_F(Npz, ReadsTheNamesOfMedMnist) {
    const auto labels = [](int count) {
        return npy_of_bytes({count, 1}, counting(static_cast<std::size_t>(count)));
    };
    const ArrayImages images = read("medmnist.npz", zip_of({{"train_images.npy", images_of(3)},
                                                            {"val_images.npy", images_of(1, 50)},
                                                            {"test_images.npy", images_of(2, 100)},
                                                            {"train_labels.npy", labels(3)},
                                                            {"val_labels.npy", labels(1)},
                                                            {"test_labels.npy", labels(2)}}));
    expect_consistent(images);
    EXPECT_EQ(images.count, 6);
    EXPECT_EQ(images.held_out, 3);
    EXPECT_THAT(images.labels, ElementsAre(0, 1, 2, 0, 0, 1));
    EXPECT_THAT(all_notes(images), HasSubstr("'val_images' and 'test_images' are the held-out"));
}

TEST_F(Npz, LeavesOutSeveralLabelsAnImageAndTakesOneHot) {
    const auto with_labels = [&](const Bytes& table) {
        return read("x.npz", zip_of({{"images.npy", images_of(2)},
                                     {"labels.npy", npy_of_bytes({2, 3}, table)}}));
    };
    const ArrayImages several = with_labels({1, 0, 1, 0, 0, 0});
    EXPECT_THAT(several.labels, IsEmpty());
    EXPECT_THAT(all_notes(several), HasSubstr("3 numbers an image"));
    const ArrayImages one_hot = with_labels({0, 0, 1, 1, 0, 0});
    EXPECT_THAT(one_hot.labels, ElementsAre(1, 0));
    EXPECT_THAT(one_hot.class_names, ElementsAre("0", "2"));
}

TEST_F(Npz, ReadsPythaesData) {
    const ArrayImages images = read("train_data.npz", zip_of({{"data.npy", images_of(2)}}));
    EXPECT_EQ(images.form, "npz with data [2, 4, 4] uint8");
    EXPECT_EQ(images.count, 2);
    const ArrayImages labelled = read(
        "x.npz", zip_of({{"data.npy", images_of(2)}, {"labels.npy", npy_of_bytes({2}, {5, 4})}}));
    EXPECT_THAT(labelled.labels, ElementsAre(1, 0));
}

TEST_F(Npz, ReadsDSpritesWithItsFactorsAndNeverItsPickle) {
    Bytes values(48, 0);
    values[5] = 1;
    const std::vector<double> latents = {1,   1,   0.5, 0.1, 0.2, 0.3, 1,   2,   0.6,
                                         0.4, 0.5, 0.6, 1,   3,   0.7, 0.7, 0.8, 0.9};
    const std::vector<std::int64_t> classes = {0, 0, 1, 2, 3, 4, 0, 1, 1,
                                               2, 3, 4, 0, 2, 1, 2, 3, 4};
    const ArrayImages images =
        read("dsprites.npz", zip_of({{"metadata.npy", npy("|O", {}, bytes_of("\x80\x02}q\x01."))},
                                     {"imgs.npy", npy_of_bytes({3, 4, 4}, values)},
                                     {"latents_classes.npy", longs_of({3, 6}, classes)},
                                     {"latents_values.npy", doubles_of({3, 6}, latents)}},
                                    true));
    expect_consistent(images);
    EXPECT_EQ(images.pixels[5], 255);
    ASSERT_EQ(images.factors.size(), 6U);
    EXPECT_EQ(images.factors[4].name, "x");
    EXPECT_THAT(images.factors[4].train, ElementsAre(0.2F, 0.5F, 0.8F));
    EXPECT_THAT(images.class_names, ElementsAre("square", "ellipse", "heart"));
    EXPECT_THAT(images.labels, ElementsAre(0, 1, 2));
}

TEST_F(Npz, TakesTheOneArrayThatCanBeImagesAndSaysWhich) {
    const ArrayImages images =
        read("x.npz", zip_of({{"arr_0.npy", images_of(2)}, {"arr_1.npy", labels_of({3, 4})}}));
    EXPECT_THAT(all_notes(images), HasSubstr("'arr_0' was taken for the images, 'arr_1' for the "
                                             "labels"));
    EXPECT_THAT(images.labels, ElementsAre(0, 1));
}

TEST_F(Npz, RefusesSeveralArraysThatCouldBeImagesAndNone) {
    EXPECT_THAT(refusal("x.npz", zip_of({{"a.npy", images_of(2)}, {"b.npy", images_of(2)}})),
                AllOf(HasSubstr("several"), HasSubstr("a [2, 4, 4] uint8, b [2, 4, 4] uint8")));
    EXPECT_THAT(refusal("x.npz", zip_of({{"a.npy", labels_of({1})}, {"b.npy", labels_of({1})}})),
                HasSubstr("no array that could be images"));
    EXPECT_THAT(refusal("x.npz", zip_of({{"imgs.npy", npy("|O", {2}, bytes_of("x"))},
                                         {"labels.npy", labels_of({1})}})),
                AllOf(HasSubstr("'imgs'"), HasSubstr("Python objects")));
}

TEST_F(Npz, MakesNumbersThatAreNoClassesAFactor) {
    const auto with_labels = [&](const Bytes& labels) {
        return read("x.npz", zip_of({{"x.npy", images_of(2)}, {"y.npy", labels}}));
    };
    const ArrayImages images = with_labels(doubles_of({2}, {0.5, 2}));
    expect_consistent(images);
    EXPECT_THAT(images.labels, IsEmpty());
    ASSERT_EQ(images.factors.size(), 1U);
    EXPECT_EQ(images.factors[0].name, "y");
    EXPECT_THAT(images.factors[0].train, ElementsAre(0.5F, 2.0F));
    EXPECT_THAT(all_notes(images), HasSubstr("not whole"));
    EXPECT_THAT(with_labels(longs_of({2}, {-1, 1000})).class_names, ElementsAre("-1", "1000"));
}

TEST_F(Npz, MakesMoreThan256ClassesAFactor) {
    std::vector<std::int64_t> labels(257);
    for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<std::int64_t>(i);
    const ArrayImages images =
        read("x.npz", zip_of({{"x.npy", images_of(257)}, {"y.npy", longs_of({257}, labels)}}));
    EXPECT_THAT(images.labels, IsEmpty());
    EXPECT_EQ(images.factors.size(), 1U);
    EXPECT_THAT(all_notes(images), HasSubstr("more than 256"));
}

TEST_F(Npz, LeavesOutLabelsThatAreTexts) {
    const ArrayImages images =
        read("x.npz", zip_of({{"x.npy", images_of(2)}, {"y.npy", npy("<U1", {2}, Bytes(8))}}));
    EXPECT_THAT(images.labels, IsEmpty());
    EXPECT_THAT(all_notes(images), AllOf(HasSubstr("'y' was left out"), HasSubstr("<U1")));
}

TEST_F(Npz, RefusesLabelsOfOtherImages) {
    EXPECT_THAT(refusal("x.npz", zip_of({{"x_train.npy", images_of(3)},
                                         {"y_train.npy", labels_of({1, 2})}})),
                AllOf(HasSubstr("'y_train'"), HasSubstr("[2] for 3 images")));
}

TEST_F(Npz, LeavesOutLabelsThatOnlyOnePartHas) {
    const ArrayImages images = read("x.npz", zip_of({{"x_train.npy", images_of(2)},
                                                     {"y_train.npy", labels_of({1, 2})},
                                                     {"x_test.npy", images_of(1)}}));
    EXPECT_THAT(images.labels, IsEmpty());
    EXPECT_THAT(all_notes(images), HasSubstr("'x_test' has no labels"));
}

TEST_F(Npz, RefusesPartsOfTwoSizes) {
    EXPECT_THAT(refusal("x.npz", zip_of({{"x_train.npy", images_of(1)},
                                         {"x_test.npy", npy_of_bytes({1, 5, 4}, counting(20))}})),
                HasSubstr("expected one size"));
}

TEST_F(Npz, ScalesAllPartsAlike) {
    const ArrayImages images =
        read("x.npz", zip_of({{"x_train.npy", doubles_of({1, 4, 4}, std::vector<double>(16, 0.5))},
                              {"x_test.npy", doubles_of({1, 4, 4}, std::vector<double>(16, -1))}}));
    EXPECT_EQ(images.pixels[0], 191);  // of -1 to 1, which the test images alone show
    EXPECT_EQ(images.pixels[16], 0);
}

TEST_F(Npz, RefusesADamagedZip) {
    const Bytes whole = zip_of({{"x.npy", images_of(2)}}, true);
    Bytes damaged = whole;
    damaged[60] ^= 0x55;
    EXPECT_THAT(refusal("x.npz", damaged), Not(IsEmpty()));
    EXPECT_THAT(refusal("x.npz", Bytes(whole.begin(), whole.begin() + 60)),
                HasSubstr("damaged zip"));
    Bytes promising = images_of(2);
    promising.resize(promising.size() - 4);
    EXPECT_THAT(refusal("x.npz", zip_of({{"x.npy", promising}})), HasSubstr("truncated"));
}

TEST_F(Npz, LeavesAZipOfPicturesToOthers) {
    EXPECT_FALSE(is_array_file(file("x.npz", zip_of({{"a.png", bytes_of("\x89PNG")}}))));
}

}  // namespace
}  // namespace elbow::data

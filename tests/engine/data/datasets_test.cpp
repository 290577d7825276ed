#include "engine/data/datasets.h"

#include <gmock/gmock.h>

#include "engine/data/hash.h"
#include "engine/data/published.h"
#include "tests/engine/data/idx_files.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Datasets : public ::testing::Test {
  protected:
    std::string refusal(const SearchPath& search) {
        return message_of([&] { load_dataset("mnist", search, progress); });
    }
    TemporaryFolder folder;
    Progress progress;
};

TEST_F(Datasets, AreListedByName) {
    EXPECT_EQ(datasets().names(), "mnist, fashion-mnist, frey, shapes, emoji");
    EXPECT_THROW(load_dataset("mnits", {folder.path()}, progress), UsageError);
    EXPECT_THROW(fetch_dataset("mnits", {folder.path()}, progress), UsageError);
}

TEST_F(Datasets, AreLookedForInTheOptionAloneOrInTheVariableThenTheUsersFolder) {
    const Environment variable("ELBOW_DATA", folder.path().string());
    const Environment xdg("XDG_DATA_HOME", "/from/xdg");
    EXPECT_THAT(search_path("/from/option"), ElementsAre("/from/option"));
    EXPECT_THAT(search_path(""), ElementsAre(folder.path(), "/from/xdg/elbow"));
}

TEST_F(Datasets, AreLookedForNowhereWhereTheVariableNamesNoFolder) {
    const Environment variable("ELBOW_DATA", (folder / "nowhere").string());
    EXPECT_THAT(message_of([] { search_path(""); }),
                AllOf(HasSubstr("ELBOW_DATA"), HasSubstr("nowhere"), HasSubstr("unset it")));
    EXPECT_THAT(search_path("/from/option"), ElementsAre("/from/option"));
}

// What a person names is what is used, or nothing: not the variable's, the user's or a package's.
TEST_F(Datasets, AreNotTakenFromElsewhereWhereTheFolderIsNamed) {
    const fs::path full = folder.path() / "full";
    const fs::path named = folder.path() / "named";
    fs::create_directory(named);
    write_small_set(full);
    const Environment variable("ELBOW_DATA", full.string());
    EXPECT_EQ(load_dataset("mnist", search_path(""), progress)->source, full.string());
    EXPECT_THAT(refusal(search_path(named)),
                AllOf(HasSubstr(named.string()), ::testing::Not(HasSubstr(full.string())),
                      HasSubstr("elbow data fetch mnist --data-dir " + named.string()),
                      HasSubstr("leave --data-dir out")));
    EXPECT_THROW(check_found("mnist", search_path(named)), Error);
    EXPECT_NO_THROW(check_found("mnist", search_path(full)));
    EXPECT_NO_THROW(check_found("shapes", search_path(named)));
    const PublishedSet set{"mnist", "MNIST", datasets().at("mnist").published().files, {}};
    EXPECT_EQ(find_published(set, search_path(""), {full}), full);
    EXPECT_EQ(find_published(set, search_path(named), {full}), std::nullopt)
        << "a package's folder";
}

TEST_F(Datasets, UseTheHomeFolderWhereXdgSaysNothingOrSomethingRelative) {
    const Environment variable("ELBOW_DATA", "");
    const Environment home("HOME", "/home/someone");
    for (const char* value : {"", "relative/path"}) {
        const Environment xdg("XDG_DATA_HOME", value);
        EXPECT_THAT(search_path(""), ElementsAre("/home/someone/.local/share/elbow"));
    }
}

// Some fifteen gigabytes of a file with a hole, which nobody should read to see that they are too
// many.
TEST_F(Datasets, ComparesCountsBeforeItReadsImages) {
    write_small_set(folder.path());
    const fs::path images = folder.path() / "train-images-idx3-ubyte";
    write_bytes(images, idx_bytes({15'000'000, 32, 32}, {}));
    fs::resize_file(images, 16 + 15'000'000ULL * 32 * 32);
    EXPECT_THAT(refusal({folder.path()}),
                AllOf(HasSubstr("every image needs one label"), HasSubstr("15000000 images"),
                      HasSubstr("6 labels")));
}

TEST_F(Datasets, LoadsFromTheFirstFolderThatHasThem) {
    const fs::path first = folder.path() / "first";
    const fs::path second = folder.path() / "second";
    write_small_set(second / "mnist", {.train = 5});
    EXPECT_EQ(load_dataset("mnist", {first, second}, progress)->train.count, 5);
    write_small_set(first, {.train = 4});
    const auto loaded = load_dataset("mnist", {first, second}, progress);
    EXPECT_EQ(loaded->train.count, 4);
    EXPECT_EQ(loaded->source, first.string());
}

TEST_F(Datasets, LoadWhatWasWritten) {
    write_small_set(folder.path());
    const auto loaded = load_dataset("mnist", {folder.path()}, progress);
    EXPECT_EQ(loaded->name, "mnist");
    EXPECT_EQ(loaded->dimensions(), 16);
    EXPECT_EQ(loaded->train.pixels, counting(6 * 16));
    EXPECT_EQ(loaded->held_out.pixels, counting(3 * 16, 100));
    EXPECT_EQ(loaded->held_out.labels, counting(3));
    EXPECT_EQ(loaded->image(loaded->train, 2)[1], 33);
    EXPECT_EQ(progress.fraction(), 1.0);
}

TEST_F(Datasets, SayWhereFilesAreNotThePublishedOnes) {
    write_small_set(folder.path());
    EXPECT_THAT(load_dataset("mnist", {folder.path()}, progress)->note,
                HasSubstr("not the published data set"));
}

// MNIST as if the files in the folder had been published under its name.
PublishedSet published_as_written(const fs::path& folder) {
    PublishedSet set = datasets().at("mnist").published();
    for (PublishedFile& file : set.files) {
        const Bytes content = read_bytes(folder / file.name);
        file.bytes = content.size();
        file.sha256 = hash_of(content);
    }
    return set;
}

TEST_F(Datasets, KnowThePublishedFilesPackedOrNot) {
    write_small_set(folder.path());
    const PublishedSet set = published_as_written(folder.path());
    EXPECT_EQ(load_published(set, folder.path(), progress).note, "");
    const fs::path images = folder.path() / "train-images-idx3-ubyte";
    write_bytes(images.string() + ".gz", gzipped(read_bytes(images)));
    fs::remove(images);
    EXPECT_EQ(load_published(set, folder.path(), progress).note, "");
}

TEST_F(Datasets, SayWhereAnyFileWasAltered) {
    write_small_set(folder.path());
    const PublishedSet set = published_as_written(folder.path());
    for (const PublishedFile& file : set.files) {
        const Bytes before = read_bytes(folder.path() / file.name);
        Bytes altered = before;
        altered.back() ^= 1;  // of the same size and form, as binarised images are
        write_bytes(folder.path() / file.name, altered);
        EXPECT_THAT(load_published(set, folder.path(), progress).note,
                    HasSubstr("not the published data set"))
            << file.name;
        write_bytes(folder.path() / file.name, before);
    }
    EXPECT_EQ(load_published(set, folder.path(), progress).note, "");
}

TEST_F(Datasets, NameClassesPastThoseOfTheSetByTheirNumber) {
    write_small_set(folder.path(), {.train = 13});
    const auto loaded = load_dataset("mnist", {folder.path()}, progress);
    ASSERT_EQ(loaded->class_names.size(), 13U);
    EXPECT_EQ(loaded->class_names[12], "12");
}

TEST_F(Datasets, AcceptDottedAndPackedNames) {
    write_small_set(folder.path());
    fs::rename(folder.path() / "train-images-idx3-ubyte",
               folder.path() / "train-images.idx3-ubyte");
    const fs::path labels = folder.path() / "t10k-labels-idx1-ubyte";
    write_bytes(folder.path() / "t10k-labels.idx1-ubyte.gz", gzipped(read_bytes(labels)));
    fs::remove(labels);
    const auto loaded = load_dataset("mnist", {folder.path()}, progress);
    EXPECT_EQ(loaded->train.count, 6);
    EXPECT_EQ(loaded->held_out.labels, counting(3));
}

TEST_F(Datasets, NotFoundSaysWhereItLookedAndWhatToDo) {
    const fs::path nowhere = folder.path() / "empty";
    EXPECT_THAT(refusal({nowhere}),
                AllOf(HasSubstr("MNIST was not found"), HasSubstr(nowhere.string()),
                      HasSubstr((nowhere / "mnist").string()), HasSubstr("elbow data fetch mnist"),
                      HasSubstr("--data-dir")));
}

TEST_F(Datasets, NotFoundNamesWhatAFolderLacks) {
    write_small_set(folder.path());
    fs::remove(folder.path() / "t10k-images-idx3-ubyte");
    EXPECT_THAT(refusal({folder.path()}),
                HasSubstr("has some of its files and lacks: t10k-images-idx3-ubyte."));
}

TEST_F(Datasets, RefuseCountsThatDiffer) {
    write_small_set(folder.path());
    write_bytes(folder.path() / "train-labels-idx1-ubyte", idx_bytes({7}, counting(7)));
    EXPECT_THAT(refusal({folder.path()}), AllOf(HasSubstr("6 images"), HasSubstr("7 labels"),
                                                HasSubstr("do not belong together")));
}

TEST_F(Datasets, RefuseImagesOfTwoSizes) {
    write_small_set(folder.path());
    write_bytes(folder.path() / "t10k-images-idx3-ubyte", idx_bytes({3, 5, 4}, counting(60)));
    EXPECT_THAT(refusal({folder.path()}),
                AllOf(HasSubstr("of one size"), HasSubstr("4 x 4"), HasSubstr("5 x 4")));
}

TEST_F(Datasets, RefuseADamagedFileByName) {
    write_small_set(folder.path());
    write_bytes(folder.path() / "train-images-idx3-ubyte", idx_bytes({6, 4, 4}, counting(50)));
    EXPECT_THAT(refusal({folder.path()}),
                AllOf(HasSubstr("train-images-idx3-ubyte"), HasSubstr("truncated")));
}

TEST_F(Datasets, FetchingWhatNeedsNoFilesDoesNothing) {
    fetch_dataset("shapes", {folder.path()}, progress);
    EXPECT_TRUE(fs::is_empty(folder.path()));
    EXPECT_THAT(progress.what(), HasSubstr("needs no files"));
}

TEST_F(Datasets, FetchIntoWhatCannotBeWrittenFailsBeforeDownloading) {
    write_bytes(folder.path() / "file", counting(1));
    for (const char* name : {"mnist", "fashion-mnist", "frey"}) {
        const std::string message =
            message_of([&] { fetch_dataset(name, {folder.path() / "file"}, progress); });
        EXPECT_THAT(message, AllOf(HasSubstr("Cannot write to the folder"),
                                   HasSubstr("Nothing was downloaded"), HasSubstr("--data-dir")));
    }
}

TEST_F(Datasets, StopLoadingOnRequest) {
    write_small_set(folder.path());
    progress.cancel();
    EXPECT_THROW(load_dataset("mnist", {folder.path()}, progress), Cancelled);
}

}  // namespace
}  // namespace elbow::data

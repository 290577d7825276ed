#include "engine/data/sources/import.h"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <set>

#include "engine/core/file.h"
#include "engine/core/file_lock.h"
#include "engine/core/memory.h"
#include "engine/data/datasets.h"
#include "engine/data/imported.h"
#include "engine/data/imported_content.h"
#include "engine/data/targets.h"
#include "tests/engine/data/made_archives.h"
#include "tests/engine/data/own_pictures.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing_support::grey_png;
using testing_support::of_colour;
using testing_support::png_of;

class Import : public OwnPictures {
  protected:
    ImportedSet import_as(const std::string& name) {
        const Finding finding = look();
        return import_set(finding, proposed_for(finding), name, progress);
    }
    std::shared_ptr<const Dataset> loaded(const std::string& name) {
        return load_dataset(name, search_path(""), progress);
    }
    // As nobody else does: what an import wrote is never written to again.
    static void replace_file(const fs::path& file, const Bytes& bytes) {
        fs::remove(file);
        write_bytes(file, bytes);
    }
    // What lies in the folder of imported sets, hidden things too.
    static std::vector<std::string> left_behind() {
        std::vector<std::string> names;
        if (!fs::exists(imported_folder())) return names;
        for (const auto& entry : fs::directory_iterator(imported_folder()))
            names.push_back(entry.path().filename().string());
        return names;
    }
};

TEST_F(Import, MakesADataSetThatIsKnownByItsName) {
    put_greys("cats/", 12);
    put_greys("dogs/", 8);
    const ImportedSet set = import_as("pets");
    EXPECT_EQ(set.train, 18);
    EXPECT_EQ(set.held_out, 2);
    const auto dataset = loaded("pets");
    EXPECT_EQ(dataset->name, "pets");
    EXPECT_EQ(dataset->shape(), (ImageShape{1, 12, 12}));
    EXPECT_THAT(dataset->class_names, ElementsAre("cats", "dogs"));
    ASSERT_EQ(dataset->train.labels.size(), 18U);
    for (int i = 0; i < dataset->train.count; ++i) {
        const int grey = dataset->image(dataset->train, i)[0];
        EXPECT_EQ(dataset->train.labels[static_cast<std::size_t>(i)], grey < 72 ? 0 : 1)
            << "the label goes with its image";
    }
    EXPECT_TRUE(dataset->continuous);
    EXPECT_EQ(dataset->fingerprint, set.fingerprint);
    EXPECT_THAT(dataset->note, HasSubstr(this->folder.path().string()));

    EXPECT_EQ(canonical_name("pets"), "pets");
    EXPECT_THAT(entry_of("pets").summary, HasSubstr("18 training and 2 held-out images"));
    EXPECT_NE(all_datasets().find("pets"), nullptr);
    EXPECT_TRUE(find_entry("pets")->continuous);
    EXPECT_THAT(message_of([] { canonical_name("petz"); }), HasSubstr("'pets'"));
    EXPECT_THAT(message_of([] { canonical_name("pets:side=3"); }), HasSubstr("no parameters"));
    EXPECT_THAT(left_behind(), ElementsAre("pets"));
}

TEST_F(Import, HoldsOutTheSameImagesEveryTime) {
    put_greys("", 30);
    const ImportedSet first = import_as("one");
    fs::rename(set() / "7.png", set() / "zzz.png");
    const auto before = loaded("one");
    forget_imported("one");
    import_as("one");
    const auto after = loaded("one");
    const auto values = [](const Dataset& dataset) {
        std::vector<int> greys;
        greys.reserve(static_cast<std::size_t>(dataset.held_out.count));
        for (int i = 0; i < dataset.held_out.count; ++i)
            greys.push_back(dataset.image(dataset.held_out, i)[0]);
        std::sort(greys.begin(), greys.end());
        return greys;
    };
    EXPECT_EQ(first.held_out, 3);
    EXPECT_EQ(values(*before), values(*after)) << "whatever they are called";
}

TEST_F(Import, HoldsOutWhatTheFoldersSay) {
    put_greys("train/a/", 3);
    put_greys("train/b/", 3);
    put_greys("test/b/", 2);
    const ImportedSet set = import_as("parts");
    EXPECT_EQ(set.train, 6);
    EXPECT_EQ(set.held_out, 2);
    EXPECT_THAT(loaded("parts")->held_out.labels, ElementsAre(1, 1));
}

TEST_F(Import, HoldsOutWholeFoldersTheSameOnesEveryTime) {
    std::vector<std::string> persons;
    for (int person = 0; person < 20; ++person) {
        persons.push_back("person " + std::to_string(person));
        put_greys(persons.back() + "/", 3);
    }
    const auto held_out_persons = [&] {
        const Finding finding = look();
        Choices choices = proposed_for(finding);
        choices.held_out = HeldOut::kGroup;
        const ImportedSet imported = import_set(finding, choices, "faces", progress);
        const auto dataset = loaded("faces");
        std::set<std::string> trained, held;
        for (const std::uint8_t label : dataset->train.labels)
            trained.insert(dataset->class_names[label]);
        for (const std::uint8_t label : dataset->held_out.labels)
            held.insert(dataset->class_names[label]);
        EXPECT_EQ(imported.held_out, 6) << "a tenth of 60";
        EXPECT_EQ(held.size(), 2U);
        EXPECT_EQ(trained.size(), 18U) << "nobody is in both";
        return held;
    };
    const auto before = held_out_persons();
    put("person 3/more.png", grey_png(12, 12, 7));
    fs::remove(set() / "person 3/0.png");
    EXPECT_EQ(held_out_persons(), before) << "whatever the pictures are";
}

TEST_F(Import, HoldsOutNoFolderThatIsMoreThanHalf) {
    put_greys("large/", 9);
    put_greys("small/", 3);
    const Finding finding = look();
    const ImportedSet imported =
        import_set(finding, choices_of("held-out=group", proposed_for(finding)), "two", progress);
    EXPECT_EQ(imported.held_out, 3);
    write_bytes(folder / "flat/a.png", grey_png(3, 3, 1));
    write_bytes(folder / "flat/b.png", grey_png(3, 3, 2));
    write_bytes(folder / "arrays", idx_bytes({20, 2, 2}, counting(80)));
    for (const char* source : {"flat", "arrays"}) {
        const Finding one = look(folder / source);
        const std::string message = message_of([&] {
            import_set(one, choices_of("held-out=group", proposed_for(one)), "one", progress);
        });
        EXPECT_THAT(message, HasSubstr("several folders")) << source;
    }
}

TEST_F(Import, ReadsAnArchiveAsItsFolder) {
    put_greys("a/", 5);
    put_greys("b/", 5);
    testing_support::Members members;
    for (const char* part : {"a/", "b/"}) {
        for (int i = 0; i < 5; ++i) {
            const std::string name = part + std::to_string(i) + ".png";
            members.emplace_back("top/" + name, read_bytes(set() / name));
        }
    }
    const ImportedSet of_folder = import_as("folder");
    for (const auto packing : {testing_support::Packing::kZip, testing_support::Packing::kTarZst}) {
        testing_support::write_archive(folder / "packed", packing, members);
        const Finding finding = look(folder / "packed");
        const ImportedSet of_archive =
            import_set(finding, proposed_for(finding), "archive", progress);
        EXPECT_EQ(of_archive.fingerprint, of_folder.fingerprint);
    }
}

TEST_F(Import, LaysPicturesOverTheGroundAndFitsThem) {
    for (int i = 0; i < 4; ++i)
        put(std::to_string(i) + ".png",
            png_of(20, 10, 4, of_colour(20, 10, {200, 100, static_cast<std::uint8_t>(i), 0})));
    const Finding finding = look();
    const Choices choices = choices_of("size=8x6,colours=rgb,ground=40,labels=off");
    const ImportedSet set = import_set(finding, choices, "own", progress);
    EXPECT_EQ(set.shape, (ImageShape{3, 6, 8}));
    const auto dataset = loaded("own");
    EXPECT_EQ(dataset->train.pixels[0], 40) << "all of it is transparent";
    EXPECT_TRUE(dataset->train.labels.empty());
}

TEST_F(Import, TakesLargePicturesAndSmallOnesInTheirOrder) {
    put("0.png", grey_png(2000, 1500, 10));
    put("1.png", grey_png(20, 15, 20));
    put("2.png", grey_png(2000, 1500, 30));
    put("3.png", grey_png(20, 15, 40));
    const Finding finding = look();
    EXPECT_EQ(finding.thumbnails.size(), 4U);
    import_set(finding, choices_of("size=8x6", proposed_for(finding)), "mixed", progress);
    const auto dataset = loaded("mixed");
    std::vector<int> greys;
    greys.reserve(static_cast<std::size_t>(dataset->train.count));
    for (int i = 0; i < dataset->train.count; ++i)
        greys.push_back(dataset->image(dataset->train, i)[0]);
    for (int i = 0; i < dataset->held_out.count; ++i)
        greys.push_back(dataset->image(dataset->held_out, i)[0]);
    EXPECT_TRUE(std::is_sorted(greys.begin(), greys.begin() + dataset->train.count));
    EXPECT_THAT(greys, ::testing::UnorderedElementsAre(10, 20, 30, 40));
}

TEST_F(Import, CountsWhatIsDamagedInside) {
    put_greys("", 5, 40);
    Bytes cut = png_of(40, 40, 3, counting(40 * 40 * 3));
    cut.resize(cut.size() - 40);
    put("cut.png", cut);
    Finding finding = look();
    finding.pictures.push_back({"cut.png", -1, 0});  // as a header alone tells it
    const ImportedSet set = import_set(finding, proposed_for(finding), "some", progress);
    EXPECT_EQ(set.train + set.held_out, 5);
    EXPECT_THAT(set.left_out, HasSubstr("damaged or cut off"));
}

TEST_F(Import, SaysWhatHasGoneMeanwhile) {
    put_greys("a/", 3);
    put_greys("b/", 3);
    const Finding finding = look();
    fs::remove_all(set() / "b");
    const ImportedSet set = import_set(finding, proposed_for(finding), "some", progress);
    EXPECT_EQ(set.train + set.held_out, 3);
    EXPECT_THAT(set.left_out, HasSubstr("3 gone since the look"));
    fs::remove_all(this->set());
    EXPECT_THAT(message_of([&] { import_set(finding, proposed_for(finding), "none", progress); }),
                HasSubstr("nothing at"));
    EXPECT_THAT(left_behind(), ElementsAre("some"));
}

TEST_F(Import, TakesOverAFileOfArrays) {
    // An idx file of images alone: 3 of 2 x 2.
    write_bytes(folder / "images", idx_bytes({20, 2, 2}, counting(80)));
    const Finding finding = look(folder / "images");
    EXPECT_EQ(finding.count, 20);
    EXPECT_EQ(finding.thumbnails.size(), 20U);
    EXPECT_THAT(text_of(finding), HasSubstr("2 x 2 pixels"));
    const ImportedSet set = import_set(finding, proposed_for(finding), "arrays", progress);
    EXPECT_EQ(set.shape, (ImageShape{1, 2, 2}));
    EXPECT_EQ(set.held_out, 2);
    const auto dataset = loaded("arrays");
    const auto first = dataset->image(dataset->train, 0);
    EXPECT_EQ(first[1], first[0] + 1);
    const ImportedSet large =
        import_set(finding, choices_of("size=4,fit=squash,colours=rgb"), "arrays", progress);
    EXPECT_EQ(large.shape, (ImageShape{3, 4, 4}));
}

TEST_F(Import, KeepsTheFactorsOfArraysWithTheirImages) {
    ArrayImages arrays;
    arrays.form = "made by a test";
    arrays.count = 30;
    arrays.shape = {1, 1, 2};
    Factor factor{"size (pixels)", {}, {}};
    for (int i = 0; i < 30; ++i) {
        arrays.pixels.insert(arrays.pixels.end(), {static_cast<std::uint8_t>(i), 9});
        factor.train.push_back(static_cast<float>(i));
    }
    arrays.factors.push_back(factor);
    write_bytes(folder / "file", {1});
    Finding finding;
    finding.path = folder / "file";
    finding.count = 30;
    finding.arrays = std::make_shared<ArrayImages>(arrays);
    import_set(finding, choices_of("size=2x1"), "factors", progress);
    const auto dataset = loaded("factors");
    ASSERT_EQ(dataset->factors.size(), 1U);
    EXPECT_EQ(dataset->factors[0].name, "size (pixels)");
    ASSERT_EQ(dataset->factors[0].held_out.size(), 3U);
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(dataset->factors[0].held_out[static_cast<std::size_t>(i)],
                  dataset->image(dataset->held_out, i)[0]);
    for (int i = 0; i < 27; ++i)
        EXPECT_EQ(dataset->factors[0].train[static_cast<std::size_t>(i)],
                  dataset->image(dataset->train, i)[0]);
}

TEST_F(Import, RefusesASinglePicture) {
    put_greys("", 1);
    EXPECT_THAT(message_of([&] { import_as("one"); }),
                AllOf(HasSubstr("at least two"), HasSubstr("one alone")));
    EXPECT_TRUE(left_behind().empty()) << "nothing half-made";
}

TEST_F(Import, LeavesNothingWhereItIsCancelled) {
    put_greys("", 5);
    const Finding finding = look();
    Progress stopped;
    stopped.cancel();
    EXPECT_THROW(import_set(finding, proposed_for(finding), "x", stopped), Cancelled);
    EXPECT_TRUE(left_behind().empty());
}

TEST_F(Import, TidiesUpAfterAProgramThatWasKilled) {
    put_greys("", 3);
    write_bytes(imported_folder() / ".dead.1-1" / ImportedFiles::kTrain, {1});
    write_bytes(imported_folder() / ".busy.1-1" / ImportedFiles::kTrain, {1});
    const FileLock other(imported_folder() / ".busy.1-1");
    import_as("own");
    EXPECT_THAT(left_behind(), ::testing::UnorderedElementsAre(".busy.1-1", "own"));
    EXPECT_EQ(imported_sets().size(), 1U);
}

TEST_F(Import, LeavesWhatWasThereWhereTheDiskIsFull) {
    put_greys("", 5, 40);
    const ImportedSet before = import_as("own");
    put_greys("more", 5, 40);
    const Finding finding = look();
    // A limit on the size of files stands for a disk that has no room for the images.
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit usual{};
    ::getrlimit(RLIMIT_FSIZE, &usual);
    const rlimit small{2000, usual.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    const std::string message =
        message_of([&] { import_set(finding, proposed_for(finding), "own", progress); });
    ::setrlimit(RLIMIT_FSIZE, &usual);
    EXPECT_THAT(message, AllOf(HasSubstr("Cannot write"), HasSubstr("own")));
    EXPECT_THAT(left_behind(), ElementsAre("own"));
    EXPECT_EQ(loaded("own")->fingerprint, before.fingerprint);
}

TEST_F(Import, ReplacesAnEarlierOneOfTheSameSource) {
    put_greys("", 5);
    const ImportedSet first = import_as("own");
    EXPECT_EQ(imported_from(set(), {}, progress)->name, "own");
    put_greys("more", 5);
    EXPECT_FALSE(imported_from(set(), {}, progress)) << "it has changed";
    const ImportedSet second = import_as("own");
    EXPECT_NE(second.fingerprint, first.fingerprint);
    EXPECT_EQ(imported_from(set(), {}, progress)->fingerprint, second.fingerprint);
    EXPECT_THAT(left_behind(), ElementsAre("own"));
}

TEST_F(Import, NoticesThatAFileBesideTheArraysHasChanged) {
    write_small_set(folder.path());
    const fs::path images = folder / "train-images-idx3-ubyte";
    const Finding finding = look(images);
    import_set(finding, proposed_for(finding), "digits", progress);
    EXPECT_TRUE(imported_from(images, {}, progress));
    write_bytes(folder / "t10k-labels-idx1-ubyte", idx_bytes({3}, {2, 2, 1}));
    EXPECT_FALSE(imported_from(images, {}, progress)) << "other labels of as many images";
    import_set(look(images), proposed_for(finding), "digits", progress);
    EXPECT_TRUE(imported_from(images, {}, progress));
    fs::remove(folder / "t10k-labels-idx1-ubyte");
    EXPECT_FALSE(imported_from(images, {}, progress)) << "they are gone";
}

TEST_F(Import, RefusesNamesThatAreTakenOrCannotBe) {
    put_greys("", 3);
    import_as("own");
    EXPECT_THROW(import_as("mnist"), UsageError);
    for (const char* name : {"", ".x", "-x", "a/b", "a:b", "a,b", "a b", "a=b"})
        EXPECT_THROW(import_as(name), UsageError) << name;
    write_bytes(folder / "other/a.png", grey_png(3, 3, 1));
    EXPECT_THAT(message_of([&] { check_import_name("own", folder / "other"); }),
                AllOf(HasSubstr("elbow data forget own"), HasSubstr("set'")));
    EXPECT_NO_THROW(check_import_name("own", set()));
}

TEST_F(Import, ProposesNames) {
    EXPECT_EQ(proposed_name("/tmp/My Photos.tar.gz"), "My-Photos");
    EXPECT_EQ(proposed_name("/tmp/faces/"), "faces");
    EXPECT_EQ(proposed_name("/tmp/mnist.zip"), "my-mnist");
    EXPECT_EQ(proposed_name("/tmp/...zip"), "pictures");
    put_greys("", 3);
    import_as("set");
    EXPECT_EQ(proposed_name(set()), "set");
    EXPECT_EQ(proposed_name("/tmp/elsewhere/set"), "set-2");
}

TEST_F(Import, NoticesADamagedCache) {
    put_greys("", 5);
    import_as("own");
    const fs::path images = imported_folder() / "own" / ImportedFiles::kTrain;
    const auto before = loaded("own");
    Bytes bytes = read_bytes(images);
    bytes[3] ^= 1;
    replace_file(images, bytes);
    EXPECT_NO_THROW(check_imported_content(*before, progress)) << "it has the file as it was";
    const auto after = loaded("own");
    EXPECT_THAT(message_of([&] { check_imported_content(*after, progress); }),
                AllOf(HasSubstr("damaged"), HasSubstr("elbow data import")));
    bytes.pop_back();
    replace_file(images, bytes);
    EXPECT_THAT(message_of([&] { loaded("own"); }), HasSubstr("bytes instead of"));
    write_bytes(imported_folder() / "own" / ImportedFiles::kFacts, {'{'});
    EXPECT_FALSE(imported_set("own"));
    EXPECT_TRUE(imported_sets().empty());
    EXPECT_THROW(loaded("own"), UsageError);
}

TEST_F(Import, IsMappedAndMayBeLargerThanMemory) {
    ImportedSet set;
    set.name = "large";
    set.source = folder.path();
    set.shape = {1, 1024, 1024};
    set.train = 250'000;
    set.held_out = 1;
    set.fingerprint = "1-2-3-4";  // which a start does not check
    const fs::path large = imported_folder() / set.name;
    write_bytes(large / ImportedFiles::kFacts, {});
    write_file_atomically(large / ImportedFiles::kFacts, text_of(set));
    write_bytes(large / ImportedFiles::kTrain, {});
    write_bytes(large / ImportedFiles::kHeldOut, {});
    const auto side = static_cast<std::uintmax_t>(set.shape.size());
    fs::resize_file(large / ImportedFiles::kTrain, 250'000 * side);  // 262 GB, all of it a hole
    fs::resize_file(large / ImportedFiles::kHeldOut, side);
    const std::uint64_t before = resident_memory();
    const auto dataset = loaded("large");
    EXPECT_LT(resident_memory(), before + (std::uint64_t{64} << 20));
    EXPECT_EQ(dataset->image(dataset->train, 249'999)[7], 0) << "and can be read";
    EXPECT_NO_THROW(with_targets(dataset, Targets::kRedrawn)) << "which changes no training image";
    EXPECT_THROW(with_targets(dataset, Targets::kBinarised), Error) << "which is a copy in memory";
}

TEST_F(Import, IsCheckedOnceAfterABoot) {
    put_greys("", 5);
    import_as("own");
    const fs::path own = imported_folder() / "own";
    const auto damage = [&] {
        Bytes bytes = read_bytes(own / ImportedFiles::kTrain);
        bytes[3] ^= 1;
        replace_file(own / ImportedFiles::kTrain, bytes);
    };
    EXPECT_EQ(imported_set("own")->boot, boot_number());
    ImportedSet earlier = *imported_set("own");
    earlier.boot = "an earlier boot";
    write_file_atomically(own / ImportedFiles::kFacts, text_of(earlier));
    damage();
    EXPECT_THAT(message_of([&] { loaded("own"); }), HasSubstr("damaged"))
        << "what a power cut has left of it";
    damage();  // and as it was
    EXPECT_NO_THROW(loaded("own"));
    damage();
    EXPECT_NO_THROW(loaded("own")) << "it has been checked since";
}

TEST_F(Import, IsNeverWrittenToAgain) {
    put_greys("", 5);
    import_as("own");
    const auto dataset = loaded("own");
    const Bytes before(dataset->train.pixels.begin(), dataset->train.pixels.end());
    const auto rights = fs::status(imported_folder() / "own" / ImportedFiles::kTrain).permissions();
    EXPECT_EQ(rights & (fs::perms::owner_write | fs::perms::group_write), fs::perms::none);
    put_greys("more", 5);
    import_as("own");
    EXPECT_EQ(dataset->train.pixels, before) << "an import beside a run that has it";
    forget_imported("own");
    EXPECT_EQ(dataset->train.pixels, before) << "forgotten while a run has it";
}

TEST_F(Import, FactsReadBackAsTheyWere) {
    ImportedSet set;
    set.name = "n";
    set.source = "/tmp/caf\xE9";
    set.shape = {3, 5, 7};
    set.train = 4;
    set.held_out = 1;
    set.class_names = {"a", "b"};
    set.notes = {"A note."};
    set.fingerprint = "1-2-3-4";
    set.boot = "a boot";
    const auto read = imported_set_of_text(text_of(set));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->source, set.source);
    EXPECT_EQ(read->shape, set.shape);
    EXPECT_EQ(read->boot, set.boot);
    EXPECT_EQ(read->class_names, set.class_names);
    EXPECT_FALSE(imported_set_of_text("[]"));
    EXPECT_FALSE(imported_set_of_text("{}"));
    set.train = 0;
    EXPECT_FALSE(imported_set_of_text(text_of(set)));
}

TEST_F(Import, IsForgotten) {
    put_greys("", 3);
    import_as("own");
    EXPECT_THAT(message_of([] { forget_imported("owm"); }),
                AllOf(HasSubstr("Did you mean 'own'"), HasSubstr("There are: own")));
    forget_imported("own");
    EXPECT_TRUE(left_behind().empty());
    EXPECT_TRUE(fs::exists(set() / "0.png"));
    EXPECT_THAT(message_of([] { forget_imported("own"); }), HasSubstr("None has been imported"));
    EXPECT_THROW(forget_imported(".."), UsageError);
}

}  // namespace
}  // namespace elbow::data

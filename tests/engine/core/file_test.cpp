#include "engine/core/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <string>

#include "engine/core/error.h"

namespace elbow {
namespace {

namespace fs = std::filesystem;

class File : public ::testing::Test {
  protected:
    File() {
        std::string pattern = (fs::temp_directory_path() / "elbow-file-XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
        path = folder / "file.txt";
    }
    ~File() override {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
    static std::string text_of(const fs::path& file) {
        const std::vector<std::uint8_t> bytes = read_file(file);
        return {bytes.begin(), bytes.end()};
    }
    auto entries() const { return std::distance(fs::directory_iterator(folder), {}); }

    template <class Work>
    static std::string message_of(Work work) {
        try {
            work();
        } catch (const Error& error) {
            return error.what();
        }
        ADD_FAILURE() << "no Error was thrown";
        return "";
    }

    fs::path folder;
    fs::path path;
};

// While this lives, no file of this process may grow past `bytes`: a full disk for tests.
class FullDisk {
  public:
    explicit FullDisk(rlim_t bytes) : before_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, before_handler_);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

  private:
    rlimit before_{};
    void (*before_handler_)(int);
};

TEST_F(File, IsReadAsWritten) {
    const std::string text = std::string("one\0two\n", 8) + std::string(100'000, 'x');
    write_file_atomically(path, text);
    EXPECT_EQ(text_of(path), text);
    EXPECT_EQ(entries(), 1);
}

TEST_F(File, MayBeEmpty) {
    write_file_atomically(path, std::string_view());
    EXPECT_TRUE(fs::exists(path));
    EXPECT_TRUE(read_file(path).empty());
}

TEST_F(File, IsReplacedWhole) {
    write_file_atomically(path, "a long first version");
    write_file_atomically(path, "second");
    EXPECT_EQ(text_of(path), "second");
}

TEST_F(File, IsReadableByOthersAsUsual) {
    write_file_atomically(path, "text");
    const mode_t mask = ::umask(0);
    ::umask(mask);
    const auto mode = static_cast<mode_t>(fs::status(path).permissions());
    EXPECT_EQ(mode, 0666 & ~mask);
}

TEST_F(File, KeepsItsOldContentWhenTheDiskIsFull) {
    write_file_atomically(path, "old");
    std::string message;
    {
        const FullDisk full(4096);
        message = message_of([&] { write_file_atomically(path, std::string(100'000, 'x')); });
    }
    EXPECT_NE(message.find(path.string()), std::string::npos) << message;
    EXPECT_NE(message.find("File too large"), std::string::npos) << message;
    EXPECT_EQ(text_of(path), "old");
    EXPECT_EQ(entries(), 1) << "the half-written file is removed";
}

TEST_F(File, BelowAMissingFolderOrAFileIsRefused) {
    write_file_atomically(path, "text");
    for (const fs::path& wrong : {folder / "missing" / "file", path / "below"}) {
        const std::string message = message_of([&] { write_file_atomically(wrong, "text"); });
        EXPECT_NE(message.find("Cannot write '" + wrong.string()), std::string::npos) << message;
    }
    EXPECT_EQ(text_of(path), "text");
}

TEST_F(File, CannotReplaceAFolder) {
    fs::create_directory(path);
    const std::string message = message_of([&] { write_file_atomically(path, "text"); });
    EXPECT_NE(message.find("Is a directory"), std::string::npos) << message;
    EXPECT_TRUE(fs::is_directory(path));
    EXPECT_EQ(entries(), 1);
}

TEST_F(File, IsWrittenThroughALink) {
    write_file_atomically(path, "old");
    const fs::path link = folder / "link";
    fs::create_symlink("file.txt", link);
    write_file_atomically(link, "new");
    EXPECT_TRUE(fs::is_symlink(link));
    EXPECT_EQ(text_of(path), "new");
}

TEST_F(File, LeavesADeviceADevice) {
    // A link to the device, so that a mistake costs the link and not the machine's /dev/null.
    const fs::path device = folder / "null";
    fs::create_symlink("/dev/null", device);
    write_file_atomically(device, "text");
    EXPECT_TRUE(fs::is_character_file(device));
    EXPECT_TRUE(fs::is_symlink(device));
}

TEST_F(File, ThatIsMissingOrAFolderIsNotRead) {
    const std::string missing = message_of([&] { read_file(folder / "missing"); });
    EXPECT_NE(missing.find("No such file"), std::string::npos) << missing;
    const std::string a_folder = message_of([&] { read_file(folder); });
    EXPECT_NE(a_folder.find("it is a folder"), std::string::npos) << a_folder;
}

// Each waits for ever, or never ends, where it is opened or read as a file is.
TEST_F(File, ThatIsAPipeASocketOrADeviceIsNotRead) {
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    EXPECT_NE(message_of([&] { read_file(path); }).find("it is a pipe"), std::string::npos);

    const fs::path socket = folder / "socket";
    const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    socket.string().copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_NE(message_of([&] { read_file(socket); }).find("it is a socket"), std::string::npos);
    ::close(listener);

    const fs::path endless = folder / "zero";
    fs::create_symlink("/dev/zero", endless);
    const std::string message = message_of([&] { InputFile file(endless); });
    EXPECT_NE(message.find("it is a device, and a regular file was expected"), std::string::npos);
    EXPECT_NE(message.find(endless.string()), std::string::npos);
}

TEST_F(File, ThatIsAPipeWithoutAReaderIsNotWritten) {
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    const std::string message = message_of([&] { write_file_atomically(path, "text"); });
    EXPECT_NE(message.find("nobody reads from it"), std::string::npos) << message;
    const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
    write_file_atomically(path, "text");
    char got[8] = {};
    EXPECT_EQ(::read(reader, got, sizeof got), 4);
    ::close(reader);
}

TEST_F(File, OfMoreBytesThanExpectedIsNotRead) {
    write_file_atomically(path, "12345");
    EXPECT_EQ(read_text_file(path, 5), "12345");
    const std::string message = message_of([&] { read_text_file(path, 4); });
    EXPECT_NE(message.find("it has 5 bytes, and at most 4 were expected"), std::string::npos);
    fs::resize_file(path, std::uint64_t{1} << 42);  // with a hole: it takes no room
    EXPECT_NE(message_of([&] { read_file(path); }).find("at most"), std::string::npos);
    // The system says that files of /proc have no bytes.
    EXPECT_NE(message_of([&] { read_file("/proc/self/status", 20); }).find("it grows"),
              std::string::npos);
}

TEST_F(File, IsReadInPieces) {
    write_file_atomically(path, "0123456789");
    InputFile file(path);
    std::array<std::uint8_t, 4> piece{};
    EXPECT_EQ(file.read(piece), 4U);
    EXPECT_EQ(file.read_at(8, piece), 2U);
    EXPECT_EQ(piece[0], '8');
    EXPECT_EQ(file.read(piece), 4U);
    EXPECT_EQ(piece[0], '4') << "reading elsewhere moves nothing";
    EXPECT_EQ(file.read(piece), 2U);
    EXPECT_EQ(file.read(piece), 0U);
}

TEST_F(File, OfUnknownSizeIsReadToItsEnd) {
    // The system says that files of /proc have no bytes.
    EXPECT_EQ(fs::file_size("/proc/self/status"), 0U);
    EXPECT_NE(text_of("/proc/self/status").find("VmPeak"), std::string::npos);
}

}  // namespace
}  // namespace elbow

// The desktop's dialog for files, asked for on a bus that is the test's own.

#include "app/gui/own_images/portal.h"

#include <dbus/dbus.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <atomic>
#include <functional>
#include <thread>

#include "engine/core/error.h"
#include "engine/core/task.h"
#include "tests/engine/data/idx_files.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing_support::TemporaryFolder;

constexpr const char* kRequestPath = "/org/freedesktop/portal/desktop/request/1_7/t";
constexpr const char* kRequestInterface = "org.freedesktop.portal.Request";

// A bus with one connection and a portal that answers in the way given. A thread of its own.
class OneDesktop {
  public:
    enum class Way { kAnswers, kAnswersFirst, kWaits, kHasNoPortal, kLeaves };

    // `how` and `uri`: what the portal's dialog ends with.
    explicit OneDesktop(Way way, dbus_uint32_t how = 0, std::string uri = "")
        : way_(way), how_(how), uri_(std::move(uri)) {
        const std::string where = "unix:path=" + (folder_ / "bus").string();
        server_ = dbus_server_listen(where.c_str(), nullptr);
        EXPECT_NE(server_, nullptr);
        dbus_server_set_watch_functions(server_, add_watch, remove_watch, nullptr, &watch_,
                                        nullptr);
        dbus_server_set_new_connection_function(server_, take, this, nullptr);
        thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
    }
    ~OneDesktop() {
        thread_.request_stop();
        thread_.join();
        if (connection_ != nullptr) leave();
        dbus_server_disconnect(server_);
        dbus_server_unref(server_);
    }
    OneDesktop(const OneDesktop&) = delete;
    OneDesktop& operator=(const OneDesktop&) = delete;

    std::string address() const { return "unix:path=" + (folder_ / "bus").string(); }
    std::string title, folder;  // that were asked for
    std::atomic<bool> asked{false}, left{false};

  private:
    static dbus_bool_t add_watch(DBusWatch* watch, void* to) {
        *static_cast<DBusWatch**>(to) = watch;
        return TRUE;
    }
    static void remove_watch(DBusWatch*, void* from) { *static_cast<DBusWatch**>(from) = nullptr; }
    static void take(DBusServer*, DBusConnection* connection, void* self) {
        dbus_connection_set_exit_on_disconnect(connection, FALSE);
        static_cast<OneDesktop*>(self)->connection_ = dbus_connection_ref(connection);
    }

    void serve(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            if (connection_ == nullptr) {
                pollfd waits{dbus_watch_get_unix_fd(watch_), POLLIN, 0};
                if (poll(&waits, 1, 10) > 0) dbus_watch_handle(watch_, DBUS_WATCH_READABLE);
            } else if (!dbus_connection_read_write(connection_, 10)) {
                left = true;
                return;
            } else if (DBusMessage* message = dbus_connection_pop_message(connection_)) {
                answer(message);
                dbus_message_unref(message);
            }
        }
    }

    void send(DBusMessage* message) {
        dbus_connection_send(connection_, message, nullptr);
        dbus_connection_flush(connection_);
        dbus_message_unref(message);
    }

    void answer(DBusMessage* message) {
        const std::string_view member = dbus_message_get_member(message);
        if (member == "Hello") {
            DBusMessage* name = dbus_message_new_method_return(message);
            const char* text = ":1.7";
            dbus_message_append_args(name, DBUS_TYPE_STRING, &text, DBUS_TYPE_INVALID);
            send(name);
        } else if (member == "AddMatch") {
            send(dbus_message_new_method_return(message));
        } else if (member == "OpenFile") {
            read_question(message);
            if (way_ == Way::kHasNoPortal)
                return send(dbus_message_new_error(message, DBUS_ERROR_SERVICE_UNKNOWN, "no"));
            if (way_ == Way::kAnswersFirst) respond();
            DBusMessage* request = dbus_message_new_method_return(message);
            dbus_message_append_args(request, DBUS_TYPE_OBJECT_PATH, &kRequestPath,
                                     DBUS_TYPE_INVALID);
            send(request);
            if (way_ == Way::kAnswers) respond();
            if (way_ == Way::kLeaves) leave();
        }
    }

    void read_question(DBusMessage* message) {
        EXPECT_TRUE(dbus_message_has_signature(message, "ssa{sv}"));
        DBusMessageIter all, options, entry, value, bytes;
        dbus_message_iter_init(message, &all);
        dbus_message_iter_next(&all);
        const char* text = nullptr;
        dbus_message_iter_get_basic(&all, &text);
        title = text;
        dbus_message_iter_next(&all);
        dbus_message_iter_recurse(&all, &options);
        dbus_message_iter_recurse(&options, &entry);
        dbus_message_iter_get_basic(&entry, &text);
        EXPECT_STREQ(text, "current_folder");
        dbus_message_iter_next(&entry);
        dbus_message_iter_recurse(&entry, &value);
        dbus_message_iter_recurse(&value, &bytes);
        int count = 0;
        dbus_message_iter_get_fixed_array(&bytes, &text, &count);
        folder = std::string(text, static_cast<std::size_t>(count));
        asked = true;
    }

    // First another program's answer, which is not meant for whoever asked here.
    void respond() {
        send(response("/org/freedesktop/portal/desktop/request/1_8/t", 0, "file:///of/another"));
        send(response(kRequestPath, how_, uri_));
    }

    static DBusMessage* response(const char* path, dbus_uint32_t how, const std::string& uri) {
        DBusMessage* signal = dbus_message_new_signal(path, kRequestInterface, "Response");
        const char* name = "uris";
        const char* text = uri.c_str();
        DBusMessageIter all, results, entry, value, uris;
        dbus_message_iter_init_append(signal, &all);
        dbus_message_iter_append_basic(&all, DBUS_TYPE_UINT32, &how);
        dbus_message_iter_open_container(&all, DBUS_TYPE_ARRAY, "{sv}", &results);
        if (!uri.empty()) {
            dbus_message_iter_open_container(&results, DBUS_TYPE_DICT_ENTRY, nullptr, &entry);
            dbus_message_iter_append_basic(&entry, DBUS_TYPE_STRING, &name);
            dbus_message_iter_open_container(&entry, DBUS_TYPE_VARIANT, "as", &value);
            dbus_message_iter_open_container(&value, DBUS_TYPE_ARRAY, "s", &uris);
            dbus_message_iter_append_basic(&uris, DBUS_TYPE_STRING, &text);
            dbus_message_iter_close_container(&value, &uris);
            dbus_message_iter_close_container(&entry, &value);
            dbus_message_iter_close_container(&results, &entry);
        }
        dbus_message_iter_close_container(&all, &results);
        return signal;
    }

    void leave() {
        dbus_connection_close(connection_);
        dbus_connection_unref(connection_);
        connection_ = nullptr;
    }

    TemporaryFolder folder_;
    Way way_;
    dbus_uint32_t how_;
    std::string uri_;
    DBusServer* server_ = nullptr;
    DBusWatch* watch_ = nullptr;
    DBusConnection* connection_ = nullptr;
    std::jthread thread_;
};

using Way = OneDesktop::Way;

std::optional<PortalAnswer> answer_of(const OneDesktop& desktop) {
    Progress progress;
    return ask_portal(desktop.address(), "A file", "/home/someone", progress);
}

TEST(Portal, AsksForAFileInAFolderAndTakesTheOneThatWasChosen) {
    for (const Way way : {Way::kAnswers, Way::kAnswersFirst}) {
        const OneDesktop desktop(way, 0, "file:///home/some%20one/f%C3%BCr.zip");
        const auto answer = answer_of(desktop);
        ASSERT_TRUE(answer.has_value());
        EXPECT_EQ(answer->chosen, fs::path("/home/some one/f\u00fcr.zip"));
        EXPECT_EQ(desktop.title, "A file");
        EXPECT_EQ(desktop.folder, std::string("/home/someone") + '\0');
    }
}

TEST(Portal, WhoseDialogIsClosedHasNothingChosen) {
    const OneDesktop desktop(Way::kAnswers, 1);
    const auto answer = answer_of(desktop);
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->chosen, std::nullopt);
}

// So that zenity or kdialog can ask instead.
TEST(Portal, ThatCannotShowADialogIsNoPortal) {
    EXPECT_EQ(answer_of(OneDesktop(Way::kHasNoPortal)), std::nullopt);
    EXPECT_EQ(answer_of(OneDesktop(Way::kAnswers, 2)), std::nullopt) << "its dialog failed";
    EXPECT_EQ(answer_of(OneDesktop(Way::kLeaves)), std::nullopt) << "the bus has ended";
    const TemporaryFolder empty;
    Progress progress;
    EXPECT_EQ(ask_portal("unix:path=" + (empty / "bus").string(), "A file", "/", progress),
              std::nullopt)
        << "nobody listens";
    EXPECT_EQ(ask_portal("nonsense", "A file", "/", progress), std::nullopt);
}

TEST(Portal, RefusesWhatIsNoFileHere) {
    const OneDesktop desktop(Way::kAnswers, 0, "https://example.org/digits.zip");
    EXPECT_THAT(data::message_of([&] { answer_of(desktop); }),
                HasSubstr("'https://example.org/digits.zip' is not a file"));
}

TEST(Portal, IsLeftWhenThePersonGivesUp) {
    const OneDesktop desktop(Way::kWaits);
    {
        Task<std::optional<PortalAnswer>> task([&](Progress& progress) {
            return ask_portal(desktop.address(), "A file", "/home", progress);
        });
        while (!desktop.asked) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        task.progress().cancel();
        task.wait();
        EXPECT_THROW(task.take(), Cancelled);
    }
    while (!desktop.left) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

TEST(Portal, IsLookedForOnTheSessionsBus) {
    const TemporaryFolder folder;
    const data::Environment runtime("XDG_RUNTIME_DIR", folder.path().string());
    const data::Environment named("DBUS_SESSION_BUS_ADDRESS", "");
    EXPECT_EQ(session_bus_address(), "");
    const std::string address = "unix:path=" + (folder / "bus").string();
    DBusServer* server = dbus_server_listen(address.c_str(), nullptr);
    EXPECT_EQ(session_bus_address(), address);
    {
        const data::Environment other("DBUS_SESSION_BUS_ADDRESS", "unix:path=/other");
        EXPECT_EQ(session_bus_address(), "unix:path=/other");
    }
    dbus_server_disconnect(server);
    dbus_server_unref(server);
}

TEST(PathOfUri, IsOfFilesOfThisMachineAlone) {
    EXPECT_EQ(path_of_uri("file:///a%20b/c"), fs::path("/a b/c"));
    EXPECT_EQ(path_of_uri("file://localhost/a"), fs::path("/a"));
    EXPECT_EQ(path_of_uri("file:///100%25"), fs::path("/100%"));
    EXPECT_EQ(path_of_uri("file:///50%"), fs::path("/50%")) << "as a person may type it";
    EXPECT_EQ(path_of_uri("file:///a%zz"), fs::path("/a%zz"));
    EXPECT_EQ(path_of_uri("file://elsewhere/a"), std::nullopt);
    EXPECT_EQ(path_of_uri("http://localhost/a"), std::nullopt);
    EXPECT_EQ(path_of_uri("/a"), std::nullopt);
}

}  // namespace
}  // namespace elbow::gui

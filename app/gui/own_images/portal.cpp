#include "app/gui/own_images/portal.h"

#include <dbus/dbus.h>

#include <chrono>
#include <cstdlib>
#include <deque>
#include <memory>
#include <utility>

#include "engine/core/error.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPortal = "org.freedesktop.portal.Desktop";
constexpr const char* kPortalPath = "/org/freedesktop/portal/desktop";
constexpr const char* kFileChooser = "org.freedesktop.portal.FileChooser";
constexpr const char* kRequest = "org.freedesktop.portal.Request";
constexpr int kLookEvery = 50;                           // milliseconds, for the wish to stop
constexpr std::chrono::seconds kLongestForAnAnswer{25};  // a portal may have to be started
constexpr dbus_uint32_t kDialogAnswered = 0, kDialogClosed = 1;

struct Unref {
    void operator()(DBusMessage* message) const { dbus_message_unref(message); }
    void operator()(DBusConnection* connection) const {
        dbus_connection_close(connection);
        dbus_connection_unref(connection);
    }
};
using Message = std::unique_ptr<DBusMessage, Unref>;

// No bus, or nobody there who does what is asked.
struct NoAnswer {};

// A connection of our own: when it ends, so does the dialog that was asked for through it.
class Bus {
  public:
    Bus(const std::string& address, Progress& progress) : progress_(progress) {
        connection_.reset(dbus_connection_open_private(address.c_str(), nullptr));
        if (!connection_) throw NoAnswer();
        dbus_connection_set_exit_on_disconnect(connection_.get(), FALSE);
        const Message name =
            call(call_of(DBUS_SERVICE_DBUS, DBUS_PATH_DBUS, DBUS_INTERFACE_DBUS, "Hello"));
        const char* text = nullptr;
        if (!dbus_message_get_args(name.get(), nullptr, DBUS_TYPE_STRING, &text, DBUS_TYPE_INVALID))
            throw NoAnswer();
        dbus_bus_set_unique_name(connection_.get(), text);
    }

    static Message call_of(const char* name, const char* path, const char* interface,
                           const char* method) {
        return Message(dbus_message_new_method_call(name, path, interface, method));
    }

    // What it answers. What else arrives meanwhile is kept for next().
    Message call(const Message& message) {
        dbus_uint32_t serial = 0;
        if (!dbus_connection_send(connection_.get(), message.get(), &serial)) throw NoAnswer();
        const auto end = std::chrono::steady_clock::now() + kLongestForAnAnswer;
        while (std::chrono::steady_clock::now() < end) {
            Message answer = arrived();
            if (!answer) continue;
            if (dbus_message_get_reply_serial(answer.get()) != serial) {
                early_.push_back(std::move(answer));
            } else if (dbus_message_get_type(answer.get()) == DBUS_MESSAGE_TYPE_METHOD_RETURN) {
                return answer;
            } else {
                break;
            }
        }
        throw NoAnswer();
    }

    // The next message, however long it takes.
    Message next() {
        if (!early_.empty()) {
            Message first = std::move(early_.front());
            early_.pop_front();
            return first;
        }
        for (;;)
            if (Message message = arrived()) return message;
    }

  private:
    // Null where none has come for a moment.
    Message arrived() {
        progress_.throw_if_cancelled();
        Message message(dbus_connection_pop_message(connection_.get()));
        if (message && dbus_message_is_signal(message.get(), DBUS_INTERFACE_LOCAL, "Disconnected"))
            throw NoAnswer();
        if (!message && !dbus_connection_read_write(connection_.get(), kLookEvery))
            throw NoAnswer();
        return message;
    }

    Progress& progress_;
    std::unique_ptr<DBusConnection, Unref> connection_;
    std::deque<Message> early_;
};

// The folder as the portal wants it: its bytes and a zero.
void append_folder(DBusMessageIter& options, const fs::path& folder) {
    const char* name = "current_folder";
    const char* bytes = folder.c_str();
    DBusMessageIter entry, value, array;
    dbus_message_iter_open_container(&options, DBUS_TYPE_DICT_ENTRY, nullptr, &entry);
    dbus_message_iter_append_basic(&entry, DBUS_TYPE_STRING, &name);
    dbus_message_iter_open_container(&entry, DBUS_TYPE_VARIANT, "ay", &value);
    dbus_message_iter_open_container(&value, DBUS_TYPE_ARRAY, "y", &array);
    dbus_message_iter_append_fixed_array(&array, DBUS_TYPE_BYTE, &bytes,
                                         static_cast<int>(folder.native().size()) + 1);
    dbus_message_iter_close_container(&value, &array);
    dbus_message_iter_close_container(&entry, &value);
    dbus_message_iter_close_container(&options, &entry);
}

Message open_file(const std::string& title, const fs::path& from) {
    Message message = Bus::call_of(kPortal, kPortalPath, kFileChooser, "OpenFile");
    const char* parent = "";
    const char* heading = title.c_str();
    DBusMessageIter all, options;
    dbus_message_iter_init_append(message.get(), &all);
    dbus_message_iter_append_basic(&all, DBUS_TYPE_STRING, &parent);
    dbus_message_iter_append_basic(&all, DBUS_TYPE_STRING, &heading);
    dbus_message_iter_open_container(&all, DBUS_TYPE_ARRAY, "{sv}", &options);
    append_folder(options, from);
    dbus_message_iter_close_container(&all, &options);
    return message;
}

// "uris" among the results; empty where there is none.
std::string first_uri(DBusMessageIter results) {
    DBusMessageIter entry, value, uris;
    for (dbus_message_iter_recurse(&results, &entry);
         dbus_message_iter_get_arg_type(&entry) == DBUS_TYPE_DICT_ENTRY;
         dbus_message_iter_next(&entry)) {
        DBusMessageIter pair;
        const char* name = nullptr;
        dbus_message_iter_recurse(&entry, &pair);
        dbus_message_iter_get_basic(&pair, &name);
        dbus_message_iter_next(&pair);
        dbus_message_iter_recurse(&pair, &value);
        if (std::string_view(name) != "uris" ||
            dbus_message_iter_get_arg_type(&value) != DBUS_TYPE_ARRAY ||
            dbus_message_iter_get_element_type(&value) != DBUS_TYPE_STRING)
            continue;
        dbus_message_iter_recurse(&value, &uris);
        const char* uri = nullptr;
        if (dbus_message_iter_get_arg_type(&uris) == DBUS_TYPE_STRING)
            dbus_message_iter_get_basic(&uris, &uri);
        return uri != nullptr ? uri : "";
    }
    return "";
}

PortalAnswer answer_of(const Message& response) {
    if (!dbus_message_has_signature(response.get(), "ua{sv}")) throw NoAnswer();
    DBusMessageIter all;
    dbus_message_iter_init(response.get(), &all);
    dbus_uint32_t how = 0;
    dbus_message_iter_get_basic(&all, &how);
    if (how == kDialogClosed) return {};
    if (how != kDialogAnswered) throw NoAnswer();
    dbus_message_iter_next(&all);
    const std::string uri = first_uri(all);
    PortalAnswer answer{path_of_uri(uri)};
    if (!answer.chosen) throw Error("'" + uri + "' is not a file of this machine.");
    return answer;
}

int digit(char letter) {
    if (letter >= '0' && letter <= '9') return letter - '0';
    if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
    if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
    return -1;
}

}  // namespace

std::string session_bus_address() {
    const auto variable = [](const char* name) {
        const char* value = std::getenv(name);
        return std::string(value != nullptr ? value : "");
    };
    std::string address = variable("DBUS_SESSION_BUS_ADDRESS");
    if (!address.empty()) return address;
    const fs::path socket = fs::path(variable("XDG_RUNTIME_DIR")) / "bus";
    std::error_code none;
    return socket.is_absolute() && fs::is_socket(socket, none) ? "unix:path=" + socket.string()
                                                               : "";
}

std::optional<PortalAnswer> ask_portal(const std::string& bus_address, const std::string& title,
                                       const fs::path& from, Progress& progress) {
    try {
        Bus bus(bus_address, progress);
        const std::string rule = std::string("type='signal',interface='") + kRequest + "'";
        const Message match =
            Bus::call_of(DBUS_SERVICE_DBUS, DBUS_PATH_DBUS, DBUS_INTERFACE_DBUS, "AddMatch");
        const char* rule_text = rule.c_str();
        dbus_message_append_args(match.get(), DBUS_TYPE_STRING, &rule_text, DBUS_TYPE_INVALID);
        bus.call(match);
        const Message opened = bus.call(open_file(title, from));
        const char* request = nullptr;
        if (!dbus_message_get_args(opened.get(), nullptr, DBUS_TYPE_OBJECT_PATH, &request,
                                   DBUS_TYPE_INVALID))
            throw NoAnswer();
        for (;;) {
            const Message message = bus.next();
            if (dbus_message_is_signal(message.get(), kRequest, "Response") &&
                dbus_message_has_path(message.get(), request))
                return answer_of(message);
        }
    } catch (const NoAnswer&) {
        return std::nullopt;
    }
}

std::optional<fs::path> path_of_uri(std::string_view uri) {
    constexpr std::string_view kScheme = "file://";
    if (!uri.starts_with(kScheme)) return std::nullopt;
    uri.remove_prefix(kScheme.size());
    if (uri.starts_with("localhost/")) uri.remove_prefix(std::string_view("localhost").size());
    if (!uri.starts_with('/')) return std::nullopt;
    std::string path;
    for (std::size_t i = 0; i < uri.size(); ++i) {
        const int high = uri[i] == '%' && i + 2 < uri.size() ? digit(uri[i + 1]) : -1;
        const int low = high >= 0 ? digit(uri[i + 2]) : -1;
        path += low >= 0 ? static_cast<char>(16 * high + low) : uri[i];
        if (low >= 0) i += 2;
    }
    return path;
}

}  // namespace elbow::gui

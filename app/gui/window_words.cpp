#include "app/gui/window_words.h"

#include "engine/core/config.h"

namespace elbow::gui {

std::string in_window_words(std::string_view message) {
    constexpr std::string_view kDashes = "--";
    constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz-";
    std::string result;
    while (true) {
        const std::size_t flag = message.find(kDashes);
        result += message.substr(0, flag);
        if (flag == std::string_view::npos) return result;
        message.remove_prefix(flag + kDashes.size());
        const std::string_view name = message.substr(0, message.find_first_not_of(kLetters));
        const Option* option = find_run_option(name);
        result += option == nullptr ? std::string(kDashes) + std::string(name) : option->title;
        message.remove_prefix(name.size());
    }
}

}  // namespace elbow::gui

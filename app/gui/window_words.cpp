#include "app/gui/window_words.h"

#include "engine/run/config.h"

namespace elbow::gui {

std::string in_window_words(std::string_view message) {
    constexpr std::string_view kDashes = "--";
    constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz-";
    constexpr std::string_view kBefore = " (\n";  // a flag stands after one of these: paths have
                                                  // dashes, too
    std::string result;
    while (true) {
        const std::size_t flag = message.find(kDashes);
        result += message.substr(0, flag);
        if (flag == std::string_view::npos) return result;
        message.remove_prefix(flag + kDashes.size());
        const std::string_view name = message.substr(0, message.find_first_not_of(kLetters));
        const bool begins = result.empty() || kBefore.find(result.back()) != std::string_view::npos;
        const Option* option = begins ? find_run_option(name) : nullptr;
        result += option == nullptr ? std::string(kDashes) + std::string(name) : option->title;
        message.remove_prefix(name.size());
    }
}

std::string latents_text(int latents) {
    return std::to_string(latents) + (latents == 1 ? " latent" : " latents");
}

}  // namespace elbow::gui

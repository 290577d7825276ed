// What the window remembers, window.json.

#include "app/gui/settings.h"

#include "tests/fuzz/fuzz.h"

namespace elbow::fuzz {

void read_input(Bytes bytes) {
    const InputInMemory input(bytes);
    std::string message;
    const gui::Settings settings = gui::load_settings(input.path(), message);
    if (!message.empty()) return;
    const std::filesystem::path copy = scratch_file();
    expect(takes([&] { gui::save_settings(copy, settings); }), "what was read can be written");
    const gui::Settings again = gui::load_settings(copy, message);
    std::filesystem::remove(copy);
    expect(message.empty() && again == settings, "it is the same");
}

}  // namespace elbow::fuzz

// What a person may give as the value of an option: "name=value" sets one, and anything is tried as
// a number, a count, a data set and a path.

#include "engine/core/parse_count.h"
#include "engine/core/path_text.h"
#include "engine/core/suggestion.h"
#include "engine/core/text.h"
#include "engine/data/datasets.h"
#include "engine/run/choices.h"
#include "engine/run/config.h"
#include "tests/fuzz/fuzz.h"

namespace elbow::fuzz {
namespace {

void set(const Option& option, std::string_view value) {
    RunConfig config;
    if (!takes([&] { set_option_from_text(config, option, value); })) return;
    RunConfig again;
    expect(takes([&] { set_option_from_text(again, option, option_text(config, option)); }),
           "an option's text can be set");
    expect(again == config, "it is the same");
    takes([&] { run::check_choices(config); });
}

void set_by_name(std::string_view text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) return;
    const Option* option = find_run_option(text.substr(0, equals));
    if (option != nullptr) set(*option, text.substr(equals + 1));
}

}  // namespace

void read_input(Bytes bytes) {
    const std::string_view text = text_of(bytes);
    set_by_name(text);
    takes([&] { parse_count(text, "--samples"); });
    if (const auto number = read_number(text))
        expect(read_number(exact_text(*number)) == number, "a number's text is the number");
    std::string name;
    if (takes([&] { name = data::canonical_name(text); }))
        expect(data::canonical_name(name) == name, "a canonical name is its own");
    const std::vector<std::string> names = {"mnist", "fashion-mnist", "frey", "shapes"};
    did_you_mean(text, names);
    if (text.find('\0') == std::string_view::npos) {
        const std::filesystem::path path{std::string(text)};
        const std::string written = text_of_path(path);
        expect(is_utf8(written), "a path's text is UTF-8");
        expect(path_of_text(written) == path, "a path's text is the path");
    }
}

}  // namespace elbow::fuzz

// set.json of an imported data set, and the choices that it holds.

#include "engine/data/imported.h"
#include "engine/data/sources/choices.h"
#include "tests/fuzz/fuzz.h"

namespace elbow::fuzz {

void read_input(Bytes bytes) {
    const std::string text(text_of(bytes));
    if (const auto set = data::imported_set_of_text(text)) {
        const std::string written = data::text_of(*set);
        const auto again = data::imported_set_of_text(written);
        expect(again && data::text_of(*again) == written, "what is written reads back the same");
    }
    takes([&] {
        const data::Choices choices = data::choices_of(text);
        if (choices.likelihood.find(',') == std::string::npos &&
            choices.network.find(',') == std::string::npos)
            expect(data::choices_of(data::text_of(choices)) == choices, "choices read back");
    });
}

}  // namespace elbow::fuzz

// Where the person was in a run, session.json.

#include "app/gui/run_session.h"
#include "tests/fuzz/fuzz.h"

namespace elbow::fuzz {

void read_input(Bytes bytes) {
    const std::string text(text_of(bytes));
    gui::RunSession session;
    const bool taken = takes([&] { session = gui::parse_session(text); });
    const std::string labelled = gui::with_label(text, "a name", true);
    gui::RunSession again;
    expect(takes([&] { again = gui::parse_session(labelled); }), "a damaged text is replaced");
    expect(again.name == "a name" && again.pinned, "it is labelled");
    if (!taken) return;
    expect(takes([&] { again = gui::parse_session(gui::session_text(session)); }),
           "what was written can be read");
    expect(gui::session_text(again) == gui::session_text(session), "it is the same");
    if (session.view_state) gui::fitting(session.view_state, 2, 10, {});
}

}  // namespace elbow::fuzz

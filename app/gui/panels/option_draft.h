#pragma once

// What the person wants of a run's options. Live ones apply at once; the others are changed in a
// copy that waits until it starts a new run. A text that was refused stays, with the reason. Draws
// nothing. GUI thread.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/live/trainer.h"
#include "engine/run/config.h"

namespace elbow::gui {

class OptionDraft {
  public:
    using Send = std::function<void(live::Command)>;
    struct Refused {
        std::string text;     // what was asked for
        std::string message;  // why not, without the option's title
        bool of_new_run;      // the value may be fine once another one has changed
    };

    // Keeps the copy in step with the run; once a frame, before the others.
    void follow(const RunConfig& current);
    bool follows(const RunConfig& config) const { return begun_ && current_ == config; }
    const RunConfig& current() const { return current_; }
    const RunConfig& wanted() const { return wanted_; }
    // What nobody has chosen otherwise, in such a run.
    RunConfig usual() const;

    // What the option's field shows: what was typed while the trainer has not answered.
    std::string shown(const Option&, double now_s);
    void set(const Option&, const std::string& text, double now_s, const Send&);
    // Back to what the run has, or to the usual value.
    void undo(const Option&);
    void set_to_default(const Option&, double now_s, const Send&);
    void discard();
    void asked_for_new_run() { asked_ = true; }

    // The trainer refused something: true where it names an option that was asked for here, whose
    // field then says why.
    bool hear_refusal(std::string_view message);
    const Refused* refused(const Option&) const;

    bool waits(const Option&) const;  // for a new run
    bool is_default(const Option&) const;
    // "Latents: 2 to 10", for all that waits.
    std::vector<std::string> changes() const;

  private:
    struct Held {
        std::string text;
        double since_s;
    };
    void edit(const Option&, const std::string& text);
    void settle();

    RunConfig current_;
    RunConfig edited_;  // as the person set it
    RunConfig wanted_;  // and without what another estimator would refuse
    bool begun_ = false;
    bool asked_ = false;                // a new run, that is neither there nor refused
    std::map<std::string, Held> held_;  // live changes that the trainer has not answered yet
    std::map<std::string, Refused> refused_;
};

}  // namespace elbow::gui

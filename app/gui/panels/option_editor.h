#pragma once

// Rows for every option of a run, made from run_options(). Live ones apply at once; the others are
// changed in a copy that waits until the person lets it start a new run. GUI thread.

#include <map>
#include <string>
#include <vector>

#include "app/gui/context.h"
#include "engine/core/config.h"

namespace elbow::gui {

class OptionEditor {
  public:
    // Keeps the copy in step with the run; once a frame, before the others.
    void follow(const RunConfig& current, const std::string& why_locked);

    // The rows of all sections.
    void draw_rows(Context&);

    // What waits, with "Apply and restart" and "Discard"; nothing where nothing was changed. Its
    // height in pixels is told beforehand, so that it can stand below a region that scrolls.
    void draw_pending(Context&);
    float pending_height(const Context&) const;
    bool pending() const { return !changes().empty(); }
    bool follows(const RunConfig& config) const { return begun_ && current_ == config; }

  private:
    struct Held {
        std::string text;
        double since_s;
    };

    void draw_row(Context&, const Option&);
    bool draw_value(Context&, const Option&, std::string& text, float width);
    bool draw_choice(Context&, const Option&, std::string& text);
    bool draw_dataset(std::string& text, const data::SearchPath&);
    bool draw_number(const Option&, std::string& text, float width);
    bool text_field(const char* id, std::string& text);
    void set(Context&, const Option&, const std::string& text);
    std::string shown_text(const Option&, double now_s);
    std::vector<std::string> changes() const;
    std::string summary(const Context&) const;
    bool changed(const Option&) const;

    RunConfig current_;
    RunConfig wanted_;
    bool begun_ = false;
    std::string why_locked_;
    std::map<std::string, Held> held_;  // live changes that the trainer has not answered yet
    std::string editing_;               // the text field that is active
    std::string editing_text_;
    std::map<std::string, std::string> dataset_labels_;  // name -> title and whether it is here
};

}  // namespace elbow::gui

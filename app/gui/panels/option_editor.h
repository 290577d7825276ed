#pragma once

// The options of a run, made from run_options(): what is essential as rows, the rest folded under
// headings that say what differs from the usual, and a field that finds any of them. What waits for
// a new run stands below. GUI thread.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/gui/context.h"
#include "app/gui/panels/option_draft.h"
#include "app/gui/panels/option_fields.h"
#include "app/gui/window_action.h"
#include "engine/run/config.h"

namespace elbow::gui {

class OptionEditor {
  public:
    // Keeps what is edited in step with the run; once a frame, before the others.
    void follow(const RunConfig& current, const std::string& why_locked);

    // To find options, to find each of them, and what can be done with those that wait.
    void add_actions(Context&, WindowActions&);
    // The field that finds options; above the rows, where it does not scroll away.
    void draw_search(Context&);
    void draw_rows(Context&);
    // What the mark beside a title means.
    static void draw_legend(const Context&);

    // What waits, with "Apply and restart" and "Discard"; nothing where nothing was changed. Its
    // height in pixels is told beforehand, so that it can stand below a region that scrolls.
    void draw_pending(Context&);
    float pending_height(const Context&) const;
    bool pending() const { return !draft_.changes().empty(); }
    bool follows(const RunConfig& config) const { return draft_.follows(config); }

  private:
    using Options = std::vector<const Option*>;
    void find(const Option&);
    WindowAction apply_action(Context&);
    WindowAction discard_action();
    void hear_refusal(Context&);
    bool has_row(const Option&) const;
    bool draw_heading(Context&, const char* group, const Options&);
    void draw_row(Context&, const Option&, float label_width);
    void draw_title(const Context&, const Option&, float width, bool waits) const;
    void draw_reset(Context&, const Option&, bool waits);
    void draw_refusal(const Context&, const Option&) const;
    std::string summary(const Context&) const;
    bool searching() const { return query_[0] != '\0'; }

    OptionDraft draft_;
    OptionFields fields_;
    std::string why_locked_;
    std::string_view unfold_;  // the group that a refused option is in
    char query_[64] = {};
    bool search_asked_for_ = false;  // its field takes the keyboard
};

}  // namespace elbow::gui

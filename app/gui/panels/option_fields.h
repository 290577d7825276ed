#pragma once

// The controls that show and change one option's value: a slider with a text field, a text field,
// or a list. GUI thread.

#include <string>
#include <vector>

#include "app/gui/context.h"
#include "engine/run/config.h"

namespace elbow::gui {

class OptionFields {
  public:
    // Shows `text` in a control so many pixels wide; true once when the person has chosen another,
    // which `text` then is. `wanted`: for what "auto" comes to.
    bool draw(const Context&, const Option&, const RunConfig& wanted, std::string& text,
              float width);
    // How wide a list has to be for the whole of what it shows; 0 for other controls.
    float needed_width(const Context&, const Option&, const RunConfig& wanted,
                       const std::string& text);
    // One of them may have been fetched.
    void look_for_datasets_again() { datasets_.clear(); }

  private:
    struct KnownDataset {
        std::string name;
        std::string label;  // its title and whether it is here
        std::string summary;
    };

    const std::vector<KnownDataset>& known_datasets(const Context&);
    std::string label_of_dataset(const Context&, const std::string& name);
    std::string shown(const Context&, const Option&, const RunConfig& wanted,
                      const std::string& text);
    bool draw_datasets(const Context&, std::string& text);
    bool draw_choices(const Context&, const Option&, const RunConfig& wanted, std::string& text);
    bool draw_number(const Option&, std::string& text, float width, bool slider);
    bool text_field(const char* id, std::string& text);

    std::string editing_;  // the text field that is active
    std::string editing_text_;
    std::vector<KnownDataset> datasets_;  // empty: to be looked for
};

}  // namespace elbow::gui

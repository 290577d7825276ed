#pragma once

// The controls that show and change one option's value: a slider with a text field, a text field,
// or a list. GUI thread.

#include <map>
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
    void look_for_datasets_again() { dataset_labels_.clear(); }

  private:
    std::string label_of_dataset(const Context&, const std::string& name);
    std::string shown(const Context&, const Option&, const RunConfig& wanted,
                      const std::string& text);
    bool draw_datasets(const Context&, std::string& text);
    bool draw_choices(const Context&, const Option&, const RunConfig& wanted, std::string& text);
    bool draw_number(const Option&, std::string& text, float width, bool slider);
    bool text_field(const char* id, std::string& text);

    std::string editing_;  // the text field that is active
    std::string editing_text_;
    std::map<std::string, std::string> dataset_labels_;  // name -> title and whether it is here
};

}  // namespace elbow::gui

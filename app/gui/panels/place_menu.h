#pragma once

// What a right click offers on a place of the latent space, or on a picture that was decoded from
// one or encoded to one. Each panel has one of its own. GUI thread.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/context.h"

namespace elbow::gui {

class PlaceMenu {
  public:
    // At z [N], which the held-out image lies at where there is one.
    void open(std::vector<float> z, std::optional<int> image = std::nullopt);
    // Once a frame, in the panel's window; `more` adds the panel's own entries.
    void draw(Context&, const std::function<void()>& more = {});

  private:
    void entries(Context&);

    std::vector<float> z_;
    std::optional<int> image_;
    bool asked_ = false;
};

// The place as text that other programs read: "0.1234, -1.5".
std::string place_text(const std::vector<float>& z);

// The code of a held-out image on the newest map; empty where it is not there.
std::vector<float> code_on_map(const Context&, int image);

// Of a label in the legend and in the menus.
void hide_label(std::uint32_t& hidden_labels, int label);
// Only this label is shown; once more: all of them again.
void show_label_alone(std::uint32_t& hidden_labels, int label, int classes);

}  // namespace elbow::gui

#pragma once

// Colours, fonts and sizes, light and dark. Label colours are told apart by colour-blind readers.
// GUI thread.

#include <array>

#include "imgui.h"

namespace elbow::gui {

struct Fonts {
    ImFont* text = nullptr;   // 15 px at scale 1
    ImFont* title = nullptr;  // 15 px, semibold
    ImFont* large = nullptr;  // 22 px, semibold: the numbers that matter
    ImFont* mono = nullptr;   // 14 px, figures that line up
};

struct Theme {
    bool dark = true;
    Fonts fonts;
    ImU32 background, panel, panel_title, border, text, text_dim, accent, accent_text, warning,
        error, good;
    ImU32 map_background, grid_line, axis_line;
    ImU32 curve_train, curve_test, curve_reconstruction, curve_kl;  // the four lines of the curves
    ImU32 race_first, race_second;
    ImU32 handle_a, handle_b, cursor, path;
    ImU32 true_posterior;  // no label's colour
    ImU32 unlabelled;      // points of images that have no labels
    std::array<ImU32, 10> labels;
    std::array<ImU32, 10> steps;  // of a scale, from little to much
    ImU32 label(int index) const { return labels[static_cast<std::size_t>(index) % labels.size()]; }
};

// Colours and ImGui style for the scale.
Theme make_theme(bool dark, const Fonts&);
void apply_style(const Theme&, float scale);

// Loads the fonts at the scale into ImGui's atlas; Inter and JetBrains Mono where they are
// installed, ImGui's own font (scaled) where they are not.
Fonts load_fonts(float scale);

ImU32 with_alpha(ImU32 colour, float alpha);

}  // namespace elbow::gui

#include "app/gui/panel.h"
#include "app/gui/panels/compare_panel.h"
#include "app/gui/panels/controls_panel.h"
#include "app/gui/panels/curves_panel.h"
#include "app/gui/panels/directions_panel.h"
#include "app/gui/panels/draw_panel.h"
#include "app/gui/panels/estimator_panel.h"
#include "app/gui/panels/images_panel.h"
#include "app/gui/panels/inspector_panel.h"
#include "app/gui/panels/interpolation_panel.h"
#include "app/gui/panels/latents_panel.h"
#include "app/gui/panels/map_panel.h"
#include "app/gui/panels/prior_samples_panel.h"
#include "app/gui/panels/pseudo_inputs_panel.h"
#include "app/gui/panels/reconstructions_panel.h"
#include "app/gui/panels/selection_panel.h"

namespace elbow::gui {

std::size_t run_shown_by(const Panel& panel, std::size_t in_hand) {
    switch (panel.shows()) {
        case Shows::kFirst:
            return 0;
        case Shows::kSecond:
            return 1;
        default:
            return in_hand;
    }
}

std::vector<std::unique_ptr<Panel>> make_panels() {
    std::vector<std::unique_ptr<Panel>> panels;
    // The map first: it sends the request whose answer the inspector may show in the same frame;
    // for that the inspector comes last.
    panels.push_back(make_map_panel(Shows::kFirst));
    panels.push_back(make_map_panel(Shows::kSecond));
    panels.push_back(make_interpolation_panel());
    panels.push_back(make_controls_panel());
    panels.push_back(make_curves_panel());
    panels.push_back(make_reconstructions_panel());
    panels.push_back(make_prior_samples_panel());
    panels.push_back(make_pseudo_inputs_panel());
    panels.push_back(make_latents_panel());
    panels.push_back(make_directions_panel());
    panels.push_back(make_estimator_panel());
    panels.push_back(make_images_panel());
    panels.push_back(make_selection_panel());
    panels.push_back(make_draw_panel());
    panels.push_back(make_compare_panel());
    panels.push_back(make_inspector_panel());
    return panels;
}

}  // namespace elbow::gui

#include "app/gui/tour/steps.h"

namespace elbow::gui {
namespace {

bool moved_the_dot(const ViewState& then, const Context& now) {
    return now.view_state.cursor != then.cursor;
}

bool chose_an_image(const ViewState& then, const Context& now) {
    return now.view_state.point && now.view_state.point != then.point;
}

bool has_an_image(const ViewState&, const Context& now) { return now.view_state.point.has_value(); }

bool zoomed_the_map(const ViewState& then, const Context& now) {
    return !now.view_state.follow_fit && now.view_state.rect.half_height != then.rect.half_height;
}

bool is_on(const Context& now, const char* mark) {
    const auto& rects = now.layout.rects();
    const auto found = rects.find(mark);
    return found != rects.end() && found->second.value == "on";
}

bool opened_the_reconstruction(const ViewState&, const Context& now) {
    return is_on(now, "curves.tab.reconstruction");
}

bool opened_the_kl(const ViewState&, const Context& now) { return is_on(now, "curves.tab.kl"); }

bool drew_new_noise(const ViewState& then, const Context& now) {
    return now.view_state.prior_seed != then.prior_seed;
}

bool went_from_a_to_b(const ViewState& then, const Context& now) {
    const ViewState& view = now.view_state;
    return view.cursor != then.cursor || (!view.path_follows && (view.path_from != then.path_from ||
                                                                 view.path_to != then.path_to));
}

bool races(const ViewState&, const Context& now) { return now.race != nullptr; }

bool drew_an_image(const ViewState& then, const Context& now) {
    return !now.view_state.drawing.empty() && now.view_state.drawing != then.drawing;
}

}  // namespace

std::span<const TourStep> tour_steps() {
    static const std::vector<TourStep> steps = {
        {"encode",
         "Encode",
         "The encoder q(z|x) turns an image into a small cloud in the latent space. Each point of "
         "the map is the middle of the cloud of one held-out image, in the colour of its label.",
         "q(z|x) = N(z; \u03BC, \u03C3\u00B2 I)   (9)",
         "Click a point to see its image.",
         {"map.canvas", "inspector"},
         {"map", "inspector"},
         "",
         chose_an_image},
        {"sample",
         "Sample",
         "The decoder learns from a draw from that cloud. Written as shifted and scaled noise, the "
         "draw has a slope, so that the encoder learns from it, too. The ellipses are the clouds, "
         "at one standard deviation.",
         "z = \u03BC + \u03C3 \u00B7 \u03B5,   \u03B5 ~ N(0, I)   (10)",
         "Zoom in with the wheel to see more clouds.",
         {"map.canvas", "map.toggle.ellipses"},
         {"map"},
         "ellipses",
         zoomed_the_map},
        {"decode",
         "Decode",
         "The decoder p(x|z) turns any place of the latent space into an image. The image of the "
         "dot is decoded anew for every frame, while the training goes on.",
         "",
         "Drag the dot.",
         {"map.dot", "inspector.image"},
         {"map", "inspector"},
         "",
         moved_the_dot},
        {"bound",
         "The bound",
         "Nobody can compute log p(x) itself. So the training climbs a lower bound of it: how well "
         "images are reconstructed, less what their codes cost.",
         "L = E[log p(x|z)] \u2212 KL(q(z|x) || p(z))   (3)",
         "Click the tab Reconstruction to see the first term.",
         {"curves"},
         {"curves"},
         "",
         opened_the_reconstruction},
        {"kl",
         "The KL",
         "The KL is what the codes cost: how far the cloud of an image lies from the prior, in "
         "nats. It keeps the codes together, where the prior will look for them.",
         "\u2212KL = \u00BD \u2211 (1 + log \u03C3\u00B2 \u2212 \u03BC\u00B2 \u2212 \u03C3\u00B2)  "
         " (10)",
         "Click the tab KL.",
         {"curves.tab.kl"},
         {"curves"},
         "",
         opened_the_kl},
        {"prior",
         "Prior samples",
         "To make new images, draw z from the prior and decode it. The noise here stays the same, "
         "so that you see each sample become an image while the model learns.",
         "z ~ p(z) = N(0, I),   x ~ p(x|z)",
         "Press N for new noise.",
         {"prior.sheet"},
         {"prior"},
         "",
         drew_new_noise},
        {"holes",
         "Holes",
         "Samples are good where codes lie. The lines hold the codes of all images, q(z). Where "
         "the prior expects codes and there are hardly any, the map is shaded: there the decoder "
         "has seen nothing.",
         "",
         "Drag the dot out of the lines, or into a shaded hole.",
         {"map.canvas", "inspector.image"},
         {"map", "inspector"},
         "aggregate",
         moved_the_dot},
        {"interpolation",
         "From A to B",
         "Along a path through the latent space one image turns into another, by images that look "
         "real: neighbours there look alike.",
         "",
         "Press Play, or drag A or B on the map.",
         {"strip.frames"},
         {"interpolation"},
         "",
         went_from_a_to_b},
        {"manifold",
         "The manifold",
         "Behind the points, each image is what the decoder makes of the z under it. Figure 4 of "
         "the paper is such a picture of two latents.",
         "",
         "Zoom in with the wheel to see finer steps.",
         {"map.canvas", "map.toggle.manifold"},
         {"map"},
         "manifold",
         zoomed_the_map},
        {"true_posterior",
         "The true posterior",
         "What the bound lacks to log p(x) is how far the encoder's q(z|x) lies from the true "
         "posterior p(z|x). The map shows both of the selected image.",
         "log p(x) = L + KL(q(z|x) || p(z|x))   (1)",
         "Click a point.",
         {"map.canvas", "map.toggle.true_posterior"},
         {"map"},
         "true_posterior",
         has_an_image},
        {"wake_sleep",
         "Wake-sleep",
         "The paper compares its estimator with wake-sleep, which trains the encoder on the "
         "decoder's samples instead of on the bound. Race... trains it beside this run, from the "
         "same weights; the menu The paper has the experiments of figure 2.",
         "",
         "Click Race... and choose Wake-sleep.",
         {"controls.race", "top.paper"},
         {"controls"},
         "",
         races},
        {"draw",
         "Your own images",
         "What you draw here is encoded as you draw it. A square shows its place on the map, and "
         "its reconstruction and its bound stand beside it.",
         "",
         "Draw something with the left button.",
         {"draw.canvas"},
         {"draw"},
         "",
         drew_an_image}};
    return steps;
}

}  // namespace elbow::gui

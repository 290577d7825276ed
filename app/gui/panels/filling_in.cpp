#include "app/gui/panels/filling_in.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "app/gui/panels/draw_actions.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"
#include "engine/run/measure.h"

namespace elbow::gui {
namespace {

using explore::FillingMethod;

struct MethodWords {
    FillingMethod method;
    const char* id;
    const char* label;
    const char* title;
    const char* help;
};
constexpr MethodWords kMethods[] = {
    {FillingMethod::kOnePass, "draw.fill.pass", "One pass", "Fill in by one pass",
     "Encodes the drawing with the data's ground where it is hatched, and fills in what is decoded "
     "there."},
    {FillingMethod::kPasses, "draw.fill.passes", "Again and again", "Fill in by pass after pass",
     "Encodes and decodes again and again, with what is known held, until nothing changes: it goes "
     "where the model is at home, which need not be what is likely."},
    {FillingMethod::kChains, "draw.fill.chains", "MCMC", "Fill in by MCMC",
     "Draws z from p(z | what is known) by Hamiltonian Monte Carlo, which needs no encoder: on "
     "log p(known pixels | z) + log p(z), in several chains that begin at likely draws from the "
     "prior. Filled in is the mean of what the draws decode to, or the newest of them."},
};

bool has_unknown(const Context& context) {
    const std::vector<std::uint8_t>& unknown = context.view_state.unknown;
    return has_drawing(context) &&
           unknown.size() * static_cast<std::size_t>(context.dataset()->channels) ==
               context.view_state.drawing.size() &&
           std::any_of(unknown.begin(), unknown.end(), [](std::uint8_t each) { return each != 0; });
}

std::string why_not_filled(const Context& context, FillingMethod method) {
    if (!has_unknown(context))
        return "All of the drawing is known: switch Mask on and mark what is not.";
    if (method == FillingMethod::kChains)
        return run::has_prior(context.trainer->config)
                   ? ""
                   : "This estimator learns no prior p(z), without which there is no "
                     "p(z | what is known).";
    return context.explored->has_encoder ? "" : "This estimator has no encoder. MCMC needs none.";
}

std::string state_text(FillingMethod method, const live::FillingView* view) {
    if (view == nullptr) return "Beginning...";
    const explore::FilledImage& filled = view->filled;
    if (method != FillingMethod::kChains)
        return "Pass " + reading(filled.passes) + ", changes by " + reading(filled.change);
    const std::string accepted =
        std::to_string(std::lround(100.0 * filled.acceptance)) + " % accepted";
    if (filled.z.empty()) return "Looking for likely z...";
    return (filled.warms_up ? "Warming up, " : reading(filled.draws) + " draws, ") + accepted;
}

std::string state_help(FillingMethod method, const live::FillingView* view) {
    const std::string of = view == nullptr
                               ? ""
                               : " With the weights that it was begun with, after " +
                                     short_count(static_cast<double>(view->stamp.samples)) +
                                     " training images.";
    if (method != FillingMethod::kChains)
        return "How many passes were made, and by how many of 255 grey values the last one changed "
               "a pixel at the most." +
               of;
    return "Draws of all chains since the step size was tuned, and how many of the proposals were "
           "accepted: the step size aims at 90 %." +
           of;
}

}  // namespace

void FillingIn::tick(Context& context) {
    context.visible.of_panels.drop<live::FillingQuery>();
    view_ = nullptr;
    if (!method_) return;
    if (!why_not_filled(context, *method_).empty()) return method_.reset();
    const ViewState& state = context.view_state;
    live::FillingQuery query{state.drawing, state.unknown, *method_, state.label, number_};
    view_ = context.views.get<live::FillingView>();
    if (view_ && !(view_->query == query)) view_ = nullptr;
    context.visible.of_panels.ask(std::move(query));
    if (view_ && view_->filled.done) stop(context);
}

const std::vector<std::uint8_t>* FillingIn::shown() const {
    if (!view_) return nullptr;
    return mean_ ? &view_->filled.image : &view_->filled.newest;
}

void FillingIn::stop(Context& context) {
    ViewState& state = context.view_state;
    if (const std::vector<std::uint8_t>* filled = shown()) {
        for (std::size_t i = 0; i < state.drawing.size() && i < filled->size(); ++i) {
            if (state.unknown[i % state.unknown.size()] != 0) state.drawing[i] = (*filled)[i];
        }
    }
    method_.reset();
    view_ = nullptr;
    context.visible.of_panels.drop<live::FillingQuery>();
}

WindowAction FillingIn::method_action(Context& context, FillingMethod method) {
    const auto* const words =
        std::find_if(std::begin(kMethods), std::end(kMethods),
                     [&](const MethodWords& each) { return each.method == method; });
    return {.id = words->id,
            .title = words->title,
            .help = words->help,
            .run =
                [this, method] {
                    method_ = method;
                    ++number_;
                },
            .why_not = why_not_filled(context, method)};
}

WindowAction FillingIn::stop_action(Context& context) {
    return {.id = "draw.fill.stop",
            .title = "Stop filling in",
            .help = "Keeps what is filled in now. Ctrl+Z takes it back.",
            .run = [this, &context] { stop(context); },
            .why_not = goes_on() ? "" : "Nothing is being filled in."};
}

WindowAction FillingIn::all_known_action(Context& context) {
    return {.id = "draw.all_known",
            .title = "All of the drawing is known",
            .help = "Takes the hatching away. What was filled in stays.",
            .run =
                [this, &context] {
                    stop(context);
                    context.view_state.unknown.clear();
                },
            .why_not = has_unknown(context) ? "" : "All of it is known."};
}

void FillingIn::add_actions(Context& context, WindowActions& actions) {
    for (const MethodWords& words : kMethods)
        actions.push_back(method_action(context, words.method));
    actions.push_back(stop_action(context));
    actions.push_back(all_known_action(context));
}

void FillingIn::draw_state(Context& context) {
    ImGui::AlignTextToFramePadding();
    if (!method_) {
        ImGui::TextDisabled("What is marked is not known: fill it in.");
        context.layout.mark("draw.fill", "");
        return;
    }
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    action_button(context, "Stop", stop_action(context), {}, true);
    if (*method_ == FillingMethod::kChains) {
        ImGui::SameLine();
        toggle(context, "draw.fill.mean", "Mean", mean_,
               "On: the mean of what all draws decode to, which is what the model expects. Off: "
               "what the newest draw decodes to.");
    }
    const std::string text = state_text(*method_, view_.get());
    same_line_if_room(right, ImGui::CalcTextSize(text.c_str()).x);
    ImGui::TextUnformatted(text.c_str());
    context.layout.mark("draw.fill", text);
    hover(context, state_help(*method_, view_.get()).c_str());
}

void FillingIn::draw(Context& context) {
    if (!has_unknown(context)) return;
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    bool first = true;
    for (const MethodWords& words : kMethods) {
        if (!first) same_line_if_room(right, button_width(words.label));
        first = false;
        action_button(context, words.label, method_action(context, words.method));
    }
    same_line_if_room(right, button_width("All known"));
    action_button(context, "All known", all_known_action(context));
    draw_state(context);
}

}  // namespace elbow::gui

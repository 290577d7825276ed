#include "app/gui/paper_menu.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "app/gui/actions/families.h"
#include "app/gui/autosaves.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"
#include "app/gui/window_words.h"
#include "engine/core/error.h"
#include "engine/run/choices.h"
#include "engine/run/paper.h"

namespace elbow::gui {
namespace {

using run::PaperFigure;
using run::PaperMethod;
using run::PaperModel;

constexpr const char* kPaperLabel = "The paper";
constexpr const char* kPaperPopup = "paper menu";
constexpr float kPaperMenuWidth = 576.0f;    // design pixels
constexpr float kExperimentColumn = 212.0f;  // design pixels
constexpr float kMethodColumn = 88.0f;       // design pixels
constexpr float kLowerMargin = 8.0f;         // design pixels to the window's lower edge

PaperModel model_of(const char* name) {
    const auto model = run::parse_paper_model(name);
    if (model) return *model;
    throw Error(std::string("Expected a model of the paper, such as mnist-20, found '") + name +
                "'. Fix the table in engine/train/paper.cpp.");
}

PaperMethod method_of(const char* name) {
    if (const PaperMethod* method = run::find_paper_method(name)) return *method;
    throw Error(std::string("Expected a method of the paper, such as aevb, found '") + name +
                "'. Fix the table in engine/train/paper.cpp.");
}

// "MNIST, 20 latents", and for figure 3 "MNIST, 3 latents, 1000 images".
std::string row_title(const PaperModel& model) {
    const std::string images =
        model.train_images > 0 ? ", " + reading(static_cast<double>(model.train_images)) + " images"
                               : "";
    return std::string(model.data->title) + ", " + latents_text(model.latents) + images;
}

// `present`: the configuration of the run where that is this experiment.
const char* what_a_click_does(const RunConfig& config, const RunConfig* present) {
    if (present == nullptr) return "A click starts a new run. ";
    if (*present == config)
        return "These are the settings of the present run; a click starts it again, as a new run. ";
    return "The present run is this experiment, but with other choices where the paper makes none, "
           "such as the step size; a click starts it again with those above. ";
}

std::string help(const PaperFigure& figure, const PaperModel& model, const PaperMethod& method,
                 const RunConfig& config, const RunConfig* present) {
    return std::string(figure.title) + ": " + row_title(model) + ", " + method.title + "\n\n" +
           paper_settings_text(config) + "\n\n" + what_a_click_does(config, present) +
           "The present one is kept, in a folder of its own in " +
           (state_folder() / "runs").string() + ".";
}

void draw_item(Context& context, const PaperFigure& figure, const PaperModel& model,
               const PaperMethod& method) {
    const RunConfig config = run::paper_config(model, method);
    const bool on =
        context.has_run() && run::is_paper_experiment(context.trainer->config, model, method);
    const std::string name = "paper." + run::paper_run_name(model.name, method.name);
    const bool clicked =
        button(context, name.c_str(), method.title, "", {}, {kMethodColumn - 6.0f, 0.0f}, on);
    context.layout.mark(name.c_str(), on ? "on" : "off");
    if (ImGui::IsItemHovered()) {
        const RunConfig* present = on ? &context.trainer->config : nullptr;
        hover(context, help(figure, model, method, config, present).c_str());
    }
    if (!clicked) return;
    context.actions.start(config);
    ImGui::CloseCurrentPopup();
}

std::string race_help(const PaperMethod& first, const PaperMethod& second) {
    return std::string(first.title) + " against " + second.title +
           ", from the same weights on the same images: one plot, two maps.";
}

// From the weights of the second, wake-sleep, which learns from few others.
void race(Context& context, const PaperModel& model, const PaperMethod& first,
          const PaperMethod& second) {
    const RunConfig rival = run::paper_config(model, second);
    context.actions.race(live::rival_of(rival, run::paper_config(model, first)), rival);
}

void draw_race(Context& context, const PaperModel& model, const PaperMethod& first,
               const PaperMethod& second) {
    const std::string name = "paper." + model.name + ".race";
    if (button(context, name.c_str(), "Race", race_help(first, second).c_str(), {},
               {kMethodColumn - 6.0f, 0.0f})) {
        race(context, model, first, second);
        ImGui::CloseCurrentPopup();
    }
}

void draw_row(Context& context, const PaperFigure& figure, const char* model_name) {
    const PaperModel model = model_of(model_name);
    ImGui::PushID(model_name);
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(row_title(model).c_str());
    float x = kExperimentColumn;
    for (const char* method : figure.methods) {
        ImGui::SameLine(x * context.scale);
        draw_item(context, figure, model, method_of(method));
        x += kMethodColumn;
    }
    if (figure.methods.size() > 1) {
        ImGui::SameLine(x * context.scale);
        draw_race(context, model, method_of(figure.methods[0]), method_of(figure.methods[1]));
    }
    ImGui::PopID();
}

void draw_figure(Context& context, const PaperFigure& figure) {
    ImGui::PushID(figure.name);
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::Text("%s  \u00B7  %s", figure.title, figure.shows);
    ImGui::PopStyleColor();
    for (const char* model : figure.models) draw_row(context, figure, model);
    ImGui::Dummy({0.0f, 3.0f * context.scale});
    ImGui::PopID();
}

void add_actions_of(Context& context, const PaperFigure& figure, const PaperModel& model,
                    WindowActions& actions) {
    const std::string title = std::string(figure.title) + ": " + row_title(model) + ", ";
    for (const char* name : figure.methods) {
        const PaperMethod& method = method_of(name);
        actions.push_back(
            {.id = "paper." + run::paper_run_name(model.name, method.name),
             .title = title + method.title,
             .help = std::string("Starts a new run with the settings of the paper's ") +
                     figure.title + " (" + figure.shows + "). The present one is kept.",
             .run = [&context, model, &method] {
                 context.actions.start(run::paper_config(model, method));
             }});
    }
    if (figure.methods.size() < 2) return;
    const PaperMethod &first = method_of(figure.methods[0]), &second = method_of(figure.methods[1]);
    actions.push_back(
        {.id = "paper." + model.name + ".race",
         .title = title + first.title + " against " + second.title,
         .help = race_help(first, second),
         .run = [&context, model, &first, &second] { race(context, model, first, second); }});
}

}  // namespace

// A run that several figures show is in the list once.
void add_experiment_actions(Context& context, WindowActions& actions) {
    WindowActions all;
    for (const PaperFigure& figure : run::paper_figures()) {
        for (const char* model : figure.models)
            add_actions_of(context, figure, model_of(model), all);
    }
    std::set<std::string> there;
    for (WindowAction& action : all) {
        if (!there.insert(action.id).second) continue;
        action.place = kPaperLabel;
        actions.push_back(std::move(action));
    }
}

std::string paper_settings_text(const RunConfig& config) {
    std::string text;
    std::string section;
    for (const Option& option : run_options()) {
        if (option.of_machine) continue;
        const bool first = section != option.section;
        section = option.section;
        text += first ? (text.empty() ? "" : "\n") + section + ": " : std::string(", ");
        // "Data: MNIST", but "Data: ..., targets grey".
        const bool is_named_by_section = std::string_view(option.title).starts_with(section);
        text += is_named_by_section ? run::value_text(config, option)
                                    : run::setting_text(config, option);
    }
    return text;
}

float paper_button_width(const Context& context) {
    return ImGui::CalcTextSize(kPaperLabel).x + 16.0f * context.scale;
}

void draw_paper_menu(Context& context) {
    const float scale = context.scale;
    bool open = ImGui::IsPopupOpen(kPaperPopup);
    if (toggle(context, "top.paper", kPaperLabel, open,
               "The experiments of \"Auto-Encoding Variational Bayes\" (Kingma and Welling 2013), "
               "each set up in one click")) {
        ImGui::OpenPopup(kPaperPopup);
    }
    const ImVec2 below(ImGui::GetItemRectMax().x, ImGui::GetItemRectMax().y + 6.0f * scale);
    const float room = ImGui::GetIO().DisplaySize.y - below.y - kLowerMargin * scale;
    ImGui::SetNextWindowPos(below, ImGuiCond_Always, {1.0f, 0.0f});
    ImGui::SetNextWindowSizeConstraints({kPaperMenuWidth * scale, 0.0f},
                                        {kPaperMenuWidth * scale, std::max(room, 100.0f * scale)});
    if (!ImGui::BeginPopup(kPaperPopup)) return;
    close_on_escape();
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(6.0f * scale, 1.5f * scale));
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(6.0f * scale, 3.0f * scale));
    for (const PaperFigure& figure : run::paper_figures()) draw_figure(context, figure);
    ImGui::PopStyleVar(2);
    ImGui::EndPopup();
}

}  // namespace elbow::gui

#include "app/gui/panels/estimator_panel.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/panels/log_p_words.h"
#include "app/gui/panels/noise_picture.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"
#include "engine/live/questions/estimates.h"
#include "engine/model/families.h"
#include "engine/run/measure.h"

namespace elbow::gui {
namespace {

constexpr int kMostShownDraws = 100;        // L of the slider
constexpr float kNumbersPx = 300.0f;        // of the column of numbers, scale 1
constexpr float kLeastPicturePx = 50.0f;    // height of a picture of noise, scale 1
constexpr float kStackedPicturePx = 90.0f;  // over the numbers
constexpr float kFarthestMean = 20.0f;      // latent units
constexpr float kLeastDeviation = 0.001f, kMostDeviation = 20.0f;

class EstimatorPanel final : public Panel {
  public:
    const char* id() const override { return "estimator"; }
    const char* title() const override { return "Estimator"; }
    Spot home() const override { return {{"interpolation"}, {}, {}, {}}; }
    PanelSize least() const override { return {260.0f, 92.0f}; }
    bool is_offered(const Context& context) const override {
        return context.has_run() && run::has_bound(context.trainer->config);
    }
    void unseen(Context& context) override {
        context.visible.of_panels.drop<live::EstimatesQuery>();
    }
    void add_actions(Context&, WindowActions&) override;
    void draw(Context&) override;

  private:
    WindowAction new_noise_action(Context&);
    WindowAction encoder_action(Context&);
    int shown_draws(const Context&) const;
    void ask(Context&);
    void pictures(Context&, ImVec2 size);
    void handles(Context&, int latent);
    void controls(Context&);
    void bounds(Context&);
    void gradients(Context&);

    int image_ = -1;                          // that mean and deviation were moved for
    std::vector<float> mean_, log_variance_;  // [N] of one's own; empty: the encoder's
    std::optional<int> draws_;                // L; absent: the run's
    std::uint64_t seed_ = 1;
    std::shared_ptr<const live::EstimatesView> shown_;
};

WindowAction EstimatorPanel::new_noise_action(Context& context) {
    return {.id = "estimator.noise",
            .title = "New noise for the estimators",
            .help = "Other draws of the noise: how much do the numbers change?",
            .run = [this] { ++seed_; },
            .why_not = context.view_state.point ? "" : "Click a point on the map first."};
}

WindowAction EstimatorPanel::encoder_action(Context&) {
    return {.id = "estimator.encoder",
            .title = "The encoder's q(z|x) for the estimators",
            .help = "Puts \u03BC and \u03C3 back to what the encoder says of the image.",
            .run =
                [this] {
                    mean_.clear();
                    log_variance_.clear();
                },
            .why_not = mean_.empty() ? "They are the encoder's." : ""};
}

void EstimatorPanel::add_actions(Context& context, WindowActions& actions) {
    actions.push_back(new_noise_action(context));
    actions.push_back(encoder_action(context));
}

int EstimatorPanel::shown_draws(const Context& context) const {
    return std::clamp(draws_.value_or(context.trainer->config.noise_samples), 1, kMostShownDraws);
}

void EstimatorPanel::ask(Context& context) {
    const int image = *context.view_state.point;
    if (std::exchange(image_, image) != image ||
        mean_.size() != static_cast<std::size_t>(context.latents())) {
        mean_.clear();
        log_variance_.clear();
    }
    context.visible.of_panels.ask(
        live::EstimatesQuery{image, shown_draws(context), mean_, log_variance_, seed_});
    shown_ = context.views.get<live::EstimatesView>();
    const bool fits = shown_ && shown_->estimates.index == image &&
                      shown_->estimates.mean.size() == static_cast<std::size_t>(context.latents());
    if (!fits) shown_ = nullptr;
}

// Mean and deviation along the latent, to be dragged or typed.
void EstimatorPanel::handles(Context& context, int latent) {
    const auto i = static_cast<std::size_t>(latent);
    const explore::Estimates& now = shown_->estimates;
    float mean = mean_.empty() ? now.mean[i] : mean_[i];
    float deviation = std::exp(0.5f * (mean_.empty() ? now.log_variance[i] : log_variance_[i]));
    const float width = 0.5f * (ImGui::GetContentRegionAvail().x - ImGui::GetStyle().ItemSpacing.x);
    const std::string name = std::to_string(latent + 1);
    ImGui::PushID(latent);
    ImGui::SetNextItemWidth(width);
    bool moved = ImGui::DragFloat("##mean", &mean, 0.01f, -kFarthestMean, kFarthestMean,
                                  "\u03BC %.3f", ImGuiSliderFlags_AlwaysClamp);
    context.layout.mark(("estimator.mean" + name).c_str(), fixed(mean, 3));
    hover(context,
          ("The mean of q(z|x) along z" + name + ". Drag it: the noise stays, z moves.").c_str());
    ImGui::SameLine();
    ImGui::SetNextItemWidth(width);
    moved = ImGui::DragFloat("##deviation", &deviation, 0.005f, kLeastDeviation, kMostDeviation,
                             "\u03C3 %.3f",
                             ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_Logarithmic) ||
            moved;
    context.layout.mark(("estimator.deviation" + name).c_str(), fixed(deviation, 3));
    hover(context, ("The standard deviation of q(z|x) along z" + name + ". Drag it.").c_str());
    ImGui::PopID();
    if (!moved) return;
    if (mean_.empty()) {
        mean_ = now.mean;
        log_variance_ = now.log_variance;
    }
    mean_[i] = mean;
    log_variance_[i] = 2.0f * std::log(deviation);
}

// Of the latents on the map's axes.
void EstimatorPanel::pictures(Context& context, ImVec2 size) {
    const ViewState& seen = context.view_state;
    std::vector<int> latents{seen.x_axis};
    if (seen.y_axis != seen.x_axis) latents.push_back(seen.y_axis);
    const float gap = ImGui::GetStyle().ItemSpacing.x;
    const auto count = static_cast<float>(latents.size());
    const float width = (size.x - gap * (count - 1.0f)) / count;
    const float tall =
        std::max(size.y - ImGui::GetFrameHeightWithSpacing(), kLeastPicturePx * context.scale);
    const explore::Estimates& now = shown_->estimates;
    const std::size_t n = now.mean.size();
    const auto draws = static_cast<std::size_t>(shown_draws(context));
    for (std::size_t k = 0; k < latents.size(); ++k) {
        if (k > 0) ImGui::SameLine();
        const auto i = static_cast<std::size_t>(latents[k]);
        std::vector<float> epsilon;
        for (std::size_t s = 0; s < std::min(draws, explore::kEstimateDraws); ++s)
            epsilon.push_back(now.epsilon[s * n + i]);
        ImGui::BeginChild(("##noise" + std::to_string(k)).c_str(), {width, size.y}, false,
                          ImGuiWindowFlags_NoScrollbar);
        const float mean = mean_.empty() ? now.mean[i] : mean_[i];
        const float log_variance = mean_.empty() ? now.log_variance[i] : log_variance_[i];
        draw_noise(context, {ImGui::GetContentRegionAvail().x, tall}, latents[k], epsilon, mean,
                   std::exp(0.5f * log_variance));
        handles(context, latents[k]);
        ImGui::EndChild();
    }
}

void EstimatorPanel::controls(Context& context) {
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    ImGui::SetNextItemWidth(110 * context.scale);
    int draws = shown_draws(context);
    if (ImGui::SliderInt("##draws", &draws, 1, kMostShownDraws, "L = %d",
                         ImGuiSliderFlags_Logarithmic | ImGuiSliderFlags_AlwaysClamp))
        draws_ = draws;
    context.layout.mark("estimator.draws", std::to_string(draws));
    hover(context,
          "The noise samples L of the estimates: so many draws from q(z|x), which the map shows as "
          "well. At first as many as the run trains with.");
    same_line_if_room(right, button_width("New noise"));
    action_button(context, "New noise", new_noise_action(context));
    same_line_if_room(right, button_width("Encoder's q"));
    action_button(context, "Encoder's q", encoder_action(context));
}

void EstimatorPanel::bounds(Context& context) {
    const explore::Estimates& now = shown_->estimates;
    const explore::WeightedDraws& all_draws = now.by_draws;
    const auto draws = static_cast<std::size_t>(shown_draws(context));
    double few = 0.0;
    for (std::size_t s = 0; s < draws; ++s) few += now.log_weights[s] / static_cast<double>(draws);
    const std::string all = reading(static_cast<double>(explore::kEstimateDraws));
    const std::string by_few =
        nats(few) + " \u00B1 " +
        fixed(all_draws.bound_deviation / std::sqrt(static_cast<double>(draws)), 2);
    value_row(context, "Bound by L draws", by_few,
              ("The mean of log p(x, z) - log q(z|x) over the L draws (equation 6), nats, and its "
               "standard error, which falls with the root of L. Over " +
               all + " draws it is " + nats(all_draws.bound) + ".")
                  .c_str());
    context.layout.mark("estimator.bound", by_few);
    const bool short_of_it = all_draws.falls_short();
    const std::string log_p = log_p_words(all_draws);
    value_row(context, "log p(x)", log_p,
              ("The log of the mean of the weights p(x, z) / q(z|x) of " + all +
               " draws, nats, with its standard error (Burda et al. 2015). By equation 1 the bound "
               "lies below it by KL(q(z|x) || p(z|x)), here " +
               least_words(short_of_it) + nats(all_draws.log_p - all_draws.bound) +
               " nats. So unequal are the weights that they count as " +
               reading(std::round(all_draws.effective_draws)) + " draws" +
               (short_of_it ? ": those that would count most are not among them." : "."))
                  .c_str());
    context.layout.mark("estimator.log_p", log_p);
}

void EstimatorPanel::gradients(Context& context) {
    const explore::Estimates& now = shown_->estimates;
    const auto draws = static_cast<double>(shown_draws(context));
    const std::string of =
        " The gradient is that of the image's bound by \u03BC and log \u03C3\u00B2, " +
        std::to_string(2 * now.mean.size()) +
        " numbers; the variance is that of an estimate from L draws, summed over these, measured "
        "with " +
        reading(static_cast<double>(explore::kEstimateDraws)) + " draws. ";
    const auto row = [&](const char* name, const char* label, const explore::GradientNoise& noise,
                         const char* help) {
        const std::string text = reading(noise.variance / draws);
        value_row(context, label, text, (help + of).c_str());
        context.layout.mark(name, text);
    };
    ImGui::TextDisabled("Variance of the gradient");
    row("estimator.path", "By reparameterisation", now.by_path,
        "The gradient goes through z = \u03BC + \u03C3 \u03B5 into log p(x, z) (equations 4 and "
        "6): "
        "the slope of the model at the draw.");
    row("estimator.score", "By the score function", now.by_score,
        "[log p(x, z) - log q(z|x)] times the gradient of log q(z|x): the usual estimator that "
        "section 2.2 finds too noisy (under equation 3). It needs no slope of the model.");
    const double ratio = now.by_score.variance / std::max(now.by_path.variance, 1e-300);
    const std::string times = reading(std::round(ratio)) + " times";
    value_row(context, "Ratio", times,
              "So many times as many draws the score function needs for the same noise. A baseline "
              "would make it smaller; here there is none.");
    context.layout.mark("estimator.ratio", times);
}

void EstimatorPanel::draw(Context& context) {
    unseen(context);  // until there is something to ask
    if (!context.has_run() || !is_offered(context))
        return waiting_text(context, waiting_reason(context));
    if (!model::is_diagonal(context.trainer->snapshot->spec))
        return waiting_text(context,
                            "Only a diagonal q(z|x) has a mean and a variance for each latent.");
    if (!context.view_state.point || *context.view_state.point >= context.dataset()->held_out.count)
        return waiting_text(context, "Click a point on the map: what the estimators say of it.");
    ask(context);
    if (!shown_) return waiting_text(context, "Drawing...");
    const ImVec2 space = ImGui::GetContentRegionAvail();
    const float numbers = kNumbersPx * context.scale, gap = 14 * context.scale;
    if (space.x <= 1.8f * numbers) {  // one above the other
        controls(context);
        pictures(context,
                 {space.x, kStackedPicturePx * context.scale + ImGui::GetFrameHeightWithSpacing()});
        bounds(context);
        gradients(context);
        return;
    }
    ImGui::BeginGroup();
    pictures(context, {space.x - numbers - gap, space.y});
    ImGui::EndGroup();
    ImGui::SameLine(0, gap);
    ImGui::BeginChild("##numbers", {numbers, space.y});
    controls(context);
    bounds(context);
    gradients(context);
    ImGui::EndChild();
}

}  // namespace

std::unique_ptr<Panel> make_estimator_panel() { return std::make_unique<EstimatorPanel>(); }

}  // namespace elbow::gui

#include "app/gui/asked_number.h"

#include <cmath>

#include "app/gui/panels/picture.h"
#include "app/gui/widgets/plot_scale.h"
#include "engine/core/text.h"
#include "engine/data/targets.h"
#include "engine/model/families.h"
#include "engine/run/measure.h"
#include "engine/train/held_out.h"

namespace elbow::gui {
namespace {

std::string count_of(double count) { return reading(count); }

// What every number of a run is of.
void add_model(const Context& context, std::vector<NumberFact>& facts) {
    const model::ModelSpec& spec = context.trainer->snapshot->spec;
    facts.push_back({"Targets", data::targets_text(*context.dataset()),
                     "What the likelihood has to predict. Bounds on different targets do not "
                     "compare."});
    facts.push_back(
        {"p(x|z)",
         model::entry_of(spec, &model::ModelSpec::likelihood).title +
             ", D = " + count_of(spec.image.size()),
         "The likelihood, over the D values of an image of " + text_of(spec.image) + "."});
}

std::string weights_name(const RunConfig& config, bool shown) {
    const std::string text = shown ? run::shown_weights_text(config) : run::weights_text(config);
    return text.empty() ? "the run's own" : text.substr(2);  // without ", "
}

void add_weights(const std::string& weights, std::int64_t samples, std::vector<NumberFact>& facts) {
    facts.push_back({"Weights", weights, "Which weights of the run were measured."});
    facts.push_back({"After", count_of(static_cast<double>(samples)) + " training images",
                     "How many training images these weights had seen, each as often as it was in "
                     "a minibatch."});
}

const char* noise_help() { return "Draws from q(z|x) over which log p(x|z) is a mean."; }

std::string noise_text(int draws) { return std::to_string(draws) + " for each image"; }

}  // namespace

std::optional<AskedNumber> held_out_number(const Context& context) {
    const auto& evaluations = context.curves.evaluations.records();
    if (!context.has_run() || evaluations.empty()) return std::nullopt;
    const train::EvaluationRecord& newest = evaluations.back();
    const RunConfig config = train::measured_config(context.trainer->config, newest);
    if (!run::has_encoder(config)) return std::nullopt;
    const std::int64_t images = context.dataset()->held_out.count;
    AskedNumber asked{run::held_out_title(config), {}, {}};
    asked.facts.push_back({"Images",
                           "all " + count_of(static_cast<double>(images)) + " held-out images",
                           "Images that the run does not learn from."});
    add_model(context, asked.facts);
    asked.facts.push_back({"Noise samples", run::draws_text(config), noise_help()});
    add_weights(weights_name(config, false), newest.samples, asked.facts);
    asked.forms =
        run::bound_forms(config, context.trainer->snapshot->spec, context.dataset()->targets,
                         {newest.test_reconstruction, newest.test_kl, newest.test_bound, images});
    return asked;
}

std::optional<AskedNumber> training_number(const Context& context) {
    const auto& records = context.curves.train.records();
    if (!context.has_run() || records.empty()) return std::nullopt;
    const train::TrainRecord& newest = records.back();
    const RunConfig& config = context.trainer->config;
    const std::int64_t before = records.size() > 1 ? records[records.size() - 2].samples : 0;
    const std::int64_t images = newest.samples - before;
    AskedNumber asked{run::has_bound(config) ? "Training bound" : "Training log p(x|z)", {}, {}};
    asked.facts.push_back({"Images",
                           "the last " + count_of(static_cast<double>(images)) + " of the training",
                           "A mean over the minibatches since the point of the curve before, each "
                           "taken with the weights of its own moment."});
    add_model(context, asked.facts);
    asked.facts.push_back({"Noise samples", noise_text(config.noise_samples), noise_help()});
    add_weights("those that learn", newest.samples, asked.facts);
    asked.forms =
        run::bound_forms(config, context.trainer->snapshot->spec, context.dataset()->targets,
                         {newest.reconstruction, newest.kl, newest.bound, images});
    return asked;
}

AskedNumber image_number(const Context& context, const explore::PointDetail& detail) {
    const RunConfig& config = context.trainer->config;
    AskedNumber asked{"Bound of the selected image", {}, {}};
    asked.facts.push_back({"Images",
                           "held-out image " + std::to_string(detail.index) + ", label " +
                               class_name(*context.dataset(), detail.index),
                           "This one image alone."});
    add_model(context, asked.facts);
    asked.facts.push_back({"Noise samples", noise_text(detail.noise_samples), noise_help()});
    add_weights(weights_name(config, true), context.explored->samples, asked.facts);
    asked.forms =
        run::bound_forms(config, context.trainer->snapshot->spec, context.dataset()->targets,
                         {detail.reconstruction_nats, detail.kl_nats, detail.bound_nats(), 1});
    return asked;
}

std::vector<AskedNumber> numbers_of_run(const Context& context) {
    std::vector<AskedNumber> numbers;
    for (auto& each : {held_out_number(context), training_number(context)})
        if (each) numbers.push_back(*each);
    return numbers;
}

std::string number_text(const run::BoundForm& form) {
    return form.value ? decimal_text(*form.value, form.decimals) : "no meaning here";
}

}  // namespace elbow::gui

#include "app/gui/exports/page.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "app/gui/exports/decoded_sheet.h"
#include "app/gui/exports/page_text.h"
#include "app/gui/map/map_axes.h"
#include "app/gui/widgets/plot_scale.h"
#include "app/gui/window_words.h"
#include "engine/core/error.h"
#include "engine/core/float16.h"
#include "engine/core/json.h"
#include "engine/core/text.h"
#include "engine/core/version.h"
#include "engine/data/base64.h"
#include "engine/data/targets.h"
#include "engine/explore/nested_order.h"
#include "engine/model/decoder_steps.h"
#include "engine/model/families.h"
#include "engine/run/choices.h"
#include "engine/run/measure.h"
#include "engine/train/held_out.h"

namespace elbow::gui {
namespace {

constexpr int kPageLatents = 2;       // what a map has axes for
constexpr int kMostPageDots = 12000;  // as many as the window's map draws

std::string why_no_page(const train::ParameterSnapshot& snapshot) {
    if (snapshot.spec.latents == kPageLatents) return {};
    return "The page is a map of two latents, and the run has " +
           std::to_string(snapshot.spec.latents) +
           ". Export something else, or train with two latents.";
}

std::string float16_text(std::span<const float> values) {
    std::vector<std::uint8_t> bytes;
    bytes.reserve(2 * values.size());
    for (const float value : values) {
        const std::uint16_t bits = float16_bits(value);
        bytes.push_back(static_cast<std::uint8_t>(bits & 0xFFU));
        bytes.push_back(static_cast<std::uint8_t>(bits >> 8U));
    }
    return data::base64(bytes);
}

// The weights of the blocks, one after another. Throws Error where one of them is no float16.
std::vector<float> weights_of(const train::ParameterSnapshot& snapshot,
                              const std::vector<const model::ParameterView*>& blocks) {
    std::vector<float> weights;
    for (const model::ParameterView* block : blocks) {
        const auto values = std::span(snapshot.parameters)
                                .subspan(static_cast<std::size_t>(block->offset),
                                         static_cast<std::size_t>(block->size()));
        const auto bad = std::find_if_not(values.begin(), values.end(), is_float16);
        if (bad != values.end()) {
            throw Error("Expected weights of the decoder that 16 bits hold, up to " +
                        exact_text(kMostFloat16) + ", found " + exact_text(*bad) + " in " +
                        block->name +
                        ". The run has probably diverged: go back to an earlier moment, or train "
                        "with a smaller step size.");
        }
        weights.insert(weights.end(), values.begin(), values.end());
    }
    return weights;
}

// The decoder as decoder.js takes it.
Json model_for_page(const train::ParameterSnapshot& snapshot) {
    const model::ParameterLayout layout(snapshot.spec);
    const model::DecoderSteps decoder = model::decoder_steps(snapshot.spec);
    Json::Array steps, shapes;
    std::vector<const model::ParameterView*> blocks;
    for (const model::DecoderStep& step : decoder.steps) {
        steps.emplace_back(Json::Object{{"operation", step.operation},
                                        {"of", Json::list_of(step.of)},
                                        {"blocks", Json::list_of(step.blocks)},
                                        {"numbers", Json::list_of(step.numbers)},
                                        {"shape", Json::list_of(step.shape)}});
        for (const std::string& name : step.blocks) {
            const model::ParameterView* block = &layout.view(name);
            if (std::find(blocks.begin(), blocks.end(), block) == blocks.end())
                blocks.push_back(block);
        }
    }
    for (const model::ParameterView* block : blocks) {
        shapes.emplace_back(
            Json::Object{{"name", block->name}, {"shape", Json::list_of(block->shape)}});
    }
    return Json::Object{{"latents", snapshot.spec.latents},
                        {"classes", snapshot.spec.classes},
                        {"steps", std::move(steps)},
                        {"picture", decoder.picture},
                        {"blocks", std::move(shapes)},
                        {"weights", float16_text(weights_of(snapshot, blocks))}};
}

// The dots of the map: a fair sample of the held-out images where they are many.
struct PageDots {
    std::vector<float> codes;          // [count, 2]
    std::vector<std::uint8_t> labels;  // [count], or empty
    std::string words;
};
PageDots dots_of(const ExportSource& source, Progress& progress) {
    const data::ImageSet& held_out = source.dataset->held_out;
    PageDots dots;
    if (!source.snapshot->has_encoder) {
        dots.words = "No dots: the run's estimator trains no encoder.";
        return dots;
    }
    const explore::LatentMap map = held_out_codes(*source.snapshot, *source.dataset, progress);
    std::vector<std::uint32_t> shown = explore::nested_order(map.count, held_out.labels);
    shown.resize(std::min<std::size_t>(shown.size(), kMostPageDots));
    for (const std::uint32_t image : shown) {
        for (std::size_t n = 0; n < kPageLatents; ++n) {
            const float code = map.mean[kPageLatents * image + n];
            dots.codes.push_back(std::clamp(code, -kMostFloat16, kMostFloat16));
        }
        if (!held_out.labels.empty()) dots.labels.push_back(held_out.labels[image]);
    }
    const auto count = static_cast<double>(shown.size());
    dots.words = "Dots: the means of q(z|x) of " + reading(count) +
                 (shown.size() < static_cast<std::size_t>(map.count)
                      ? " of the " + reading(map.count) + " held-out images, a fair sample."
                      : " held-out images.");
    return dots;
}

// The newest evaluation that the weights had come to; null: there is none.
const train::EvaluationRecord* evaluation_of(const ExportSource& source) {
    const train::EvaluationRecord* found = nullptr;
    for (const train::EvaluationRecord& record : source.evaluations)
        if (record.samples <= source.snapshot->made().samples) found = &record;
    return found;
}

// The bound, and what it is of.
std::pair<std::string, std::string> bound_fact(const ExportSource& source) {
    const train::EvaluationRecord* record = evaluation_of(source);
    if (!run::has_encoder(source.config) || record == nullptr) {
        const std::string why =
            run::has_encoder(source.config) ? "not measured yet" : run::draws_text(source.config);
        return {"Held-out bound", why};
    }
    const RunConfig config = train::measured_config(source.config, *record);
    std::string words = nats_text(record->score()) + " nats per image: the mean over all " +
                        reading(source.dataset->held_out.count) + " held-out images, " +
                        data::targets_text(*source.dataset) + ", " + run::draws_text(config);
    if (record->samples != source.snapshot->made().samples) {
        words += ", measured after " + reading(static_cast<double>(record->samples)) +
                 " training images";
    }
    return {run::held_out_title(config), words};
}

Json facts_of(const ExportSource& source) {
    const model::ModelSpec& spec = source.snapshot->spec;
    const auto title_of = [&](model::Member model::ModelSpec::*part) {
        return model::entry_of(spec, part).title;
    };
    const auto [bound_name, bound_words] = bound_fact(source);
    const std::pair<std::string, std::string> facts[] = {
        {"Images", source.dataset->title + ", " + text_of(spec.image)},
        {"Model", latents_text(spec.latents) + ", prior: " + title_of(&model::ModelSpec::prior) +
                      ", q(z|x): " + title_of(&model::ModelSpec::posterior) +
                      ", p(x|z): " + title_of(&model::ModelSpec::likelihood)},
        {"Network", text_of(spec.network)},
        {"Trained on", reading(static_cast<double>(source.snapshot->made().samples)) +
                           " images, each counted as often as it was in a minibatch" +
                           run::shown_weights_text(source.config) + ", by " +
                           run::value_text(source.config, *find_run_option("estimator"))},
        {bound_name, bound_words},
        {"Made with", std::string("Elbow ") + version() +
                          "; the weights of the decoder are rounded to 16 bits"}};
    Json::Array list;
    for (const auto& [name, value] : facts)
        list.emplace_back(Json::Object{{"name", name}, {"value", value}});
    return list;
}

Json run_for_page(const ExportSource& source, Progress& progress) {
    const data::Dataset& dataset = *source.dataset;
    check_latents(source, source.view_state.cursor, "a dot");
    ViewState axes;
    axes.fit_to(kPageLatents);
    const AxisWords words = axis_words(axes, source.config, {}, 1.0);
    PageDots dots = dots_of(source, progress);
    const bool rings = run::has_normal_prior(source.config);
    if (source.snapshot->spec.classes > 0)
        dots.words += " Pale are those of other labels than the one that the decoder is told.";
    if (rings) dots.words += " Rings: the prior N(0, I) at 1, 2 and 3 standard deviations.";
    return Json::Object{{"model", model_for_page(*source.snapshot)},
                        {"image", Json::Object{{"channels", dataset.channels},
                                               {"height", dataset.height},
                                               {"width", dataset.width}}},
                        {"start", Json::list_of(source.view_state.cursor)},
                        {"label", source.snapshot->spec.classes > 0 ? source.view_state.label : 0},
                        {"class_names", Json::list_of(dataset.class_names)},
                        {"label_colours", source.theme.labels.size()},
                        {"codes", float16_text(dots.codes)},
                        {"labels", data::base64(dots.labels)},
                        {"prior_rings", rings},
                        {"points_text", dots.words},
                        {"axes", Json::Object{{"x", words.x},
                                              {"y", words.y},
                                              {"short_x", words.short_x},
                                              {"short_y", words.short_y}}},
                        {"facts", facts_of(source)}};
}

}  // namespace

const Export& page_export() {
    static const Export kEntry{
        .id = "page",
        .name = "page",
        .title = "Page for a browser",
        .help =
            "One file with the decoder inside: in any browser, without a network, drag the dot "
            "over the map and see the decoded image. For runs of two latents.",
        .extension = ".html",
        .reads_records = true,
        .why_not = why_no_page,
        .files =
            [](const ExportSource& source, Progress& progress) {
                const Json run = run_for_page(source, progress);
                const std::string title = "The latent space of " + source.dataset->title;
                return std::vector<ExportFile>{{"", page_text(title, run)}};
            },
    };
    return kEntry;
}

}  // namespace elbow::gui

#include "app/gui/exports/traversal.h"

#include <algorithm>
#include <numeric>

#include "app/gui/exports/animation.h"
#include "app/gui/exports/decoded_sheet.h"
#include "app/gui/panels/inspector_dot.h"
#include "engine/core/error.h"
#include "engine/core/text.h"
#include "engine/model/model.h"
#include "engine/run/measure.h"

namespace elbow::gui {
namespace {

constexpr int kMostLatents = 100'000;
constexpr float kEndOfNormal = 3.0f;  // standard deviations of a prior N(0, I)

// Counted from 0; all of them where none is chosen.
std::vector<int> moving_latents(const ExportSource& source) {
    const int chosen = source.settings.export_latent;
    if (chosen > source.latents()) {
        throw UsageError("Expected a latent of the run, 1 to " + std::to_string(source.latents()) +
                         ", or 0 for all of them; found " + std::to_string(chosen) + ".");
    }
    if (chosen > 0) return {chosen - 1};
    std::vector<int> all(static_cast<std::size_t>(source.latents()));
    std::iota(all.begin(), all.end(), 0);
    return all;
}

// What of the latents' name is in the caption: "z3", or "z1 to z20".
std::string names_of_moving(const std::vector<int>& latents) {
    const auto name = [](int latent) { return "z" + std::to_string(latent + 1); };
    if (latents.size() == 1) return name(latents.front());
    return name(latents.front()) + " to " + name(latents.back());
}

// [N]: where the others stay.
std::vector<float> middle_of_traversal(const ExportSource& source) {
    const ViewState& seen = source.view_state;
    check_latents(source, seen.cursor, "a dot");
    if (source.settings.export_from_dot) return seen.cursor;
    if (const std::string why = why_no_codes(*source.snapshot); !why.empty()) throw Error(why);
    const data::ImageSet& held_out = source.dataset->held_out;
    if (!seen.point || *seen.point >= held_out.count) {
        throw Error(
            "Expected a selected image, found none. Click a point on the map, or begin at "
            "the dot.");
    }
    model::Posteriors q;
    model::make_model(source.snapshot->spec)
        ->encode(source.snapshot->parameters,
                 source.dataset->batch(held_out, *seen.point, *seen.point + 1), q);
    return q.mean;
}

// [N]: each latent goes from -end to end.
std::vector<float> ends_of_latents(const ExportSource& source, Progress& progress) {
    const auto latents = static_cast<std::size_t>(source.latents());
    if (run::has_normal_prior(source.config)) return std::vector<float>(latents, kEndOfNormal);
    explore::LatentMap codes;
    codes.latents = source.latents();
    if (source.snapshot->has_encoder)
        codes = held_out_codes(*source.snapshot, *source.dataset, progress);
    return ends_of_codes(codes);
}

Captions captions_of_traversal(const ExportSource& source) {
    const std::vector<int> latents = moving_latents(source);
    const auto count = static_cast<int>(latents.size());
    return {source.settings, sheet_size(source, count, columns_of_sheet(count), kSheetGap),
            names_of_moving(latents) + " at -000.00"};
}

// One latent has its own range; of several there is only the way from the least to the most.
std::string caption_of_traversal(const std::vector<int>& latents, const std::vector<float>& ends,
                                 double part) {
    const float end = ends[static_cast<std::size_t>(latents.front())];
    const bool alike = std::all_of(latents.begin(), latents.end(), [&](int latent) {
        return ends[static_cast<std::size_t>(latent)] == end;
    });
    return names_of_moving(latents) + " at " +
           (alike ? decimal_text(part * end, 2) : decimal_text(100.0 * part, 0) + " %");
}

DrawFrame animate_traversal(const ExportSource& source, Progress& progress) {
    return [&source, latents = moving_latents(source), middle = middle_of_traversal(source),
            ends = ends_of_latents(source, progress), captions = captions_of_traversal(source),
            places = places_of_frames(source.settings)](int frame, Progress& drawing) {
        const double part = 2.0 * places[static_cast<std::size_t>(frame)] - 1.0;
        std::vector<float> z;  // [latents.size(), N]
        for (const int latent : latents) {
            z.insert(z.end(), middle.begin(), middle.end());
            const auto moving = static_cast<std::size_t>(latent);
            z[z.size() - middle.size() + moving] = static_cast<float>(part * ends[moving]);
        }
        const int columns = columns_of_sheet(static_cast<int>(latents.size()));
        return captions(decoded_picture(source, z, columns, kSheetGap, drawing),
                        caption_of_traversal(latents, ends, part));
    };
}

ExportNumber which_latent() {
    return {.option = "--latent",
            .label = "moving latent, 0: each",
            .help =
                "The latent that moves while the others stay, counted from 1. At 0 each of "
                "them moves in an image of its own, row after row.",
            .mark = "export.latent",
            .value = &Settings::export_latent,
            .least = 0,
            .most = kMostLatents,
            .most_of = [](const model::ModelSpec& spec) { return spec.latents; }};
}

ExportEither from_where() {
    return {.option = "--around",
            .first = &Settings::export_from_dot,
            .ways = {{.name = "dot",
                      .label = "Around the dot",
                      .help = "The latents that do not move have the dot's values.",
                      .mark = "export.around_dot"},
                     {.name = "image",
                      .label = "The selected image",
                      .help = "The latents that do not move have the mean of q(z|x) of the image "
                              "that is selected on the map.",
                      .mark = "export.around_image"}}};
}

}  // namespace

const Export& traversal_export() {
    static const Export kEntry{
        .id = "traversal",
        .name = "traversal",
        .title = "Animation of the latents",
        .help = "What a latent, or each of them, does to an image as it moves through its range.",
        .choices = {format_choice(), which_latent(), from_where(), frames_choice(), speed_choice(),
                    pixel_scale_choice(), motion_choice(), loop_choice(), caption_choice()},
        .size =
            [](const ExportSource& source) {
                return checked_for_format(source, captions_of_traversal(source).size());
            },
        .frames =
            [](const ExportSource& source) {
                return static_cast<int>(places_of_frames(source.settings).size());
            },
        .animate = animate_traversal,
        .detail =
            [](const ExportSource& source) {
                const int latent = source.settings.export_latent;
                return latent > 0 ? "z" + std::to_string(latent) : std::string("all");
            },
    };
    return kEntry;
}

}  // namespace elbow::gui

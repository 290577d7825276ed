#include "app/gui/panels/compress_section.h"

#include <algorithm>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/latent_activity.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "engine/explore/active_latents.h"
#include "engine/io/png_size.h"
#include "engine/live/questions/map.h"
#include "engine/run/code_length.h"

namespace elbow::gui {
namespace {

constexpr float kPicturePart = 0.27f;  // of the width, as the pictures of the selected image
constexpr int kBitDecimals = 3;

double pixel_count(const Context& context) {
    return static_cast<double>(context.dataset()->height) * context.dataset()->width;
}

run::CodeLength length_of(const Context& context) {
    return run::code_length(context.explored->spec, context.dataset()->targets);
}

// Of -log p, in nats; `more`: whether it holds the pixels, whose density takes more bits.
double bits_a_pixel(const Context& context, double nats, bool more) {
    const double bits = nats / (std::numbers::ln2 * pixel_count(context));
    return bits + (more ? length_of(context).more_bits_a_value * context.dataset()->channels : 0.0);
}

std::string bits_text(double bits) { return fixed(bits, kBitDecimals) + " bits"; }

// The first so many, the largest KL first.
std::vector<int> kept_latents(const Context& context, int count) {
    const auto map = context.views.get<live::MapView>();
    const bool fits = map && map->map.latents == context.latents();
    std::vector<float> activity =
        activity_of_latents(context.curves, fits ? map.get() : nullptr, context.latents());
    activity.resize(static_cast<std::size_t>(context.latents()), 0.0f);
    std::vector<int> order = explore::by_activity(activity);
    order.resize(static_cast<std::size_t>(count));
    return order;
}

}  // namespace

void CompressSection::tick(Context& context) {
    if (!std::exchange(drawn_, false)) context.visible.of_panels.drop<live::CompressionQuery>();
}

double CompressSection::png_bits(const Context& context, int image) {
    const data::Dataset& dataset = *context.dataset();
    if (packed_ != image || packed_of_.lock() != context.trainer->dataset) {
        const std::size_t bytes =
            io::png_data_bytes(dataset.image(dataset.held_out, image), dataset.shape());
        packed_ = image;
        packed_of_ = context.trainer->dataset;
        packed_bits_ = 8.0 * static_cast<double>(bytes) / pixel_count(context);
    }
    return packed_bits_;
}

void CompressSection::costs(Context& context, const explore::PointDetail& detail) {
    const run::CodeLength length = length_of(context);
    const double bits = bits_a_pixel(context, -detail.bound_nats(), true);
    value_row(context, "Bits per pixel", fixed(bits, kBitDecimals),
              ("Minus the bound of this image, divided by ln 2 and by its pixels: what the image "
               "would take if it were sent by bits back, that is, its latents and then its pixels "
               "given these, less the bits that drawing from q(z|x) gives back. " +
               length.words)
                  .c_str());
    context.layout.mark("inspector.bits", fixed(bits, kBitDecimals));
    const double png = png_bits(context, detail.index);
    value_row(context, "As PNG", fixed(png, kBitDecimals),
              "The compressed pixels of this image in a PNG file with the best of its filters, "
              "bits per pixel. Its headers, 57 bytes, are not counted. Of such small images a PNG "
              "knows nothing beforehand; the model has learnt from many, and its weights are not "
              "counted.");
    context.layout.mark("inspector.png", fixed(png, kBitDecimals));
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::TextWrapped("%s", length.words.c_str());
    ImGui::PopStyleColor();
}

void CompressSection::picture(Context& context, const live::CompressionView* view) {
    const data::Dataset& dataset = *context.dataset();
    const float most = kPicturePart * ImGui::GetContentRegionAvail().x;
    const ImVec2 size = crisp_size(dataset.height, dataset.width, {most, 1.5f * most});
    const ImVec2 at = ImGui::GetCursorScreenPos(), end{at.x + size.x, at.y + size.y};
    ImGui::Dummy(size);
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (view != nullptr) draw_tile(list, tile_, 0, at, end);
    list->AddRect(at, end, context.theme.border);
    context.layout.mark("inspector.kept_image",
                        view != nullptr ? hash_text(view->compression.reconstruction) : "");
    hover(context,
          "What is decoded from the means of the kept latents, with the others at the mean of the "
          "prior.");
}

void CompressSection::latents(Context& context, const explore::PointDetail& detail) {
    const int latents = context.latents();
    const bool separate = explore::has_separate_latents(context.explored->spec);
    int kept = separate ? std::clamp(kept_.value_or(latents), 0, latents) : latents;
    if (separate) {
        ImGui::SetNextItemWidth(-1.0f);
        const std::string format = "%d of " + std::to_string(latents) + " latents kept";
        if (ImGui::SliderInt("##kept", &kept, 0, latents, format.c_str(),
                             ImGuiSliderFlags_AlwaysClamp))
            kept_ = kept;
        context.layout.mark("inspector.kept", std::to_string(kept));
        hover(context,
              "How many latents are sent, those with the largest KL first. The others stand at the "
              "mean of the prior, which costs nothing.");
    } else {
        ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
        ImGui::TextWrapped(
            "With this posterior and prior the KL is not known by latent, so that none can be "
            "left out.");
        ImGui::PopStyleColor();
    }
    const live::CompressionQuery query{detail.index, kept_latents(context, kept)};
    context.visible.of_panels.ask(query);
    auto view = context.views.get<live::CompressionView>();
    const auto values = static_cast<std::size_t>(context.dataset()->dimensions());
    const bool fits = view && view->query.image == detail.index &&
                      view->compression.reconstruction.size() == values;
    if (!fits) view = nullptr;
    if (view && view != uploaded_) {
        tile_.update(view->compression.reconstruction, 1, context.dataset()->shape());
        uploaded_ = view;
    }
    picture(context, view.get());
    ImGui::SameLine(0, 12 * context.scale);
    ImGui::BeginGroup();
    const auto row = [&](const char* name, const char* label, double nats, bool more,
                         const char* help) {
        const std::string text = view ? bits_text(bits_a_pixel(context, nats, more)) : "...";
        value_row(context, label, text, help);
        context.layout.mark(name, text);
    };
    row("inspector.kept_code", "Latents", view ? view->compression.code_nats : 0.0, false,
        "What the kept latents cost, bits per pixel: the KL of their q(z|x) from the prior.");
    row("inspector.kept_pixels", "Pixels", view ? view->compression.image_nats : 0.0, true,
        "What the image costs given these latents, bits per pixel: the mean of -log p(x|z).");
    row("inspector.kept_bits", "Together", view ? view->compression.nats() : 0.0, true,
        "Both, bits per pixel. Where a latent says less of the image than it costs, leaving it out "
        "makes this smaller.");
    ImGui::EndGroup();
}

void CompressSection::draw_toggle(Context& context) {
    const bool before = open_;
    toggle(context, "inspector.compress", "Compress", open_,
           "On: what the image costs in bits, beside PNG, and with fewer latents.");
    comes_into_view_ = open_ && !before;
}

void CompressSection::draw(Context& context, const explore::PointDetail& detail) {
    if (!open_) return;
    drawn_ = true;
    ImGui::Dummy({0, 2 * context.scale});
    ImGui::Separator();
    if (comes_into_view_) ImGui::SetScrollHereY(0.0f);
    costs(context, detail);
    latents(context, detail);
}

}  // namespace elbow::gui

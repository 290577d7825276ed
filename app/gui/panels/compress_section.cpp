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

// The compression of the view, which outlives it.
template <class Query>
std::shared_ptr<const explore::Compression> compression_of(
    const std::shared_ptr<const live::CompressionOf<Query>>& view) {
    return {view, &view->compression};
}

}  // namespace

void CompressSection::mark(Context& context, const char* name, const std::string& value) const {
    context.layout.mark((panel_ + "." + name).c_str(), value);
}

double CompressSection::png_bits(const Context& context, const std::vector<std::uint8_t>& image) {
    if (packed_ != image) {
        packed_ = image;
        packed_bits_ = 8.0 *
                       static_cast<double>(io::png_data_bytes(image, context.dataset()->shape())) /
                       pixel_count(context);
    }
    return packed_bits_;
}

void CompressSection::costs(Context& context, const Image& image) {
    const run::CodeLength length = length_of(context);
    const double bits = bits_a_pixel(context, -image.bound_nats, true);
    value_row(context, "Bits per pixel", fixed(bits, kBitDecimals),
              ("Minus the bound of this image, divided by ln 2 and by its pixels: what the image "
               "would take if it were sent by bits back, that is, its latents and then its pixels "
               "given these, less the bits that drawing from q(z|x) gives back. " +
               length.words)
                  .c_str());
    mark(context, "bits", fixed(bits, kBitDecimals));
    const double png = png_bits(context, image.pixels);
    value_row(context, "As PNG", fixed(png, kBitDecimals),
              "The compressed pixels of this image in a PNG file with the best of its filters, "
              "bits per pixel. Its headers, 57 bytes, are not counted. Of such small images a PNG "
              "knows nothing beforehand; the model has learnt from many, and its weights are not "
              "counted.");
    mark(context, "png", fixed(png, kBitDecimals));
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::TextWrapped("%s", length.words.c_str());
    ImGui::PopStyleColor();
}

void CompressSection::picture(Context& context, const explore::Compression* shown) {
    const data::Dataset& dataset = *context.dataset();
    const float most = kPicturePart * ImGui::GetContentRegionAvail().x;
    const ImVec2 size = crisp_size(dataset.height, dataset.width, {most, 1.5f * most});
    const ImVec2 at = ImGui::GetCursorScreenPos(), end{at.x + size.x, at.y + size.y};
    ImGui::Dummy(size);
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (shown != nullptr) draw_tile(list, tile_, 0, at, end);
    list->AddRect(at, end, context.theme.border);
    mark(context, "kept_image", shown != nullptr ? hash_text(shown->reconstruction) : "");
    hover(context,
          "What is decoded from the means of the kept latents, with the others at the mean of the "
          "prior.");
}

// How many are kept.
int CompressSection::choose_latents(Context& context) {
    const int latents = context.latents();
    if (!explore::has_separate_latents(context.explored->spec)) {
        ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
        ImGui::TextWrapped(
            "With this posterior and prior the KL is not known by latent, so that none can be "
            "left out.");
        ImGui::PopStyleColor();
        return latents;
    }
    int kept = std::clamp(kept_.value_or(latents), 0, latents);
    ImGui::SetNextItemWidth(-1.0f);
    const std::string format = "%d of " + std::to_string(latents) + " latents kept";
    if (ImGui::SliderInt("##kept", &kept, 0, latents, format.c_str(), ImGuiSliderFlags_AlwaysClamp))
        kept_ = kept;
    mark(context, "kept", std::to_string(kept));
    hover(context,
          "How many latents are sent, those with the largest KL first. The others stand at the "
          "mean of the prior, which costs nothing.");
    return kept;
}

void CompressSection::latents(Context& context) {
    const int kept = choose_latents(context);
    auto shown = ask(context, kept_latents(context, kept));
    const auto values = static_cast<std::size_t>(context.dataset()->dimensions());
    if (shown && shown->reconstruction.size() != values) shown = nullptr;
    if (shown && shown != uploaded_) {
        tile_.update(shown->reconstruction, 1, context.dataset()->shape());
        uploaded_ = shown;
    }
    picture(context, shown.get());
    ImGui::SameLine(0, 12 * context.scale);
    ImGui::BeginGroup();
    const auto row = [&](const char* name, const char* label, double nats, bool more,
                         const char* help) {
        const std::string text = shown ? bits_text(bits_a_pixel(context, nats, more)) : "...";
        value_row(context, label, text, help);
        mark(context, name, text);
    };
    row("kept_code", "Latents", shown ? shown->code_nats : 0.0, false,
        "What the kept latents cost, bits per pixel: the KL of their q(z|x) from the prior.");
    row("kept_pixels", "Pixels", shown ? shown->image_nats : 0.0, true,
        "What the image costs given these latents, bits per pixel: the mean of -log p(x|z).");
    row("kept_bits", "Together", shown ? shown->nats() : 0.0, true,
        "Both, bits per pixel. Where a latent says less of the image than it costs, leaving it out "
        "makes this smaller.");
    ImGui::EndGroup();
}

void CompressSection::draw_toggle(Context& context) {
    const bool before = open_;
    toggle(context, (panel_ + ".compress").c_str(), "Compress", open_,
           "On: what the image costs in bits, beside PNG, and with fewer latents.");
    if (open_ && !before) frames_into_view_ = 2;
}

void CompressSection::draw(Context& context, const Image& image) {
    if (!open_) return;
    ImGui::Dummy({0, 2 * context.scale});
    ImGui::Separator();
    if (frames_into_view_ > 0) {
        --frames_into_view_;
        ImGui::SetScrollHereY(0.0f);
    }
    costs(context, image);
    latents(context);
}

void CompressSelected::forget(Context& context) const {
    context.visible.of_panels.drop<live::CompressionQuery>();
}

void CompressSelected::draw(Context& context, const explore::PointDetail& detail) {
    const data::Dataset& dataset = *context.dataset();
    image_ = detail.index;
    const auto pixels = dataset.image(dataset.held_out, image_);
    CompressSection::draw(context, {{pixels.begin(), pixels.end()}, detail.bound_nats()});
}

std::shared_ptr<const explore::Compression> CompressSelected::ask(Context& context,
                                                                  std::vector<int> kept) {
    context.visible.of_panels.ask(live::CompressionQuery{image_, std::move(kept)});
    const auto view = context.views.get<live::CompressionView>();
    return view && view->query.image == image_ ? compression_of(view) : nullptr;
}

void CompressDrawing::forget(Context& context) const {
    context.visible.of_panels.drop<live::DrawingCompressionQuery>();
}

void CompressDrawing::draw(Context& context, const live::DrawingView& view) {
    drawing_ = view.query;
    CompressSection::draw(context, {drawing_.image, view.detail.bound_nats()});
}

std::shared_ptr<const explore::Compression> CompressDrawing::ask(Context& context,
                                                                 std::vector<int> kept) {
    context.visible.of_panels.ask(live::DrawingCompressionQuery{drawing_, std::move(kept)});
    const auto view = context.views.get<live::DrawingCompressionView>();
    return view && view->query.drawing == drawing_ ? compression_of(view) : nullptr;
}

}  // namespace elbow::gui

#include "app/gui/panels/draw_panel.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/gl/tile_texture.h"
#include "app/gui/panels/brush.h"
#include "app/gui/panels/held_out_tiles.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/place_menu.h"
#include "app/gui/panels/sheet_layout.h"
#include "app/gui/widgets/controls.h"
#include "engine/core/text.h"
#include "engine/live/questions/cursor.h"
#include "engine/live/questions/drawing.h"
#include "engine/run/measure.h"

namespace elbow::gui {
namespace {

constexpr float kCanvasPart = 0.56f, kDecodedPart = 0.34f;  // of the panel's width
constexpr float kThinnest = 0.4f, kThickest = 8.0f;  // radius of the brush, pixels of the image
constexpr float kNoiseDeviation = 0.25f;             // of the brightest value

// Whether there is a drawing of the run's images' size.
bool begun(const Context& context) {
    return context.has_run() && context.view_state.drawing.size() ==
                                    static_cast<std::size_t>(context.dataset()->dimensions());
}

std::string why_no_drawing(const Context& context) {
    return begun(context) ? "" : "There is no drawing.";
}

WindowAction clear_action(Context& context) {
    return {.id = "draw.clear",
            .title = "Clear the drawing",
            .help = "Begins anew.",
            .run = [&context] { context.view_state.drawing.clear(); },
            .why_not = why_no_drawing(context)};
}

WindowAction from_dot_action(Context& context) {
    const auto cursor = context.views.get<live::CursorView>();
    const bool there =
        cursor && context.has_run() &&
        cursor->image.size() == static_cast<std::size_t>(context.dataset()->dimensions());
    return {.id = "draw.from_dot",
            .title = "Draw on the image under the dot",
            .help = "Begins with the image under the dot.",
            .run = [&context, cursor] { context.view_state.drawing = cursor->image; },
            .why_not = there ? "" : "It is not there yet."};
}

WindowAction from_image_action(Context& context) {
    const std::optional<int>& point = context.view_state.point;
    const bool there = context.has_run() && point && *point < context.dataset()->held_out.count;
    return {.id = "draw.from_image",
            .title = "Draw on the selected image",
            .help = "Begins with the selected image.",
            .run =
                [&context] {
                    const data::Dataset& dataset = *context.dataset();
                    const auto image = dataset.image(dataset.held_out, *context.view_state.point);
                    context.view_state.drawing.assign(image.begin(), image.end());
                },
            .why_not = there ? "" : "No image is selected: click a point on the map."};
}

WindowAction noise_action(Context& context) {
    return {.id = "draw.noise",
            .title = "Add noise to the drawing",
            .help =
                "Adds Gaussian noise, with a quarter of the brightest value for its deviation. "
                "What does the decoder make of it?",
            .run =
                [&context] {
                    std::vector<std::uint8_t>& drawing = context.view_state.drawing;
                    // Other noise on another image, the same one on the same.
                    const std::uint64_t seed = std::accumulate(drawing.begin(), drawing.end(), 0U);
                    add_noise(drawing, kNoiseDeviation, Stream(seed, "drawing"));
                },
            .why_not = why_no_drawing(context)};
}

WindowAction pass_action(Context& context) {
    const auto view = context.views.get<live::DrawingView>();
    const bool there = begun(context) && view;
    return {.id = "draw.pass",
            .title = "Draw the reconstruction in the place of the drawing",
            .help =
                "Draws the reconstruction in the place of the drawing: one pass through the "
                "model. Again and again, it goes where the model is at home.",
            .run = [&context, view] { context.view_state.drawing = view->detail.reconstruction; },
            .why_not = there ? "" : "There is no drawing."};
}

class DrawPanel final : public Panel {
  public:
    const char* id() const override { return "draw"; }
    const char* title() const override { return "Draw"; }
    Spot home() const override { return {{"inspector"}, {}, {}, {}}; }
    bool is_offered(const Context& context) const override {
        return context.has_run() && context.explored->has_encoder;
    }
    void add_actions(Context&, WindowActions&) override;
    void draw(Context&) override;

  private:
    void update(const Context&);
    void canvas(Context&, float width);
    void paint(Context&, ImVec2 at, ImVec2 size);
    void decoded(Context&, float width);
    void tools(Context&);
    void sources(Context&);
    void numbers(Context&);
    void neighbours(Context&);

    Brush brush_;
    bool erases_ = false;
    bool leads_the_dot_ = true;
    std::optional<ImVec2> pen_;         // where it was in the frame before, pixels of the image
    std::vector<std::uint8_t> led_by_;  // the drawing that the dot went to
    std::vector<std::uint8_t> on_canvas_;
    gl::TileTexture canvas_, decoded_;
    std::shared_ptr<const live::DrawingView> shown_;
    HeldOutTiles tiles_;
    PlaceMenu menu_;
};

void DrawPanel::add_actions(Context& context, WindowActions& actions) {
    actions.push_back(clear_action(context));
    actions.push_back(from_dot_action(context));
    actions.push_back(from_image_action(context));
    actions.push_back(noise_action(context));
    actions.push_back(pass_action(context));
}

void DrawPanel::update(const Context& context) {
    const data::Dataset& dataset = *context.dataset();
    std::vector<std::uint8_t> wanted = context.view_state.drawing;
    if (!begun(context)) wanted.assign(static_cast<std::size_t>(dataset.dimensions()), 0);
    if (wanted != on_canvas_) {
        canvas_.update(wanted, 1, dataset.shape());
        on_canvas_ = std::move(wanted);
    }
    const auto view = begun(context) ? context.views.get<live::DrawingView>() : nullptr;
    if (view == shown_) return;
    shown_ = view && view->detail.mean.size() == context.view_state.cursor.size() ? view : nullptr;
    if (!shown_) return;
    decoded_.update(shown_->detail.reconstruction, 1, dataset.shape());
    // Once for each drawing: not while the model alone changes.
    const bool other = std::exchange(led_by_, shown_->query.image) != shown_->query.image;
    if (leads_the_dot_ && other) context.view_state.put_dot_and_plane(shown_->detail.mean);
}

// The left button draws, the right one erases.
void DrawPanel::paint(Context& context, ImVec2 at, ImVec2 size) {
    const data::Dataset& dataset = *context.dataset();
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const ImVec2 pen{(mouse.x - at.x) / size.x * static_cast<float>(dataset.width),
                     (mouse.y - at.y) / size.y * static_cast<float>(dataset.height)};
    std::vector<std::uint8_t>& drawing = context.view_state.drawing;
    if (!begun(context)) drawing.assign(static_cast<std::size_t>(dataset.dimensions()), 0);
    Brush brush = brush_;
    if (erases_ || ImGui::IsMouseDown(1)) brush.colour = {0, 0, 0};
    stroke(drawing, dataset.shape(), pen_.value_or(pen), pen, brush);
    pen_ = pen;
}

void DrawPanel::canvas(Context& context, float width) {
    const data::Dataset& dataset = *context.dataset();
    const ImVec2 size = crisp_size(dataset.height, dataset.width, {width, 1.5f * width});
    const ImVec2 at = ImGui::GetCursorScreenPos(), end{at.x + size.x, at.y + size.y};
    ImGui::InvisibleButton("##canvas", size,
                           ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight);
    const bool hovered = ImGui::IsItemHovered();
    if (ImGui::IsItemActive())
        paint(context, at, size);
    else
        pen_.reset();
    ImDrawList* list = ImGui::GetWindowDrawList();
    draw_tile(list, canvas_, 0, at, end);
    list->AddRect(at, end, context.theme.border);
    if (!begun(context)) {
        const char* words = "draw here";
        const ImVec2 text = ImGui::CalcTextSize(words);
        list->AddText({at.x + 0.5f * (size.x - text.x), at.y + 0.5f * (size.y - text.y)},
                      IM_COL32(160, 160, 160, 255), words);
    }
    if (hovered) {
        const float pixel = size.x / static_cast<float>(dataset.width);
        list->AddCircle(ImGui::GetIO().MousePos, brush_.radius * pixel, context.theme.accent, 0,
                        1.5f * context.scale);
    }
    context.layout.mark("draw.canvas", begun(context) ? hash_text(on_canvas_) : "empty");
}

void DrawPanel::decoded(Context& context, float width) {
    const data::Dataset& dataset = *context.dataset();
    const ImVec2 size = crisp_size(dataset.height, dataset.width, {width, 1.5f * width});
    const ImVec2 at = ImGui::GetCursorScreenPos(), end{at.x + size.x, at.y + size.y};
    ImGui::InvisibleButton("##decoded", size);
    if (shown_) draw_tile(ImGui::GetWindowDrawList(), decoded_, 0, at, end);
    ImGui::GetWindowDrawList()->AddRect(at, end, context.theme.border);
    context.layout.mark("draw.decoded", shown_ ? hash_text(shown_->detail.reconstruction) : "");
    if (shown_ && ImGui::IsItemHovered() && ImGui::IsMouseClicked(1))
        menu_.open(shown_->detail.mean);
    hover(context, "Its reconstruction: what the decoder makes of the mean of its q(z|x).");
    ImGui::TextDisabled("decoded");
    action_button(context, "Take over", pass_action(context));
}

void DrawPanel::tools(Context& context) {
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    ImGui::SetNextItemWidth(110 * context.scale);
    ImGui::SliderFloat("##radius", &brush_.radius, kThinnest, kThickest, "brush %.1f px",
                       ImGuiSliderFlags_Logarithmic | ImGuiSliderFlags_AlwaysClamp);
    context.layout.mark("draw.brush", fixed(brush_.radius, 1));
    hover(context, "The radius of the brush, in pixels of the image.");
    ImGui::SameLine();
    if (context.dataset()->channels == 3) {
        float colour[3];
        for (std::size_t i = 0; i < 3; ++i)
            colour[i] = static_cast<float>(brush_.colour[i]) / 255.0f;
        if (ImGui::ColorEdit3("##colour", colour, ImGuiColorEditFlags_NoInputs)) {
            for (std::size_t i = 0; i < 3; ++i)
                brush_.colour[i] = static_cast<std::uint8_t>(std::lround(255.0f * colour[i]));
        }
        hover(context, "The colour of the brush.");
        ImGui::SameLine();
    }
    toggle(context, "draw.erase", "Erase", erases_,
           "On: the brush paints black, as the right button always does.");
    same_line_if_room(right, ImGui::CalcTextSize("Lead the dot").x + 16.0f * context.scale);
    toggle(context, "draw.lead", "Lead the dot", leads_the_dot_,
           "On: the dot goes along with the drawing, to the mean of its q(z|x).");
}

void DrawPanel::sources(Context& context) {
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    action_button(context, "Clear", clear_action(context));
    const auto next = [&](const char* label, const WindowAction& action) {
        same_line_if_room(right, button_width(label));
        action_button(context, label, action);
    };
    next("From the dot", from_dot_action(context));
    next("From the image", from_image_action(context));
    next("Noise", noise_action(context));
}

void DrawPanel::numbers(Context& context) {
    if (!shown_) return;
    const explore::PointDetail& detail = shown_->detail;
    if (run::has_bound(context.trainer->config)) {
        const std::string of = " Nats; of the drawing, mean over " +
                               std::to_string(detail.noise_samples) + " draws from q(z|x).";
        value_row(context, "Bound", nats(detail.bound_nats()),
                  ("The lower bound on its log p(x): far below that of the held-out images, the "
                   "model does not know such images." +
                   of)
                      .c_str(),
                  exact_text(detail.bound_nats()));
        context.layout.mark("draw.bound", nats(detail.bound_nats()));
        value_row(context, "Reconstr.", nats(detail.reconstruction_nats),
                  ("How well the decoder draws it from its own code: the mean of log p(x|z)." + of)
                      .c_str(),
                  exact_text(detail.reconstruction_nats));
        value_row(context, "KL", nats(detail.kl_nats),
                  ("How far its q(z|x) is from the prior." + of).c_str(),
                  exact_text(detail.kl_nats));
    }
    if (button(context, "draw.dot_here", "Dot here", "Puts the dot on the mean of its q(z|x)."))
        context.view_state.put_dot_and_plane(detail.mean);
}

void DrawPanel::neighbours(Context& context) {
    if (!shown_ || shown_->neighbours.empty()) return;
    const data::Dataset& dataset = *context.dataset();
    ImGui::TextDisabled("Nearest held-out images");
    std::vector<int> images;
    for (const explore::Neighbour& near : shown_->neighbours)
        if (near.index < dataset.held_out.count) images.push_back(near.index);
    tiles_.want(context, images);
    SheetGrid grid;
    grid.gap = 3 * context.scale;
    grid.columns = static_cast<int>(images.size());
    const float width = ImGui::GetContentRegionAvail().x;
    const float cell =
        (width + grid.gap) / static_cast<float>(std::max(grid.columns, 1)) - grid.gap;
    grid.image = size_within(dataset.height, dataset.width, {cell, 1.5f * cell});
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    ImGui::InvisibleButton("##near", {width, grid.image.y});
    const int under = ImGui::IsItemHovered() ? grid.at(corner, ImGui::GetIO().MousePos) : -1;
    for (std::size_t i = 0; i < images.size(); ++i) {
        const ImVec2 low = grid.cell(corner, static_cast<int>(i));
        tiles_.draw(ImGui::GetWindowDrawList(), images[i], low,
                    {low.x + grid.image.x, low.y + grid.image.y});
    }
    context.layout.mark("draw.neighbours", std::to_string(images.front()));
    if (under < 0 || under >= static_cast<int>(images.size())) return;
    const int image = images[static_cast<std::size_t>(under)];
    outline_cell(context, grid, corner, under);
    if (ImGui::IsMouseClicked(0)) context.view_state.point = image;
    tip(context, ("Image " + std::to_string(image) + ", " + class_name(dataset, image) +
                  ", whose code lies near. Click to select it.")
                     .c_str());
}

void DrawPanel::draw(Context& context) {
    if (!context.has_run()) return waiting_text(context, waiting_reason(context));
    if (!is_offered(context))
        return waiting_text(context, "This estimator has no encoder: a drawing has no code.");
    update(context);
    const float width = ImGui::GetContentRegionAvail().x;
    canvas(context, kCanvasPart * width);
    ImGui::SameLine(0, 8 * context.scale);
    ImGui::BeginGroup();
    decoded(context, kDecodedPart * width);
    ImGui::EndGroup();
    tools(context);
    sources(context);
    numbers(context);
    neighbours(context);
    menu_.draw(context);
}

}  // namespace

std::unique_ptr<Panel> make_draw_panel() { return std::make_unique<DrawPanel>(); }

}  // namespace elbow::gui

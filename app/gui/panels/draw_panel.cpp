#include "app/gui/panels/draw_panel.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/gl/tile_texture.h"
#include "app/gui/panels/brush.h"
#include "app/gui/panels/compress_section.h"
#include "app/gui/panels/draw_actions.h"
#include "app/gui/panels/drawing_answer.h"
#include "app/gui/panels/filling_in.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/picture_intake.h"
#include "app/gui/panels/place_menu.h"
#include "app/gui/panels/sheet_layout.h"
#include "app/gui/panels/unknown_mark.h"
#include "app/gui/widgets/controls.h"
#include "engine/live/questions/drawing.h"
#include "engine/run/measure.h"

namespace elbow::gui {
namespace {

constexpr float kCanvasPart = 0.56f, kDecodedPart = 0.34f;  // of the panel's width
constexpr float kThinnest = 0.4f, kThickest = 8.0f;  // radius of the brush, pixels of the image
constexpr float kHatchPx = 6.0f;                     // from line to line, scale 1

class DrawPanel final : public Panel {
  public:
    const char* id() const override { return kDrawPanel; }
    const char* title() const override { return "Draw"; }
    Spot home() const override { return {{"inspector"}, {}, {}, {}}; }
    bool is_offered(const Context& context) const override { return context.has_run(); }
    void add_actions(Context&, WindowActions&) override;
    void tick(Context&) override;
    void unseen(Context& context) override { compress_.forget(context); }
    void draw(Context&) override;

  private:
    WindowAction paste_action(Context&);
    WindowAction invert_action(Context&);
    WindowAction cancel_action();
    void take_dropped(Context&);
    void update(Context&);
    void lead_the_dot(ViewState&) const;
    void canvas(Context&, float width);
    void paint(Context&, ImVec2 at, ImVec2 size);
    void words_on_canvas(Context&, ImVec2 at, ImVec2 size);
    void decoded(Context&, float width);
    void tools(Context&);
    void sources(Context&);
    void answer(Context&);

    Brush brush_;
    bool erases_ = false;
    bool masks_ = false;  // the brush marks what is not known
    bool leads_the_dot_ = true;
    PictureIntake intake_;
    PlacedPicture placed_;  // the last one
    FillingIn filling_;
    std::optional<ImVec2> pen_;  // where it was in the frame before, pixels of the image
    std::vector<std::uint8_t> on_canvas_;
    gl::TileTexture canvas_, decoded_;
    std::shared_ptr<const live::DrawingView> shown_;
    DrawingAnswer answer_;
    CompressDrawing compress_;
    PlaceMenu menu_;
};

void DrawPanel::add_actions(Context& context, WindowActions& actions) {
    actions.push_back(clear_action(context));
    actions.push_back(from_dot_action(context));
    actions.push_back(from_image_action(context));
    actions.push_back(noise_action(context));
    actions.push_back(pass_action(context));
    actions.push_back(invert_action(context));
    actions.push_back(paste_action(context));
    filling_.add_actions(context, actions);
}

WindowAction DrawPanel::paste_action(Context& context) {
    return {.id = "draw.paste",
            .title = "Paste a picture on the canvas",
            .help =
                "The picture on the clipboard, made as large as the data's images (Ctrl+V). A "
                "picture's file can also be dropped on the window.",
            .run = [this, &context] { intake_.paste(context.trainer->dataset); },
            .why_not = context.has_run() ? "" : "There is no run yet.",
            .keys = {{Key::kV, true}},
            .key_shows_panel = true};
}

// A picture that was placed keeps the data's ground around it.
WindowAction DrawPanel::invert_action(Context& context) {
    return {.id = "draw.invert",
            .title = "Invert the drawing",
            .help = "Turns light and dark into one another: MNIST is light on dark.",
            .run =
                [this, &context] {
                    std::vector<std::uint8_t>& drawing = context.view_state.drawing;
                    if (drawing == placed_.image) {
                        drawing = placed_.negative;
                    } else if (drawing == placed_.negative) {
                        drawing = placed_.image;
                    } else {
                        for (std::uint8_t& value : drawing)
                            value = static_cast<std::uint8_t>(255 - value);
                    }
                },
            .why_not = why_no_drawing(context)};
}

WindowAction DrawPanel::cancel_action() {
    return {.id = "draw.cancel",
            .title = "Cancel the picture that is being read",
            .help = "Leaves the drawing as it is.",
            .run = [this] { intake_.cancel(); }};
}

void DrawPanel::take_dropped(Context& context) {
    if (context.dropped_pictures == nullptr || context.dropped_pictures->empty()) return;
    const std::vector<std::filesystem::path> dropped = std::exchange(*context.dropped_pictures, {});
    if (!context.has_run()) {
        context.toasts.add(ToastKind::kError,
                           "A picture becomes a drawing for the run's model, and there is no run "
                           "yet. Drop it again when one has begun.");
        return;
    }
    if (dropped.size() > 1)
        context.toasts.add(ToastKind::kInfo,
                           "The canvas holds one picture: the first of those that were dropped.");
    intake_.read(dropped.front(), context.trainer->dataset);
    context.actions.show_panel(id());
}

void DrawPanel::tick(Context& context) {
    take_dropped(context);
    auto placed = intake_.poll(context.toasts);
    const bool fits =
        placed && context.has_run() &&
        placed->image.size() == static_cast<std::size_t>(context.dataset()->dimensions());
    if (fits) {
        placed_ = std::move(*placed);
        context.view_state.drawing = placed_.image;
    }
    filling_.tick(context);
}

void DrawPanel::update(Context& context) {
    const data::Dataset& dataset = *context.dataset();
    const std::vector<std::uint8_t>* filled = filling_.shown();
    std::vector<std::uint8_t> wanted = filled != nullptr ? *filled : context.view_state.drawing;
    if (!has_drawing(context)) wanted.assign(static_cast<std::size_t>(dataset.dimensions()), 0);
    if (wanted != on_canvas_) {
        canvas_.update(wanted, 1, dataset.shape());
        on_canvas_ = std::move(wanted);
    }
    const auto view = has_drawing(context) ? context.views.get<live::DrawingView>() : nullptr;
    if (view == shown_) return;
    shown_ = view && view->detail.mean.size() == context.view_state.cursor.size() ? view : nullptr;
    if (!shown_) return;
    decoded_.update(shown_->detail.reconstruction, 1, dataset.shape());
    lead_the_dot(context.view_state);
}

// Once for each drawing: not while the model alone changes. Under the pen an answer may be of a
// moment ago; else it would be of a drawing that was taken back.
void DrawPanel::lead_the_dot(ViewState& view_state) const {
    const std::vector<std::uint8_t>& answered = shown_->query.image;
    if (answered == view_state.led_by || (!pen_ && answered != view_state.drawing)) return;
    view_state.led_by = answered;
    if (leads_the_dot_) view_state.put_dot_and_plane(shown_->detail.mean);
}

// The left button draws or marks, the right one takes away.
void DrawPanel::paint(Context& context, ImVec2 at, ImVec2 size) {
    const data::Dataset& dataset = *context.dataset();
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const ImVec2 pen{(mouse.x - at.x) / size.x * static_cast<float>(dataset.width),
                     (mouse.y - at.y) / size.y * static_cast<float>(dataset.height)};
    std::vector<std::uint8_t>& drawing = context.view_state.drawing;
    if (!has_drawing(context)) drawing.assign(static_cast<std::size_t>(dataset.dimensions()), 0);
    const bool takes_away = erases_ || ImGui::IsMouseDown(1);
    const ImVec2 from = pen_.value_or(pen);
    pen_ = pen;
    if (!masks_) {
        Brush brush = brush_;
        if (takes_away) brush.colour = {0, 0, 0};
        stroke(drawing, dataset.shape(), from, pen, brush);
        return;
    }
    std::vector<std::uint8_t>& unknown = context.view_state.unknown;
    unknown.resize(static_cast<std::size_t>(dataset.height) *
                   static_cast<std::size_t>(dataset.width));
    mark(unknown, dataset.shape(), from, pen, brush_.radius, !takes_away);
    const auto none =
        std::all_of(unknown.begin(), unknown.end(), [](std::uint8_t each) { return each == 0; });
    if (none) unknown.clear();
}

void DrawPanel::words_on_canvas(Context& context, ImVec2 at, ImVec2 size) {
    const std::string reading = intake_.what();
    const std::string words = !reading.empty() ? reading : has_drawing(context) ? "" : "draw here";
    if (words.empty()) return;
    const std::string shown = fitted(words, size.x);
    const ImVec2 text = ImGui::CalcTextSize(shown.c_str());
    halo_text(ImGui::GetWindowDrawList(),
              {at.x + 0.5f * (size.x - text.x), at.y + 0.5f * (size.y - text.y)},
              IM_COL32(170, 170, 170, 255), IM_COL32(0, 0, 0, 255), shown.c_str());
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
    if (has_drawing(context))
        draw_unknown(list, at, end, dataset.shape(), context.view_state.unknown,
                     masks_ && !filling_.goes_on(), kHatchPx * context.scale,
                     context.theme.warning);
    words_on_canvas(context, at, size);
    if (hovered) {
        const float pixel = size.x / static_cast<float>(dataset.width);
        list->AddCircle(ImGui::GetIO().MousePos, brush_.radius * pixel, context.theme.accent, 0,
                        1.5f * context.scale);
    }
    context.layout.mark("draw.canvas", has_drawing(context) ? hash_text(on_canvas_) : "empty");
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
           "On: the brush takes away, as the right button always does.");
    same_line_if_room(right, ImGui::CalcTextSize("Lead the dot").x + 16.0f * context.scale);
    toggle(context, "draw.lead", "Lead the dot", leads_the_dot_,
           "On: the dot goes along with the drawing, to the mean of its q(z|x).");
    same_line_if_room(right, button_width("Mask"));
    toggle(context, "draw.mask", "Mask", masks_,
           "On: the brush marks what of the drawing is not known, the right button what is. The "
           "model can fill it in.");
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
    next("Invert", invert_action(context));
    next("Paste", paste_action(context));
    if (!intake_.what().empty()) next("Cancel", cancel_action());
}

// What the model makes of it, and what it costs.
void DrawPanel::answer(Context& context) {
    const bool bounded = run::has_bound(context.trainer->config);
    DrawingAnswer::numbers(context, *shown_);
    if (bounded) {
        ImGui::SameLine();
        compress_.draw_toggle(context);
    }
    answer_.neighbours(context, *shown_);
    if (bounded) compress_.draw(context, *shown_);
}

void DrawPanel::draw(Context& context) {
    unseen(context);  // until there is something to ask
    if (!context.has_run()) return waiting_text(context, waiting_reason(context));
    update(context);
    const float width = ImGui::GetContentRegionAvail().x;
    canvas(context, kCanvasPart * width);
    ImGui::SameLine(0, 8 * context.scale);
    ImGui::BeginGroup();
    decoded(context, kDecodedPart * width);
    ImGui::EndGroup();
    tools(context);
    sources(context);
    filling_.draw(context);
    if (!context.explored->has_encoder)
        ImGui::TextDisabled("This estimator has no encoder: a drawing has no code.");
    if (shown_) answer(context);
    menu_.draw(context);
}

}  // namespace

std::unique_ptr<Panel> make_draw_panel() { return std::make_unique<DrawPanel>(); }

}  // namespace elbow::gui

#include "app/gui/panels/images_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <optional>

#include "app/gui/exports/reconstructions.h"
#include "app/gui/map/selecting.h"
#include "app/gui/panels/held_out_tiles.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/place_menu.h"
#include "app/gui/widgets/controls.h"
#include "engine/live/questions/scores.h"
#include "engine/run/measure.h"

namespace elbow::gui {
namespace {

constexpr float kPicturePx = 28.0f;  // scale 1

struct ColumnEntry {
    const char* title;
    float width;  // design pixels
    bool down_first;
    const char* help;
};
// In the order of ImageColumn.
constexpr std::array<ColumnEntry, 7> kImageColumns{{
    {"", 32.0f, false, "The image."},
    {"Image", 50.0f, false, "Its number among the held-out images."},
    {"Label", 56.0f, false, "Its label."},
    {"Bound", 66.0f, false,
     "The lower bound on its log p(x), nats, with one draw from q(z|x). The smallest first: what "
     "the model does not know."},
    {"Reconstr.", 72.0f, false, "The reconstruction term, nats: log p(x|z) at that draw."},
    {"KL", 50.0f, true, "KL of its q(z|x) from the prior, nats."},
    {"Width", 50.0f, true, "The geometric mean of the deviations of its q(z|x)."},
}};

float value_of(const explore::ImageScores& scores, std::size_t image, ImageColumn column) {
    switch (column) {
        case ImageColumn::kBound:
            return scores.bound(image);
        case ImageColumn::kReconstruction:
            return scores.reconstruction[image];
        case ImageColumn::kKl:
            return scores.kl[image];
        case ImageColumn::kWidth:
            return scores.width[image];
        case ImageColumn::kPicture:
        case ImageColumn::kImage:
        case ImageColumn::kLabel:
            break;
    }
    return static_cast<float>(image);
}

class ImagesPanel final : public Panel {
  public:
    const char* id() const override { return "images"; }
    const char* title() const override { return "Images"; }
    Spot home() const override { return {{"inspector"}, {}, {}, {}}; }
    bool is_offered(const Context& context) const override {
        return context.has_run() && context.explored->has_encoder &&
               run::has_bound(context.trainer->config);
    }
    void unseen(Context& context) override { context.visible.scores = false; }
    void draw(Context&) override;

  private:
    void search(Context&);
    void table(Context&, const live::ScoresView&);
    void take_order(const Context&, const live::ScoresView&);
    void row(Context&, const explore::ImageScores&, int image, int place);
    bool select(ViewState&, int place);
    void scroll_to(const Context&, float row);

    char typed_[32] = "";
    ImageColumn column_ = ImageColumn::kBound;
    bool descending_ = false;
    // What the rows were made of, and whether they have to be made again.
    std::shared_ptr<const live::ScoresView> made_;
    std::string made_for_;
    bool order_changed_ = true;
    std::vector<int> rows_;
    HeldOutTiles tiles_;               // of the rows that are seen
    std::optional<int> reached_from_;  // the row that a range of the selection begins at
    std::optional<int> point_;         // that was selected in the frame before
    PlaceMenu menu_;
};

void ImagesPanel::search(Context& context) {
    ImGui::SetNextItemWidth(-1.0f);
    ImGui::InputTextWithHint("##search", "A label, or a number", typed_, sizeof typed_);
    context.layout.mark("images.search", typed_);
    hover(context, "Lists the images with this label, and the one with this number.");
}

// No row moves away under the mouse while the model learns.
void ImagesPanel::take_order(const Context& context, const live::ScoresView& view) {
    if (ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
        specs != nullptr && specs->SpecsDirty && specs->SpecsCount > 0) {
        column_ = static_cast<ImageColumn>(specs->Specs[0].ColumnUserID);
        descending_ = specs->Specs[0].SortDirection == ImGuiSortDirection_Descending;
        order_changed_ = true;
        specs->SpecsDirty = false;
    }
    const bool other_images = made_ && made_->scores.kl.size() != view.scores.kl.size();
    const bool looked_at = ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows);
    const bool newer = made_.get() != &view && (!looked_at || !made_);
    if (!order_changed_ && !other_images && !newer && made_for_ == typed_) return;
    const data::Dataset& dataset = *context.dataset();
    rows_ = listed_images(view.scores, dataset.held_out.labels, dataset.class_names, column_,
                          descending_, typed_);
    made_ = context.views.get<live::ScoresView>();
    made_for_ = typed_;
    order_changed_ = false;
}

// With Ctrl the image of a row goes into the selection, or out of it; with Shift all from the row
// that was clicked before to this one go in. False: neither is held.
bool ImagesPanel::select(ViewState& view_state, int place) {
    const ImGuiIO& io = ImGui::GetIO();
    if (io.KeyShift) {
        const int from =
            std::min(reached_from_.value_or(place), static_cast<int>(rows_.size()) - 1);
        Selection found(rows_.begin() + std::min(from, place),
                        rows_.begin() + std::max(from, place) + 1);
        std::sort(found.begin(), found.end());
        view_state.selection = combined(view_state.selection, found, Selecting::kAdd);
    } else if (io.KeyCtrl) {
        view_state.selection =
            toggled(view_state.selection, rows_[static_cast<std::size_t>(place)]);
    }
    return io.KeyShift || io.KeyCtrl;
}

void ImagesPanel::row(Context& context, const explore::ImageScores& scores, int image, int place) {
    const data::Dataset& dataset = *context.dataset();
    const float side = kPicturePx * context.scale;
    ImGui::PushID(image);
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    std::optional<int>& point = context.view_state.point;
    constexpr ImGuiSelectableFlags kFlags = ImGuiSelectableFlags_SpanAllColumns;
    if (ImGui::Selectable("##row", point == image, kFlags, {0.0f, side})) {
        if (!select(context.view_state, place)) point = point_ = image;
        reached_from_ = place;
    }
    if (ImGui::IsItemHovered()) {
        note_under_mouse(context, reconstructions_export(), {}, {image});
        if (ImGui::IsMouseClicked(1)) menu_.open(code_on_map(context, image), image);
    }
    if (place == 0) context.layout.mark("images.first", std::to_string(image));
    const ImVec2 size = size_within(dataset.height, dataset.width, {side, side});
    tiles_.draw(ImGui::GetWindowDrawList(), image, at, {at.x + size.x, at.y + size.y});
    if (is_selected(context.view_state.selection, image)) {
        ImGui::GetWindowDrawList()->AddRectFilled({at.x - 3.0f * context.scale, at.y},
                                                  {at.x, at.y + side}, context.theme.text);
    }
    const float down = 0.5f * (side - ImGui::GetTextLineHeight());
    const auto cell = [&](const std::string& text) {
        ImGui::TableNextColumn();
        ImGui::SetCursorPosY(ImGui::GetCursorPosY() + down);
        ImGui::TextUnformatted(text.c_str());
    };
    const auto i = static_cast<std::size_t>(image);
    cell(std::to_string(image));
    cell(class_name(dataset, image));
    cell(fixed(scores.bound(i), 2));
    cell(fixed(scores.reconstruction[i], 2));
    cell(fixed(scores.kl[i], 2));
    cell(fixed(scores.width[i], 3));
    ImGui::PopID();
}

// Where another image was selected elsewhere.
void ImagesPanel::scroll_to(const Context& context, float row) {
    const std::optional<int> selected = context.view_state.point;
    if (std::exchange(point_, selected) == selected || !selected) return;
    const auto found = std::find(rows_.begin(), rows_.end(), *selected);
    if (found == rows_.end()) return;
    const float top = row * static_cast<float>(found - rows_.begin());
    ImGui::SetScrollY(std::max(top - 0.4f * ImGui::GetWindowHeight(), 0.0f));
}

void ImagesPanel::table(Context& context, const live::ScoresView& view) {
    constexpr ImGuiTableFlags kFlags = ImGuiTableFlags_Sortable | ImGuiTableFlags_RowBg |
                                       ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_ScrollY |
                                       ImGuiTableFlags_ScrollX | ImGuiTableFlags_NoSavedSettings;
    if (!ImGui::BeginTable("images", static_cast<int>(kImageColumns.size()), kFlags)) return;
    for (std::size_t i = 0; i < kImageColumns.size(); ++i) {
        const ColumnEntry& column = kImageColumns[i];
        ImGuiTableColumnFlags flags = ImGuiTableColumnFlags_WidthFixed;
        if (i == 0) flags |= ImGuiTableColumnFlags_NoSort;
        flags |= column.down_first ? ImGuiTableColumnFlags_PreferSortDescending
                                   : ImGuiTableColumnFlags_PreferSortAscending;
        if (static_cast<ImageColumn>(i) == ImageColumn::kBound)
            flags |= ImGuiTableColumnFlags_DefaultSort;
        ImGui::TableSetupColumn(column.title, flags, column.width * context.scale,
                                static_cast<ImGuiID>(i));
    }
    ImGui::TableSetupScrollFreeze(1, 1);
    ImGui::TableNextRow(ImGuiTableRowFlags_Headers);
    for (std::size_t i = 0; i < kImageColumns.size(); ++i) {
        ImGui::TableSetColumnIndex(static_cast<int>(i));
        ImGui::PushID(static_cast<int>(i));
        ImGui::TableHeader(kImageColumns[i].title);
        ImGui::PopID();
        context.layout.mark(("images.column." + std::to_string(i)).c_str());
        hover(context, kImageColumns[i].help);
    }
    take_order(context, view);
    const float pitch = kPicturePx * context.scale + 2.0f * ImGui::GetStyle().CellPadding.y;
    scroll_to(context, pitch);
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(rows_.size()), pitch);
    while (clipper.Step()) {
        tiles_.want(context,
                    {rows_.begin() + clipper.DisplayStart, rows_.begin() + clipper.DisplayEnd});
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
            row(context, view.scores, rows_[static_cast<std::size_t>(i)], i);
    }
    ImGui::EndTable();
}

void ImagesPanel::draw(Context& context) {
    if (!context.has_run()) return waiting_text(context, waiting_reason(context));
    if (!is_offered(context)) {
        context.visible.scores = false;
        return waiting_text(context, "This estimator gives no bound of an image.");
    }
    context.visible.scores = true;
    const auto view = context.views.get<live::ScoresView>();
    const auto count = static_cast<std::size_t>(context.dataset()->held_out.count);
    if (!view || view->scores.kl.size() != count)
        return waiting_text(context, waiting_reason(context));
    search(context);
    table(context, *view);
    menu_.draw(context);
}

}  // namespace

std::vector<int> listed_images(const explore::ImageScores& scores,
                               std::span<const std::uint8_t> labels,
                               const std::vector<std::string>& class_names, ImageColumn column,
                               bool descending, std::string_view typed) {
    const auto label = [&](int image) {
        return labels.empty() ? 0 : labels[static_cast<std::size_t>(image)];
    };
    const auto is_called = [&](int image) {
        if (typed.empty() || std::to_string(image) == typed) return true;
        const auto i = static_cast<std::size_t>(label(image));
        return !labels.empty() && i < class_names.size() && class_names[i] == typed;
    };
    std::vector<int> listed;
    for (int image = 0; image < static_cast<int>(scores.kl.size()); ++image)
        if (is_called(image)) listed.push_back(image);
    const auto value = [&](int image) {
        return column == ImageColumn::kLabel
                   ? static_cast<float>(label(image))
                   : value_of(scores, static_cast<std::size_t>(image), column);
    };
    std::stable_sort(listed.begin(), listed.end(), [&](int a, int b) {
        const float first = value(a), second = value(b);
        if (std::isnan(first) || std::isnan(second))
            return std::isnan(second) && !std::isnan(first);
        return descending ? first > second : first < second;
    });
    return listed;
}

std::unique_ptr<Panel> make_images_panel() { return std::make_unique<ImagesPanel>(); }

}  // namespace elbow::gui

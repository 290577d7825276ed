#include "app/gui/runs/runs_table.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "app/gui/keys.h"
#include "app/gui/panels/picture.h"
#include "app/gui/runs/run_files.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/text_input.h"
#include "engine/core/text.h"

namespace elbow::gui {
namespace {

constexpr float kPictureSide = 56.0f;  // design pixels

struct Column {
    RunColumn column;
    const char* title;
    float width;      // share of the table
    bool descending;  // at the first click
};
constexpr std::array<Column, 7> kColumns{{
    {RunColumn::kName, "Run", 2.1f, false},
    {RunColumn::kDataset, "Data", 1.1f, false},
    {RunColumn::kModel, "Model", 1.4f, false},
    {RunColumn::kScore, "Held-out bound", 1.9f, true},
    {RunColumn::kImages, "Images seen", 1.1f, true},
    {RunColumn::kSize, "Size", 0.8f, true},
    {RunColumn::kDate, "Saved", 1.0f, true},
}};

std::string place_text(const RunEntry& entry, bool open_here) {
    std::string text = open_here                             ? "in this window"
                       : entry.place == RunPlace::kAutosaved ? "autosaved"
                       : entry.place == RunPlace::kSaved     ? "saved"
                                                             : entry.folder.parent_path().string();
    if (entry.pinned) text = "pinned, " + text;
    return text;
}

std::string row_help(const RunEntry& entry) {
    if (!entry.problem.empty()) return "Cannot be opened: " + entry.problem;
    return entry.name + "\n" + entry.folder.string() + "\n\n" + entry.dataset + ", " + entry.model +
           ", " + entry.learns_by + "\n" + entry.score_of + ": " + nats(entry.score) +
           " nats per image";
}

// Two lines in the middle of the row, the second one dim.
class Cell {
  public:
    Cell(const Context& context, ImU32 text) : context_(context), text_(text) {
        ImGui::TableNextColumn();
        min_ = ImGui::GetCursorScreenPos();
        width_ = ImGui::GetContentRegionAvail().x;
    }
    void draw(const std::string& first, const std::string& second) const {
        const float line = ImGui::GetFontSize();
        const float gap = 2.0f * context_.scale;
        const float height = second.empty() ? line : 2.0f * line + gap;
        const float y = min_.y + (kPictureSide * context_.scale - height) / 2;
        write(y, text_, first);
        if (!second.empty()) write(y + line + gap, context_.theme.text_dim, second);
    }

  private:
    void write(float y, ImU32 colour, const std::string& words) const {
        ImGui::GetWindowDrawList()->AddText({min_.x, y}, colour, fitted(words, width_).c_str());
    }
    const Context& context_;
    ImU32 text_;
    ImVec2 min_;
    float width_;
};

void set_up_columns(const Context& context, const RunOrder& order) {
    ImGui::TableSetupScrollFreeze(0, 1);
    ImGui::TableSetupColumn("##picture",
                            ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_NoSort |
                                ImGuiTableColumnFlags_NoResize,
                            kPictureSide * context.scale);
    for (const Column& column : kColumns) {
        ImGuiTableColumnFlags flags = ImGuiTableColumnFlags_WidthStretch;
        if (column.descending) flags |= ImGuiTableColumnFlags_PreferSortDescending;
        if (column.column == order.column) flags |= ImGuiTableColumnFlags_DefaultSort;
        ImGui::TableSetupColumn(column.title, flags, column.width,
                                static_cast<ImGuiID>(column.column));
    }
    ImGui::TableHeadersRow();
}

void take_order(RunOrder& order) {
    const ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
    if (specs == nullptr || specs->SpecsCount == 0) return;
    order.column = static_cast<RunColumn>(specs->Specs[0].ColumnUserID);
    order.descending = specs->Specs[0].SortDirection == ImGuiSortDirection_Descending;
}

}  // namespace

const RunEntry* RunsTable::chosen(const Rows& rows) const {
    for (const std::size_t i : rows.shown) {
        if (rows.entries[i].folder == chosen_) return &rows.entries[i];
    }
    return nullptr;
}

void RunsTable::choose_next(const Rows& rows, int step) {
    if (rows.shown.empty()) return;
    const auto is_chosen = [&](std::size_t i) { return rows.entries[i].folder == chosen_; };
    const auto found = std::find_if(rows.shown.begin(), rows.shown.end(), is_chosen);
    const auto last = static_cast<std::ptrdiff_t>(rows.shown.size()) - 1;
    const std::ptrdiff_t at =
        found == rows.shown.end()
            ? 0
            : std::clamp(found - rows.shown.begin() + step, std::ptrdiff_t{0}, last);
    chosen_ = rows.entries[rows.shown[static_cast<std::size_t>(at)]].folder;
    scroll_to_chosen_ = true;
}

void RunsTable::begin_renaming(const RunEntry& entry) {
    chosen_ = entry.folder;
    renamed_ = entry.named ? entry.name : "";
    focus_name_ = true;
}

RunsTable::Wish RunsTable::draw(Context& context, const Rows& rows, Thumbnails& thumbnails,
                                RunOrder& order, ImVec2 size) {
    Wish wish;
    constexpr ImGuiTableFlags kFlags = ImGuiTableFlags_Sortable | ImGuiTableFlags_RowBg |
                                       ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_ScrollY |
                                       ImGuiTableFlags_Resizable | ImGuiTableFlags_NoSavedSettings;
    if (!ImGui::BeginTable("runs", static_cast<int>(kColumns.size()) + 1, kFlags, size))
        return wish;
    set_up_columns(context, order);
    take_order(order);
    const float row = kPictureSide * context.scale + 2.0f * ImGui::GetStyle().CellPadding.y;
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(rows.shown.size()), row);
    while (clipper.Step()) {
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const RunEntry& entry = rows.entries[rows.shown[static_cast<std::size_t>(i)]];
            draw_row(context, rows, entry, thumbnails, wish);
        }
    }
    if (scroll_to_chosen_) {
        for (std::size_t i = 0; i < rows.shown.size(); ++i) {
            if (rows.entries[rows.shown[i]].folder != chosen_) continue;
            const float top = row * static_cast<float>(i);
            const float room = ImGui::GetWindowHeight() - 2.0f * ImGui::GetFrameHeight() - row;
            if (top < ImGui::GetScrollY()) ImGui::SetScrollY(top);
            if (top > ImGui::GetScrollY() + room) ImGui::SetScrollY(top - room);
        }
        scroll_to_chosen_ = false;
    }
    ImGui::EndTable();
    return wish;
}

void RunsTable::draw_row(Context& context, const Rows& rows, const RunEntry& entry,
                         Thumbnails& thumbnails, Wish& wish) {
    ImGui::PushID(entry.folder.c_str());
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    const float side = kPictureSide * context.scale;
    const ImVec2 min = ImGui::GetCursorScreenPos();
    const bool is_chosen = entry.folder == chosen_;
    const bool renames = is_chosen && renamed_.has_value();
    ImGuiSelectableFlags flags =
        ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowDoubleClick;
    if (renames) flags |= ImGuiSelectableFlags_Disabled;
    if (ImGui::Selectable("##row", is_chosen, flags, {0.0f, side})) {
        if (!is_chosen) renamed_.reset();
        chosen_ = entry.folder;
        if (ImGui::IsMouseDoubleClicked(0)) wish.action = RunAction::kOpen;
    }
    context.layout.mark(("runs.row." + entry.name).c_str(),
                        entry.problem.empty() ? "" : entry.problem);
    if (ImGui::BeginPopupContextItem("menu")) {
        chosen_ = entry.folder;
        close_on_escape();
        rows.menu(entry);
        ImGui::EndPopup();
    } else if (!renames) {
        hover(context, row_help(entry).c_str());
    }
    draw_picture(context, entry, thumbnails, min, side);
    if (renames) {
        ImGui::TableNextColumn();
        draw_name_field(context, wish);
    } else {
        draw_cells(context, entry, rows.open_here(entry));
    }
    ImGui::PopID();
}

void RunsTable::draw_picture(Context& context, const RunEntry& entry, Thumbnails& thumbnails,
                             ImVec2 min, float side) {
    const Thumbnail* made = thumbnails.of(entry);
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (made == nullptr || made->pixels.empty()) {
        list->AddRectFilled(min, {min.x + side, min.y + side},
                            with_alpha(context.theme.text_dim, 0.10f), 4.0f * context.scale);
        return;
    }
    Picture& picture = pictures_[entry.folder];
    if (picture.texture.empty() || picture.of != made->saved_at) {
        picture.texture.update_grid(made->pixels, made->side * made->side, made->shape, made->side);
        picture.of = made->saved_at;
    }
    const auto width = static_cast<float>(made->shape.width);
    const auto height = static_cast<float>(made->shape.height);
    const float factor = side / std::max(width, height);
    const ImVec2 size{factor * width, factor * height};
    const ImVec2 at{min.x + (side - size.x) / 2, min.y + (side - size.y) / 2};
    list->AddImage(texture_id(picture.texture.id()), at, {at.x + size.x, at.y + size.y});
}

void RunsTable::draw_cells(Context& context, const RunEntry& entry, bool open_here) {
    const Theme& theme = context.theme;
    const bool whole = entry.problem.empty();
    const ImU32 text = whole ? theme.text : theme.text_dim;
    Cell(context, open_here ? theme.accent : text)
        .draw(entry.name, whole ? place_text(entry, open_here) : entry.problem);
    if (!whole) {
        for (std::size_t i = 0; i < 5; ++i) ImGui::TableNextColumn();
        Cell(context, text).draw(entry.day, entry.time);
        return;
    }
    Cell(context, text).draw(entry.dataset, "");
    Cell(context, text).draw(entry.model, entry.learns_by);
    const std::size_t comma = entry.score_of.find(", ");
    Cell(context, text)
        .draw(nats(entry.score),
              comma == std::string::npos ? entry.score_of : entry.score_of.substr(comma + 2));
    Cell(context, text)
        .draw(short_count(static_cast<double>(entry.samples)), duration_text(entry.train_seconds));
    Cell(context, text).draw(bytes_text(entry.bytes), "");
    Cell(context, text).draw(entry.day, entry.time);
}

// Enter takes the name, Escape and a click elsewhere leave it as it was.
void RunsTable::draw_name_field(Context& context, Wish& wish) {
    const float middle = (kPictureSide * context.scale - ImGui::GetFrameHeight()) / 2;
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + middle);
    ImGui::SetNextItemWidth(-1.0f);
    if (focus_name_) ImGui::SetKeyboardFocusHere();
    const bool entered =
        text_input("##name", *renamed_, kRunNameRoom, "no name",
                   ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    context.layout.mark("runs.name", *renamed_);
    const bool left = ImGui::IsItemDeactivated();
    if (entered) wish.new_name = *renamed_;
    if (left && !focus_name_) renamed_.reset();
    focus_name_ = false;
}

}  // namespace elbow::gui

#include "app/gui/export_dialog.h"

#include <chrono>
#include <cstring>
#include <exception>
#include <thread>
#include <utility>

#include "app/gui/clipboard.h"
#include "app/gui/export_pictures.h"
#include "app/gui/export_wishes.h"
#include "app/gui/widgets/controls.h"
#include "engine/core/clock.h"
#include "engine/core/error.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

constexpr int kMostGrid = 100;
constexpr int kMostScale = 16;
constexpr int kMostMapScale = 8;
constexpr float kSizeRows = 3.0f;      // of the kind that has the most to choose
constexpr float kMessageLines = 3.0f;  // of text
constexpr std::size_t kFolderLength = 1024;

std::string why_not(const Context& context, ExportKind kind) {
    if (context.has_run()) return why_not_exported(kind, *context.trainer->snapshot);
    return "There is nothing to export before the first run has begun.";
}

void heading(const Context& context, const char* text) {
    ImGui::Dummy({0.0f, 2.0f * context.scale});
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::TextUnformatted(text);
    ImGui::PopStyleColor();
}

// Of the manifold: which plane, and how many images.
void draw_grid(Context& context, float width) {
    Settings& settings = context.settings;
    if (ImGui::RadioButton("Quantiles of the prior", settings.export_quantile_grid)) {
        settings.export_quantile_grid = true;
    }
    context.layout.mark("export.quantile_grid");
    hover(context,
          "Equal steps in probability under the prior N(0, I), as in figure 4 of Kingma and "
          "Welling: the unit square through the inverse Gaussian CDF.");
    ImGui::SameLine();
    if (ImGui::RadioButton("What the map shows", !settings.export_quantile_grid)) {
        settings.export_quantile_grid = false;
    }
    context.layout.mark("export.map_grid");
    hover(context, "Equal steps over a square in the middle of the map, as high as the map shows.");
    ImGui::SetNextItemWidth(width);
    ImGui::SliderInt("images per side", &settings.export_grid, 1, kMostGrid, "%d",
                     ImGuiSliderFlags_AlwaysClamp);
    context.layout.mark("export.grid", std::to_string(settings.export_grid));
    hover(context, "Ctrl+click to type a number.");
}

void draw_map_scale(Context& context, float width) {
    int& scale = context.settings.export_map_scale;
    ImGui::SetNextItemWidth(width);
    ImGui::SliderInt("times the size on the screen", &scale, 1, kMostMapScale, "%d",
                     ImGuiSliderFlags_AlwaysClamp);
    context.layout.mark("export.map_scale", std::to_string(scale));
    hover(
        context,
        "Drawn anew at that size, with letters, points and lines as sharp as on the screen. At 1, "
        "a pixel of the picture is one of the window's at scale 1.");
}

}  // namespace

void ExportDialog::draw_kinds(Context& context) {
    for (const ExportKindEntry& entry : export_kinds()) {
        if (ImGui::RadioButton(entry.title, kind_ == entry.kind)) kind_ = entry.kind;
        context.layout.mark(("export." + std::string(entry.id)).c_str(),
                            kind_ == entry.kind ? "on" : "off");
        hover(context, entry.help);
    }
}

// As high for one kind as for another, so that what is below stays where it is.
void ExportDialog::draw_size(Context& context) {
    const float top = ImGui::GetCursorPosY();
    const float width = 150.0f * context.scale;
    if (kind_ == ExportKind::kManifold) draw_grid(context, width);
    if (kind_ == ExportKind::kMap) {
        draw_map_scale(context, width);
    } else if (export_kind(kind_).scaled) {
        int& scale = context.settings.export_pixel_scale;
        ImGui::SetNextItemWidth(width);
        ImGui::SliderInt("pixels per image pixel", &scale, 1, kMostScale, "%d",
                         ImGuiSliderFlags_AlwaysClamp);
        context.layout.mark("export.scale", std::to_string(scale));
        hover(context, "How many times each pixel of an image is repeated in both directions.");
    } else {
        ImGui::AlignTextToFramePadding();
        ImGui::TextDisabled("%s", export_kind(kind_).picture ? "As large as fits a page."
                                                             : "A table: nothing to choose.");
    }
    ImGui::SetCursorPosY(top + kSizeRows * ImGui::GetFrameHeightWithSpacing());
}

void ExportDialog::draw_folder(Context& context) {
    if (!folder_read_) folder_ = context.settings.export_folder;
    folder_read_ = true;
    char buffer[kFolderLength] = {};
    std::strncpy(buffer, folder_.c_str(), sizeof buffer - 1);
    ImGui::SetNextItemWidth(-1.0f);
    const std::string working = export_folder("").string();
    if (ImGui::InputTextWithHint("##folder", working.c_str(), buffer, sizeof buffer))
        folder_ = buffer;
    if (ImGui::IsItemDeactivatedAfterEdit()) context.settings.export_folder = folder_;
    context.layout.mark("export.folder", folder_);
    hover(context,
          "Where the file goes. Empty: the folder in which the program was started. A missing "
          "folder is created.");
}

// In a room of its own that is always as high, and scrolls where a message needs more.
std::string ExportDialog::draw_message(Context& context, ExportRequest& wanted) {
    std::string why = why_not(context, kind_);
    begin_region("##message", {0.0f, kMessageLines * ImGui::GetTextLineHeightWithSpacing()});
    ImGui::PushTextWrapPos(0.0f);
    try {
        if (why.empty()) {
            wanted = export_request(context, kind_);
            wanted.folder = export_folder(folder_);
            const io::SheetSize size =
                picture_size(wanted, context.trainer->snapshot->architecture);
            const auto path =
                free_path(wanted.folder /
                          export_file_name(wanted, *context.trainer->snapshot, *context.dataset()));
            const std::string pixels = export_kind(kind_).picture
                                           ? ", " + std::to_string(size.width) + " x " +
                                                 std::to_string(size.height) + " pixels"
                                           : "";
            ImGui::TextDisabled("%s%s", path.filename().string().c_str(), pixels.c_str());
        }
    } catch (const Error& error) {
        why = error.what();
        ImGui::PushStyleColor(ImGuiCol_Text, context.theme.error);
        ImGui::TextUnformatted(error.what());
        ImGui::PopStyleColor();
    }
    ImGui::PopTextWrapPos();
    ImGui::EndChild();
    return why;
}

void ExportDialog::draw_go(Context& context, bool& open) {
    ExportRequest wanted;
    const std::string why = draw_message(context, wanted);
    if (button(context, "export.go", "Export", "Writes the file from the newest weights.", why,
               {110.0f, 0.0f}, true)) {
        context.settings.export_folder = folder_;
        add_records(context, wanted);
        start(context, wanted);
    }
    ImGui::SameLine();
    if (button(context, "export.close", "Close", "Closes this dialog; exports in progress go on.",
               {}, {110.0f, 0.0f})) {
        open = false;
    }
    if (jobs_.empty()) return;
    ImGui::SameLine();
    ImGui::TextDisabled("%zu in progress", jobs_.size());
}

void ExportDialog::export_image(Context& context, std::vector<float> z) {
    if (!context.has_run()) return;
    start(context, export_request(context, PictureWish{ExportKind::kCursor, std::move(z), {}}));
}

void ExportDialog::start(Context& context, const ExportRequest& wanted) {
    const auto work = [snapshot = context.trainer->snapshot, dataset = context.trainer->dataset,
                       wanted](Progress& progress) {
        const std::vector<fs::path> files = export_files(*snapshot, *dataset, wanted, progress);
        std::string names;
        for (const fs::path& file : files)
            names += (names.empty() ? "" : " and ") + file.filename().string();
        const fs::path& first = files.front();
        return Done{"Exported " + names + " to " + first.parent_path().string(), first};
    };
    jobs_.push_back(std::make_unique<Job>("Nothing was exported. ", work));
}

void ExportDialog::copy(Context& context, const PictureWish& wish) {
    if (!context.has_run()) return;
    const auto work = [snapshot = context.trainer->snapshot, dataset = context.trainer->dataset,
                       wanted = export_request(context, wish)](Progress& progress) {
        const std::vector<std::uint8_t> png = export_png(*snapshot, *dataset, wanted, progress);
        copy_png_to_clipboard(png, [&] { progress.throw_if_cancelled(); });
        return Done{std::string("Copied to the clipboard: ") + export_kind(wanted.kind).title, {}};
    };
    jobs_.push_back(std::make_unique<Job>("Nothing was copied. ", work));
}

ExportDialog::News ExportDialog::news_of(Job& job) {
    try {
        Done done = job.task.take();
        return {ToastKind::kGood, std::move(done.text), std::move(done.file)};
    } catch (const std::exception& failure) {
        return {ToastKind::kError, job.failed + message_of(failure), {}};
    }
}

void ExportDialog::poll(Toasts& toasts) {
    for (auto& job : jobs_) {
        if (!job->task.done()) continue;
        News news = news_of(*job);
        toasts.add(news.kind, std::move(news.text), std::move(news.file));
        job.reset();
    }
    std::erase(jobs_, nullptr);
}

std::vector<std::string> ExportDialog::finish(double patience_s) {
    const double end_s = steady_now_s() + patience_s;
    std::vector<std::string> lines;
    for (auto& job : jobs_) {
        while (!job->task.done() && steady_now_s() < end_s)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        lines.push_back(job->task.done() ? news_of(*job).text
                                         : "An export was stopped because the window was closed. "
                                           "Nothing was written.");
    }
    jobs_.clear();
    return lines;
}

void ExportDialog::draw(Context& context, bool& open) {
    if (!open) return;
    const ImVec2 middle{ImGui::GetIO().DisplaySize.x / 2, ImGui::GetIO().DisplaySize.y / 2};
    ImGui::SetNextWindowPos(middle, ImGuiCond_Appearing, {0.5f, 0.5f});
    ImGui::SetNextWindowSize({470.0f * context.scale, 0.0f});
    const ImGuiWindowFlags flags = ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoResize |
                                   ImGuiWindowFlags_NoSavedSettings |
                                   ImGuiWindowFlags_AlwaysAutoResize;
    if (ImGui::Begin("Export", &open, flags)) {
        heading(context, "What");
        draw_kinds(context);
        heading(context, "How large");
        draw_size(context);
        heading(context, "Into the folder");
        draw_folder(context);
        draw_go(context, open);
    }
    ImGui::End();
}

}  // namespace elbow::gui

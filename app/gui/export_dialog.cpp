#include "app/gui/export_dialog.h"

#include <algorithm>
#include <cfloat>
#include <chrono>
#include <cstring>
#include <exception>
#include <thread>
#include <utility>
#include <variant>

#include "app/gui/actions/exports.h"
#include "app/gui/clipboard.h"
#include "app/gui/export_source.h"
#include "app/gui/exports/cursor.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/text_input.h"
#include "engine/core/clock.h"
#include "engine/core/error.h"
#include "engine/core/text.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

constexpr float kMessageLines = 3.0f;  // of text
constexpr std::size_t kMostJobRows = 4;
constexpr double kSoon_s = 0.5;  // what is done by then shows no progress
// Design pixels.
constexpr float kDialogWidth = 660.0f, kKindsWidth = 232.0f, kChoiceWidth = 150.0f;
constexpr std::size_t kFolderLength = 1024;

void heading(const Context& context, const char* text) {
    ImGui::Dummy({0.0f, 2.0f * context.scale});
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::TextUnformatted(text);
    ImGui::PopStyleColor();
}

void draw_choice(Context& context, const ExportNumber& choice, float width) {
    if (choice.applies != nullptr && !choice.applies(context.settings)) return;
    int& value = context.settings.*choice.value;
    int most = choice.most_by_hand > 0 ? choice.most_by_hand : choice.most;
    if (choice.most_of != nullptr && context.has_run())
        most = std::min(most, choice.most_of(context.trainer->snapshot->spec));
    ImGui::SetNextItemWidth(width);
    // A number that is typed may be larger.
    if (ImGui::SliderInt(choice.label, &value, choice.least, most))
        value = std::clamp(value, choice.least, choice.most_by_hand > 0 ? choice.most : most);
    context.layout.mark(choice.mark, std::to_string(value));
    hover(context, choice.help);
}

void draw_choice(Context& context, const ExportEither& choice, float) {
    bool& first = context.settings.*choice.first;
    for (const bool which : {true, false}) {
        const ExportEither::Way& way = choice.ways[which ? 0 : 1];
        if (!which) ImGui::SameLine();
        if (ImGui::RadioButton(way.label, first == which)) first = which;
        context.layout.mark(way.mark);
        hover(context, way.help);
    }
}

void draw_choice(Context& context, const ExportList& choice, float width) {
    std::string& value = context.settings.*choice.value;
    const ExportList::Item& chosen = choice.chosen(context.settings);
    ImGui::SetNextItemWidth(width);
    if (ImGui::BeginCombo(choice.label, chosen.label)) {
        close_on_escape();
        for (const ExportList::Item& item : choice.items) {
            if (ImGui::Selectable(item.label, &item == &chosen)) value = item.name;
            context.layout.mark((std::string(choice.mark) + "." + item.name).c_str());
            hover(context, item.help);
        }
        ImGui::EndCombo();
    }
    context.layout.mark(choice.mark, chosen.name);
    hover(context, chosen.help);
}

// "448 x 448 pixels", of an animation with how long it is.
std::string extent_text(const Export& what, const ExportSource& source) {
    const io::SheetSize size = what.size(source);
    std::string text = std::to_string(size.width) + " x " + std::to_string(size.height) + " pixels";
    if (!what.animation()) return text;
    const int frames = what.frames(source);
    return text + ", " + std::to_string(frames) + " frames, " +
           duration_text(static_cast<double>(frames) / source.settings.export_frames_per_second);
}

}  // namespace

void ExportDialog::draw_kinds(Context& context) {
    // Closer than other controls, since they are many.
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ImGui::GetStyle().ItemSpacing.x, 0.0f});
    for (const Export* each : all_exports()) {
        if (ImGui::RadioButton(each->title, what_ == each)) what_ = each;
        context.layout.mark(("export." + std::string(each->id)).c_str(),
                            what_ == each ? "on" : "off");
        hover(context, each->help);
    }
    ImGui::PopStyleVar();
}

void ExportDialog::draw_choices(Context& context) {
    for (const ExportChoice& choice : what_->choices) {
        std::visit(
            [&](const auto& each) { draw_choice(context, each, kChoiceWidth * context.scale); },
            choice);
    }
    if (!what_->choices.empty()) return;
    ImGui::AlignTextToFramePadding();
    ImGui::TextDisabled(
        "%s", what_->picture() ? "As large as fits a page." : "There is nothing to choose.");
}

// The choices stand beside the kinds, of which there are more: what is below stays where it is.
void ExportDialog::draw_what(Context& context) {
    const float left = ImGui::GetCursorPosX();
    ImGui::BeginGroup();
    heading(context, "What");
    draw_kinds(context);
    ImGui::EndGroup();
    ImGui::SameLine(left + kKindsWidth * context.scale);
    ImGui::BeginGroup();
    heading(context, "How");
    draw_choices(context);
    ImGui::EndGroup();
}

void ExportDialog::draw_folder(Context& context) {
    if (!folder_read_) folder_ = context.settings.export_folder;
    folder_read_ = true;
    const float gap = ImGui::GetStyle().ItemInnerSpacing.x;
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - FolderMenu::width() - gap);
    const std::string working = export_folder("").string();
    text_input("##folder", folder_, kFolderLength, working.c_str());
    if (ImGui::IsItemDeactivatedAfterEdit()) context.settings.export_folder = folder_;
    context.layout.mark("export.folder", folder_);
    hover(context,
          "Where the file goes. Empty: the folder in which the program was started. A missing "
          "folder is created.");
    ImGui::SameLine(0.0f, gap);
    if (const auto taken = folder_menu_.draw(context, export_folder(folder_)))
        context.settings.export_folder = folder_ = taken->string();
}

// In a room of its own that is always as high, and scrolls where a message needs more.
std::string ExportDialog::draw_message(Context& context) {
    std::string why = why_no_export(context, *what_);
    begin_region("##message", {0.0f, kMessageLines * ImGui::GetTextLineHeightWithSpacing()});
    ImGui::PushTextWrapPos(0.0f);
    try {
        if (why.empty()) {
            ExportSource source = export_source(context);
            if (what_->reads_moments) add_moments(context, source);
            const std::string extent =
                what_->size != nullptr ? ", " + extent_text(*what_, source) : "";
            const auto path = free_path(export_folder(folder_) / export_file_name(*what_, source));
            ImGui::TextDisabled("%s%s", path.filename().string().c_str(), extent.c_str());
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
    const std::string why = draw_message(context);
    if (button(context, "export.go", "Export", "Writes the file from the weights that are shown.",
               why, {110.0f, 0.0f}, true)) {
        context.settings.export_folder = folder_;
        start(context, {what_, {}, {}});
    }
    ImGui::SameLine();
    if (button(context, "export.close", "Close", "Closes this dialog; exports in progress go on.",
               {}, {110.0f, 0.0f})) {
        open = false;
    }
    draw_jobs(context);
}

void ExportDialog::draw_jobs(Context& context) {
    std::size_t rows = 0;
    const float cancel = button_width("Cancel") + ImGui::GetStyle().ItemSpacing.x;
    for (const auto& job : jobs_) {
        if (steady_now_s() - job->began_s < kSoon_s) continue;
        if (++rows > kMostJobRows) continue;
        Progress& progress = job->task.progress();
        const std::string what = progress.cancelled() ? "Stopping..." : progress.what();
        ImGui::PushID(job.get());
        ImGui::ProgressBar(static_cast<float>(std::max(progress.fraction(), 0.0)),
                           {ImGui::GetContentRegionAvail().x - cancel, 0.0f}, what.c_str());
        context.layout.mark("export.progress", what);
        hover(context, job->title.c_str());
        ImGui::SameLine();
        if (button(context, "export.cancel", "Cancel", "Stops it; nothing of it is kept.",
                   progress.cancelled() ? "It stops as soon as it can." : ""))
            progress.cancel();
        ImGui::PopID();
    }
    if (rows > kMostJobRows) ImGui::TextDisabled("and %zu more", rows - kMostJobRows);
}

void ExportDialog::export_image(Context& context, std::vector<float> z) {
    if (!context.has_run()) return;
    start(context, {&cursor_export(), std::move(z), {}});
}

void ExportDialog::write(Context& context, const Export& what) {
    if (context.has_run()) start(context, {&what, {}, {}});
}

void ExportDialog::start(Context& context, const PictureWish& wish) {
    const auto work = [what = wish.what, source = export_source(context, wish),
                       folder = export_folder(context.settings.export_folder)](Progress& progress) {
        const std::vector<fs::path> files = export_files(*what, source, folder, progress);
        std::string names;
        for (const fs::path& file : files)
            names += (names.empty() ? "" : " and ") + file.filename().string();
        const fs::path& first = files.front();
        return Done{"Exported " + names + " to " + first.parent_path().string(), first};
    };
    jobs_.push_back(std::make_unique<Job>(wish.what->title, "Nothing was exported. ", work));
}

void ExportDialog::copy(Context& context, const PictureWish& wish) {
    if (!context.has_run()) return;
    const auto work = [what = wish.what,
                       source = export_source(context, wish)](Progress& progress) {
        const std::vector<std::uint8_t> png = export_png(*what, source, progress);
        copy_png_to_clipboard(png, [&] { progress.throw_if_cancelled(); });
        return Done{std::string("Copied to the clipboard: ") + what->title, {}};
    };
    jobs_.push_back(std::make_unique<Job>(wish.what->title, "Nothing was copied. ", work));
}

ExportDialog::News ExportDialog::news_of(Job& job) {
    try {
        Done done = job.task.take();
        return {ToastKind::kGood, std::move(done.text), std::move(done.file)};
    } catch (const Cancelled&) {
        return {ToastKind::kInfo, job.failed + job.title + " was stopped.", {}};
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
    ImGui::SetNextWindowSize({kDialogWidth * context.scale, 0.0f});
    // It scrolls in a window that is lower than it.
    ImGui::SetNextWindowSizeConstraints({0.0f, 0.0f}, {FLT_MAX, ImGui::GetIO().DisplaySize.y});
    const ImGuiWindowFlags flags = ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoResize |
                                   ImGuiWindowFlags_NoSavedSettings |
                                   ImGuiWindowFlags_AlwaysAutoResize;
    if (ImGui::Begin("Export", &open, flags)) {
        draw_what(context);
        heading(context, "Into the folder");
        draw_folder(context);
        draw_go(context, open);
    }
    ImGui::End();
}

}  // namespace elbow::gui

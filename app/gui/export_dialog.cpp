#include "app/gui/export_dialog.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <thread>
#include <utility>

#include "app/gui/panels/sheet_layout.h"
#include "app/gui/widgets/controls.h"
#include "engine/core/clock.h"
#include "engine/core/error.h"
#include "engine/data/targets.h"
#include "engine/train/measure.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

constexpr int kMostGrid = 100;
constexpr int kMostScale = 16;
constexpr std::size_t kFolderLength = 1024;

// A full rectangle where the count allows one that is not too long.
int sheet_columns(int count) {
    const int root = static_cast<int>(std::ceil(std::sqrt(static_cast<double>(count))));
    for (int columns = root; columns <= 2 * root; ++columns) {
        if (count % columns == 0) return columns;
    }
    return std::max(root, 1);
}

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

}  // namespace

ExportRequest ExportDialog::request(const Context& context) const {
    const Exploration& exploration = context.exploration;
    const Settings& settings = context.settings;
    const data::Dataset& dataset = *context.dataset();
    ExportRequest request;
    request.kind = kind_;
    request.folder = export_folder(folder_);
    request.pixel_scale = settings.export_pixel_scale;
    request.cursor = exploration.cursor;
    request.path = {exploration.path_from, exploration.path_to, exploration.path_frames,
                    exploration.path_kind};
    request.quantile_grid = settings.export_quantile_grid;
    request.grid = settings.export_grid;
    // A square as high as what the map shows, around its middle.
    const auto half = static_cast<float>(exploration.rect.half_height);
    const auto x = static_cast<float>(exploration.rect.x_center);
    const auto y = static_cast<float>(exploration.rect.y_center);
    explore::ManifoldRequest plane;
    plane.x_min = x - half;
    plane.x_max = x + half;
    plane.y_min = y - half;
    plane.y_max = y + half;
    plane.x_axis = exploration.x_axis;
    plane.y_axis = context.latents() > 1 ? exploration.y_axis : exploration.x_axis;
    plane.anchor = exploration.anchor;
    request.plane = plane_grid(plane, settings.export_grid, dataset.height, dataset.width);
    request.prior_samples = std::max(1, context.request.prior_samples);
    request.prior_seed = exploration.prior_seed;
    request.columns = sheet_columns(request.prior_samples);
    if (kind_ == ExportKind::kReconstructions) {
        const int labels = std::max(10, static_cast<int>(dataset.class_names.size()));
        request.reconstructions = images_of_each_label(dataset, 6 * labels);
        request.columns = labels;
    }
    request.style.axis = static_cast<CurveStyle::Axis>(settings.curve_axis);
    request.style.log_x = settings.curve_log_x;
    const RunConfig& config = context.trainer->config;
    request.style.targets = data::targets_text(dataset);
    request.style.weights = train::weights_text(config);
    request.style.title = dataset.title + ", " + std::to_string(config.latents) + " latents, " +
                          std::to_string(config.hidden) + " hidden units, " + config.optimizer;
    return request;
}

void ExportDialog::draw_kinds(Context& context) {
    for (const ExportKindEntry& entry : export_kinds()) {
        if (ImGui::RadioButton(entry.title, kind_ == entry.kind)) kind_ = entry.kind;
        context.layout.mark(("export." + std::string(entry.id)).c_str(),
                            kind_ == entry.kind ? "on" : "off");
        hover(context, entry.help);
    }
}

void ExportDialog::draw_size(Context& context) {
    Settings& settings = context.settings;
    const ExportKindEntry& entry = export_kind(kind_);
    const float width = 150.0f * context.scale;
    if (kind_ == ExportKind::kManifold) {
        if (ImGui::RadioButton("Quantiles of the prior", settings.export_quantile_grid)) {
            settings.export_quantile_grid = true;
        }
        context.layout.mark("export.quantile_grid");
        hover(context,
              "Equal steps in probability under the prior N(0, I), as in figure 4 of Kingma and "
              "Welling: the unit square "
              "through the inverse Gaussian CDF.");
        ImGui::SameLine();
        if (ImGui::RadioButton("What the map shows", !settings.export_quantile_grid)) {
            settings.export_quantile_grid = false;
        }
        context.layout.mark("export.map_grid");
        hover(context,
              "Equal steps over a square in the middle of the map, as high as the map shows.");
        ImGui::SetNextItemWidth(width);
        ImGui::SliderInt("images per side", &settings.export_grid, 1, kMostGrid, "%d",
                         ImGuiSliderFlags_AlwaysClamp);
        context.layout.mark("export.grid", std::to_string(settings.export_grid));
        hover(context, "Ctrl+click to type a number.");
    }
    if (!entry.scaled) return;
    ImGui::SetNextItemWidth(width);
    ImGui::SliderInt("pixels per image pixel", &settings.export_pixel_scale, 1, kMostScale, "%d",
                     ImGuiSliderFlags_AlwaysClamp);
    context.layout.mark("export.scale", std::to_string(settings.export_pixel_scale));
    hover(context, "How many times each pixel of an image is repeated in both directions.");
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

void ExportDialog::draw_go(Context& context, bool& open) {
    std::string why = why_not(context, kind_);
    ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + 430.0f * context.scale);
    ExportRequest wanted;
    try {
        if (why.empty()) {
            wanted = request(context);
            const io::SheetSize size =
                picture_size(wanted, context.trainer->snapshot->architecture);
            const auto path =
                free_path(wanted.folder /
                          export_file_name(wanted, *context.trainer->snapshot, *context.dataset()));
            const bool picture = export_kind(kind_).extension == std::string(".png");
            const std::string pixels = picture ? ", " + std::to_string(size.width) + " x " +
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
    if (button(context, "export.go", "Export",
               "Writes the file from the newest weights; training goes on.", why, {110.0f, 0.0f},
               true)) {
        context.settings.export_folder = folder_;
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
    ExportRequest wanted;
    wanted.kind = ExportKind::kCursor;
    wanted.folder = export_folder(context.settings.export_folder);
    wanted.pixel_scale = context.settings.export_pixel_scale;
    wanted.cursor = std::move(z);
    start(context, wanted);
}

void ExportDialog::start(Context& context, const ExportRequest& wanted) {
    ExportRequest filled = wanted;
    if (wanted.kind == ExportKind::kCurvesPicture || wanted.kind == ExportKind::kCurvesTable) {
        filled.train = context.curves.train.records();
        filled.readings.clear();
        for (const estimator::Reading& reading : context.trainer->readings)
            filled.readings.emplace_back(reading.name);
        filled.evaluations = context.curves.evaluations.records();
    }
    jobs_.push_back(std::make_unique<Job>([snapshot = context.trainer->snapshot,
                                           dataset = context.trainer->dataset,
                                           filled = std::move(filled)](Progress& progress) {
        return export_files(*snapshot, *dataset, filled, progress);
    }));
}

ExportDialog::News ExportDialog::news_of(Job& job) {
    try {
        const std::vector<fs::path> files = job.take();
        std::string names;
        for (const fs::path& file : files)
            names += (names.empty() ? "" : " and ") + file.filename().string();
        const fs::path& first = files.front();
        return {ToastKind::kGood, "Exported " + names + " to " + first.parent_path().string(),
                first};
    } catch (const std::exception& failure) {
        return {ToastKind::kError, "Nothing was exported. " + message_of(failure), {}};
    }
}

void ExportDialog::poll(Toasts& toasts) {
    for (auto& job : jobs_) {
        if (!job->done()) continue;
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
        while (!job->done() && steady_now_s() < end_s)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        lines.push_back(
            job->done()
                ? news_of(*job).text
                : "An export was stopped because the window was closed. Nothing was written.");
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
        if (export_kind(kind_).scaled) {
            heading(context, "How large");
            draw_size(context);
        }
        heading(context, "Into the folder");
        draw_folder(context);
        draw_go(context, open);
    }
    ImGui::End();
}

}  // namespace elbow::gui

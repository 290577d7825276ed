#include "app/gui/exports/manifold.h"

#include <algorithm>
#include <cmath>

#include "app/gui/exports/decoded_sheet.h"
#include "app/gui/exports/form.h"

namespace elbow::gui {
namespace {

constexpr int kMostGrid = 100;

// The axes and the anchor; of the rectangle a square as high as what the map shows, around its
// middle.
explore::ManifoldRequest plane_of_map(const ExportSource& source) {
    const ViewState& seen = source.view_state;
    const auto half = static_cast<float>(seen.rect.half_height);
    const auto x = static_cast<float>(seen.rect.x_center);
    const auto y = static_cast<float>(seen.rect.y_center);
    explore::ManifoldRequest plane;
    plane.x_min = x - half;
    plane.x_max = x + half;
    plane.y_min = y - half;
    plane.y_max = y + half;
    plane.x_axis = seen.x_axis;
    plane.y_axis = source.latents() > 1 ? seen.y_axis : seen.x_axis;
    plane.anchor = seen.anchor;
    return plane_grid(plane, source.settings.export_grid, source.dataset->height,
                      source.dataset->width);
}

// In the paper view, what the map shows is that grid.
bool is_of_quantiles(const ExportSource& source) {
    return source.settings.export_quantile_grid || source.view_state.paper_view;
}

struct ManifoldCells {
    int columns, rows;
};

ManifoldCells cells_of_manifold(const ExportSource& source) {
    const bool quantiles = is_of_quantiles(source);
    const explore::ManifoldRequest plane = plane_of_map(source);
    const int rows = quantiles ? source.settings.export_grid : plane.rows;
    return {quantiles ? source.settings.export_grid : plane.columns,
            source.latents() == 1 ? 1 : rows};
}

// [columns * rows, N]
std::vector<float> latents_of_manifold(const ExportSource& source) {
    const explore::ManifoldRequest plane = plane_of_map(source);
    const ManifoldCells cells = cells_of_manifold(source);
    std::vector<float> z =
        is_of_quantiles(source)
            ? explore::quantile_latents(cells.columns, plane.x_axis, plane.y_axis, plane.anchor,
                                        source.latents())
            : explore::manifold_latents(plane, source.latents());
    // With one latent all rows are alike.
    z.resize(static_cast<std::size_t>(cells.columns) * static_cast<std::size_t>(cells.rows) *
             static_cast<std::size_t>(source.latents()));
    return z;
}

io::SheetSize size_of_manifold(const ExportSource& source) {
    const ManifoldCells cells = cells_of_manifold(source);
    return sheet_size(source, cells.columns * cells.rows, cells.columns, 0);
}

ExportEither which_plane() {
    return {.option = "--plane",
            .first = &Settings::export_quantile_grid,
            .ways = {{.name = "quantiles",
                      .label = "Quantiles of the prior",
                      .help = "Equal steps in probability under the prior N(0, I), as in figure 4 "
                              "of Kingma and Welling: the unit square through the inverse "
                              "Gaussian CDF.",
                      .mark = "export.quantile_grid"},
                     {.name = "map",
                      .label = "What the map shows",
                      .help = "Equal steps over a square in the middle of the map, as high as the "
                              "map shows.",
                      .mark = "export.map_grid"}}};
}

ExportNumber how_many() {
    return {.option = "--grid",
            .label = "images per side",
            .help = "Ctrl+click to type a number.",
            .mark = "export.grid",
            .value = &Settings::export_grid,
            .least = 1,
            .most = kMostGrid};
}

}  // namespace

explore::ManifoldRequest plane_grid(explore::ManifoldRequest plane, int columns, int height_px,
                                    int width_px) {
    const double across = static_cast<double>(plane.x_max) - plane.x_min;
    const double up = static_cast<double>(plane.y_max) - plane.y_min;
    plane.columns = std::max(1, columns);
    const double rows =
        across > 0.0 ? plane.columns * (up / across) * width_px / std::max(1, height_px) : 1.0;
    plane.rows = std::clamp(static_cast<int>(std::lround(rows)), 1, 4 * plane.columns);
    return plane;
}

const Export& manifold_export() {
    static const Export kEntry{
        .id = "manifold",
        .name = "manifold",
        .title = "Manifold grid",
        .help = "Decoded images over the plane of the map's two latents.",
        .choices = {which_plane(), how_many(), pixel_scale_choice(), form_choice()},
        .size = size_of_manifold,
        .draw =
            [](const ExportSource& source, Progress& progress) {
                size_of_manifold(source);  // too large a one is refused
                return decoded_picture(source, latents_of_manifold(source),
                                       cells_of_manifold(source).columns, 0, progress);
            },
        .detail =
            [](const ExportSource& source) {
                const ManifoldCells cells = cells_of_manifold(source);
                return std::to_string(cells.columns) + "x" + std::to_string(cells.rows);
            },
    };
    return kEntry;
}

}  // namespace elbow::gui

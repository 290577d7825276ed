#include <algorithm>
#include <string>

#include "app/charts/raster.h"
#include "app/commands/reproduce_figures.h"
#include "engine/explore/manifold.h"
#include "engine/io/image_sheet.h"
#include "engine/io/run_folder.h"

namespace elbow::commands {

namespace {

namespace fs = std::filesystem;
using charts::Lettering;
using charts::Raster;
using charts::Rgb;

constexpr Rgb kWhite{255, 255, 255};
constexpr Rgb kInk{30, 30, 30};
constexpr int kPixelScale = 2;
constexpr int kMnistManifold = 20;  // images along one side, as in the paper
constexpr int kSide = 10;           // of all the others
constexpr double kLetters_px = 24.0;

struct Sheet {
    std::string title;
    io::Picture image;
};

// Figure 4: the unit square through the inverse Gaussian CDF; figure 5: draws from the prior.
io::Picture decoded(const ReproducePlan& plan, const PlannedCurve& curve, const fs::path& out) {
    const train::Checkpoint run = io::load_run(curve.run_folder(out)).checkpoint;
    const model::ModelSpec& spec = run.spec;
    const auto model = model::make_model(spec);
    const bool manifold = plan.figure == "fig4";
    const int side = manifold && curve.config.dataset == "mnist" ? kMnistManifold : kSide;
    const std::vector<float> z =
        manifold ? explore::quantile_latents(side, 0, 1, {}, spec.latents)
                 : explore::prior_latents(*model, run.parameters, curve.config.seed, side * side);
    return io::image_sheet(explore::decode(*model, run.parameters, z), side * side, spec.image,
                           side, kPixelScale);
}

std::string title_of(const ReproducePlan& plan, const PlannedCurve& curve) {
    if (plan.figure == "fig4")
        return curve.title.substr(0, curve.title.find(',')) + ", learned manifold";
    const std::string data = curve.config.dataset == "mnist" ? "" : "Shapes, ";
    return data + std::to_string(curve.config.latents) + "-D latent space";
}

std::string file_name(const ReproducePlan& plan, const PlannedCurve& curve) {
    if (plan.figure == "fig4") return "fig4-" + curve.config.dataset + ".png";
    const std::string data = curve.config.dataset == "mnist" ? "" : curve.config.dataset + "-";
    return "fig5-" + data + std::to_string(curve.config.latents) + ".png";
}

// Side by side, each under its title.
Raster together(const std::vector<Sheet>& sheets) {
    const Lettering letters(kLetters_px);
    const int gap = static_cast<int>(kLetters_px);
    const int above = 2 * gap;
    int width = gap;
    int height = 0;
    for (const Sheet& sheet : sheets) {
        width += std::max(sheet.image.width, static_cast<int>(letters.width(sheet.title))) + gap;
        height = std::max(height, sheet.image.height);
    }
    Raster raster(width, above + height + gap, kWhite);
    int left = gap;
    for (const Sheet& sheet : sheets) {
        const double words = letters.width(sheet.title);
        const int cell = std::max(sheet.image.width, static_cast<int>(words));
        letters.write(raster, left + (cell - words) / 2, 0.5 * gap, sheet.title, kInk);
        const int from = left + (cell - sheet.image.width) / 2;
        for (int y = 0; y < sheet.image.height; ++y) {
            for (int x = 0; x < sheet.image.width; ++x) {
                const std::uint8_t* pixel =
                    &sheet.image.pixels[(static_cast<std::size_t>(y) * sheet.image.width + x) *
                                        sheet.image.channels];
                const bool grey = sheet.image.channels == 1;
                raster.blend(from + x, above + y,
                             {pixel[0], pixel[grey ? 0 : 1], pixel[grey ? 0 : 2]}, 1.0);
            }
        }
        left += cell + gap;
    }
    return raster;
}

}  // namespace

std::vector<fs::path> write_sheets(const ReproducePlan& plan, const fs::path& out) {
    std::vector<Sheet> sheets;
    std::vector<fs::path> files;
    for (const PlannedCurve& curve : plan.curves) {
        sheets.push_back({title_of(plan, curve), decoded(plan, curve, out)});
        files.push_back(out / file_name(plan, curve));
        io::write_png(files.back(), sheets.back().image);
    }
    const Raster all = together(sheets);
    files.push_back(out / (plan.figure + ".png"));
    io::write_png(files.back(), {all.width(), all.height(), 3, all.pixels()});
    return files;
}

}  // namespace elbow::commands

#include <cmath>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <system_error>

#include "app/gui/theme.h"

namespace elbow::gui {
namespace {

// Where the packages of the common systems put the fonts; the first that is there wins.
constexpr std::initializer_list<const char*> kRegular = {
    "/usr/share/fonts/opentype/inter/Inter-Regular.otf",
    "/usr/share/fonts/truetype/inter/Inter-Regular.ttf",
    "/usr/share/fonts/inter/Inter-Regular.otf",
    "/usr/share/fonts/truetype/inter/InterVariable.ttf",
    "/usr/share/fonts/opentype/inter/InterVariable.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
};
constexpr std::initializer_list<const char*> kSemiBold = {
    "/usr/share/fonts/opentype/inter/Inter-SemiBold.otf",
    "/usr/share/fonts/truetype/inter/Inter-SemiBold.ttf",
    "/usr/share/fonts/inter/Inter-SemiBold.otf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
};
constexpr std::initializer_list<const char*> kMono = {
    "/usr/share/fonts/truetype/jetbrains-mono/JetBrainsMono-Regular.ttf",
    "/usr/share/fonts/jetbrains-mono/JetBrainsMono-Regular.ttf",
    "/usr/share/fonts/opentype/jetbrains-mono/JetBrainsMono-Regular.otf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
};

std::string first_of(std::initializer_list<const char*> files) {
    for (const char* file : files) {
        std::error_code none;
        if (std::filesystem::is_regular_file(file, none)) return file;
    }
    return {};
}

// Latin, Greek, dashes, quotes, the ellipsis, superscripts, arrows and the signs of the formulas.
// ImGui keeps the pointer, hence the static storage.
const ImWchar* glyph_ranges() {
    static constexpr ImWchar kRanges[] = {
        0x0020, 0x017F,  // Latin, its supplements: × · ² ± °
        0x0370, 0x03FF,  // Greek
        0x2010, 0x2027,  // dashes, quotes, bullet, ellipsis
        0x2030, 0x203A,  // per mille, primes, single quotes
        0x2070, 0x209F,  // superscripts and subscripts
        0x2190, 0x21FF,  // arrows
        0x2200, 0x22FF,  // operators: − ∑ √ ∞ ≈ ≤
        0x2300, 0x23FF,  // ⌘ and others
        0x25A0, 0x25FF,  // shapes
        0x2713, 0x2717,  // ticks and crosses
        0,
    };
    return kRanges;
}

ImFont* load(std::initializer_list<const char*> files, float size_px) {
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    ImFontConfig config;
    config.OversampleH = 2;
    config.OversampleV = 1;
    config.PixelSnapH = true;
    // ImGui's loader answers files that it cannot read with an assertion, so only existing ones are
    // tried.
    if (const std::string file = first_of(files); !file.empty()) {
        if (ImFont* font =
                atlas.AddFontFromFileTTF(file.c_str(), size_px, &config, glyph_ranges())) {
            return font;
        }
    }
    ImFontConfig fallback;
    fallback.SizePixels = size_px;
    return atlas.AddFontDefault(&fallback);
}

}  // namespace

Fonts load_fonts(float scale) {
    ImGui::GetIO().Fonts->Clear();
    Fonts fonts;
    fonts.text = load(kRegular, std::round(15.0f * scale));
    fonts.title = load(kSemiBold, std::round(15.0f * scale));
    fonts.large = load(kSemiBold, std::round(22.0f * scale));
    fonts.mono = load(kMono, std::round(14.0f * scale));
    return fonts;
}

}  // namespace elbow::gui

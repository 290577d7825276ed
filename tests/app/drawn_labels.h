#pragma once

// The texts in ImGui's draw data, read back from their letters' places in the font's texture, and
// what is wrong with them: letters that are cut off, texts that were shortened, texts over one
// another. ImGui keeps all letters in one texture, from the start or, since 1.92, as they are used.

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "imgui.h"
#include "imgui_internal.h"

namespace elbow::gui {

struct DrawnText {
    std::string text;
    ImVec2 min, max;     // of what is seen of it
    float cut_x = 0.0f;  // the largest part of a letter that is not seen, 0 to 1
    float cut_y = 0.0f;
    std::string owner;  // the ImGui window
    bool scrolls = false;
};

class DrawnLabels {
  public:
    // After ImGui::Render().
    DrawnLabels() {
        read_font();
        const ImDrawData& data = *ImGui::GetDrawData();
        for (int i = 0; i < data.CmdListsCount; ++i) read(*data.CmdLists[i]);
    }
    const std::vector<DrawnText>& texts() const { return texts_; }

    // "'Training ima' is cut off at the right, in everything/content".
    std::vector<std::string> faults() const {
        std::vector<std::string> found;
        for (const DrawnText& each : texts_) {
            if (each.cut_x > kMostCut) found.push_back(told(each) + " is cut off at a side");
            if (each.cut_y > kMostCut && !each.scrolls) {
                found.push_back(told(each) + " is cut off above or below");
            }
            if (each.text.size() > 3 && each.text.find(kEllipsis) != std::string::npos) {
                found.push_back(told(each) + " is shortened");
            }
        }
        for (std::size_t i = 0; i < texts_.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (overlap(texts_[i], texts_[j])) {
                    found.push_back(told(texts_[i]) + " lies over " + told(texts_[j]));
                }
            }
        }
        return found;
    }

  private:
    static constexpr float kMostCut = 0.25f;  // of a letter; its box is larger than what is seen
    static constexpr const char* kEllipsis = "\u2026";

    struct Letter {
        ImVec2 uv_min, uv_max;
        ImWchar code;
        int font;  // each text has one alone
    };
    struct Quad {
        ImVec2 min, max, uv_min, uv_max;
    };

    void take_letters(const ImVector<ImFontGlyph>& glyphs, int font) {
        for (const ImFontGlyph& glyph : glyphs) {
            if (!glyph.Visible) continue;
            letters_.push_back({{glyph.U0, glyph.V0},
                                {glyph.U1, glyph.V1},
                                static_cast<ImWchar>(glyph.Codepoint),
                                font});
        }
    }
    void read_font() {
        const ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
#if IMGUI_VERSION_NUM >= 19200
        for (int i = 0; i < atlas.Builder->BakedPool.Size; ++i) {
            const ImFontBaked& size = atlas.Builder->BakedPool[i];
            if (!size.WantDestroy) take_letters(size.Glyphs, i);
        }
#else
        for (int i = 0; i < atlas.Fonts.Size; ++i) take_letters(atlas.Fonts[i]->Glyphs, i);
#endif
        std::sort(letters_.begin(), letters_.end(),
                  [](const Letter& a, const Letter& b) { return a.uv_min.x < b.uv_min.x; });
    }
    const Letter* letter_at(const Quad& quad) const {
        const ImVec2 middle{0.5f * (quad.uv_min.x + quad.uv_max.x),
                            0.5f * (quad.uv_min.y + quad.uv_max.y)};
        const auto end =
            std::upper_bound(letters_.begin(), letters_.end(), middle.x,
                             [](float x, const Letter& letter) { return x < letter.uv_min.x; });
        for (auto it = letters_.begin(); it != end; ++it) {
            if (middle.x <= it->uv_max.x && middle.y >= it->uv_min.y && middle.y <= it->uv_max.y) {
                return &*it;
            }
        }
        return nullptr;
    }

    static bool draws_letters(const ImDrawCmd& command) {
        if (command.UserCallback != nullptr) return false;
        const ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
#if IMGUI_VERSION_NUM >= 19200
        return command.TexRef._TexData == atlas.TexData;
#else
        return command.TextureId == atlas.TexID;
#endif
    }
    void read(const ImDrawList& list) {
        const std::string owner = list._OwnerName == nullptr ? "" : list._OwnerName;
        const ImGuiWindow* window = ImGui::FindWindowByName(owner.c_str());
        const bool scrolls = window != nullptr && window->ScrollMax.y > 0.0f;
        for (const ImDrawCmd& command : list.CmdBuffer) {
            if (!draws_letters(command)) continue;
            DrawnText run;
            float baseline = 0.0f, end = 0.0f;
            int font = -1;
            for (unsigned i = 0; i + 5 < command.ElemCount; i += 3) {
                const ImDrawIdx* index = &list.IdxBuffer[static_cast<int>(command.IdxOffset + i)];
                const ImDrawIdx first = index[0];
                const bool is_quad = index[1] == first + 1 && index[2] == first + 2 &&
                                     index[3] == first && index[4] == first + 2 &&
                                     index[5] == first + 3;
                if (!is_quad) continue;
                const Quad quad = quad_of(list, command, first);
                const Letter* letter = letter_at(quad);
                if (letter == nullptr) continue;
                i += 3;
                const float height = quad.max.y - quad.min.y;
                const bool goes_on =
                    !run.text.empty() && letter->font == font &&
                    quad.min.x >= end - 0.5f * height - 2.0f && quad.min.x - end < 14.0f + height &&
                    quad.min.y < baseline + 1.5f * height && quad.max.y > baseline - 1.5f * height;
                if (!goes_on) add(run, owner, scrolls);
                take(run, quad, *letter, command.ClipRect, quad.min.x - end > 0.35f * height);
                end = quad.max.x;
                baseline = quad.max.y;
                font = letter->font;
            }
            add(run, owner, scrolls);
        }
    }
    static Quad quad_of(const ImDrawList& list, const ImDrawCmd& command, ImDrawIdx first) {
        const ImDrawVert& low = list.VtxBuffer[static_cast<int>(command.VtxOffset) + first];
        const ImDrawVert& high = list.VtxBuffer[static_cast<int>(command.VtxOffset) + first + 2];
        return {low.pos, high.pos, low.uv, high.uv};
    }
    // What of the letter is outside the clip rectangle, or was left out by ImGui itself.
    static void take(DrawnText& run, const Quad& quad, const Letter& letter, const ImVec4& clip,
                     bool after_gap) {
        const ImVec2 low{std::max(quad.min.x, clip.x), std::max(quad.min.y, clip.y)};
        const ImVec2 high{std::min(quad.max.x, clip.z), std::min(quad.max.y, clip.w)};
        if (low.x >= high.x || low.y >= high.y) return;
        const auto cut = [](float seen, float all, float uv, float uv_all) {
            return 1.0f - (seen / all) * (uv / uv_all);
        };
        run.cut_x = std::max(
            run.cut_x, cut(high.x - low.x, quad.max.x - quad.min.x, quad.uv_max.x - quad.uv_min.x,
                           letter.uv_max.x - letter.uv_min.x));
        run.cut_y = std::max(
            run.cut_y, cut(high.y - low.y, quad.max.y - quad.min.y, quad.uv_max.y - quad.uv_min.y,
                           letter.uv_max.y - letter.uv_min.y));
        if (run.text.empty()) {
            run.min = low;
            run.max = high;
        } else if (after_gap) {
            run.text += ' ';
        }
        run.min = {std::min(run.min.x, low.x), std::min(run.min.y, low.y)};
        run.max = {std::max(run.max.x, high.x), std::max(run.max.y, high.y)};
        char bytes[5] = {};
        ImTextCharToUtf8(bytes, letter.code);
        run.text += bytes;
    }
    void add(DrawnText& run, const std::string& owner, bool scrolls) {
        if (!run.text.empty()) {
            run.owner = owner;
            run.scrolls = scrolls;
            texts_.push_back(run);
        }
        run = {};
    }

    static std::string told(const DrawnText& text) {
        char place[64];
        std::snprintf(place, sizeof place, " at %.0f, %.0f (", text.min.x, text.min.y);
        return "'" + text.text + "'" + place + text.owner + ")";
    }
    // Windows over others cover them; halos are the same text a pixel aside.
    static bool overlap(const DrawnText& a, const DrawnText& b) {
        const auto root = [](const DrawnText& text) {
            return text.owner.substr(0, text.owner.find('/'));
        };
        if (a.text == b.text || root(a) != root(b)) return false;
        const float x = std::min(a.max.x, b.max.x) - std::max(a.min.x, b.min.x);
        const float y = std::min(a.max.y, b.max.y) - std::max(a.min.y, b.min.y);
        const float low = std::min(a.max.y - a.min.y, b.max.y - b.min.y);
        return x > 2.0f && y > 0.3f * low;
    }

    std::vector<Letter> letters_;
    std::vector<DrawnText> texts_;
};

}  // namespace elbow::gui

#include "app/charts/svg_painter.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "engine/core/hexadecimal.h"
#include "engine/data/base64.h"

namespace elbow::charts {
namespace {

// " name=\"value\"", two decimals and no more digits than tell. What is not finite is 0: it was
// left out before.
std::string attribute(const char* name, double value) {
    std::array<char, 64> text{};
    const double kept = std::isfinite(value) ? std::round(100.0 * value) / 100.0 : 0.0;
    const auto [end, _] = std::to_chars(text.data(), text.data() + text.size(), kept + 0.0);
    return std::string(" ") + name + "=\"" + std::string(text.data(), end) + "\"";
}

std::string coordinates(Pixel at) {
    std::array<char, 64> text{};
    const auto rounded = [](float value) { return std::round(100.0 * value) / 100.0 + 0.0; };
    char* end = std::to_chars(text.data(), text.data() + 30, rounded(at.x)).ptr;
    *end++ = ' ';
    return {text.data(), std::to_chars(end, text.data() + text.size(), rounded(at.y)).ptr};
}

// " fill=\"#0072b2\" fill-opacity=\"0.5\""
std::string paint(const char* what, const Ink& ink) {
    std::string text = std::string(" ") + what + "=\"" + web_colour(ink.rgb) + "\"";
    if (ink.alpha < 1.0) text += attribute((std::string(what) + "-opacity").c_str(), ink.alpha);
    return text;
}

std::string xml_escaped(const std::string& words) {
    std::string escaped;
    for (const char letter : words) {
        if (letter == '&') {
            escaped += "&amp;";
        } else if (letter == '<') {
            escaped += "&lt;";
        } else if (static_cast<unsigned char>(letter) >= ' ') {  // XML has no others
            escaped += letter;
        }
    }
    return escaped;
}

bool is_finite(Pixel at) { return std::isfinite(at.x) && std::isfinite(at.y); }

}  // namespace

std::string web_colour(const Rgb& colour) { return "#" + hexadecimal(colour); }

SvgPainter::SvgPainter(int width, int height, Rgb ground, const Lettering& letters, double scale)
    : letters_(letters), scale_(scale) {
    const std::string size = std::to_string(width) + "\" height=\"" + std::to_string(height) + "\"";
    text_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" "
        "xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"" +
        size + " viewBox=\"0 0 " + std::to_string(width) + " " + std::to_string(height) +
        "\" font-family=\"Inter, Helvetica, Arial, sans-serif\"" +
        attribute("font-size", letters.em()) + ">\n<rect width=\"" + size +
        paint("fill", {ground}) + "/>\n";
}

void SvgPainter::rule(Pixel from, Pixel to, const Ink& ink) {
    const auto width = static_cast<float>(std::max(1.0, scale_));
    // As the raster's, which lies right of and below its position.
    const float right = from.x == to.x ? width / 2 : 0.0f, down = from.y == to.y ? width / 2 : 0.0f;
    text_ += "<path d=\"M" + coordinates({from.x + right, from.y + down}) + "L" +
             coordinates({to.x + right, to.y + down}) + "\" fill=\"none\"" + paint("stroke", ink) +
             attribute("stroke-width", width) + "/>\n";
}

void SvgPainter::frame(Pixel low, Pixel high, const Ink& ink) {
    const double width = std::max(1.0, scale_);
    text_ += "<rect" + attribute("x", low.x + width / 2) + attribute("y", low.y + width / 2) +
             attribute("width", high.x - low.x) + attribute("height", high.y - low.y) +
             " fill=\"none\"" + paint("stroke", ink) + attribute("stroke-width", width) + "/>\n";
}

void SvgPainter::line(Pixel from, Pixel to, float width, const Ink& ink) {
    const std::array both = {from, to};
    path(both, width, ink, false);
}

void SvgPainter::polyline(std::span<const Pixel> points, float width, const Ink& ink) {
    path(points, width, ink, false);
}

void SvgPainter::outline(std::span<const Pixel> points, float width, const Ink& ink) {
    path(points, width, ink, true);
}

void SvgPainter::path(std::span<const Pixel> points, float width, const Ink& ink, bool closed) {
    std::string way;
    bool begun = false;
    for (const Pixel point : points) {
        if (is_finite(point)) way += (begun ? "L" : "M") + coordinates(point);
        begun = is_finite(point);
    }
    if (way.empty()) return;
    text_ += "<path d=\"" + way + (closed ? "Z" : "") + "\" fill=\"none\"" + paint("stroke", ink) +
             attribute("stroke-width", width) +
             " stroke-linecap=\"round\" stroke-linejoin=\"round\"/>\n";
}

void SvgPainter::area(std::span<const Pixel> points, float base, const Ink& ink) {
    if (points.size() < 2) return;
    std::string way = "M" + coordinates({points.front().x, base});
    for (const Pixel point : points)
        if (is_finite(point)) way += "L" + coordinates(point);
    text_ += "<path d=\"" + way + "L" + coordinates({points.back().x, base}) + "Z\"" +
             paint("fill", ink) + "/>\n";
}

void SvgPainter::box(Pixel low, Pixel high, const Ink& ink) {
    text_ += "<rect" + attribute("x", low.x) + attribute("y", low.y) +
             attribute("width", std::max(high.x - low.x, 0.0f)) +
             attribute("height", std::max(high.y - low.y, 0.0f)) + paint("fill", ink) + "/>\n";
}

void SvgPainter::disc(Pixel centre, float radius, const Ink& ink) {
    if (!is_finite(centre)) return;
    text_ += "<circle" + attribute("cx", centre.x) + attribute("cy", centre.y) +
             attribute("r", radius) + paint("fill", ink) + "/>\n";
}

void SvgPainter::circle(Pixel centre, float radius, float width, const Ink& ink) {
    if (!is_finite(centre)) return;
    text_ += "<circle" + attribute("cx", centre.x) + attribute("cy", centre.y) +
             attribute("r", radius) + " fill=\"none\"" + paint("stroke", ink) +
             attribute("stroke-width", width) + "/>\n";
}

void SvgPainter::ellipse(Pixel centre, Pixel radii, float width, const Ink& line, const Ink& fill) {
    if (!is_finite(centre) || !is_finite(radii)) return;
    text_ += "<ellipse" + attribute("cx", centre.x) + attribute("cy", centre.y) +
             attribute("rx", radii.x) + attribute("ry", radii.y) + paint("fill", fill) +
             paint("stroke", line) + attribute("stroke-width", width) + "/>\n";
}

void SvgPainter::text(Pixel at, const std::string& words, const Ink& ink) {
    if (words.empty()) return;
    text_ += "<text" + attribute("x", at.x) + attribute("y", at.y + letters_.ascent()) +
             paint("fill", ink) + " xml:space=\"preserve\">" + xml_escaped(words) + "</text>\n";
}

float SvgPainter::text_width(const std::string& words) const {
    return static_cast<float>(letters_.width(words));
}

float SvgPainter::line_height() const { return static_cast<float>(letters_.size()); }

void SvgPainter::clip(Pixel low, Pixel high) {
    clip_nothing();
    clipped_ = true;
    const std::string name = "clip" + std::to_string(++clips_);
    text_ += "<clipPath id=\"" + name + "\"><rect" + attribute("x", low.x) + attribute("y", low.y) +
             attribute("width", high.x - low.x) + attribute("height", high.y - low.y) +
             "/></clipPath>\n<g clip-path=\"url(#" + name + ")\">\n";
}

void SvgPainter::clip_nothing() {
    if (clipped_) text_ += "</g>\n";
    clipped_ = false;
}

void SvgPainter::picture(Pixel low, Pixel high, const io::Picture& picture) {
    // Older programs know the second name of "not smoothed", and of the reference.
    text_ += "<image" + attribute("x", low.x) + attribute("y", low.y) +
             attribute("width", high.x - low.x) + attribute("height", high.y - low.y) +
             " preserveAspectRatio=\"none\" image-rendering=\"optimizeSpeed\" "
             "style=\"image-rendering:pixelated\" xlink:href=\"data:image/png;base64," +
             data::base64(io::png(picture)) + "\"/>\n";
}

std::string SvgPainter::finish() {
    clip_nothing();
    return std::move(text_) + "</svg>\n";
}

std::string svg_of(const io::Picture& picture) {
    const Lettering none(12.0);
    SvgPainter painter(picture.width, picture.height, {255, 255, 255}, none, 1.0);
    painter.picture({0.0f, 0.0f},
                    {static_cast<float>(picture.width), static_cast<float>(picture.height)},
                    picture);
    return painter.finish();
}

}  // namespace elbow::charts

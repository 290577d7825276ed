#pragma once

// Lines, rectangles and words drawn into a picture in memory, without a window and without OpenGL.
// Positions in pixels from the upper left corner, y downwards.

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace elbow::charts {

using Rgb = std::array<std::uint8_t, 3>;

struct Pixel {
    float x = 0.0f, y = 0.0f;
};

// Of x, y from the line between two points.
double distance_to_segment(double x, double y, double x0, double y0, double x1, double y1);

class Raster {
  public:
    Raster(int width, int height, Rgb background);

    int width() const { return width_; }
    int height() const { return height_; }
    const std::vector<std::uint8_t>& pixels() const { return pixels_; }  // [height, width, 3]

    // Everything outside is left alone until the next call.
    void clip(double left, double top, double right, double bottom);
    void clip_nothing();

    void fill(double left, double top, double right, double bottom, Rgb, double alpha = 1.0);
    // With smoothed edges and round ends.
    void line(double x0, double y0, double x1, double y1, double line_width, Rgb,
              double alpha = 1.0);
    // Through all the points in one go: where it is not opaque, its corners are no darker than the
    // rest. Leaves out what is not finite.
    void stroke(std::span<const Pixel>, double line_width, Rgb, double alpha = 1.0);
    // Mixes the colour into one pixel; outside the clip nothing happens.
    void blend(int x, int y, Rgb, double coverage);

  private:
    int width_, height_;
    int left_ = 0, top_ = 0, right_ = 0, bottom_ = 0;  // the clip
    std::vector<std::uint8_t> pixels_;
};

// Words in the first of the known fonts that is installed; in a plain vector font where none is.
class Lettering {
  public:
    explicit Lettering(double size_px);
    ~Lettering();
    Lettering(const Lettering&) = delete;
    Lettering& operator=(const Lettering&) = delete;

    double size() const { return size_px_; }
    double em() const;      // the size as others count it, which is smaller
    double ascent() const;  // from the upper edge of a line down to where its letters stand
    // In UTF-8; of letters outside ASCII the vector font makes question marks.
    double width(const std::string& words) const;
    // `top`: the upper edge of the line of text, which is size() high.
    void write(Raster&, double left, double top, const std::string& words, Rgb) const;

  private:
    struct Font;
    double size_px_;
    std::unique_ptr<Font> font_;  // null: the vector font
};

}  // namespace elbow::charts

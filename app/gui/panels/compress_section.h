#pragma once

// What an image costs: as bits back of the model, as PNG, and with some of its latents alone. A
// part of the panel that shows the image, behind a toggle. GUI thread.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gl/tile_texture.h"
#include "app/gui/context.h"
#include "engine/explore/point.h"
#include "engine/live/questions/compression.h"

namespace elbow::gui {

class CompressSection {
  public:
    // panel: whose part it is, before its names in the layout log.
    explicit CompressSection(const char* panel) : panel_(panel) {}
    virtual ~CompressSection() = default;
    CompressSection(const CompressSection&) = delete;
    CompressSection& operator=(const CompressSection&) = delete;

    void draw_toggle(Context&);
    // Asks for nothing, until it is drawn.
    virtual void forget(Context&) const = 0;

  protected:
    struct Image {
        std::vector<std::uint8_t> pixels;  // [D]
        double bound_nats;
    };
    // While the toggle is on.
    void draw(Context&, const Image&);
    // With these latents alone; null: not there yet.
    virtual std::shared_ptr<const explore::Compression> ask(Context&, std::vector<int> kept) = 0;

  private:
    void costs(Context&, const Image&);
    void latents(Context&);
    int choose_latents(Context&);
    void picture(Context&, const explore::Compression*);
    double png_bits(const Context&, const std::vector<std::uint8_t>& image);
    void mark(Context&, const char* name, const std::string& value) const;

    const std::string panel_;
    bool open_ = false;
    int frames_into_view_ = 0;  // it was just opened: one frame to grow, and one to scroll
    std::optional<int> kept_;   // latents; absent: all of them
    gl::TileTexture tile_;
    std::shared_ptr<const explore::Compression> uploaded_;
    // The image that was packed last, and what it takes, bits a pixel.
    std::vector<std::uint8_t> packed_;
    double packed_bits_ = 0.0;
};

// Of the selected held-out image.
class CompressSelected final : public CompressSection {
  public:
    CompressSelected() : CompressSection("inspector") {}
    void forget(Context&) const override;
    void draw(Context&, const explore::PointDetail&);

  private:
    std::shared_ptr<const explore::Compression> ask(Context&, std::vector<int> kept) override;

    int image_ = 0;
};

// Of the drawing.
class CompressDrawing final : public CompressSection {
  public:
    CompressDrawing() : CompressSection("draw") {}
    void forget(Context&) const override;
    void draw(Context&, const live::DrawingView&);

  private:
    std::shared_ptr<const explore::Compression> ask(Context&, std::vector<int> kept) override;

    live::DrawingQuery drawing_;
};

}  // namespace elbow::gui

// The data's own images in the place of dots, where there is room for them.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/gui/map/layer.h"
#include "app/gui/map/map_marks.h"
#include "app/gui/map/placed_images.h"
#include "app/gui/panels/held_out_tiles.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/sheet_layout.h"
#include "app/gui/widgets/screen_painter.h"

namespace elbow::gui {

namespace {

constexpr float kImageAtPointPx = 28.0f, kImageRimPx = 1.0f;  // scale 1
// In a picture; and on the screen, with those around the view.
constexpr std::size_t kMostImagesAtPoints = 1000, kMostImagesNear = 2000;

std::span<const std::uint32_t> order_of(const MapScene& scene) {
    return scene.map != nullptr ? std::span(*scene.map->order) : std::span<const std::uint32_t>();
}

ImageRoom room_of(const MapScene& scene) {
    const float side = kImageAtPointPx * scene.scale;
    return image_room(scene.view,
                      size_within(scene.image_shape.height, scene.image_shape.width, {side, side}));
}

// The image around its point, with the rim of its label's colour.
struct Place {
    charts::Pixel low, high;
};
Place place_of(const MapScene& scene, const ImageRoom& room, int image) {
    const charts::Pixel at = scene.pixel(scene.points.at(image));
    const auto half_x = static_cast<float>(0.5 * room.width * scene.view.pixels_per_unit());
    const auto half_y = static_cast<float>(0.5 * room.height * scene.view.pixels_per_unit());
    const float rim = kImageRimPx * scene.scale;
    return {{at.x - half_x + rim, at.y - half_y + rim}, {at.x + half_x - rim, at.y + half_y - rim}};
}

// The mean over a part of an image, each side from 0 to 1.
charts::Rgb mean_of_part(std::span<const std::uint8_t> image, const data::ImageShape& shape,
                         ImVec2 from, ImVec2 to) {
    const auto range = [](float low, float high, int size) {
        const int first = std::clamp(static_cast<int>(low * static_cast<float>(size)), 0, size - 1);
        const int last = std::clamp(static_cast<int>(std::ceil(high * static_cast<float>(size))),
                                    first + 1, size);
        return std::pair(first, last);
    };
    const auto [left, right] = range(from.x, to.x, shape.width);
    const auto [top, bottom] = range(from.y, to.y, shape.height);
    charts::Rgb colour{};
    for (int channel = 0; channel < shape.channels; ++channel) {
        int sum = 0;
        for (int y = top; y < bottom; ++y) {
            for (int x = left; x < right; ++x) {
                sum += *(image.begin() + (channel * shape.height + y) * shape.width + x);
            }
        }
        colour[static_cast<std::size_t>(channel)] =
            static_cast<std::uint8_t>(sum / ((right - left) * (bottom - top)));
    }
    if (shape.channels == 1) colour.fill(colour[0]);
    return colour;
}

class ImagesLayer final : public MapLayer {
  public:
    const LayerToggle* toggle() const override {
        static constexpr LayerToggle kToggle{
            "images",
            "Images",
            "The held-out images themselves at their points, where there is room for them (I). "
            "Zoom in to see more of them.",
            Key::kI,
            "I",
            "Images at the points, where there is room",
            false};
        return &kToggle;
    }
    std::string disabled_because(const Context& context) const override {
        return context.has_run() && !context.explored->has_encoder
                   ? "This estimator has no encoder: images have no place on the map."
                   : "";
    }
    bool shown(const MapScene& scene) const override {
        return on(scene) && scene.dataset != nullptr && scene.points.count() > 0 &&
               scene.points.count() <= scene.dataset->held_out.count;
    }
    void paint(const MapScene&, charts::Raster&) const override;
    void draw_shapes(const MapScene&, charts::SvgPainter&) const override;
    void draw_on_screen(Context&, const MapScene&, ImDrawList*) override;
    std::optional<int> image_at(ImVec2 pixel) const override;

  private:
    // Calls visit(image, place) for each that has room in a picture.
    template <class Visit>
    static void for_each_in_picture(const MapScene&, const Visit&);
    void choose(const MapScene&);
    void gather(const Context&, const MapScene&);

    // Those with room, and what they were chosen for.
    std::vector<int> placed_;
    ImageRoom room_;
    std::uint64_t version_ = 0;
    std::uint32_t hidden_labels_ = 0;
    const data::Dataset* of_ = nullptr;  // only compared
    std::vector<int> near_;              // those of them in view, and around it
    std::optional<PlaneView> around_;    // where these lie
    std::vector<int> seen_;              // those in view, in the frame that was drawn last
    std::vector<Place> places_;          // of these
    HeldOutTiles tiles_;
};

void ImagesLayer::choose(const MapScene& scene) {
    const ImageRoom room = room_of(scene);
    const std::uint32_t hidden = scene.view_state.hidden_labels;
    if (of_ != scene.dataset) placed_.clear();
    if (of_ == scene.dataset && room == room_ && version_ == scene.points_version &&
        hidden == hidden_labels_)
        return;
    placed_ =
        images_with_room(scene.points, order_of(scene), hidden, room,
                         room == room_ ? std::span<const int>(placed_) : std::span<const int>());
    of_ = scene.dataset;
    room_ = room;
    version_ = scene.points_version;
    hidden_labels_ = hidden;
    around_.reset();
}

// Their pictures are uploaded where some come or go; while a view pans, that is not in each frame.
void ImagesLayer::gather(const Context& context, const MapScene& scene) {
    if (around_ && lies_within(scene.view, *around_)) return;
    around_ = widened(scene.view, kPanningSpare);
    near_ = images_in_view(scene.points, placed_, *around_, room_, kMostImagesNear);
    tiles_.want(context, near_);
}

void ImagesLayer::draw_on_screen(Context& context, const MapScene& scene, ImDrawList* list) {
    choose(scene);
    gather(context, scene);
    places_.clear();
    seen_.clear();
    const charts::Pixel low = scene.low(), high = scene.high();
    const float rim = kImageRimPx * scene.scale;
    for (std::size_t i = 0; i < near_.size(); ++i) {
        const Place place = place_of(scene, room_, near_[i]);
        const bool in_view = place.high.x + rim > low.x && place.low.x - rim < high.x &&
                             place.high.y + rim > low.y && place.low.y - rim < high.y;
        if (!in_view) continue;
        seen_.push_back(near_[i]);
        places_.push_back(place);
        list->AddRectFilled({place.low.x - rim, place.low.y - rim},
                            {place.high.x + rim, place.high.y + rim},
                            label_colour(scene, near_[i]));
        tiles_.draw_nth(list, i, {place.low.x, place.low.y}, {place.high.x, place.high.y});
    }
    context.layout.mark("map.images", std::to_string(seen_.size()));
}

std::optional<int> ImagesLayer::image_at(ImVec2 pixel) const {
    for (std::size_t i = 0; i < places_.size(); ++i) {
        const Place& place = places_[i];
        if (pixel.x >= place.low.x && pixel.x < place.high.x && pixel.y >= place.low.y &&
            pixel.y < place.high.y)
            return seen_[i];
    }
    return std::nullopt;
}

template <class Visit>
void ImagesLayer::for_each_in_picture(const MapScene& scene, const Visit& visit) {
    const ImageRoom room = room_of(scene);
    const std::vector<int> placed =
        images_with_room(scene.points, order_of(scene), scene.view_state.hidden_labels, room, {});
    for (const int image :
         images_in_view(scene.points, placed, scene.view, room, kMostImagesAtPoints))
        visit(image, place_of(scene, room, image));
}

void ImagesLayer::draw_shapes(const MapScene& scene, charts::SvgPainter& painter) const {
    const data::Dataset& dataset = *scene.dataset;
    for_each_in_picture(scene, [&](int image, const Place& place) {
        const float rim = kImageRimPx * scene.scale;
        painter.box({place.low.x - rim, place.low.y - rim},
                    {place.high.x + rim, place.high.y + rim}, ink(label_colour(scene, image)));
        painter.picture(
            place.low, place.high,
            io::image_sheet(dataset.image(dataset.held_out, image), 1, dataset.shape(), 1, 1));
    });
}

void ImagesLayer::paint(const MapScene& scene, charts::Raster& raster) const {
    const data::Dataset& dataset = *scene.dataset;
    for_each_in_picture(scene, [&](int image, const Place& place) {
        const float rim = kImageRimPx * scene.scale;
        raster.fill(double{place.low.x} - rim, double{place.low.y} - rim,
                    double{place.high.x} + rim, double{place.high.y} + rim,
                    ink(label_colour(scene, image)).rgb);
        const auto pixels = dataset.image(dataset.held_out, image);
        const float width = place.high.x - place.low.x, height = place.high.y - place.low.y;
        for (int y = static_cast<int>(std::ceil(place.low.y)); static_cast<float>(y) < place.high.y;
             ++y) {
            for (int x = static_cast<int>(std::ceil(place.low.x));
                 static_cast<float>(x) < place.high.x; ++x) {
                const ImVec2 from{(static_cast<float>(x) - place.low.x) / width,
                                  (static_cast<float>(y) - place.low.y) / height};
                raster.blend(x, y,
                             mean_of_part(pixels, dataset.shape(), from,
                                          {from.x + 1.0f / width, from.y + 1.0f / height}),
                             1.0);
            }
        }
    });
}

}  // namespace

std::unique_ptr<MapLayer> make_images_layer() { return std::make_unique<ImagesLayer>(); }

}  // namespace elbow::gui

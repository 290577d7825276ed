#include "engine/data/sources/arrays/image_layout.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/error.h"
#include "engine/data/idx.h"

namespace elbow::data {
namespace {

constexpr std::uint64_t kSmallestRow = 16;        // numbers that are an image without being asked
constexpr std::uint64_t kSmallestColourSide = 8;  // of one image [H, W, 3]

bool is_channels(std::uint64_t size) { return size == 1 || size == 3 || size == 4; }

// Which axis is which; absent: there is none.
struct AxisRoles {
    std::optional<std::size_t> image, channel;
    std::size_t row = 0, column = 0;
    const char* note = "";
};

AxisRoles roles_of_three(const ArrayShape& shape, ImagesAre images) {
    const bool one_in_colour = images == ImagesAre::kFirst && (shape[2] == 3 || shape[2] == 4) &&
                               std::min(shape[0], shape[1]) >= kSmallestColourSide;
    if (one_in_colour) return {{}, 2, 0, 1, "It was read as one image in colour."};
    const bool first_by_sides = shape[1] == shape[2] && shape[0] != shape[1];
    if (images == ImagesAre::kFirst || first_by_sides) return {0, {}, 1, 2};
    return {2, {}, 0, 1};
}

std::optional<AxisRoles> roles_of_four(const ArrayShape& shape, ImagesAre images) {
    if (images == ImagesAre::kLast && is_channels(shape[2])) return AxisRoles{3, 2, 0, 1};
    const bool last = is_channels(shape[3]), first = is_channels(shape[1]);
    if (!last && !first) return {};
    const AxisRoles channels_last{0, 3, 1, 2}, channels_first{0, 1, 2, 3};
    if (last != first) return last ? channels_last : channels_first;
    if ((shape[1] == shape[2]) != (shape[2] == shape[3]))  // square sides tell
        return shape[1] == shape[2] ? channels_last : channels_first;
    AxisRoles either = channels_last;
    either.note = "Its second axis could be the channels, too; the last one was taken.";
    return either;
}

[[noreturn]] void fail_axes(const ArrayShape& shape, const std::string& shown_as) {
    throw Error(shown_as + " is " + text_of(shape) +
                ": expected images as [N, H, W], [N, H, W, C], [N, C, H, W] with 1, 3 or 4 "
                "channels, or a row of numbers each [N, D]. Reshape it before saving it.");
}

std::vector<std::uint64_t> strides_of(const ArrayShape& shape, bool fortran) {
    std::vector<std::uint64_t> strides(shape.size());
    std::uint64_t stride = 1;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const std::size_t axis = fortran ? i : shape.size() - 1 - i;
        strides[axis] = stride;
        stride *= shape[axis];
    }
    return strides;
}

void check_images(std::uint64_t count, std::uint64_t height, std::uint64_t width,
                  const ArrayShape& shape, const std::string& shown_as) {
    if (count <= kLargestCount && height <= kLargestSide && width <= kLargestSide) return;
    throw Error(shown_as + " is " + text_of(shape) + ", which would be " + std::to_string(count) +
                " images of " + std::to_string(width) + " x " + std::to_string(height) +
                " pixels: at most " + std::to_string(kLargestCount) + " images of at most " +
                std::to_string(kLargestSide) +
                " pixels a side are read. Reshape it, or save a "
                "part of it.");
}

ImageLayout layout_of_axes(const ArrayShape& shape, const AxisRoles& roles, bool fortran,
                           const std::string& shown_as) {
    const std::vector<std::uint64_t> strides = strides_of(shape, fortran);
    const std::uint64_t count = roles.image ? shape[*roles.image] : 1;
    check_images(count, shape[roles.row], shape[roles.column], shape, shown_as);
    ImageLayout layout;
    layout.count = static_cast<int>(count);
    layout.channels = roles.channel ? static_cast<int>(shape[*roles.channel]) : 1;
    layout.shape = {layout.channels == 1 ? 1 : 3, static_cast<int>(shape[roles.row]),
                    static_cast<int>(shape[roles.column])};
    layout.strides = {roles.image ? strides[*roles.image] : 0,
                      roles.channel ? strides[*roles.channel] : 0, strides[roles.row],
                      strides[roles.column]};
    layout.note = roles.note;
    return layout;
}

ImageLayout layout_of_rows(const ArrayShape& shape, const ArrayOrder& order,
                           const ArrayWishes& wishes, std::optional<std::uint64_t> labels,
                           const std::string& shown_as) {
    std::size_t image = 0;
    const auto of_rows = shape_of_row(shape[1], wishes),
               of_columns = shape_of_row(shape[0], wishes);
    const bool ambiguous = of_rows && of_columns && order.images == ImagesAre::kLast;
    if (order.images == ImagesAre::kLast && of_columns && (!of_rows || labels != shape[0]))
        image = 1;
    const std::optional<ImageShape> size = image == 0 ? of_rows : of_columns;
    if (!size) {
        throw Error(
            shown_as + " is " + text_of(shape) + ": " +
            ask_for_size(order.images == ImagesAre::kLast ? std::min(shape[0], shape[1]) : shape[1],
                         wishes));
    }
    check_images(shape[image], static_cast<std::uint64_t>(size->height),
                 static_cast<std::uint64_t>(size->width), shape, shown_as);
    const std::uint64_t step = strides_of(shape, order.fortran)[1 - image];
    const auto height = static_cast<std::uint64_t>(size->height);
    const auto width = static_cast<std::uint64_t>(size->width);
    ImageLayout layout;
    layout.count = static_cast<int>(shape[image]);
    layout.shape = *size;
    layout.channels = size->channels;
    layout.strides = {strides_of(shape, order.fortran)[image], step * height * width, step * width,
                      step};
    std::vector<std::string> notes;
    if (ambiguous && !labels) {
        notes.push_back(std::string("Either axis could be the images; each ") +
                        (image == 1 ? "column" : "row") + " was taken for one.");
    }
    if (size->channels == 3) notes.emplace_back("Each was read as three planes: red, green, blue.");
    if (order.images == ImagesAre::kLast) {
        notes.emplace_back(
            "Each was read row by row; if the images lie on their side, save reshape(X, height, "
            "width, []).");
    }
    for (const std::string& note : notes) layout.note += (layout.note.empty() ? "" : " ") + note;
    return layout;
}

// Over white, as paper.
std::uint8_t over_white(std::uint8_t value, std::uint8_t opacity) {
    const int sum = value * opacity + 255 * (255 - opacity);
    return static_cast<std::uint8_t>((sum + 127) / 255);
}

void gather_one(const std::uint8_t* image, const ImageLayout& layout, std::uint8_t* out) {
    const auto [per_image, per_channel, per_row, per_column] = layout.strides;
    const std::uint8_t* const opacity = layout.channels == 4 ? image + 3 * per_channel : nullptr;
    for (int channel = 0; channel < layout.shape.channels; ++channel) {
        for (int row = 0; row < layout.shape.height; ++row) {
            const std::uint64_t begin = static_cast<std::uint64_t>(row) * per_row;
            const std::uint8_t* from =
                image + static_cast<std::uint64_t>(channel) * per_channel + begin;
            for (int column = 0; column < layout.shape.width; ++column) {
                const std::uint64_t at = static_cast<std::uint64_t>(column) * per_column;
                *out++ = opacity == nullptr ? from[at] : over_white(from[at], opacity[begin + at]);
            }
        }
    }
}

// Whether they are as images are to be.
bool in_order(const ImageLayout& layout) {
    if (layout.channels == 4) return false;
    const auto height = static_cast<std::uint64_t>(layout.shape.height);
    const auto width = static_cast<std::uint64_t>(layout.shape.width);
    const auto channels = static_cast<std::uint64_t>(layout.channels);
    const auto& [per_image, per_channel, per_row, per_column] = layout.strides;
    return per_column == 1 && per_row == width &&
           (channels == 1 || per_channel == height * width) &&
           (layout.count == 1 || per_image == channels * height * width);
}

// To `out` [count, C, H, W], which may begin where the values do, or before, where the images are
// apart.
void gather_images(std::span<const std::uint8_t> values, const ImageLayout& layout,
                   std::span<std::uint8_t> out, const Progress& progress) {
    const auto size = static_cast<std::size_t>(layout.shape.size());
    const bool apart = images_are_apart(layout);
    std::vector<std::uint8_t> image;
    for (std::size_t i = 0; i < static_cast<std::size_t>(layout.count); ++i) {
        progress.throw_if_cancelled();
        const std::uint8_t* from = values.data() + i * layout.strides[0];
        if (apart) {
            image.assign(from, from + layout.strides[0]);
            from = image.data();
        }
        gather_one(from, layout, out.data() + i * size);
    }
}

}  // namespace

std::string text_of(const ArrayShape& shape) {
    std::string text;
    for (const std::uint64_t side : shape) {
        if (text.size() > 60) return "[" + text + ", ...]";
        text += (text.empty() ? "" : ", ") + std::to_string(side);
    }
    return "[" + text + "]";
}

std::uint64_t value_count(const ArrayShape& shape, const std::string& shown_as) {
    std::uint64_t count = 1;
    for (const std::uint64_t side : shape) {
        if (side == 0) throw Error(shown_as + " is " + text_of(shape) + ": it has no values.");
        if (side > kLargestBytes || count > kLargestBytes / side) {
            throw Error(shown_as + " is " + text_of(shape) + ", more than the " +
                        std::to_string(kLargestBytes) +
                        " values that are read at most. Save a part of it.");
        }
        count *= side;
    }
    return count;
}

std::optional<ImageShape> shape_of_row(std::uint64_t numbers, const ArrayWishes& wishes) {
    if (wishes.size) {
        const auto [height, width] = *wishes.size;
        if (height < 1 || width < 1) return {};
        const auto pixels = static_cast<std::uint64_t>(height) * static_cast<std::uint64_t>(width);
        if (numbers == pixels) return ImageShape{1, height, width};
        if (numbers == 3 * pixels) return ImageShape{3, height, width};
        return {};
    }
    const auto side =
        static_cast<std::uint64_t>(std::llround(std::sqrt(static_cast<double>(numbers))));
    if (numbers < kSmallestRow || side > kLargestSide || side * side != numbers) return {};
    return ImageShape{1, static_cast<int>(side), static_cast<int>(side)};
}

std::string ask_for_size(std::uint64_t numbers, const ArrayWishes& wishes) {
    const std::string row = "a row of " + std::to_string(numbers) + " numbers";
    if (wishes.size) {
        const auto [height, width] = *wishes.size;
        return row + " is not " + std::to_string(width) + " x " + std::to_string(height) +
               " pixels, grey or in colour. Give --size WIDTHxHEIGHT so that WIDTH times HEIGHT "
               "is " +
               std::to_string(numbers) + ", or a third of it.";
    }
    if (numbers < kSmallestRow) {
        return row + " is not taken for an image unless its size is given (--size WIDTHxHEIGHT).";
    }
    std::uint64_t width = static_cast<std::uint64_t>(std::sqrt(static_cast<double>(numbers)));
    width = std::min<std::uint64_t>(width, kLargestSide);
    while (width > 1 && numbers % width != 0) --width;
    return row + " is no square image. Say its size, width first, for instance --size " +
           std::to_string(width) + "x" + std::to_string(numbers / width) + ".";
}

ImageLayout layout_of(const ArrayShape& shape, const ArrayOrder& order, const ArrayWishes& wishes,
                      std::optional<std::uint64_t> labels, const std::string& shown_as) {
    value_count(shape, shown_as);
    if (shape.size() == 2) return layout_of_rows(shape, order, wishes, labels, shown_as);
    if (shape.size() == 3) {
        return layout_of_axes(shape, roles_of_three(shape, order.images), order.fortran, shown_as);
    }
    const auto roles = shape.size() == 4 ? roles_of_four(shape, order.images) : std::nullopt;
    if (!roles) fail_axes(shape, shown_as);
    return layout_of_axes(shape, *roles, order.fortran, shown_as);
}

ImageLayout transposed(ImageLayout layout) {
    std::swap(layout.strides[2], layout.strides[3]);
    std::swap(layout.shape.height, layout.shape.width);
    return layout;
}

bool images_are_apart(const ImageLayout& layout) {
    return layout.strides[0] * static_cast<std::uint64_t>(layout.count) == layout.values();
}

std::vector<std::uint8_t> images_of(std::vector<std::uint8_t> values,
                                    std::span<const ImageLayout> layouts,
                                    const Progress& progress) {
    if (std::all_of(layouts.begin(), layouts.end(), in_order)) return values;
    std::size_t size = 0;
    for (const ImageLayout& layout : layouts)
        size +=
            static_cast<std::size_t>(layout.count) * static_cast<std::size_t>(layout.shape.size());
    const bool in_place = std::all_of(layouts.begin(), layouts.end(), images_are_apart);
    std::vector<std::uint8_t> beside(in_place ? 0 : size);
    std::vector<std::uint8_t>& images = in_place ? values : beside;
    std::span<const std::uint8_t> from(values);
    std::span<std::uint8_t> to(images);
    for (const ImageLayout& layout : layouts) {
        gather_images(from, layout, to, progress);
        from = from.subspan(layout.values());
        to = to.subspan(static_cast<std::size_t>(layout.count) *
                        static_cast<std::size_t>(layout.shape.size()));
    }
    images.resize(size);
    return std::move(images);
}

}  // namespace elbow::data

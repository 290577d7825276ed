#include "app/gui/panels/picture_intake.h"

#include <exception>
#include <span>
#include <string>
#include <utility>

#include "app/gui/clipboard.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/path_text.h"
#include "engine/data/ground.h"
#include "engine/data/sources/picture_fit.h"

namespace elbow::gui {
namespace {

PlacedPicture placed(std::span<const std::uint8_t> bytes, const std::string& name,
                     const data::Dataset& dataset, Progress& progress) {
    data::ReadPicture picture = data::read_picture(bytes, name);
    progress.throw_if_cancelled();
    const std::vector<std::uint8_t> ground = data::ground_of(dataset);
    PlacedPicture result;
    result.image = data::fitted_image(picture, dataset.shape(), ground);
    progress.throw_if_cancelled();
    result.negative =
        data::fitted_image(data::inverted(std::move(picture)), dataset.shape(), ground);
    return result;
}

}  // namespace

void PictureIntake::read(const std::filesystem::path& file,
                         std::shared_ptr<const data::Dataset> dataset) {
    what_ = "Reading " + file.filename().string() + "...";
    work_.start([file, dataset = std::move(dataset)](Progress& progress) {
        return placed(read_file(file), quoted(file), *dataset, progress);
    });
}

void PictureIntake::paste(std::shared_ptr<const data::Dataset> dataset) {
    what_ = "Pasting...";
    work_.start([dataset = std::move(dataset)](Progress& progress) {
        PastedPicture pasted = paste_picture([&] { progress.throw_if_cancelled(); });
        std::string name = "the picture on the clipboard";
        if (!pasted.file.empty()) {
            name = quoted(pasted.file);
            pasted.bytes = read_file(pasted.file);
        }
        return placed(pasted.bytes, name, *dataset, progress);
    });
}

std::optional<PlacedPicture> PictureIntake::poll(Toasts& toasts) {
    const auto ended = work_.poll();
    if (!ended) return std::nullopt;
    try {
        return ended->take();
    } catch (const std::exception& failure) {
        toasts.add(ToastKind::kError, message_of(failure));
    }
    return std::nullopt;
}

}  // namespace elbow::gui

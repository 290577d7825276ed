#pragma once

// A picture of another program on its way to the canvas: from a file or from the clipboard, read
// and made to fit the data on a thread of its own. The newest one counts. GUI thread.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/widgets/toasts.h"
#include "engine/core/newest_task.h"
#include "engine/data/dataset.h"

namespace elbow::gui {

// A picture as an image of the data, and its negative, whose ground is the data's all the same.
struct PlacedPicture {
    std::vector<std::uint8_t> image, negative;  // [D]
};

class PictureIntake {
  public:
    void read(const std::filesystem::path&, std::shared_ptr<const data::Dataset>);
    void paste(std::shared_ptr<const data::Dataset>);
    void cancel() { work_.overtake(); }
    // "Reading cat.png..."; empty: nothing is on its way.
    std::string what() const { return work_.busy() ? what_ : ""; }
    // Once a frame. What cannot be read becomes a toast.
    std::optional<PlacedPicture> poll(Toasts&);

  private:
    std::string what_;
    NewestTask<PlacedPicture> work_;
};

}  // namespace elbow::gui

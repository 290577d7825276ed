#pragma once

// Small pictures of saved runs, decoded from their weights on a thread of their own, one after the
// other, and remembered while the window is open. GUI thread.

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/gui/runs/run_list.h"
#include "engine/core/task.h"
#include "engine/data/image_shape.h"

namespace elbow::gui {

struct Thumbnail {
    int side = 0;                      // images, across and down
    data::ImageShape shape;            // of one
    std::vector<std::uint8_t> pixels;  // [side * side, C, H, W]
    std::string problem;               // why the run cannot be opened; then there is no picture
    std::filesystem::file_time_type saved_at;  // of the run that it shows
};

// For any thread: the manifold of a run with two latents, else samples from the prior.
Thumbnail make_thumbnail(const std::filesystem::path& folder);

class Thumbnails {
  public:
    // Null until it is made; asks for it where it is not, or where the run was saved anew.
    const Thumbnail* of(const RunEntry&);
    // Once a frame; says whether something new is there.
    bool poll();
    bool busy() const { return task_ != nullptr; }

  private:
    bool is_made(const RunEntry&) const;

    using Work = Task<Thumbnail>;
    std::map<std::filesystem::path, Thumbnail> made_;
    std::vector<RunEntry> wanted_;  // in this frame
    std::filesystem::path making_;
    std::filesystem::file_time_type making_of_;
    std::unique_ptr<Work> task_;  // last: its thread ends first
};

}  // namespace elbow::gui

#pragma once

// A button behind which a person walks through the folders of the machine and takes one. A folder
// is read on a thread of its own, for one on a network may take its time. GUI thread.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/context.h"
#include "engine/core/progress.h"
#include "engine/core/task.h"

namespace elbow::gui {

struct FolderListing {
    std::filesystem::path of;
    std::vector<std::string> names;  // of the folders in it, hidden ones left out, by the alphabet
    std::string problem;             // why it cannot be read; empty: it was
};
// For any thread.
FolderListing list_folders(const std::filesystem::path&, const Progress&);

class FolderMenu {
  public:
    // Draws the button at the cursor, and while it is open its list, which begins in `from` or,
    // where that is not there, in the nearest folder above it. Answers once the folder that was
    // taken.
    std::optional<std::filesystem::path> draw(Context&, const std::filesystem::path& from);
    static float width();  // of the button, pixels

  private:
    void look();
    void draw_rows(Context&);

    std::filesystem::path at_;
    FolderListing listing_;  // of another folder: this one is being read
    std::unique_ptr<Task<FolderListing>> search_;
};

}  // namespace elbow::gui

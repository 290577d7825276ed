#pragma once

// Reads the table of one's own that a view state names, on a thread of its own. GUI thread.

#include <filesystem>
#include <memory>

#include "app/gui/widgets/toasts.h"
#include "engine/core/task.h"
#include "engine/data/dataset.h"
#include "engine/io/image_columns.h"

namespace elbow::gui {

class ColumnsReader {
  public:
    // Once a frame. `table` is what the person wants, empty for none; where it cannot be read, it
    // becomes what is there, and the person is told why.
    void follow(std::filesystem::path& table, const data::Dataset&, Toasts&);
    bool busy() const { return task_ != nullptr; }
    // Null: none.
    std::shared_ptr<const io::ImageColumns> now() const { return now_; }

  private:
    using Columns = std::shared_ptr<const io::ImageColumns>;
    void collect(std::filesystem::path& table, Toasts&);

    Columns now_;
    int images_ = 0;  // that they are of
    std::unique_ptr<Task<Columns>> task_;
    std::filesystem::path read_;  // by the task
};

// "Read 'ages.csv': the points can be coloured by age and height (...)."
std::string told(const io::ImageColumns&);

}  // namespace elbow::gui

#pragma once

// Reads the file of one's own that a view state names, on a thread of its own. GUI thread.

#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "app/gui/widgets/toasts.h"
#include "engine/core/task.h"

namespace elbow::gui {

template <class Content>  // which knows its `file`
class FollowedFile {
  public:
    using Shared = std::shared_ptr<const Content>;  // null: none
    // `fits`: what it has to fit, a number of images or of latents. Throws Error where it does not.
    using Read = std::function<Shared(const std::filesystem::path&, int fits, Progress&)>;
    using Tell = std::function<std::string(const Content&)>;  // once it is read

    FollowedFile(Read read, Tell tell) : read_(std::move(read)), tell_(std::move(tell)) {}

    // Once a frame. `wanted` is what the person wants, empty for none; where it cannot be read, it
    // becomes what is there, and the person is told why. What fitted something else is gone.
    void follow(std::filesystem::path& wanted, int fits, Toasts& toasts) {
        if (fits != fits_) {
            fits_ = fits;
            now_ = nullptr;
            task_ = nullptr;
        }
        if (task_ && task_->done()) collect(wanted, toasts);
        if (wanted.empty()) now_ = nullptr;
        const std::filesystem::path there = task_ ? reading_ : now_ ? now_->file : "";
        if (wanted == there) return;
        task_ = nullptr;
        reading_ = wanted;
        if (wanted.empty()) return;
        task_ =
            std::make_unique<Task<Shared>>([read = read_, file = wanted, fits](Progress& progress) {
                return read(file, fits, progress);
            });
    }
    bool busy() const { return task_ != nullptr; }
    const Shared& now() const { return now_; }

  private:
    void collect(std::filesystem::path& wanted, Toasts& toasts) {
        const auto task = std::move(task_);
        if (wanted != reading_) return;  // another one is wanted by now
        try {
            now_ = task->take();
            toasts.add(ToastKind::kGood, tell_(*now_));
        } catch (const std::exception& problem) {
            toasts.add(ToastKind::kError, problem.what());
            wanted = now_ ? now_->file : "";
        }
    }

    Read read_;
    Tell tell_;
    Shared now_;
    int fits_ = 0;
    std::unique_ptr<Task<Shared>> task_;
    std::filesystem::path reading_;
};

}  // namespace elbow::gui

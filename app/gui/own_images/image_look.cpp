#include "app/gui/own_images/image_look.h"

#include <exception>
#include <mutex>
#include <utility>

#include "engine/core/error.h"

namespace elbow::gui {

struct ImageLook::Shared {
    std::mutex mutex;
    Found newest;
};

void ImageLook::start(const std::filesystem::path& path, const data::LookWishes& wishes) {
    found_.reset();
    failure_.clear();
    shared_ = std::make_shared<Shared>();
    work_.start([path, wishes, shared = shared_](Progress& progress) -> Found {
        const auto show = [&shared](const data::Finding& so_far) {
            auto copy = std::make_shared<const data::Finding>(so_far);
            const std::lock_guard lock(shared->mutex);
            shared->newest.swap(copy);
        };
        return std::make_shared<const data::Finding>(data::look_at(path, wishes, progress, show));
    });
}

void ImageLook::stop() {
    work_.overtake();
    found_.reset();
    failure_.clear();
}

void ImageLook::poll() {
    const auto ended = work_.poll();
    if (!ended) {
        if (!work_.busy()) return;
        const std::lock_guard lock(shared_->mutex);
        if (shared_->newest) found_ = std::exchange(shared_->newest, nullptr);
        return;
    }
    try {
        found_ = ended->take();
    } catch (const Cancelled&) {
        found_.reset();
    } catch (const std::exception& failure) {
        found_.reset();
        failure_ = message_of(failure);
    }
}

}  // namespace elbow::gui

#include "app/gui/upkeep.h"

#include <exception>
#include <utility>

namespace elbow::gui {
namespace {

constexpr double kSettledSeconds = 1.5;

}  // namespace

SettingsKeeper::SettingsKeeper(std::filesystem::path file, bool keep,
                               std::function<Settings(const Settings&)> as_kept)
    : file_(std::move(file)), keep_(keep), as_kept_(std::move(as_kept)) {
    settings = load_settings(file_, message_);
    saved_ = seen_ = settings;
}

void SettingsKeeper::save_when_settled(double now_s, bool now, Toasts& toasts) {
    const Settings kept = as_kept_ ? as_kept_(settings) : settings;
    if (!(kept == seen_)) {
        seen_ = kept;
        changed_at_s_ = now_s;
    }
    if (writing_ && now) writing_->wait();
    if (writing_ && writing_->done()) collect(toasts);
    const bool settled = now || now_s - changed_at_s_ > kSettledSeconds;
    if (!keep_ || writing_ || kept == saved_ || !settled) return;
    saved_ = kept;
    writing_ = std::make_unique<Task<bool>>([file = file_, kept](Progress&) {
        save_settings(file, kept);
        return true;
    });
    if (!now) return;
    writing_->wait();
    collect(toasts);
}

void SettingsKeeper::collect(Toasts& toasts) {
    try {
        writing_->take();
    } catch (const std::exception& failure) {
        keep_ = false;
        toasts.add(ToastKind::kError, failure.what());
    }
    writing_.reset();
}

}  // namespace elbow::gui

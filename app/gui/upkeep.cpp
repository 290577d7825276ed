#include "app/gui/upkeep.h"

#include <exception>
#include <utility>

namespace elbow::gui {
namespace {

constexpr double kSettledSeconds = 1.5;

}  // namespace

SettingsKeeper::SettingsKeeper(std::filesystem::path file, bool keep)
    : file_(std::move(file)), keep_(keep) {
    settings = load_settings(file_, message_);
    saved_ = seen_ = settings;
}

void SettingsKeeper::save_when_settled(double now_s, bool now, Toasts& toasts) {
    if (!keep_) return;
    if (!(settings == seen_)) {
        seen_ = settings;
        changed_at_s_ = now_s;
    }
    if (settings == saved_ || !(now || now_s - changed_at_s_ > kSettledSeconds)) return;
    saved_ = settings;
    try {
        save_settings(file_, settings);
    } catch (const std::exception& failure) {
        keep_ = false;
        toasts.add(ToastKind::kError, failure.what());
    }
}

}  // namespace elbow::gui

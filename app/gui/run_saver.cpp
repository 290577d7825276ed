#include "app/gui/run_saver.h"

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <system_error>
#include <thread>
#include <utility>

#include "engine/io/run_folder.h"

namespace elbow::gui {
namespace {

constexpr double kWorthKeeping_s = 10.0;  // of training
constexpr std::chrono::seconds kPatience{10};

// "mnist-20240131-235959", with -2, -3 ... where that is taken.
std::filesystem::path new_folder(const std::filesystem::path& runs, const std::string& dataset) {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm local{};
    localtime_r(&now, &local);
    char stamp[32];
    std::strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &local);
    const std::string name = dataset + "-" + stamp;
    std::filesystem::path folder = runs / name;
    std::error_code none;
    for (int i = 2; std::filesystem::exists(folder, none); ++i) {
        folder = runs / (name + "-" + std::to_string(i));
    }
    return folder;
}

}  // namespace

std::filesystem::path kept_run_folder() {
    const char* state = std::getenv("XDG_STATE_HOME");
    const char* home = std::getenv("HOME");
    std::filesystem::path folder = state != nullptr && *state != '\0' ? std::filesystem::path(state)
                                   : home != nullptr ? std::filesystem::path(home) / ".local/state"
                                                     : std::filesystem::path(".");
    return folder / "elbow" / "last-run";
}

void RunSaver::ask(train::Trainer& trainer, const std::filesystem::path& parent) {
    parent_ = parent;
    awaited_[++number_] = std::filesystem::path();
    trainer.send(train::TakeCheckpoint{number_});
}

void RunSaver::keep(train::Trainer& trainer) {
    const auto state = trainer.state();
    if (!state->snapshot || state->train_seconds < kWorthKeeping_s) return;
    awaited_[++number_] = kept_run_folder();
    trainer.send(train::TakeCheckpoint{number_});
}

void RunSaver::keep_and_wait(train::Trainer& trainer) {
    keep(trainer);
    Toasts unseen;
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (busy() && std::chrono::steady_clock::now() < end) {
        poll(trainer.take_update(), unseen);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

void RunSaver::poll(const train::TrainerUpdate& update, Toasts& toasts) {
    for (const auto& taken : update.taken) {
        const auto awaited = awaited_.find(taken->number);
        if (awaited == awaited_.end()) continue;
        std::filesystem::path folder = awaited->second;
        awaited_.erase(awaited);
        if (folder.empty()) folder = new_folder(parent_ / "runs", taken->checkpoint.config.dataset);
        tasks_.push_back(std::make_unique<Work>([folder, taken](Progress&) {
            io::save_run(folder, taken->checkpoint, taken->evaluations, taken->dataset.get(),
                         taken->threads);
            return folder;
        }));
    }
    std::erase_if(tasks_, [&](const std::unique_ptr<Work>& task) {
        if (!task->done()) return false;
        try {
            const auto folder = task->take();
            toasts.add(ToastKind::kGood, "The run was saved in " + folder.string(), folder);
        } catch (const std::exception& failure) {
            toasts.add(ToastKind::kError, failure.what());
        }
        return true;
    });
}

}  // namespace elbow::gui

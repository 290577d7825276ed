#include "app/gui/run_saver.h"

#include <chrono>
#include <ctime>
#include <system_error>
#include <utility>

#include "engine/io/run_folder.h"

namespace elbow::gui {
namespace {

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

void RunSaver::ask(train::Trainer& trainer, const std::filesystem::path& parent) {
    parent_ = parent;
    waiting_ = true;
    trainer.send(train::TakeCheckpoint{++number_});
}

void RunSaver::poll(const train::TrainerUpdate& update, Toasts& toasts) {
    if (waiting_ && update.taken && update.taken->number == number_) {
        waiting_ = false;
        auto folder = new_folder(parent_ / "runs", update.taken->checkpoint.config.dataset);
        tasks_.push_back(
            std::make_unique<Work>([folder = std::move(folder), taken = update.taken](Progress&) {
                io::save_run(folder, taken->checkpoint, taken->evaluations, taken->dataset.get());
                return std::filesystem::path(folder);
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

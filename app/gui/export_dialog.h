#pragma once

// The export window (E): what to write, where, and how; how far it has come; and the pictures that
// Ctrl+C puts on the clipboard. The work itself is in exporter.h and clipboard.h and runs on a
// thread of its own, so that neither the window nor the training waits for a file or for another
// program. GUI thread.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/context.h"
#include "app/gui/exporter.h"
#include "app/gui/exports/exports.h"
#include "app/gui/folder_menu.h"
#include "engine/core/clock.h"
#include "engine/core/task.h"

namespace elbow::gui {

class ExportDialog {
  public:
    // Draws nothing while `open` is false and clears it when the dialog is closed.
    void draw(Context&, bool& open);

    // The image decoded at z [N], with the size and into the folder that were chosen last.
    void export_image(Context&, std::vector<float> z);
    // As large and into the folder that were chosen last.
    void write(Context&, const Export&);
    // The picture as a PNG on the desktop's clipboard.
    void copy(Context&, const PictureWish&);

    // Once a frame, open or not: reports exports that have ended.
    void poll(Toasts&);
    bool busy() const { return !jobs_.empty(); }
    // After the last frame: waits at most this long for the exports in progress, stops those that
    // take longer, and returns one line per export with its outcome.
    std::vector<std::string> finish(double patience_s);

  private:
    void draw_kinds(Context&);
    void draw_choices(Context&);
    void draw_what(Context&);
    void draw_folder(Context&);
    // Returns why it cannot be exported; empty: it can.
    std::string draw_message(Context&);
    void draw_go(Context&, bool& open);
    void draw_jobs(Context&);
    struct Done {
        std::string text;
        std::filesystem::path file;  // none of a copy
    };
    struct Job {
        Job(std::string title_, std::string failed_, const std::function<Done(Progress&)>& work)
            : title(std::move(title_)), failed(std::move(failed_)), task(work) {}
        std::string title;   // of the export
        std::string failed;  // "Nothing was exported. "
        double began_s = steady_now_s();
        Task<Done> task;
    };
    struct News {
        ToastKind kind;
        std::string text;
        std::filesystem::path file;
    };
    void start(Context&, const PictureWish&);
    static News news_of(Job&);

    const Export* what_ = all_exports().front();
    std::string folder_;  // as typed
    bool folder_read_ = false;
    FolderMenu folder_menu_;
    std::vector<std::unique_ptr<Job>> jobs_;
};

}  // namespace elbow::gui

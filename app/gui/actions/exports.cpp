// Each of the exports, as its dialog writes it, and each picture for the clipboard.

#include "app/gui/actions/exports.h"

#include "app/gui/actions/families.h"
#include "app/gui/actions/run.h"
#include "app/gui/exporter.h"
#include "app/gui/exports/exports.h"

namespace elbow::gui {
std::string why_no_export(const Context& context, const Export& what) {
    if (context.has_run()) return why_not_exported(what, *context.trainer->snapshot);
    return "There is nothing to export before the first run has begun.";
}

WindowAction export_dialog_action(Context& context) {
    return {.id = "export.open",
            .title = "Export pictures and tables",
            .help = "Saves pictures and tables as files (E).",
            .run = [&context] { context.actions.open_export(); },
            .why_not = no_run_yet(context),
            .keys = {{Key::kE}}};
}

void add_export_actions(Context& context, WindowActions& actions) {
    actions.push_back(export_dialog_action(context));
    for (const Export* what : all_exports()) {
        actions.push_back({.id = std::string("export.write.") + what->id,
                           .title = std::string("Export ") + what->title,
                           .help = std::string(what->help) +
                                   " As large as was chosen last, into the folder for exports.",
                           .run = [&context, what] { context.actions.write_export(*what); },
                           .why_not = why_no_export(context, *what)});
    }
    actions.push_back({.id = "export.copy",
                       .title = "Copy the picture or the number under the mouse",
                       .help =
                           "The map, the curves, the strip, a decoded image, or a number beside "
                           "its name with every digit: to the clipboard.",
                       .run = [&context] { context.actions.copy_under_mouse(); },
                       .keys = {{Key::kC, true}},
                       .for_the_mouse = "Point at the picture or the number and press Ctrl+C."});
    for (const Export* what : all_exports()) {
        if (!what->picture()) continue;
        actions.push_back({.id = std::string("export.copy.") + what->id,
                           .title = std::string("Copy to the clipboard: ") + what->title,
                           .help = std::string(what->help) + " Put on the clipboard as a picture.",
                           .run = [&context, what] { context.actions.copy_export(*what); },
                           .why_not = why_no_export(context, *what)});
    }
}

}  // namespace elbow::gui

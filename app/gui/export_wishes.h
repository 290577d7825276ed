#pragma once

// What the window's state comes to as a request for an export. Pure function of the context; GUI
// thread.

#include "app/gui/context.h"
#include "app/gui/exporter.h"

namespace elbow::gui {

// Of a run that is there. Curves lack their records, which are many; add_records() puts them in.
ExportRequest export_request(const Context&, ExportKind);
void add_records(const Context&, ExportRequest&);
// Of one picture that is shown, with the sizes that were chosen last, and whole.
ExportRequest export_request(const Context&, const PictureWish&);

// "MNIST, 2 latents, 500 hidden units, AEVB (SGVB B), Adam, step size 0.001": above the curves.
std::string curves_title(const Context&);

}  // namespace elbow::gui

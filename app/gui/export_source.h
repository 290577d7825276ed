#pragma once

// The run in the window, as its exports show it. Pure function of the context; GUI thread.

#include <string>

#include "app/gui/context.h"
#include "app/gui/exports/export.h"

namespace elbow::gui {

// Of a run that is there. It lacks the records of the curves, which are many, and the moments of
// the training; add_records() and add_moments() put them in.
ExportSource export_source(const Context&);
void add_records(const Context&, ExportSource&);
void add_moments(const Context&, ExportSource&);
// For one picture that is shown, with the sizes that were chosen last, and whole.
ExportSource export_source(const Context&, const PictureWish&);

// "MNIST, 2 latents, 500 hidden units, AEVB (SGVB B), Adam, step size 0.001": above the curves.
std::string curves_title(const RunConfig&, const data::Dataset&);

}  // namespace elbow::gui

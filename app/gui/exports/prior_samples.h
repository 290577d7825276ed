#pragma once

// Images decoded from draws of the prior.

#include "app/gui/exports/export.h"

namespace elbow::gui {

const Export& prior_samples_export();

}  // namespace elbow::gui

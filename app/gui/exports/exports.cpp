#include "app/gui/exports/exports.h"

#include <array>

#include "app/gui/exports/cursor.h"
#include "app/gui/exports/curves_picture.h"
#include "app/gui/exports/curves_table.h"
#include "app/gui/exports/image_table.h"
#include "app/gui/exports/latents.h"
#include "app/gui/exports/manifold.h"
#include "app/gui/exports/map.h"
#include "app/gui/exports/page.h"
#include "app/gui/exports/path.h"
#include "app/gui/exports/path_animation.h"
#include "app/gui/exports/prior_samples.h"
#include "app/gui/exports/pseudo_inputs.h"
#include "app/gui/exports/reconstructions.h"
#include "app/gui/exports/selection.h"
#include "app/gui/exports/training.h"
#include "app/gui/exports/traversal.h"

namespace elbow::gui {

std::span<const Export* const> all_exports() {
    static const std::array kExports{
        &map_export(),
        &manifold_export(),
        &cursor_export(),
        &path_export(),
        &prior_samples_export(),
        &pseudo_inputs_export(),
        &reconstructions_export(),
        &path_animation_export(),
        &traversal_export(),
        &training_export(),
        &page_export(),
        &curves_picture_export(),
        &curves_table_export(),
        &latents_export(),
        &latents_arrays_export(),
        &image_table_export(),
        &selection_export(),
        &selection_table_export(),
        &selection_arrays_export(),
    };
    return kExports;
}

}  // namespace elbow::gui

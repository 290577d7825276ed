#include "app/gui/map/layers.h"

namespace elbow::gui {

// A line a layer: make_NAME_layer() is in layers/NAME.cpp.
#define ELBOW_MAP_LAYERS(LAYER) \
    LAYER(grid)                 \
    LAYER(points)               \
    LAYER(scores)               \
    LAYER(codes)                \
    LAYER(selection)            \
    LAYER(images)               \
    LAYER(manifold)             \
    LAYER(density)              \
    LAYER(metric)               \
    LAYER(classes)              \
    LAYER(inset)                \
    LAYER(paper_view)           \
    LAYER(aggregate)            \
    LAYER(ellipses)             \
    LAYER(true_posterior)       \
    LAYER(selected)             \
    LAYER(estimates)            \
    LAYER(lengths)              \
    LAYER(path)                 \
    LAYER(drawing)              \
    LAYER(hovered)              \
    LAYER(dot)                  \
    LAYER(no_encoder)           \
    LAYER(moment)               \
    LAYER(axes)

#define ELBOW_DECLARE(name) std::unique_ptr<MapLayer> make_##name##_layer();
ELBOW_MAP_LAYERS(ELBOW_DECLARE)
#undef ELBOW_DECLARE

MapLayers make_map_layers() {
    MapLayers layers;
#define ELBOW_ADD(name) layers.push_back(make_##name##_layer());
    ELBOW_MAP_LAYERS(ELBOW_ADD)
#undef ELBOW_ADD
    return layers;
}

#undef ELBOW_MAP_LAYERS

}  // namespace elbow::gui

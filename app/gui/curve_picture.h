#pragma once

// The curves of a run as a picture, drawn without a window: axes with units, legend and text, black
// on white for paper. Pure functions of the records.

#include <cstdint>
#include <string>
#include <vector>

#include "app/gui/runs/paper_curves.h"
#include "engine/estimator/estimator.h"
#include "engine/io/image_sheet.h"
#include "engine/train/history.h"
#include "engine/train/snapshot.h"

namespace elbow::gui {

struct CurveStyle {
    enum class Axis { kSamples, kEpochs, kSeconds };
    Axis axis = Axis::kSamples;
    bool log_x = true;
    int width = 1600;     // pixels
    int height = 1000;    // pixels
    std::string title;    // "MNIST, 2 latents, adam"
    std::string targets;  // what the bounds are of, "grey targets"
    std::string weights;  // and those of held-out images: ", mean weights" or nothing
    std::vector<PublishedCurve> published;     // behind the bound; for Axis::kSamples alone
    std::vector<estimator::Reading> readings;  // as the training records have them
    std::vector<train::Moment> branches;       // where the run is a branch of another
};

// Above the bound of training and held-out images, below reconstruction and KL apart, the newest KL
// of each latent where there are several (all in nats per image), and what else the estimator
// tells. Throws Error where there is no record yet.
io::Picture curve_picture(const std::vector<train::TrainRecord>&,
                          const std::vector<train::EvaluationRecord>&, const CurveStyle&);
// The same as a drawing.
std::string curve_svg(const std::vector<train::TrainRecord>&,
                      const std::vector<train::EvaluationRecord>&, const CurveStyle&);

}  // namespace elbow::gui

#include "engine/live/questions/questions.h"

#include "engine/live/questions/aggregate.h"
#include "engine/live/questions/class_regions.h"
#include "engine/live/questions/comparison.h"
#include "engine/live/questions/compression.h"
#include "engine/live/questions/cursor.h"
#include "engine/live/questions/directions.h"
#include "engine/live/questions/drawing.h"
#include "engine/live/questions/estimates.h"
#include "engine/live/questions/filling.h"
#include "engine/live/questions/manifold.h"
#include "engine/live/questions/map.h"
#include "engine/live/questions/metric.h"
#include "engine/live/questions/other_map.h"
#include "engine/live/questions/path.h"
#include "engine/live/questions/path_classes.h"
#include "engine/live/questions/path_geometry.h"
#include "engine/live/questions/point.h"
#include "engine/live/questions/prior_density.h"
#include "engine/live/questions/pseudo_inputs.h"
#include "engine/live/questions/refined.h"
#include "engine/live/questions/scores.h"
#include "engine/live/questions/selection.h"
#include "engine/live/questions/sheets.h"
#include "engine/live/questions/traversals.h"
#include "engine/live/questions/true_posterior.h"

namespace elbow::live {

std::vector<std::unique_ptr<Question>> make_questions() {
    std::vector<std::unique_ptr<Question>> questions;
    questions.push_back(make_cursor_question());
    questions.push_back(make_comparison_question());
    questions.push_back(make_drawing_question());
    questions.push_back(make_filling_question());
    questions.push_back(make_point_question());
    questions.push_back(make_compression_question());
    questions.push_back(make_drawing_compression_question());
    questions.push_back(make_estimates_question());
    questions.push_back(make_path_geometry_question());
    questions.push_back(make_path_question());
    questions.push_back(make_manifold_question());
    questions.push_back(make_traversals_question());
    questions.push_back(make_directions_question());
    questions.push_back(make_sheets_question());
    questions.push_back(make_pseudo_inputs_question());
    questions.push_back(make_prior_density_question());
    questions.push_back(make_metric_question());
    questions.push_back(make_refined_question());
    questions.push_back(make_true_posterior_question());
    questions.push_back(make_map_question());
    questions.push_back(make_other_map_question());
    questions.push_back(make_path_classes_question());
    questions.push_back(make_class_regions_question());
    questions.push_back(make_aggregate_question());
    questions.push_back(make_scores_question());
    questions.push_back(make_selection_question());
    return questions;
}

}  // namespace elbow::live

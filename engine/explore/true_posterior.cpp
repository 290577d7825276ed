#include "engine/explore/true_posterior.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/rng.h"
#include "engine/explore/point.h"

namespace elbow::explore {
namespace {

constexpr std::size_t kDraws = 1024;
constexpr std::size_t kPriorDraws = 256;  // that say where codes may lie
constexpr float kWideDeviations = 6.0F;   // of q(z|x), around its mean: where the search begins

constexpr int kSearchSide = 32, kGridSide = 96;
constexpr int kMostSearches = 6;
// Between two cells of a wide search there may be a peak so much higher than both.
constexpr double kSearchNats = 30.0;
constexpr double kGridNats = 14.0;  // what is less likely by e^-14 is not seen
constexpr double kShrinks = 0.5;    // of the area: another search is worth it

int columns_of(int side, int latents) { return latents > 1 ? side : side * 4; }

double area(const ManifoldRequest& plane) {
    const double width = double{plane.x_max} - plane.x_min;
    return plane.rows == 1 ? width : width * (double{plane.y_max} - plane.y_min);
}

struct Extent {
    float low = std::numeric_limits<float>::max();
    float high = std::numeric_limits<float>::lowest();
    void hold(float value) {
        if (!std::isfinite(value)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
};

}  // namespace

TruePosteriorWork::TruePosteriorWork(model::Model& model, model::Parameters parameters,
                                     const data::Dataset& dataset, int held_out_index, int x_axis,
                                     int y_axis)
    : parameters_(parameters) {
    check_point(model, dataset, held_out_index);
    image_ = dataset.batch(dataset.held_out, held_out_index, held_out_index + 1);
    result_.index = held_out_index;
    model.encode(parameters_, image_, q_);
    result_.plane.x_axis = x_axis;
    result_.plane.y_axis = y_axis;
    result_.plane.anchor = q_.mean;

    std::vector<float> epsilon(kDraws * q_.mean.size());
    // Each image has noise of its own, the same whenever it is looked at.
    Stream(1, "true posterior")
        .normals(static_cast<std::uint64_t>(held_out_index) * epsilon.size(), epsilon);
    z_.resize(epsilon.size());
    log_q_.resize(kDraws);
    model.draw(q_, std::vector<std::uint32_t>(kDraws, 0), epsilon, z_, log_q_);
    nats_.resize(kDraws);
}

bool TruePosteriorWork::advance(model::Model& model, int rows) {
    if (stage_ == Stage::kDone) return true;
    const std::size_t latents = q_.mean.size();
    const std::size_t count =
        std::min(static_cast<std::size_t>(std::max(rows, 1)), nats_.size() - done_);
    const std::vector<std::uint32_t> of_the_image(count, 0);
    data::Batch repeated = image_;
    repeated.indices = of_the_image;
    model.log_joint(parameters_, repeated, std::span(z_).subspan(done_ * latents, count * latents),
                    std::span(nats_).subspan(done_, count), {});
    done_ += count;
    if (done_ == nats_.size()) finish_stage(model);
    return stage_ == Stage::kDone;
}

void TruePosteriorWork::finish_stage(model::Model& model) {
    switch (stage_) {
        case Stage::kDraws:
            weigh_draws();
            begin_search(model);
            break;
        case Stage::kSearch:
            narrow();
            break;
        case Stage::kGrid:
            finish_grid();
            break;
        case Stage::kDone:
            break;
    }
}

void TruePosteriorWork::weigh_draws() {
    std::vector<double> log_weights(kDraws);
    for (std::size_t s = 0; s < kDraws; ++s) log_weights[s] = nats_[s] - log_q_[s];
    result_.by_draws = weighted_draws(log_weights);
    if (!std::isfinite(result_.by_draws.log_p)) refuse_draws_of(result_.index);
    const double sum = result_.by_draws.log_p + std::log(static_cast<double>(kDraws));
    for (const double value : log_weights) result_.weights.push_back(std::exp(value - sum));
    result_.draws = std::move(z_);
}

// Over all places where the prior or q(z|x) has codes.
void TruePosteriorWork::begin_search(model::Model& model) {
    const std::size_t latents = q_.mean.size();
    std::vector<float> prior(kPriorDraws * latents);
    model.sample_prior(parameters_, Stream(1, "true posterior's prior"), 0, prior);
    const auto extent_along = [&](int axis) {
        const auto latent = static_cast<std::size_t>(axis);
        Extent extent;
        for (std::size_t i = latent; i < prior.size(); i += latents) extent.hold(prior[i]);
        for (std::size_t i = latent; i < result_.draws.size(); i += latents)
            extent.hold(result_.draws[i]);
        extent.hold(q_.mean[latent] - kWideDeviations * q_.deviation[latent]);
        extent.hold(q_.mean[latent] + kWideDeviations * q_.deviation[latent]);
        return extent;
    };
    ManifoldRequest plane = result_.plane;
    const Extent x = extent_along(plane.x_axis), y = extent_along(plane.y_axis);
    plane.columns = columns_of(kSearchSide, model.latents());
    plane.rows = model.latents() > 1 ? kSearchSide : 1;
    plane.x_min = x.low;
    plane.x_max = x.high;
    plane.y_min = y.low;
    plane.y_max = y.high;
    stage_ = Stage::kSearch;
    ask_for(plane);
}

void TruePosteriorWork::ask_for(const ManifoldRequest& plane) {
    result_.plane = plane;
    z_ = manifold_latents(plane, static_cast<int>(q_.mean.size()));
    nats_.assign(static_cast<std::size_t>(plane.columns) * static_cast<std::size_t>(plane.rows),
                 0.0);
    done_ = 0;
}

// The cells that are no further below the highest, with one more all around, in a finer grid.
ManifoldRequest TruePosteriorWork::likely_part(double nats_below, int side) const {
    const ManifoldRequest& plane = result_.plane;
    const double highest = highest_of(nats_);
    int left = plane.columns, right = -1, top = plane.rows, bottom = -1;
    for (int row = 0; row < plane.rows; ++row) {
        for (int column = 0; column < plane.columns; ++column) {
            const double nats =
                nats_[static_cast<std::size_t>(row) * static_cast<std::size_t>(plane.columns) +
                      static_cast<std::size_t>(column)];
            if (!std::isfinite(nats) || nats < highest - nats_below) continue;
            left = std::min(left, column);
            right = std::max(right, column);
            top = std::min(top, row);
            bottom = std::max(bottom, row);
        }
    }
    if (right < 0) {
        throw Error("log p(x, z) of held-out image " + std::to_string(result_.index) +
                    " is nowhere a number on the plane of the map. Go on training, or select "
                    "another image.");
    }
    const float width = (plane.x_max - plane.x_min) / static_cast<float>(plane.columns);
    const float height = (plane.y_max - plane.y_min) / static_cast<float>(plane.rows);
    ManifoldRequest part = plane;
    part.columns = columns_of(side, static_cast<int>(q_.mean.size()));
    part.x_min = plane.x_min + static_cast<float>(left - 1) * width;
    part.x_max = plane.x_min + static_cast<float>(right + 2) * width;
    if (plane.rows == 1) return part;
    part.rows = side;
    part.y_max = plane.y_max - static_cast<float>(top - 1) * height;
    part.y_min = plane.y_max - static_cast<float>(bottom + 2) * height;
    return part;
}

void TruePosteriorWork::narrow() {
    const ManifoldRequest next = likely_part(kSearchNats, kSearchSide);
    if (++searches_ < kMostSearches && area(next) < kShrinks * area(result_.plane)) {
        ask_for(next);
        return;
    }
    stage_ = Stage::kGrid;
    ask_for(likely_part(kGridNats, kGridSide));
}

void TruePosteriorWork::finish_grid() {
    TruePosterior& grid = result_;
    grid.nats = std::move(nats_);
    grid.highest = highest_of(grid.nats);
    for (std::size_t i = 0; i < grid.lines.size() && grid.plane.rows > 1; ++i) {
        grid.lines[i] =
            contours(grid.nats, grid.plane, level_holding(grid.nats, kGaussianParts[i]));
    }
    if (q_.mean.size() <= 2) {
        double sum = 0.0;
        for (const double nats : grid.nats)
            if (std::isfinite(nats)) sum += std::exp(nats - grid.highest);
        grid.log_p_of_grid =
            grid.highest + std::log(sum * area(grid.plane) / static_cast<double>(grid.nats.size()));
    }
    stage_ = Stage::kDone;
}

TruePosterior true_posterior(model::Model& model, model::Parameters parameters,
                             const data::Dataset& dataset, int held_out_index, int x_axis,
                             int y_axis) {
    TruePosteriorWork work(model, parameters, dataset, held_out_index, x_axis, y_axis);
    while (!work.advance(model, static_cast<int>(model.rows_at_once()))) continue;
    return work.take();
}

}  // namespace elbow::explore

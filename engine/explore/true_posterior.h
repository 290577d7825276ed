#pragma once

// What the encoder's q(z|x) stands in for: the true posterior p(z|x) = p(x, z) / p(x) of one
// held-out image, on a grid over two latents, and log p(x) by importance weights. Pure values; the
// work belongs to one thread.

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/explore/contours.h"
#include "engine/explore/manifold.h"
#include "engine/explore/weighted_draws.h"
#include "engine/model/model.h"

namespace elbow::explore {

struct TruePosterior {
    int index = 0;  // in the held-out set
    // The grid: as wide as p(z|x) is, on the plane through the mean of q(z|x). With one latent a
    // row.
    ManifoldRequest plane;
    std::vector<double> nats;  // log p(x, z) at the middles of its cells, [rows, columns]
    double highest = 0.0;      // of those that are finite
    // In latent units, around each of kGaussianParts; none with one latent.
    std::array<std::vector<ContourLine>, kGaussianParts.size()> lines;

    std::vector<float> draws;     // [S, N] from q(z|x)
    std::vector<double> weights;  // [S] of these, p(x, z) / q(z|x), scaled to sum to one
    WeightedDraws by_draws;       // what they say
    // log p(x) by the sum over the grid, nats; absent where there are more than two latents, of
    // which the plane shows two.
    std::optional<double> log_p_of_grid;
    // The best that is known of log p(x), nats: by the grid, which misses nothing, else by the
    // draws.
    double log_p() const { return log_p_of_grid.value_or(by_draws.log_p); }
    // Most likely less than log p(x).
    bool falls_short() const { return !log_p_of_grid && by_draws.falls_short(); }
    // KL(q(z|x) || p(z|x)), nats: how far the bound lies below log p(x).
    double gap() const { return log_p() - by_draws.bound; }
};

// Works it out piece by piece.
class TruePosteriorWork {
  public:
    // Along these latents; with one latent both are 0. The parameters [layout.size()] and the data
    // set outlive this. Throws UsageError for an image that is not there.
    TruePosteriorWork(model::Model&, model::Parameters, const data::Dataset&, int held_out_index,
                      int x_axis, int y_axis);
    // Evaluates so many rows more, at least one; true once all are done. Throws Error where the
    // model gives no finite density.
    bool advance(model::Model&, int rows);
    // Of the finished work.
    TruePosterior take() { return std::move(result_); }

  private:
    enum class Stage { kDraws, kSearch, kGrid, kDone };
    void begin_search(model::Model&);
    void ask_for(const ManifoldRequest& plane);
    void finish_stage(model::Model&);
    void weigh_draws();
    void narrow();
    void finish_grid();
    ManifoldRequest likely_part(double nats_below, int side) const;

    model::Parameters parameters_;
    data::Batch image_;
    model::Posteriors q_;
    std::vector<double> log_q_;  // [S]
    Stage stage_ = Stage::kDraws;
    int searches_ = 0;
    std::vector<float> z_;      // of this stage, [rows, N]
    std::vector<double> nats_;  // [rows]
    std::size_t done_ = 0;      // rows
    TruePosterior result_;
};

TruePosterior true_posterior(model::Model&, model::Parameters, const data::Dataset&,
                             int held_out_index, int x_axis = 0, int y_axis = 1);

}  // namespace elbow::explore

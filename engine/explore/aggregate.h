#pragma once

// The aggregate posterior q(z), the mean of q(z|x) over the images: what the decoder meets in
// training, as N(0, I) is what it meets when it is sampled from. Pure functions.

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/explore/contours.h"
#include "engine/explore/latent_map.h"
#include "engine/explore/manifold.h"
#include "engine/model/model.h"

namespace elbow::explore {

// Along each latent, by one draw from q(z|x) with its mean and deviation, of each image or of some
// ten thousand at equal distances: how many fall into each of the bins between -end and end, of the
// fullest. ends: [N], above 0. [N, bins]
std::vector<float> aggregate_histograms(const LatentMap&, std::span<const float> ends, int bins);

// q(z) over the two axes of a map, whatever the other latents are, and how far it is from the prior
// over all of them. Each q(z|x) is taken by its mean and deviations.
struct Aggregate {
    // The log density, of those in `nats`, at a place of the plane; -infinity beyond the grid.
    double at(double x, double y) const;
    ManifoldRequest plane;     // a grid as wide as q(z) and the prior
    std::vector<double> nats;  // the log of its mean over each cell, [rows, columns], finite
    // Around each of kGaussianParts, in latent units; none with one latent.
    std::array<std::vector<ContourLine>, kGaussianParts.size()> lines;
    double edge = 0.0;  // what `nats` is on the outermost of them: beyond lies next to no code
    // The log of the prior's density there; empty where it is not known: a prior of its own over
    // more latents than two.
    std::vector<double> prior;
    // KL(q(z) || p(z)), nats, by draws from q(z), with its standard error; and the mutual
    // information of an image and its code, which is the rest of the mean KL(q(z|x) || p(z)).
    double kl_from_prior = 0.0, kl_error = 0.0;
    double information = 0.0;
    int draws = 0;
};

// Works it out piece by piece, for one map.
class AggregateWork {
  public:
    // The parameters and the map outlive this. The prior is that of the model.
    AggregateWork(const LatentMap&, model::Model&, model::Parameters, int x_axis, int y_axis);
    // Some milliseconds more; true once all is done.
    bool advance(model::Model&);
    Aggregate take() { return std::move(result_); }

  private:
    void spread(std::size_t image);
    void finish_grid(model::Model&);
    void weigh_draw(std::size_t draw);
    void finish_draws(model::Model&);

    const LatentMap& map_;
    model::Parameters parameters_;
    std::vector<float> x_, y_;     // [columns], [rows]: of one image, its mass in each cell
    std::vector<double> mass_;     // [rows, columns]
    std::size_t spread_ = 0;       // images
    std::vector<float> z_;         // [draws, N] from q(z)
    std::vector<double> log_q_;    // [draws], log q(z), nats
    std::vector<double> log_own_;  // [draws], log q(z|x) of the image that it is of
    std::size_t weighed_ = 0;      // draws
    Aggregate result_;
};

Aggregate aggregate(const LatentMap&, model::Model&, model::Parameters, int x_axis = 0,
                    int y_axis = 1);

}  // namespace elbow::explore

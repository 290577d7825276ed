#include "engine/explore/aggregate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include "engine/core/rng.h"
#include "engine/model/families.h"
#include "engine/model/gaussian.h"

namespace elbow::explore {
namespace {

using model::kLog2Pi;

constexpr int kSide = 160;                    // cells of the grid
constexpr std::size_t kDraws = 512;           // that the divergence is estimated from
constexpr std::size_t kMostCounted = 10'000;  // images in a histogram, or a few more
constexpr std::size_t kImagesAtOnce = 1000, kDrawsAtOnce = 16;
constexpr float kReach = 4.0F;     // standard deviations, of q(z|x) and of N(0, I)
constexpr double kNoMass = 1e-12;  // of one image, where there is less: a line can pass beside it

// Where nearly all codes lie along an axis, with the prior's middle part.
std::pair<float, float> extent(const LatentMap& map, int axis) {
    std::vector<float> low, high;
    for (std::size_t at = static_cast<std::size_t>(axis); at < map.mean.size();
         at += static_cast<std::size_t>(map.latents)) {
        if (!std::isfinite(map.mean[at]) || !std::isfinite(map.deviation[at])) continue;
        low.push_back(map.mean[at] - kReach * map.deviation[at]);
        high.push_back(map.mean[at] + kReach * map.deviation[at]);
    }
    if (low.empty()) return {-kReach, kReach};
    const auto quantile = [](std::vector<float>& values, double part) {
        const auto place = values.begin() + static_cast<std::ptrdiff_t>(
                                                part * static_cast<double>(values.size() - 1));
        std::nth_element(values.begin(), place, values.end());
        return *place;
    };
    return {std::min(quantile(low, 0.002), -kReach), std::max(quantile(high, 0.998), kReach)};
}

// The mass of N(mean, deviation) in each cell of a row from low to high.
void mass_in_cells(float mean, float deviation, float low, float high, std::vector<float>& cells) {
    const auto count = static_cast<double>(cells.size());
    const double step = (double{high} - low) / count;
    const double scale = 1.0 / (std::max(double{deviation}, 1e-9) * std::sqrt(2.0));
    std::fill(cells.begin(), cells.end(), 0.0F);
    const auto cell = [&](double z) {
        return std::clamp(std::floor((z - low) / step), 0.0, count - 1.0);
    };
    const auto first = static_cast<std::size_t>(cell(mean - kReach * double{deviation}));
    const auto last = static_cast<std::size_t>(cell(mean + kReach * double{deviation}));
    double below = std::erf((low + static_cast<double>(first) * step - mean) * scale);
    for (std::size_t i = first; i <= last; ++i) {
        const double up_to = std::erf((low + static_cast<double>(i + 1) * step - mean) * scale);
        cells[i] = static_cast<float>(0.5 * (up_to - below));
        below = up_to;
    }
}

}  // namespace

std::vector<float> aggregate_histograms(const LatentMap& map, std::span<const float> ends,
                                        int bins) {
    const auto latents = static_cast<std::size_t>(map.latents);
    const auto width = static_cast<std::size_t>(bins);
    std::vector<float> counts(latents * width, 0.0F);
    // One number an image, the same for all latents, which are looked at one by one.
    const auto images = static_cast<std::size_t>(map.count);
    const std::size_t stride = std::max<std::size_t>(1, images / kMostCounted);
    std::vector<float> noise((images + stride - 1) / stride);
    Stream(1, "aggregate").normals(0, noise);
    for (std::size_t draw = 0; draw < noise.size(); ++draw) {
        for (std::size_t latent = 0; latent < latents; ++latent) {
            const std::size_t at = draw * stride * latents + latent;
            const float z = map.mean[at] + map.deviation[at] * noise[draw];
            const float part = 0.5F * (z / ends[latent] + 1.0F);  // NaN is in no bin
            if (!(part >= 0.0F && part < 1.0F)) continue;
            const auto bin = static_cast<std::size_t>(part * static_cast<float>(bins));
            counts[latent * width + std::min(bin, width - 1)] += 1.0F;
        }
    }
    for (std::size_t latent = 0; latent < latents; ++latent) {
        const auto own = std::span(counts).subspan(latent * width, width);
        const float most = *std::max_element(own.begin(), own.end());
        for (float& count : own) count = most > 0.0F ? count / most : 0.0F;
    }
    return counts;
}

double Aggregate::at(double x, double y) const {
    const double across = (x - plane.x_min) / (double{plane.x_max} - plane.x_min) * plane.columns;
    const double down =
        plane.rows > 1 ? (plane.y_max - y) / (double{plane.y_max} - plane.y_min) * plane.rows : 0.0;
    if (nats.empty() ||
        !(across >= 0.0 && across < plane.columns && down >= 0.0 && down < plane.rows))
        return -std::numeric_limits<double>::infinity();
    return nats[static_cast<std::size_t>(down) * static_cast<std::size_t>(plane.columns) +
                static_cast<std::size_t>(across)];
}

AggregateWork::AggregateWork(const LatentMap& map, model::Model& model,
                             model::Parameters parameters, int x_axis, int y_axis)
    : map_(map), parameters_(parameters) {
    ManifoldRequest& plane = result_.plane;
    plane.x_axis = x_axis;
    plane.y_axis = y_axis;
    plane.columns = kSide;
    plane.rows = map.latents > 1 ? kSide : 1;
    std::tie(plane.x_min, plane.x_max) = extent(map, x_axis);
    std::tie(plane.y_min, plane.y_max) = extent(map, y_axis);
    plane.anchor.assign(static_cast<std::size_t>(model.latents()), 0.0F);
    x_.resize(static_cast<std::size_t>(plane.columns));
    y_.resize(static_cast<std::size_t>(plane.rows));
    mass_.assign(x_.size() * y_.size(), 0.0);
    // Draws from q(z): of images at equal distances in their order, which has no meaning.
    const auto latents = static_cast<std::size_t>(map.latents);
    const std::size_t draws = std::min(kDraws, static_cast<std::size_t>(map.count));
    result_.draws = static_cast<int>(draws);
    z_.resize(draws * latents);
    log_q_.resize(draws);
    log_own_.resize(draws);
    Stream(1, "aggregate's draws").normals(0, z_);
    for (std::size_t draw = 0; draw < draws; ++draw) {
        const std::size_t image = draw * static_cast<std::size_t>(map.count) / draws;
        double own = 0.0;
        for (std::size_t n = 0; n < latents; ++n) {
            float& z = z_[draw * latents + n];
            const float deviation = map.deviation[image * latents + n];
            own -= 0.5 * (kLog2Pi + double{z} * z) + std::log(deviation);
            z = map.mean[image * latents + n] + deviation * z;
        }
        log_own_[draw] = own;
    }
}

bool AggregateWork::advance(model::Model& model) {
    const auto images = static_cast<std::size_t>(map_.count);
    if (spread_ < images) {
        const std::size_t end = std::min(images, spread_ + kImagesAtOnce);
        for (; spread_ < end; ++spread_) spread(spread_);
        if (spread_ == images) finish_grid(model);
        return false;
    }
    const std::size_t end = std::min(log_q_.size(), weighed_ + kDrawsAtOnce);
    for (; weighed_ < end; ++weighed_) weigh_draw(weighed_);
    if (weighed_ < log_q_.size()) return false;
    finish_draws(model);
    return true;
}

// One image's posterior over the grid.
void AggregateWork::spread(std::size_t image) {
    const ManifoldRequest& plane = result_.plane;
    const auto latents = static_cast<std::size_t>(map_.latents);
    const std::size_t x = image * latents + static_cast<std::size_t>(plane.x_axis);
    const std::size_t y = image * latents + static_cast<std::size_t>(plane.y_axis);
    if (!std::isfinite(map_.mean[x] + map_.deviation[x] + map_.mean[y] + map_.deviation[y])) return;
    mass_in_cells(map_.mean[x], map_.deviation[x], plane.x_min, plane.x_max, x_);
    if (plane.rows > 1) {
        mass_in_cells(-map_.mean[y], map_.deviation[y], -plane.y_max, -plane.y_min, y_);
    } else {
        y_[0] = 1.0F;
    }
    for (std::size_t row = 0; row < y_.size(); ++row) {
        if (y_[row] <= 0.0F) continue;
        double* cells = &mass_[row * x_.size()];
        for (std::size_t column = 0; column < x_.size(); ++column)
            cells[column] += double{y_[row]} * x_[column];
    }
}

void AggregateWork::finish_grid(model::Model& model) {
    const ManifoldRequest& plane = result_.plane;
    const double width = (double{plane.x_max} - plane.x_min) / plane.columns;
    const double height = plane.rows > 1 ? (double{plane.y_max} - plane.y_min) / plane.rows : 1.0;
    for (const double mass : mass_)
        result_.nats.push_back(std::log(std::max(mass, kNoMass) / (width * height * map_.count)));
    result_.edge = level_holding(result_.nats, kGaussianParts.back());
    for (std::size_t i = 0; i < result_.lines.size() && plane.rows > 1; ++i) {
        result_.lines[i] =
            contours(result_.nats, plane, level_holding(result_.nats, kGaussianParts[i]));
    }
    const std::vector<float> z = manifold_latents(plane, map_.latents);
    const auto latents = static_cast<std::size_t>(map_.latents);
    if (model::is_standard_normal(model.spec().prior)) {
        const std::size_t shown = plane.rows > 1 ? 2 : 1;
        for (std::size_t cell = 0; cell < mass_.size(); ++cell) {
            const double x = z[cell * latents + static_cast<std::size_t>(plane.x_axis)];
            const double y =
                shown > 1 ? z[cell * latents + static_cast<std::size_t>(plane.y_axis)] : 0.0F;
            result_.prior.push_back(-0.5 * (static_cast<double>(shown) * kLog2Pi + x * x + y * y));
        }
    } else if (map_.latents <= 2) {
        result_.prior.resize(mass_.size());
        model.log_prior(parameters_, z, result_.prior, {});
    }
}

// log q(z) of a draw: the log-mean-exp over all images.
void AggregateWork::weigh_draw(std::size_t draw) {
    const auto latents = static_cast<std::size_t>(map_.latents);
    const float* z = &z_[draw * latents];
    double highest = -std::numeric_limits<double>::infinity(), sum = 0.0;
    for (std::size_t image = 0; image < static_cast<std::size_t>(map_.count); ++image) {
        const float* mean = &map_.mean[image * latents];
        const float* deviation = &map_.deviation[image * latents];
        float squares = 0.0F;
        double volume = 1.0, log_volume = 0.0;
        for (std::size_t n = 0; n < latents; ++n) {
            const float away = (z[n] - mean[n]) / deviation[n];
            squares += away * away;
            volume *= double{deviation[n]};
            if (n % 8 == 7 || n + 1 == latents) {  // a logarithm for eight, before they underflow
                log_volume += std::log(volume);
                volume = 1.0;
            }
        }
        const double log_density = -0.5 * double{squares} - log_volume;
        if (!(log_density > -std::numeric_limits<double>::infinity())) continue;
        if (log_density > highest) {
            sum = sum * std::exp(highest - log_density) + 1.0;
            highest = log_density;
        } else {
            sum += std::exp(log_density - highest);
        }
    }
    log_q_[draw] =
        highest + std::log(sum / map_.count) - 0.5 * static_cast<double>(latents) * kLog2Pi;
}

void AggregateWork::finish_draws(model::Model& model) {
    std::vector<double> log_p(log_q_.size());
    model.log_prior(parameters_, z_, log_p, {});
    double count = 0.0, sum = 0.0, squares = 0.0, information = 0.0;
    for (std::size_t draw = 0; draw < log_q_.size(); ++draw) {
        const double nats = log_q_[draw] - log_p[draw], own = log_own_[draw] - log_q_[draw];
        if (!std::isfinite(nats + own)) continue;  // of an image whose code is nowhere
        sum += nats;
        squares += nats * nats;
        information += own;
        ++count;
    }
    result_.draws = static_cast<int>(count);
    if (count == 0.0) return;
    result_.kl_from_prior = sum / count;
    result_.kl_error = std::sqrt(
        std::max(squares / count - result_.kl_from_prior * result_.kl_from_prior, 0.0) / count);
    result_.information = information / count;
}

Aggregate aggregate(const LatentMap& map, model::Model& model, model::Parameters parameters,
                    int x_axis, int y_axis) {
    AggregateWork work(map, model, parameters, x_axis, y_axis);
    while (!work.advance(model)) continue;
    return work.take();
}

}  // namespace elbow::explore

#include "engine/live/moments.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <utility>

#include "engine/core/memory.h"

namespace elbow::live {
namespace {

constexpr std::uint64_t kMostBytes = std::uint64_t{256} << 20U;
constexpr std::size_t kMostMoments = 400;  // more than a slider can tell apart
constexpr double kEarlySamples = 1000.0;   // up to here moments are evenly spaced, then ever wider
constexpr double kWithoutMap = 0.25;       // of the worth of one whose map is known

double age(std::int64_t samples) {
    return std::log1p(static_cast<double>(samples) / kEarlySamples);
}
double age(const HeldMoment& moment) { return age(moment.snapshot->samples); }

std::uint64_t bytes_of(const HeldMoment& moment) {
    std::uint64_t values = moment.snapshot->parameters.size();
    if (moment.map) values += moment.map->map.mean.size() + moment.map->map.deviation.size();
    return sizeof(float) * values;
}

}  // namespace

void Moments::add(train::SnapshotPtr snapshot) {
    if (!snapshot) return;
    if (!held_.empty() && held_.back().snapshot->run != snapshot->run) held_.clear();
    if (!held_.empty() && held_.back().snapshot == snapshot) return;
    std::erase_if(held_, [&](const HeldMoment& moment) {
        return moment.snapshot->samples >= snapshot->samples;
    });
    held_.push_back({std::move(snapshot), nullptr});
    thin();
}

void Moments::add(std::shared_ptr<const MapView> map) {
    if (!map || held_.empty() || map->stamp.run != held_.back().snapshot->run) return;
    const auto found = std::lower_bound(held_.begin(), held_.end(), map->stamp.samples,
                                        [](const HeldMoment& moment, std::int64_t samples) {
                                            return moment.snapshot->samples < samples;
                                        });
    const bool mine = found != held_.end() && found->snapshot->samples == map->stamp.samples &&
                      found->snapshot->step == map->stamp.step;
    if (!mine || found->map == map) return;
    found->map = std::move(map);
    thin();
}

std::uint64_t Moments::bytes() const {
    std::uint64_t sum = 0;
    for (const HeldMoment& moment : held_) sum += bytes_of(moment);
    return sum;
}

double Moments::place(std::int64_t samples) const {
    const double first = age(held_.front()), span = age(held_.back()) - first;
    return span > 0.0 ? std::clamp((age(samples) - first) / span, 0.0, 1.0) : 1.0;
}

std::size_t Moments::nearest_place(double place) const {
    const double first = age(held_.front()), span = age(held_.back()) - first;
    const double wanted = first + std::clamp(place, 0.0, 1.0) * span;
    const auto away = [&](const HeldMoment& moment) { return std::abs(age(moment) - wanted); };
    const auto found = std::min_element(
        held_.begin(), held_.end(),
        [&](const HeldMoment& a, const HeldMoment& b) { return away(a) < away(b); });
    return static_cast<std::size_t>(found - held_.begin());
}

std::size_t Moments::nearest(std::int64_t samples) const {
    const auto away = [&](const HeldMoment& moment) {
        return std::llabs(moment.snapshot->samples - samples);
    };
    const auto found = std::min_element(
        held_.begin(), held_.end(),
        [&](const HeldMoment& a, const HeldMoment& b) { return away(a) < away(b); });
    return static_cast<std::size_t>(found - held_.begin());
}

// Takes away what leaves the smallest gap, but neither end.
void Moments::thin() {
    while (held_.size() > kMostMoments || bytes() > most_bytes_) {
        std::size_t least = 0;
        double smallest = std::numeric_limits<double>::infinity();
        for (std::size_t i = 1; i + 1 < held_.size(); ++i) {
            if (held_[i].snapshot->samples == kept_) continue;
            const double gap = age(held_[i + 1]) - age(held_[i - 1]);
            const double worth = held_[i].map ? gap : kWithoutMap * gap;
            if (worth >= smallest) continue;
            smallest = worth;
            least = i;
        }
        if (least == 0) return;
        held_.erase(held_.begin() + static_cast<std::ptrdiff_t>(least));
    }
}

std::uint64_t memory_for_moments() {
    const auto available = available_memory();
    return available ? std::min(kMostBytes, *available / 8) : kMostBytes;
}

}  // namespace elbow::live

#include "engine/run/step_size.h"

#include <algorithm>
#include <cmath>

#include "engine/optim/schedule.h"

namespace elbow::run {

bool changes_step_size(const RunConfig& config) {
    const optim::ScheduleEntry& schedule = optim::schedules().at(config.schedule);
    return schedule.part != nullptr || schedule.halves_on_a_stall || config.step_size_warmup > 0;
}

std::optional<std::int64_t> schedule_end(const RunConfig& config, std::int64_t train_images) {
    if (optim::schedules().at(config.schedule).part == nullptr) return std::nullopt;
    return config.schedule_images > 0 ? config.schedule_images : kUsualEpochs * train_images;
}

double step_size_at(const RunConfig& config, std::int64_t samples, std::int64_t train_images,
                    int halvings) {
    double step_size = std::ldexp(config.step_size, -halvings);
    if (const auto end = schedule_end(config, train_images)) {
        const double done = static_cast<double>(samples) / static_cast<double>(*end);
        step_size *= optim::schedules().at(config.schedule).part(std::min(done, 1.0));
    }
    const std::int64_t warmed = samples + config.minibatch;
    if (warmed < config.step_size_warmup)
        step_size *= static_cast<double>(warmed) / config.step_size_warmup;
    return step_size;
}

}  // namespace elbow::run

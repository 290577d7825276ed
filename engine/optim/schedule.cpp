#include "engine/optim/schedule.h"

#include <cmath>
#include <numbers>

namespace elbow::optim {
namespace {

// From 1 down to 0 along half a cosine.
double cosine(double done) { return 0.5 * (1.0 + std::cos(std::numbers::pi * done)); }

// Smith & Topin 2018, with cosines in the place of straight lines: begins at a 25th of the step
// size, is at all of it after three tenths, and ends at almost nothing.
double one_cycle(double done) {
    constexpr double kStart = 1.0 / 25.0;
    constexpr double kEnd = 1e-4 * kStart;
    constexpr double kPeak = 0.3;
    if (done < kPeak) return 1.0 - (1.0 - kStart) * cosine(done / kPeak);
    return kEnd + (1.0 - kEnd) * cosine((done - kPeak) / (1.0 - kPeak));
}

double falls(double done) {
    if (done < 0.5) return 1.0;
    return done < 0.75 ? 0.1 : 0.01;
}

}  // namespace

const Registry<ScheduleEntry>& schedules() {
    static const Registry<ScheduleEntry> list(
        "schedule",
        {
            {"constant", "Constant", "The step size stays as it is set.", nullptr},
            {"cosine", "Cosine", "Falls to 0 along half a cosine.", cosine},
            {"one-cycle", "One cycle",
             "Rises from a 25th over the first three tenths, then falls to almost nothing.",
             one_cycle},
            {"falls", "Two falls",
             "A tenth of it from half of the length on, a hundredth from three quarters on.",
             falls},
            {"stall", "On a stall", "Halves whenever the held-out bound gets no better.", nullptr,
             true},
        });
    return list;
}

}  // namespace elbow::optim

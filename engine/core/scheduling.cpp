#include "engine/core/scheduling.h"

#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

namespace elbow {
namespace {

constexpr std::uint64_t kShortTurn_ns = 300'000;  // a tenth of the usual

// As the kernel has it, in its first version; the C library does not declare it everywhere.
struct Attributes {
    std::uint32_t size;
    std::uint32_t policy;
    std::uint64_t flags;
    std::int32_t nice;
    std::uint32_t priority;
    std::uint64_t turn_ns;  // 0: the usual
    std::uint64_t deadline_ns;
    std::uint64_t period_ns;
};

void ask_for(std::uint32_t policy, std::uint64_t turn_ns) {
    Attributes attributes{};
    attributes.size = sizeof attributes;
    attributes.policy = policy;
    attributes.nice = getpriority(PRIO_PROCESS, 0);  // as it was
    attributes.turn_ns = turn_ns;
    static_cast<void>(syscall(SYS_sched_setattr, 0, &attributes, 0));
}

}  // namespace

void serve_a_person() { ask_for(SCHED_OTHER, kShortTurn_ns); }

void compute_in_the_background() { ask_for(SCHED_BATCH, 0); }

}  // namespace elbow

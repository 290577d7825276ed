#pragma once

// What the calling thread is to the system's scheduler, and with it the threads that it starts from
// then on. Advice: where a system does not take it, nothing changes. Any thread.

namespace elbow {

// Somebody waits for what it does: short turns, which it gets soon (Linux 6.12 and newer).
void serve_a_person();

// It computes for long: its turns are the usual ones, and it takes the processor from nobody who
// works.
void compute_in_the_background();

}  // namespace elbow

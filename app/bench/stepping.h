#pragma once

// The training of a model on a number of threads, step by step. Main thread.

#include <memory>
#include <string>

#include "app/bench/figures.h"
#include "engine/train/session.h"

namespace elbow::bench {

class Stepping {
  public:
    // Makes some steps, so that everything is in its place.
    Stepping(std::string part, std::string subject, const RunConfig&,
             std::shared_ptr<const data::Dataset>, int threads);

    std::string text() const;  // "784-500-20 tanh, SGVB B, 2 threads"
    const model::ModelSpec& spec() const { return session_.spec(); }

    // Trains that long; adds images/s and the times of the steps. Returns the images/s.
    double measure(double seconds, Figures&);
    // Trains that long and adds what the images/s would be with a core for each thread, from the
    // processor time of the slowest of them between each two barriers.
    void measure_path(double seconds, Figures&);
    void add(Figures&, const char* quantity, double value) const;
    int threads() const { return threads_; }

  private:
    std::string part_, subject_;
    int threads_;
    int images_;  // M
    train::Session session_;
};

}  // namespace elbow::bench

#pragma once

// The parts of `elbow bench`: each measures something that a person waits for, on images drawn in
// memory. Main thread; nothing is printed here.

#include <functional>
#include <string>
#include <vector>

#include "app/bench/figures.h"
#include "app/bench/floor.h"

namespace elbow::bench {

struct BenchOptions {
    double seconds = 0.5;  // that a measurement lasts, in each repeat
    int threads = 1;       // the most that compute
    int repeats = 3;
    // One, and the most.
    std::vector<int> thread_counts() const {
        return threads > 1 ? std::vector{1, threads} : std::vector{1};
    }
    std::string model;  // of training and growing: those whose name contains this; empty: all
    // Called before each measurement with what is measured next; an exception from it ends the
    // benchmark.
    std::function<void(const std::string& what)> next = [](const std::string&) {};
};

// The speed of a product alone on one thread.
struct ProductSpeed {
    Product product;
    double gflops_per_s;  // median over the repeats
};

// The training step of the paper's models, on one thread and on all, beside its floor. Returns the
// products of the first model. Throws UsageError for an unknown model.
std::vector<ProductSpeed> bench_train(const BenchOptions&, Figures&);

// What the training step of the paper's models would gain by more cores, up to 16, beside what it
// gains by those that there are. Throws UsageError for an unknown model.
void bench_scaling(const BenchOptions&, Figures&);

// The training step of models that LibTorch computes, on one thread and on all. Throws UsageError
// for an unknown model, and Error where LibTorch's module cannot be opened.
void bench_torch(const BenchOptions&, Figures&);

// Decoding and encoding on one thread, as the explorer does it.
void bench_decode(const BenchOptions&, Figures&);

// The window while it trains, and the same training without it. Throws Error where no window can
// open.
void bench_gui(const BenchOptions&, Figures&);

// From the start of the process to what a person waits for first. Without `window`, only training.
void bench_start(const BenchOptions&, bool window, Figures&);

// An archive of pictures until it is a loaded data set, beside what stb_image alone takes for the
// same pictures; both on all cores. Writes up to 1.3 GB to the folder for temporary files. Throws
// UsageError for an unknown case.
void bench_import(const BenchOptions&, Figures&);

// How speed and memory change with the sizes of network, images, data and map: each case as a
// process of its own. Returns the cases that were skipped for lack of memory. Throws UsageError for
// an unknown case.
std::vector<std::string> bench_grow(const BenchOptions&, Figures&);
// The one case of grow with exactly this name, measured once in this process.
void bench_grow_case(const std::string& name, const BenchOptions&, Figures&);

// The environment names a display, which may or may not answer.
bool display_is_named();

}  // namespace elbow::bench

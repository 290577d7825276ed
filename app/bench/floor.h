#pragma once

// The least time that a training step can take on this machine: its matrix products at the speed
// that what computes them reaches, the matrix library or the products of sparse images, and the
// optimiser's memory traffic. It leaves out everything else: activations, likelihood, random
// numbers and the wait for other threads.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/team.h"
#include "engine/fused/architecture.h"
#include "engine/fused/matrix.h"
#include "engine/fused/sparse_inputs.h"

namespace elbow::bench {

// One product of a step: C [m, n] = op(A) op(B), summed over k.
struct Product {
    enum class Form { kNt, kNn, kTn };  // as in engine/fused/matrix.h
    std::string name;                   // "encoder hidden, forward"
    Form form;
    std::int64_t m, n, k;
    std::string a, b, c;   // which matrices; those of one name are one matrix
    double nonzero = 1.0;  // of the numbers of images, those that are worked on
    double flops() const {
        return 2.0 * nonzero * static_cast<double>(m) * static_cast<double>(n) *
               static_cast<double>(k);
    }
};

enum class Schedule {
    kTogether,      // SGVB: images -> z -> images, and all the way back
    kWakeAndSleep,  // the decoder from images, then the encoder from dreams
};

// The products of a step over M images with L draws of z each, in their order.
std::vector<Product> step_products(const fused::Architecture&, Schedule, std::int64_t images,
                                   std::int64_t noise_samples);

struct FloorTimes {
    double products_s = 0.0;        // of all products of a step
    double optimizer_s = 0.0;       // of reading w, g, m, v and writing w, m, v
    std::vector<double> product_s;  // each alone, on one thread
    double step_s() const { return products_s + optimizer_s; }
};

class Floor {
  public:
    // parameters: floats in the model; images: a minibatch [M, D], whose products leave out what is
    // zero where the step does. The team outlives the floor.
    Floor(std::vector<Product>, fused::Precision, std::int64_t parameters,
          const std::vector<float>& images, Team&);

    const std::vector<Product>& products() const { return products_; }

    // Measures for about that many seconds. With T threads, every thread makes whole steps of its
    // own from the same weights, and the time of a step is theirs divided by T.
    FloorTimes measure(double seconds);

  private:
    struct Operands {
        const float* a;
        const float* b;
        float* c;
    };
    struct Member {
        std::vector<AlignedFloats> matrices;  // activations and gradients
        std::vector<Operands> operands;       // of each product
        std::vector<double> product_s;        // sums
        double steps_per_s = 0.0;
    };
    void list_images(const std::vector<float>& images);
    void place(Member&);
    void multiply(const Product&, const Operands&) const;
    void multiply_for(double seconds, Member&) const;
    double optimizer_rate(double seconds, int member);

    std::vector<Product> products_;
    fused::Precision precision_;
    Team& team_;
    std::vector<std::string> weight_names_;
    std::vector<AlignedFloats> weights_;  // shared by all members
    std::optional<fused::SparseInputs> sparse_;
    std::vector<Member> members_;
    AlignedFloats parameters_, gradients_, first_, second_;  // the optimiser's
};

}  // namespace elbow::bench

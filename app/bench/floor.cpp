#include "app/bench/floor.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/core/clock.h"
#include "engine/core/clones.h"
#include "engine/core/rng.h"
#include "engine/fused/rounded_products.h"

namespace elbow::bench {
namespace {

using Form = Product::Form;

constexpr double kProductShare = 0.75;  // of the time; the rest is the optimiser's
constexpr const char* kImages = "images";
constexpr const char* kWeights = "weights";  // how the names of the models' parameters end

bool is_weights(const std::string& name) { return name.ends_with(kWeights); }

// Dreams are called so, too, as black as a trained model's are.
bool is_of_images(const Product& p) { return p.a == kImages || p.b == kImages; }

// As large as the values of a trained network, and never so small as to be denormal.
AlignedFloats random_values(std::int64_t count, std::uint64_t number) {
    AlignedFloats values(static_cast<std::size_t>(count));
    Stream(number, "bench").normals(0, values);
    for (float& value : values) value *= 0.1f;
    return values;
}

// The matrix of this name, made or made larger where it has to be. Index into `names`.
std::size_t room_for(const std::string& name, std::int64_t size, std::vector<std::string>& names,
                     std::vector<AlignedFloats>& matrices) {
    const auto found = std::find(names.begin(), names.end(), name);
    const auto index = static_cast<std::size_t>(found - names.begin());
    if (found == names.end()) {
        names.push_back(name);
        matrices.emplace_back();
    }
    if (std::cmp_less(matrices[index].size(), size)) {
        matrices[index] = random_values(size, index + 1);
    }
    return index;
}

// Reads all four and writes three of them, as Adam does, with as little arithmetic as that takes.
ELBOW_CLONES void pass_through_memory(float* __restrict parameters,
                                      const float* __restrict gradients, float* __restrict first,
                                      float* __restrict second, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) {
        first[i] = 0.5f * (first[i] + gradients[i]);
        second[i] = 0.5f * (second[i] + gradients[i]);
        parameters[i] = 0.5f * (parameters[i] + first[i]) + second[i];
    }
}

struct Sizes {
    std::int64_t m, draws;    // M, M L
    std::int64_t d, h, n, o;  // D, H, N, O
};

void encode(const Sizes& s, std::vector<Product>& list) {
    list.push_back({"encoder hidden, forward", Form::kNt, s.m, s.h, s.d, kImages,
                    "encoder hidden weights", "encoder hidden"});
    list.push_back({"encoder heads, forward", Form::kNt, s.m, 2 * s.n, s.h, "encoder hidden",
                    "encoder heads weights", "heads"});
}

void decode(const Sizes& s, std::vector<Product>& list) {
    list.push_back({"decoder hidden, forward", Form::kNt, s.draws, s.h, s.n, "z",
                    "decoder hidden weights", "decoder hidden"});
    list.push_back({"decoder outputs, forward", Form::kNt, s.draws, s.o, s.h, "decoder hidden",
                    "decoder outputs weights", "outputs"});
}

void decoder_back(const Sizes& s, bool to_z, std::vector<Product>& list) {
    list.push_back({"decoder outputs, backward", Form::kNn, s.draws, s.h, s.o, "outputs",
                    "decoder outputs weights", "decoder hidden, gradient"});
    if (!to_z) return;
    list.push_back({"decoder hidden, backward", Form::kNn, s.draws, s.n, s.h,
                    "decoder hidden, gradient", "decoder hidden weights", "z, gradient"});
}

void encoder_back(const Sizes& s, std::vector<Product>& list) {
    list.push_back({"encoder heads, backward", Form::kNn, s.m, s.h, 2 * s.n, "heads, gradient",
                    "encoder heads weights", "encoder hidden, gradient"});
}

void decoder_gradients(const Sizes& s, std::vector<Product>& list) {
    list.push_back({"decoder outputs, gradient", Form::kTn, s.o, s.h, s.draws, "outputs",
                    "decoder hidden", "decoder outputs weights, gradient"});
    list.push_back({"decoder hidden, gradient", Form::kTn, s.h, s.n, s.draws,
                    "decoder hidden, gradient", "z", "decoder hidden weights, gradient"});
}

void encoder_gradients(const Sizes& s, std::vector<Product>& list) {
    list.push_back({"encoder hidden, gradient", Form::kTn, s.h, s.d, s.m,
                    "encoder hidden, gradient", kImages, "encoder hidden weights, gradient"});
    list.push_back({"encoder heads, gradient", Form::kTn, 2 * s.n, s.h, s.m, "heads, gradient",
                    "encoder hidden", "encoder heads weights, gradient"});
}

}  // namespace

std::vector<Product> step_products(const fused::Architecture& architecture, Schedule schedule,
                                   std::int64_t images, std::int64_t noise_samples) {
    const Sizes sizes{images,
                      images * noise_samples,
                      architecture.dimensions(),
                      architecture.hidden,
                      architecture.latents,
                      architecture.outputs()};
    std::vector<Product> list;
    encode(sizes, list);
    decode(sizes, list);
    if (schedule == Schedule::kTogether) {
        decoder_back(sizes, true, list);
        encoder_back(sizes, list);
        decoder_gradients(sizes, list);
        encoder_gradients(sizes, list);
        return list;
    }
    decoder_back(sizes, false, list);
    decoder_gradients(sizes, list);
    Sizes dreams = sizes;  // one in the place of each image
    dreams.draws = images;
    decode(dreams, list);
    encode(dreams, list);
    encoder_back(dreams, list);
    encoder_gradients(dreams, list);
    return list;
}

Floor::Floor(std::vector<Product> products, fused::Precision precision, std::int64_t parameters,
             const std::vector<float>& images, Team& team)
    : products_(std::move(products)),
      precision_(precision),
      team_(team),
      members_(static_cast<std::size_t>(team.size())),
      parameters_(random_values(parameters, 1)),
      gradients_(random_values(parameters, 2)),
      first_(random_values(parameters, 3)),
      second_(random_values(parameters, 4)) {
    for (const Product& product : products_) {
        if (is_weights(product.b)) {
            room_for(product.b, product.n * product.k, weight_names_, weights_);
        }
    }
    list_images(images);
    for (Member& member : members_) place(member);
}

void Floor::list_images(const std::vector<float>& images) {
    if (!fused::wants_sparse_products(precision_)) return;
    const auto first = std::find_if(products_.begin(), products_.end(), is_of_images);
    fused::SparseInputs sparse(first->k);
    sparse.begin(first->m);
    sparse.list_rows(images.data(), {0, first->m});
    if (!sparse.is_faster()) return;
    sparse.list_pixels(0, 1);
    const auto zeros = static_cast<double>(std::count(images.begin(), images.end(), 0.0f));
    for (Product& product : products_)
        if (is_of_images(product))
            product.nonzero = 1.0 - zeros / static_cast<double>(images.size());
    sparse_ = std::move(sparse);
}

void Floor::multiply(const Product& p, const Operands& in) const {
    const std::int64_t width = std::min(p.n, p.form == Form::kTn ? p.m : p.k);  // of the weights
    const fused::Precision precision = fused::precision_for(precision_, width);
    const bool is_sparse = sparse_ && is_of_images(p);
    switch (p.form) {
        case Form::kNt:
            if (is_sparse) return sparse_->multiply(in.b, {0, p.m}, {0, p.n}, p.n, in.c);
            return fused::multiply_nt(p.m, p.n, p.k, in.a, p.k, in.b, p.k, in.c, p.n, precision);
        case Form::kNn:
            return fused::multiply_nn(p.m, p.n, p.k, in.a, p.k, in.b, p.n, in.c, p.n, precision);
        case Form::kTn:
            if (is_sparse) return sparse_->weight_gradient(in.a, {0, p.m}, p.m, in.c);
            return fused::multiply_tn(p.m, p.n, p.k, in.a, p.m, in.b, p.n, in.c, p.n, precision);
    }
}

// Makes a member's matrices, and finds those of each product once all have their size.
void Floor::place(Member& member) {
    std::vector<std::string> names;
    for (const Product& p : products_) {
        room_for(p.a, p.m * p.k, names, member.matrices);
        if (!is_weights(p.b)) room_for(p.b, p.n * p.k, names, member.matrices);
        room_for(p.c, p.m * p.n, names, member.matrices);
    }
    const auto matrix = [&](const std::string& name) {
        return room_for(name, 0, names, member.matrices);
    };
    member.operands.reserve(products_.size());
    for (const Product& p : products_) {
        const float* b = is_weights(p.b)
                             ? weights_[room_for(p.b, 0, weight_names_, weights_)].data()
                             : member.matrices[matrix(p.b)].data();
        member.operands.push_back(
            {member.matrices[matrix(p.a)].data(), b, member.matrices[matrix(p.c)].data()});
    }
}

void Floor::multiply_for(double seconds, Member& member) const {
    member.product_s.assign(products_.size(), 0.0);
    const double start_s = steady_now_s();
    double then_s = start_s;
    std::int64_t steps = 0;
    do {
        for (std::size_t i = 0; i < products_.size(); ++i) {
            multiply(products_[i], member.operands[i]);
            const double after_s = steady_now_s();
            member.product_s[i] += after_s - then_s;
            then_s = after_s;
        }
        ++steps;
    } while (then_s - start_s < seconds);
    for (double& product_s : member.product_s) product_s /= static_cast<double>(steps);
    member.steps_per_s = static_cast<double>(steps) / (then_s - start_s);
}

// Updates a second of this member's share of the parameters.
double Floor::optimizer_rate(double seconds, int member) {
    const auto size = static_cast<std::int64_t>(parameters_.size());
    const Share share = share_of(size, member, team_.size(), 16);
    const double start_s = steady_now_s();
    double passed_s = 0.0;
    std::int64_t updates = 0;
    do {
        pass_through_memory(parameters_.data() + share.begin, gradients_.data() + share.begin,
                            first_.data() + share.begin, second_.data() + share.begin,
                            share.size());
        ++updates;
        passed_s = steady_now_s() - start_s;
    } while (passed_s < seconds);
    return static_cast<double>(updates) / passed_s;
}

FloorTimes Floor::measure(double seconds) {
    team_.run([&](int member) {
        multiply_for(kProductShare * seconds, members_[static_cast<std::size_t>(member)]);
    });
    std::vector<double> rates(members_.size());
    team_.run([&](int member) {
        rates[static_cast<std::size_t>(member)] =
            optimizer_rate((1.0 - kProductShare) * seconds, member);
    });
    double steps_per_s = 0.0;
    for (const Member& member : members_) steps_per_s += member.steps_per_s;
    const double mean_rate =
        std::accumulate(rates.begin(), rates.end(), 0.0) / static_cast<double>(rates.size());
    return {1.0 / steps_per_s, 1.0 / mean_rate, members_.front().product_s};
}

}  // namespace elbow::bench

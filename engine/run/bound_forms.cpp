#include "engine/run/bound_forms.h"

#include <cmath>
#include <numbers>
#include <utility>

#include "engine/core/text.h"
#include "engine/model/families.h"
#include "engine/run/measure.h"

namespace elbow::run {
namespace {

constexpr double kBitsOfAByte = 8.0;  // log2 of the 256 values of a pixel

struct Asked {
    const RunConfig& config;
    const model::ModelSpec& spec;
    data::Targets targets;
    const MeasuredBound& measured;

    double dimensions() const { return spec.image.size(); }
    bool bounded() const { return has_bound(config); }
    bool bernoulli() const { return spec.likelihood.name == "bernoulli"; }
    // A probability of each value of a pixel, which needs no width of a grey value.
    bool discrete() const { return bernoulli() || spec.likelihood.name == "logistic"; }
    // What is told of it where there is no bound.
    double score() const { return bounded() ? measured.bound : measured.reconstruction; }
    double plain() const { return measured.reconstruction - measured.kl; }
    // "bound" or "log p(x|z)"
    std::string what() const { return bounded() ? "bound" : "log p(x|z)"; }
    std::string likelihood() const {
        return model::entry_of(spec, &model::ModelSpec::likelihood).title;
    }
};

BoundForm with(BoundForm form, double value) {
    if (std::isfinite(value)) {
        form.value = value;
    } else {
        form.why_not = "Not measured yet.";
    }
    return form;
}

BoundForm without(BoundForm form, std::string why_not) {
    form.why_not = std::move(why_not);
    return form;
}

const char* const kNoBound = "This estimator has no bound, only log p(x|z).";

BoundForm nats_form(const Asked& asked) {
    const bool weighted = asked.bounded() && std::abs(asked.measured.gain()) > 1e-9;
    return with({"nats", "Nats per image",
                 std::string("The mean over the images, as the curves and the tables have it. ") +
                     (!asked.bounded() ? "Without a bound it is log p(x|z) at the encoder's mean."
                      : weighted ? "Reconstruction minus KL, plus what the importance weights gain."
                                 : "Reconstruction minus KL.")},
                asked.score());
}

BoundForm reconstruction_form(const Asked& asked) {
    return with({"reconstruction", "Reconstruction, log p(x|z)",
                 asked.bounded() ? "The log likelihood of the image under the decoder, a mean over "
                                   "z drawn from q(z|x). Nats per image."
                                 : "The log likelihood of the image under the decoder, at the "
                                   "encoder's mean. Nats per image."},
                asked.measured.reconstruction);
}

BoundForm kl_form(const Asked& asked) {
    BoundForm form{"kl", "KL of q(z|x) from the prior",
                   "What the code of an image costs, in nats per image. It counts in full here, "
                   "whatever beta the run is trained with."};
    if (!asked.bounded()) return without(std::move(form), kNoBound);
    return with(std::move(form), asked.measured.kl);
}

BoundForm sum_form(const Asked& asked) {
    return with({"sum", "Sum over the images",
                 "Nats per image times the number of images: what a loop prints that adds up "
                 "without dividing."},
                asked.score() * static_cast<double>(asked.measured.images));
}

BoundForm mean_form(const Asked& asked) {
    return with({"pixel",
                 "Mean per pixel value",
                 "Nats per image divided by the " + std::to_string(asked.spec.image.size()) +
                     " values of an image (D): what a mean over images and pixels prints.",
                 {},
                 {},
                 5},
                asked.score() / asked.dimensions());
}

// -log2 p(x) / D. Of a density, a grey value is as wide as one of 256.
BoundForm bits_form(const Asked& asked) {
    const bool grey = asked.bernoulli() && asked.targets == data::Targets::kGrey;
    BoundForm form{"bits",
                   "Bits per dimension",
                   "Minus the bound, divided by ln 2 and by the number of values, D. ",
                   {},
                   {},
                   4};
    form.help += grey ? "On grey targets the Bernoulli is a cross-entropy and not the probability "
                        "of a picture, so it compares with the same formula alone."
                 : asked.discrete()
                     ? "So many bits a value would take in a file, at the most."
                     : "The density is of values from 0 to 1; 8 bits more make it one of 256 grey "
                       "values, as papers print it.";
    if (!asked.bounded()) return without(std::move(form), kNoBound);
    const double bits = -asked.measured.bound / (std::numbers::ln2 * asked.dimensions());
    return with(std::move(form), bits + (asked.discrete() ? 0.0 : kBitsOfAByte));
}

// Why there is no loss of an example that knows a binary cross-entropy and the plain bound; empty:
// there is one.
std::string why_no_example(const Asked& asked) {
    if (!asked.bounded()) return kNoBound;
    if (!asked.bernoulli())
        return "That example has a binary cross-entropy, which is the Bernoulli's; here p(x|z) "
               "is " +
               asked.likelihood() + ".";
    return {};
}

std::string of_plain_bound(const Asked& asked) {
    return std::abs(asked.measured.gain()) > 1e-9
               ? " Without the importance weights, which it does not have."
               : "";
}

BoundForm keras_form(const Asked& asked) {
    const int channels = asked.spec.image.channels;
    BoundForm form{"keras", "Loss of the Keras example \"VAE\"",
                   "Binary cross-entropy summed over the pixels plus the KL, a mean over images: "
                   "positive, and less is better."};
    if (channels > 1)
        form.help += " Over the " + std::to_string(channels) +
                     " colours of a pixel that example takes the mean, not the sum.";
    form.help += of_plain_bound(asked);
    if (std::string why = why_no_example(asked); !why.empty())
        return without(std::move(form), std::move(why));
    return with(std::move(form), -asked.measured.reconstruction / channels + asked.measured.kl);
}

BoundForm pytorch_form(const Asked& asked) {
    BoundForm form{
        "pytorch", "Loss of the PyTorch example \"vae\"",
        "Binary cross-entropy plus KL, summed over an epoch and divided by the number of "
        "images: positive, and less is better." +
            of_plain_bound(asked)};
    if (std::string why = why_no_example(asked); !why.empty())
        return without(std::move(form), std::move(why));
    return with(std::move(form), -asked.plain());
}

BoundForm beta_form(const Asked& asked) {
    const std::string values = std::to_string(asked.spec.image.size());
    BoundForm form{"beta",
                   "Weight of the KL beside a mean over pixels",
                   "A loss that takes the mean over the D = " + values +
                       " values of an image has to weigh the KL by beta / D to learn what this run "
                       "learns, with a beta of " +
                       exact_text(asked.config.beta) + ". With a weight of 1 its beta is " +
                       values + ".",
                   {},
                   {},
                   6};
    if (!asked.bounded()) return without(std::move(form), kNoBound);
    return with(std::move(form), asked.config.beta / asked.dimensions());
}

}  // namespace

std::vector<BoundForm> bound_forms(const RunConfig& config, const model::ModelSpec& spec,
                                   data::Targets targets, const MeasuredBound& measured) {
    const Asked asked{config, spec, targets, measured};
    return {nats_form(asked),  reconstruction_form(asked), kl_form(asked),
            sum_form(asked),   mean_form(asked),           bits_form(asked),
            keras_form(asked), pytorch_form(asked),        beta_form(asked)};
}

}  // namespace elbow::run

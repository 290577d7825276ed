#pragma once

// The families of a model's parts, as data: names, words, options, and which combinations there
// can be. Each member is one file in the folder of its family and one line in members.h. Nothing
// here needs LibTorch.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/registry.h"
#include "engine/model/layout.h"
#include "engine/model/spec.h"

namespace elbow::model {

struct MemberOption {
    const char* name;   // as on the command line and in run.json: "components"
    const char* title;  // as in the window: "Components"
    const char* help;   // one sentence
    OptionValue usual;
    double minimum = 0.0;  // numbers only
    double maximum = 0.0;  // numbers only
    bool logarithmic = false;
    std::vector<std::string_view> choices = {};  // words only; empty: any text
};

struct MemberEntry {
    std::string name;     // "mixture"
    std::string title;    // as people call it
    std::string summary;  // one sentence
    std::vector<MemberOption> options = {};
    std::vector<const char*> shared = {};  // options of every run that it reads: "hidden"
};

// Whether an option of this name is the member's own or one that it reads.
bool reads(const MemberEntry&, std::string_view option);

struct Family {
    const char* name;   // "prior"; the option's name, too
    const char* title;  // "Prior"
    const char* help;   // one sentence
    Member ModelSpec::*part;
    const Registry<MemberEntry>& members;
};

// Network, posterior, prior, likelihood and condition, in this order.
const std::vector<Family>& families();
const Family& family_of(Member ModelSpec::*);
const MemberEntry& entry_of(const ModelSpec&, Member ModelSpec::*);

// Throws UsageError where there is no such model: an unknown name, an option out of range, parts
// that do not fit together, a network too deep for the image.
void check(const ModelSpec&);

// The blocks that its members need; for ParameterLayout alone.
void declare_encoder(ParameterLayout&, const ModelSpec&);
void declare_decoder(ParameterLayout&, const ModelSpec&);

// Whether encoder and decoder are told the label of an image.
bool needs_labels(const ModelSpec&);
// Whether q(z|x) is a Gaussian whose latents are independent, which mean and deviation say all of.
bool is_diagonal(const ModelSpec&);
// Whether log q(z|x) is known at any z, not at its own draws alone.
bool has_density(const ModelSpec&);
// Whether p(z) = N(0, I).
bool is_standard_normal(const Member& prior);
// Pictures that a prior learns with the model.
struct LearnedPictures {
    const char* block;                // of the layout, [K, D]
    float (*pixel)(float parameter);  // what each of its values stands for, in [0, 1]
};
// Absent: the prior learns none.
std::optional<LearnedPictures> pictures_of_prior(const ModelSpec&);
// Whether KL(q(z|x) || p(z)) has a closed form.
bool has_closed_kl(const ModelSpec&);
// What the encoder puts out for an image, S values in all, and the decoder, O values.
LayerParts encoder_parts(const ModelSpec&);
LayerParts decoder_parts(const ModelSpec&);
// Whether the likelihood describes grey values only: of black and white ones it has no bound.
bool is_of_grey_alone(const ModelSpec&);

}  // namespace elbow::model

#include "engine/model/families.h"

#include <algorithm>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/text.h"
#include "engine/model/members.h"

namespace elbow::model {
namespace {

// The registry of a list's entries.
template <class List>
Registry<MemberEntry> registry_of(const char* kind) {
    Registry<MemberEntry> registry(kind, {});
    List::for_each([&](auto member) { registry.add(decltype(member)::entry()); });
    return registry;
}

// What the chosen one says of itself.
template <class List, class Trait>
bool says(const Member& chosen, const Trait& trait) {
    bool answer = false;
    with_member<List>(chosen, [&](auto member) { answer = trait(member); });
    return answer;
}

std::string kind_text(const OptionValue& value) {
    if (std::holds_alternative<int>(value)) return "a whole number";
    return std::holds_alternative<double>(value) ? "a number" : "a word";
}

void check_value(const MemberOption& option, const OptionValue& value) {
    const auto refuse = [&](const std::string& expected) {
        throw UsageError("--" + std::string(option.name) + ": expected " + expected + ", found '" +
                         text_of(value) + "'.");
    };
    if (value.index() != option.usual.index()) refuse(kind_text(option.usual));
    if (const std::string* word = std::get_if<std::string>(&value)) {
        const auto& choices = option.choices;
        if (choices.empty() || std::find(choices.begin(), choices.end(), *word) != choices.end())
            return;
        std::string joined;
        for (const std::string_view choice : choices)
            joined += (joined.empty() ? "" : ", ") + std::string(choice);
        refuse("one of " + joined);
    }
    const int* whole = std::get_if<int>(&value);
    const double number = whole != nullptr ? *whole : std::get<double>(value);
    if (!(number >= option.minimum && number <= option.maximum)) {
        refuse(kind_text(value) + " from " + exact_text(option.minimum) + " to " +
               exact_text(option.maximum));
    }
}

// Its options are there, of the right kind and in range, and no others.
void check_options(const Family& family, const Member& member) {
    const MemberEntry& entry = family.members.at(member.name);
    for (const MemberOption& option : entry.options) {
        const auto found = member.options.find(std::string_view(option.name));
        if (found == member.options.end()) {
            throw UsageError("--" + std::string(family.name) + " " + member.name + " needs --" +
                             option.name + ".");
        }
        check_value(option, found->second);
    }
    for (const auto& [name, value] : member.options) {
        if (reads(entry, name)) continue;
        throw UsageError("--" + name + ": " + entry.title + " has no such option.");
    }
}

template <class List>
void check_member(const Member& chosen, const ModelSpec& spec) {
    with_member<List>(chosen, [&](auto member) {
        if constexpr (requires { decltype(member)::check(spec); }) decltype(member)::check(spec);
    });
}

void check_combination(const ModelSpec& spec) {
    if (says<Priors>(spec.prior, [](auto m) { return decltype(m)::kNeedsDensity; }) &&
        !has_density(spec)) {
        throw UsageError("--prior " + spec.prior.name +
                         ": it is made of posteriors, whose density it needs at every z, and a " +
                         entry_of(spec, &ModelSpec::posterior).title +
                         " has one only at its own draws. Use --posterior diagonal or full, or "
                         "another prior.");
    }
    if (needs_labels(spec) && spec.classes < 1) {
        throw UsageError("--condition " + spec.condition.name +
                         ": the images have no labels to tell encoder and decoder. Use --condition "
                         "none, or a data set with labels.");
    }
}

}  // namespace

bool reads(const MemberEntry& entry, std::string_view name) {
    return std::any_of(entry.shared.begin(), entry.shared.end(),
                       [&](const char* shared) { return name == shared; }) ||
           std::any_of(entry.options.begin(), entry.options.end(),
                       [&](const MemberOption& option) { return name == option.name; });
}

const std::vector<Family>& families() {
    static const Registry<MemberEntry> networks = registry_of<Networks>("network");
    static const Registry<MemberEntry> posteriors = registry_of<PosteriorMembers>("posterior");
    static const Registry<MemberEntry> priors = registry_of<Priors>("prior");
    static const Registry<MemberEntry> likelihoods = registry_of<Likelihoods>("likelihood");
    static const Registry<MemberEntry> conditions = registry_of<Conditions>("condition");
    static const std::vector<Family> list = {
        {"network", "Network", "What encoder and decoder are made of.", &ModelSpec::network,
         networks},
        {"posterior", "Posterior", "The encoder's q(z|x) of an image.", &ModelSpec::posterior,
         posteriors},
        {"prior", "Prior", "p(z), what the codes are drawn towards.", &ModelSpec::prior, priors},
        {"likelihood", "Likelihood", "The decoder's p(x|z).", &ModelSpec::likelihood, likelihoods},
        {"condition", "Condition", "What encoder and decoder are told beside the image.",
         &ModelSpec::condition, conditions},
    };
    return list;
}

const Family& family_of(Member ModelSpec::*part) {
    const auto& all = families();
    return *std::find_if(all.begin(), all.end(),
                         [&](const Family& family) { return family.part == part; });
}

const MemberEntry& entry_of(const ModelSpec& spec, Member ModelSpec::*part) {
    return family_of(part).members.at((spec.*part).name);
}

void check(const ModelSpec& spec) {
    for (const Family& family : families()) check_options(family, spec.*family.part);
    check_member<Networks>(spec.network, spec);
    check_member<PosteriorMembers>(spec.posterior, spec);
    check_member<Priors>(spec.prior, spec);
    check_member<Likelihoods>(spec.likelihood, spec);
    check_member<Conditions>(spec.condition, spec);
    check_combination(spec);
}

LayerParts encoder_parts(const ModelSpec& spec) {
    LayerParts parts;
    with_member<PosteriorMembers>(spec.posterior,
                                  [&](auto member) { parts = decltype(member)::heads(spec); });
    return parts;
}

LayerParts decoder_parts(const ModelSpec& spec) {
    LayerParts parts;
    with_member<Likelihoods>(spec.likelihood,
                             [&](auto member) { parts = decltype(member)::outputs(spec); });
    return parts;
}

void declare_encoder(ParameterLayout& layout, const ModelSpec& spec) {
    with_member<Networks>(spec.network, [&](auto member) {
        decltype(member)::declare_encoder(layout, spec, encoder_parts(spec));
    });
}

void declare_decoder(ParameterLayout& layout, const ModelSpec& spec) {
    with_member<Networks>(spec.network, [&](auto member) {
        decltype(member)::declare_decoder(layout, spec, decoder_parts(spec));
    });
    with_member<Likelihoods>(spec.likelihood,
                             [&](auto member) { decltype(member)::declare(layout, spec); });
    with_member<Priors>(spec.prior, [&](auto member) { decltype(member)::declare(layout, spec); });
}

bool needs_labels(const ModelSpec& spec) {
    return says<Conditions>(spec.condition, [](auto m) { return decltype(m)::kNeedsLabels; });
}

bool is_diagonal(const ModelSpec& spec) {
    return says<PosteriorMembers>(spec.posterior, [](auto m) { return decltype(m)::kIsDiagonal; });
}

bool has_density(const ModelSpec& spec) {
    return says<PosteriorMembers>(spec.posterior, [](auto m) { return decltype(m)::kHasDensity; });
}

bool is_standard_normal(const Member& prior) {
    return says<Priors>(prior, [](auto m) { return decltype(m)::kIsStandardNormal; });
}

std::optional<LearnedPictures> pictures_of_prior(const ModelSpec& spec) {
    std::optional<LearnedPictures> pictures;
    with_member<Priors>(spec.prior, [&](auto member) {
        if constexpr (requires { decltype(member)::pictures(); })
            pictures = decltype(member)::pictures();
    });
    return pictures;
}

bool has_closed_kl(const ModelSpec& spec) {
    return is_standard_normal(spec.prior) &&
           says<PosteriorMembers>(spec.posterior, [](auto m) { return decltype(m)::kHasClosedKl; });
}

bool is_of_grey_alone(const ModelSpec& spec) {
    return says<Likelihoods>(spec.likelihood, [](auto m) { return decltype(m)::kOfGreyAlone; });
}

}  // namespace elbow::model

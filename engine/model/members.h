#pragma once

// The members of each family, one line each. For families.cpp and for LibTorch's module: the one
// takes what they say of themselves, the other how they compute.

#include "engine/model/conditions/label.h"
#include "engine/model/conditions/none.h"
#include "engine/model/likelihoods/bernoulli.h"
#include "engine/model/likelihoods/continuous_bernoulli.h"
#include "engine/model/likelihoods/gaussian.h"
#include "engine/model/likelihoods/gaussian_fixed.h"
#include "engine/model/likelihoods/gaussian_shared.h"
#include "engine/model/likelihoods/logistic.h"
#include "engine/model/networks/conv.h"
#include "engine/model/networks/mlp.h"
#include "engine/model/networks/paper.h"
#include "engine/model/networks/resnet.h"
#include "engine/model/posteriors/diagonal.h"
#include "engine/model/posteriors/full.h"
#include "engine/model/posteriors/planar.h"
#include "engine/model/priors/mixture.h"
#include "engine/model/priors/normal.h"
#include "engine/model/priors/vamp.h"

namespace elbow::model {

template <class... Members>
struct MemberList {
    // Calls use(member) with an object of each member's type.
    template <class Use>
    static void for_each(const Use& use) {
        (use(Members{}), ...);
    }
};

// Calls use(member) with the one that was chosen, which is there.
template <class List, class Use>
void with_member(const Member& chosen, const Use& use) {
    List::for_each([&](auto member) {
        if (chosen.name == decltype(member)::kName) use(member);
    });
}

// clang-format off
using Networks = MemberList<
    PaperNetwork,
    MlpNetwork,
    ConvNetwork,
    ResnetNetwork>;
using PosteriorMembers = MemberList<
    DiagonalPosterior,
    FullPosterior,
    PlanarPosterior>;
using Priors = MemberList<
    NormalPrior,
    MixturePrior,
    VampPrior>;
using Likelihoods = MemberList<
    BernoulliLikelihood,
    GaussianLikelihood,
    GaussianSharedLikelihood,
    GaussianFixedLikelihood,
    ContinuousBernoulliLikelihood,
    LogisticLikelihood>;
using Conditions = MemberList<
    NoCondition,
    LabelCondition>;
// clang-format on

}  // namespace elbow::model

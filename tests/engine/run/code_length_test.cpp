#include "engine/run/code_length.h"

#include <gtest/gtest.h>

#include "engine/model/families.h"
#include "engine/run/config.h"
#include "engine/run/spec_of_run.h"

namespace elbow::run {
namespace {

CodeLength of(const char* likelihood, data::Targets targets) {
    RunConfig config;
    set_option_from_text(config, *find_run_option("likelihood"), likelihood);
    return code_length(spec_of(config, {1, 8, 8}, false, 0), targets);
}

TEST(CodeLength, IsLosslessWhereTheLikelihoodIsOfThePixelsOwnValues) {
    EXPECT_TRUE(of("logistic", data::Targets::kGrey).lossless);
    EXPECT_TRUE(of("bernoulli", data::Targets::kBinarised).lossless);
    EXPECT_FALSE(of("bernoulli", data::Targets::kGrey).lossless);
    for (const model::MemberEntry& entry :
         model::family_of(&model::ModelSpec::likelihood).members) {
        const CodeLength length = of(entry.name.c_str(), data::Targets::kGrey);
        const bool discrete = entry.name == "logistic" || entry.name == "bernoulli";
        EXPECT_EQ(length.lossless, entry.name == "logistic") << entry.name;
        EXPECT_EQ(length.more_bits_a_value, discrete ? 0.0 : 8.0) << entry.name;
        EXPECT_FALSE(length.words.empty());
    }
}

}  // namespace
}  // namespace elbow::run

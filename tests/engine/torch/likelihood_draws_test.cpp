// The draws of every likelihood against its own density.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/torch/graph.h"
#include "tests/engine/torch/members.h"

namespace elbow {
namespace {

using torch_models::Tensor;

constexpr std::int64_t kRows = 20'000;
constexpr std::size_t kMostValues = 256;  // of a discrete distribution

// Images of two pixels, drawn from what a decoder puts out with the same value everywhere.
class TwoPixels {
  public:
    TwoPixels(const std::string& likelihood, float output)
        : spec_(test::small_spec({{"likelihood", likelihood.c_str()}}, {1, 1, 2})),
          parameters_(model::initial_parameters(spec_, "glorot", 1)),
          plan_(spec_) {
        const model::ParameterLayout layout(spec_);
        for (const model::ParameterView& view : layout.views()) {
            if (view.name.rfind("likelihood.", 0) == 0)
                std::fill_n(parameters_.begin() + view.offset, view.size(), -1.5F);
        }
        const std::int64_t columns = model::size_of(model::decoder_parts(spec_));
        outputs_ = torch::full({kRows, columns}, output);
        const Tensor images = graph().draw_images(outputs_, Stream(1, "images"), 0);
        pixels_ = images.to(torch::kFloat64).contiguous();
    }

    Tensor pixels() const { return pixels_; }  // [kRows, 2]
    double mean_shown() const { return graph().mean_image(outputs_).mean().item<double>(); }

    // All pixels, the darkest first.
    std::vector<double> sorted() const {
        const double* const begin = pixels_.data_ptr<double>();
        std::vector<double> values(begin, begin + pixels_.numel());
        std::sort(values.begin(), values.end());
        return values;
    }

    // The density, or probability, of each value: half that of an image of two such pixels, in
    // nats.
    std::vector<double> densities(const std::vector<double>& values) const {
        const auto count = static_cast<std::int64_t>(values.size());
        const Tensor x = torch::tensor(values).to(torch::kFloat32).unsqueeze(1).expand({count, 2});
        const Tensor outputs = outputs_.narrow(0, 0, 1).expand({count, outputs_.size(1)});
        const Tensor nats = graph().log_likelihood(x, outputs).to(torch::kFloat64);
        const Tensor density = (0.5 * nats).exp().contiguous();
        return {density.data_ptr<double>(), density.data_ptr<double>() + count};
    }

  private:
    torch_models::Graph graph() const { return {plan_, parameters_, torch::kCPU, false}; }

    model::ModelSpec spec_;
    std::vector<float> parameters_;
    torch_models::GraphPlan plan_;
    Tensor outputs_, pixels_;
};

// Each value as often as its probability says.
void expect_frequencies(const TwoPixels& images, const std::vector<double>& sorted,
                        const std::vector<double>& values) {
    const std::vector<double> probabilities = images.densities(values);
    const auto count = static_cast<double>(sorted.size());
    double sum = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto [from, to] = std::equal_range(sorted.begin(), sorted.end(), values[i]);
        const double error = std::sqrt(probabilities[i] / count);
        EXPECT_NEAR(static_cast<double>(to - from) / count, probabilities[i],
                    5.0 * error + 5.0 / count)
            << values[i];
        sum += probabilities[i];
    }
    EXPECT_NEAR(sum, 1.0, 5e-3);
}

// Between neighbouring twentieths of the draws the density integrates to a twentieth.
void expect_quantiles(const TwoPixels& images, const std::vector<double>& sorted) {
    constexpr std::size_t kCells = 20, kPieces = 200;
    const auto count = static_cast<double>(sorted.size());
    for (std::size_t cell = 0; cell < kCells; ++cell) {
        const double from = sorted[cell * (sorted.size() - 1) / kCells];
        const double to = sorted[(cell + 1) * (sorted.size() - 1) / kCells];
        std::vector<double> places;
        for (std::size_t i = 0; i < kPieces; ++i)
            places.push_back(from + (to - from) * (static_cast<double>(i) + 0.5) / kPieces);
        double integral = 0.0;
        for (const double density : images.densities(places))
            integral += density * (to - from) / kPieces;
        EXPECT_NEAR(integral, 1.0 / kCells, 5.0 * std::sqrt(1.0 / kCells / count)) << from;
    }
}

template <class Use>
void for_each_likelihood(const Use& use) {
    for (const auto& entry : model::family_of(&model::ModelSpec::likelihood).members) {
        SCOPED_TRACE(entry.name);
        use(entry.name);
    }
}

TEST(LikelihoodDraws, AreAsFrequentAsTheDensitySays) {
    for_each_likelihood([](const std::string& name) {
        for (const float output : {-1.5F, 0.8F}) {
            SCOPED_TRACE(output);
            const TwoPixels images(name, output);
            const std::vector<double> sorted = images.sorted();
            std::vector<double> values = sorted;
            values.erase(std::unique(values.begin(), values.end()), values.end());
            if (values.size() <= kMostValues) {
                expect_frequencies(images, sorted, values);
            } else {
                expect_quantiles(images, sorted);
            }
        }
    });
}

// For an output that hardly any distribution carries beyond black, where it would be cut off.
TEST(LikelihoodDraws, HaveTheMeanThatIsShown) {
    for_each_likelihood([](const std::string& name) {
        const TwoPixels images(name, -1.5F);
        const Tensor pixels = images.pixels();
        const double error =
            pixels.std().item<double>() / std::sqrt(static_cast<double>(pixels.numel()));
        ASSERT_LT(error, 0.01);
        EXPECT_NEAR(pixels.mean().item<double>(), images.mean_shown(), 5.0 * error);
    });
}

TEST(LikelihoodDraws, OfOnePixelSayNothingAboutAnother) {
    for_each_likelihood([](const std::string& name) {
        const Tensor away = TwoPixels(name, 0.8F).pixels();
        const Tensor one = away.select(1, 0) - away.select(1, 0).mean();
        const Tensor other = away.select(1, 1) - away.select(1, 1).mean();
        const double correlation =
            ((one * other).mean() / (one.std() * other.std())).item<double>();
        EXPECT_NEAR(correlation, 0.0, 5.0 / std::sqrt(static_cast<double>(kRows)));
    });
}

}  // namespace
}  // namespace elbow

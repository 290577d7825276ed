#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <sstream>

#include "app/gui/exports/page.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/core/process.h"
#include "engine/core/program_files.h"
#include "tests/app/exporting.h"
#include "tests/engine/torch/members.h"

namespace elbow::gui {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class PageExport : public Exporter {
  protected:
    // Images and weights of such a model; the weights are made larger, so that images differ.
    void use(const model::ModelSpec& spec, float larger = 2.0F) {
        snapshot_.spec = spec;
        snapshot_.parameters = test::ModelProblem(spec).parameters;
        for (float& value : snapshot_.parameters) value *= larger;
        dataset_.channels = spec.image.channels;
        dataset_.height = spec.image.height;
        dataset_.width = spec.image.width;
        dataset_.class_names = {"a", "b", "c"};
        dataset_.held_out.pixels.own().assign(12 * static_cast<std::size_t>(spec.image.size()), 90);
    }
    std::string page() { return read_text_file(write(page_export())); }
    static Json run_of(const std::string& page) {
        const std::string begin = "id=\"run\">";
        const std::size_t from = page.find(begin) + begin.size();
        return parse_json(page.substr(from, page.find("</script>", from) - from)).value();
    }
    // What a browser would show at each z, [12][D]: computed by the page's own script.
    std::vector<std::vector<int>> shown_by(const std::filesystem::path& file) const {
        Json::Array asked;
        for (int i = 0; i < kPlaces; ++i)
            asked.emplace_back(Json::Object{{"z", Json::list_of(place(i))}, {"label", i % 3}});
        const auto script = program_folders("tests/app", "ELBOW_TESTS").front() / "decode_page.js";
        const ProcessResult result =
            run_process({{"node", script.string(), file.string(), json_text(asked)}, {}, {}});
        EXPECT_EQ(result.exit_code, 0) << result.standard_error;
        std::vector<std::vector<int>> images;
        std::istringstream lines(result.standard_output);
        for (std::string line; std::getline(lines, line);) {
            images.emplace_back();
            const Json image = parse_json(line).value();
            for (const Json& value : image.array())
                images.back().push_back(static_cast<int>(value.whole()));
        }
        return images;
    }
    // The largest difference from what the program decodes, in grey values.
    int largest_difference() {
        const auto shown = shown_by(write(page_export()));
        EXPECT_EQ(shown.size(), static_cast<std::size_t>(kPlaces));
        int largest = 0, lowest = 255, highest = 0;
        for (int i = 0; i < static_cast<int>(shown.size()); ++i) {
            const std::uint8_t label[] = {static_cast<std::uint8_t>(i % 3)};
            const auto expected = explore::decode(*model::make_model(snapshot_.spec),
                                                  snapshot_.parameters, place(i), label);
            const std::vector<int>& image = shown[static_cast<std::size_t>(i)];
            if (image.size() != expected.size()) return 256;
            for (std::size_t pixel = 0; pixel < image.size(); ++pixel) {
                largest = std::max(largest, std::abs(image[pixel] - expected[pixel]));
                lowest = std::min(lowest, image[pixel]);
                highest = std::max(highest, image[pixel]);
            }
        }
        EXPECT_GT(highest - lowest, 30) << "images that say something";
        return largest;
    }
    static bool can_run_scripts() { return find_program("node").has_value(); }
    static constexpr const char* kNoNode =
        "There is no node to run the page's script: scripts/setup test installs it (nodejs).";

  private:
    static constexpr int kPlaces = 12;
    static std::vector<float> place(int number) {
        return {-2.2F + 0.4F * static_cast<float>(number),
                1.5F - 0.3F * static_cast<float>(number * number % 11)};
    }
};

TEST_F(PageExport, ShowsWhatTheProgramDecodesOfEveryMember) {
    if (!can_run_scripts()) GTEST_SKIP() << kNoNode;
    for (const model::ModelSpec& spec : test::one_of_each()) {
        use(spec);
        EXPECT_LE(largest_difference(), 1) << test::text_of(spec);
    }
}

TEST_F(PageExport, ShowsWhatTheProgramDecodesWithEveryOptionOfANetwork) {
    if (!can_run_scripts()) GTEST_SKIP() << kNoNode;
    for (const char* activation : {"tanh", "relu", "gelu", "silu"}) {
        use(test::small_spec({{"network", "mlp"},
                              {"widths", "6,6,4"},
                              {"layer-norm", "on"},
                              {"residual", "on"},
                              {"activation", activation}}));
        EXPECT_LE(largest_difference(), 1) << activation;
    }
    use(test::small_spec(
        {{"network", "resnet"}, {"channels", "4,6"}, {"blocks", "2"}, {"condition", "label"}}));
    EXPECT_LE(largest_difference(), 1);
}

TEST_F(PageExport, ShowsColours) {
    if (!can_run_scripts()) GTEST_SKIP() << kNoNode;
    for (const char* network : {"paper", "conv"}) {
        use(test::small_spec(
            {{"network", network}, {"channels", "4,6"}, {"likelihood", "logistic"}}, {3, 8, 9}));
        EXPECT_LE(largest_difference(), 1) << network;
    }
}

TEST_F(PageExport, IsOneFileWithoutANetwork) {
    const std::filesystem::path file = write(page_export());
    EXPECT_EQ(file.filename(), "stripes-page-after-4200-images.html");
    const std::string text = read_text_file(file);
    EXPECT_THAT(text, AllOf(HasSubstr("<title>The latent space of Stripes</title>"),
                            HasSubstr("prefers-color-scheme: dark"), Not(HasSubstr("{{")),
                            Not(HasSubstr("http://")), Not(HasSubstr("https://")),
                            Not(HasSubstr(" src=")), Not(HasSubstr("<link"))));
}

TEST_F(PageExport, SaysWhichRunItIsOfAndHowGoodThatIs) {
    const Json run = run_of(page());
    std::string facts;
    for (const Json& fact : run.at("facts").array())
        facts += fact.at("name").string() + ": " + fact.at("value").string() + "\n";
    EXPECT_THAT(facts, AllOf(HasSubstr("Images: Stripes, "), HasSubstr("4 200 images, each"),
                             HasSubstr("Held-out bound: -160.00 nats per image: the mean over all "
                                       "12 held-out images, grey targets, one noise sample each, "
                                       "measured after 200 training images")));
    source_.evaluations.clear();
    EXPECT_EQ(run_of(page()).at("facts").array()[4].at("value").string(), "not measured yet");
}

TEST_F(PageExport, TellsTheBoundOfTheWeightsThatItHolds) {  // of a moment gone back to
    snapshot_.samples = 100;
    EXPECT_THAT(page(), AllOf(HasSubstr("-210.00 nats"), Not(HasSubstr("-160.00"))));
}

TEST_F(PageExport, HasADotAtTheCodeOfEachHeldOutImage) {
    const Json run = run_of(page());
    EXPECT_EQ(run.at("codes").string().size(), 12U * 2 * 2 * 4 / 3);
    EXPECT_EQ(run.at("labels").string(), "AAEAAQABAAEAAQAB");
    EXPECT_THAT(run.at("points_text").string(), HasSubstr("12 held-out images. Rings: the prior"));
    snapshot_.has_encoder = false;
    const Json without = run_of(page());
    EXPECT_EQ(without.at("codes").string(), "");
    EXPECT_THAT(without.at("points_text").string(), HasSubstr("trains no encoder"));
}

TEST_F(PageExport, OfAModelThatIsToldLabelsSaysWhichItIsTold) {
    use(test::small_spec({{"condition", "label"}}));
    source_.view_state.label = 2;
    const Json run = run_of(page());
    EXPECT_EQ(run.at("label").whole(), 2);
    EXPECT_EQ(run.at("model").at("classes").whole(), 3);
    EXPECT_THAT(run.at("points_text").string(), HasSubstr("Pale are those of other labels"));
}

TEST_F(PageExport, NamesCannotEndTheElementThatTheyLieIn) {
    dataset_.title = "A & <script>";
    dataset_.class_names = {"</script><b>", "odd"};
    const std::string text = page();
    EXPECT_THAT(text, AllOf(HasSubstr("<title>The latent space of A &amp; &lt;script></title>"),
                            Not(HasSubstr("</script><b>"))));
    EXPECT_EQ(run_of(text).at("class_names").array()[0].string(), "</script><b>");
}

TEST_F(PageExport, RefusesWhatItCannotShow) {
    const float weight = snapshot_.parameters.back();
    const model::ParameterLayout layout(snapshot_.spec);
    float& bias =
        snapshot_.parameters[static_cast<std::size_t>(layout.view("decoder.logits.bias").offset)];
    for (const float bad : {65520.0F, std::numeric_limits<float>::quiet_NaN()}) {
        bias = bad;
        try {
            page();
            FAIL() << "expected an Error";
        } catch (const Error& error) {
            EXPECT_THAT(error.what(),
                        AllOf(HasSubstr("up to 65504"), HasSubstr("decoder.logits.bias")));
        }
    }
    bias = weight;
    snapshot_.spec.latents = 3;
    snapshot_.parameters = model::initial_parameters(snapshot_.spec, "glorot", 3);
    EXPECT_THAT(why_not_exported(page_export(), snapshot_), HasSubstr("the run has 3"));
    EXPECT_THROW(page(), Error);
    EXPECT_EQ(files(), 0);
}

}  // namespace
}  // namespace elbow::gui

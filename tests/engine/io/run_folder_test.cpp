#include "engine/io/run_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/io/saved_run.h"

namespace elbow::io {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using testing_support::TemporaryFolder;

Json change_of(int step, const char* option, const char* value) {
    return Json::Array{Json::Object{{"step", step}, {"option", option}, {"value", value}}};
}

class RunFolder : public ::testing::TestWithParam<std::string> {};

TEST_P(RunFolder, GoesOnBitEqual) {
    const TemporaryFolder folder;
    const auto dataset = small_dataset();
    train::Session session(small_config(GetParam()), dataset, 1);
    const auto steps = [](train::Session& stepped, int count) {
        for (int i = 0; i < count; ++i) stepped.step();
    };
    steps(session, 4);
    session.change("batch", "7");
    steps(session, 3);
    session.change("step-size", "0.015");
    steps(session, 2);
    save_run(folder / "run", with_history(session.checkpoint(), {session.evaluate()}),
             dataset.get());

    const SavedRun saved = load_run(folder / "run");
    expect_equal(saved.checkpoint, session.checkpoint());
    EXPECT_EQ(saved.checkpoint.train_seconds, session.train_seconds());
    ASSERT_EQ(saved.checkpoint.evaluations.size(), 1U);
    EXPECT_EQ(saved.checkpoint.evaluations[0].samples, session.samples());

    train::Session gone_on(saved.checkpoint, dataset, 1);
    steps(session, 15);
    steps(gone_on, 15);
    expect_equal(gone_on.checkpoint(), session.checkpoint());
    EXPECT_EQ(gone_on.evaluate().test_bound, session.evaluate().test_bound);
}

// A run from a graphics card goes on where there is none, by the same estimator; only its last bits
// are nobody's promise.
TEST(RunFolder, DoesNotHoldTheDevice) {
    const TemporaryFolder folder;
    const auto dataset = small_dataset();
    train::Session session(small_config("sgd"), dataset, 1);
    session.step();
    train::Checkpoint checkpoint = session.checkpoint();
    checkpoint.config.gradients = "autograd";
    for (const char* device : {"cpu", "cuda"}) {
        checkpoint.config.device = device;
        save_run(folder / "run", checkpoint, dataset.get());
        const SavedRun saved = load_run(folder / "run");
        EXPECT_EQ(saved.checkpoint.config.device, "auto");
        EXPECT_EQ(saved.checkpoint.config.gradients, "autograd");
        EXPECT_EQ(saved.checkpoint.threads.has_value(), device == std::string("cpu"));
    }
}

INSTANTIATE_TEST_SUITE_P(Optimisers, RunFolder, ::testing::Values("adam", "adagrad", "sgd"));

TEST_F(SavedRunFolder, HoldsTheDocumentedFilesAndTensorsAndNothingElse) {
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(run_)) files.push_back(entry.path().filename());
    EXPECT_THAT(files, ::testing::UnorderedElementsAre("run.json", "metrics.csv",
                                                       "model.safetensors", "optimizer.safetensors",
                                                       "history.csv", "session.json"));

    const Safetensors model = read_safetensors(run_ / "model.safetensors");
    std::map<std::string, std::vector<std::int64_t>> shapes;
    for (const NamedTensor& tensor : model.tensors) shapes[tensor.name] = tensor.shape;
    const std::map<std::string, std::vector<std::int64_t>> expected = {
        {"encoder.hidden.weight", {11, 35}},      {"encoder.hidden.bias", {11}},
        {"encoder.mean.weight", {3, 11}},         {"encoder.mean.bias", {3}},
        {"encoder.log_variance.weight", {3, 11}}, {"encoder.log_variance.bias", {3}},
        {"decoder.hidden.weight", {11, 3}},       {"decoder.hidden.bias", {11}},
        {"decoder.logits.weight", {35, 11}},      {"decoder.logits.bias", {35}}};
    EXPECT_EQ(shapes, expected);

    std::vector<std::string> names;
    for (const NamedTensor& tensor : read_safetensors(run_ / "optimizer.safetensors").tensors)
        names.push_back(tensor.name);
    EXPECT_EQ(names.size(), 30U);
    EXPECT_THAT(names, ::testing::Contains("adam.second_moment/decoder.logits.bias"));
    EXPECT_THAT(names, ::testing::Contains("best.weights/decoder.logits.bias"));
}

TEST_F(SavedRunFolder, TensorsOfAFarLargerNetworkAreRefusedUnread) {
    for (const char* file : {"model.safetensors", "optimizer.safetensors"}) {
        const std::string whole = text(file);
        Safetensors tensors = read_safetensors(run_ / file);
        tensors.tensors.push_back({"more", {1 << 20}, std::vector<float>(1 << 20)});
        write_safetensors(run_ / file, tensors.tensors, tensors.metadata);
        try {
            load_run(run_);
            ADD_FAILURE() << file << " was read";
        } catch (const Error& error) {
            EXPECT_THAT(error.what(), HasSubstr(file));
            EXPECT_THAT(error.what(), HasSubstr("at most"));
        }
        write(file, whole);
    }
    EXPECT_NO_THROW(load_run(run_));
}

TEST_F(SavedRunFolder, SaysWhichFileIsMissing) {
    for (const char* file :
         {"run.json", "metrics.csv", "model.safetensors", "optimizer.safetensors"}) {
        const std::string whole = text(file);
        fs::remove(run_ / file);
        expect_refused(std::string("has no ") + file);
        write(file, whole);
    }
    EXPECT_NO_THROW(load_run(run_));
    EXPECT_THROW(load_run(folder_ / "nowhere"), Error);
    EXPECT_THROW(load_run(run_ / "run.json"), Error);
}

TEST_F(SavedRunFolder, RefusesAForeignRunJson) {
    const std::string whole = text("run.json");
    write("run.json", "no JSON");
    expect_refused("not JSON");
    write("run.json", "[]");
    expect_refused("not a JSON object");
    write("run.json", R"({"name": "somebody's package"})");
    expect_refused("'format' is missing");
    write("run.json", whole.substr(0, whole.size() / 2));
    expect_refused("not JSON");
    write("run.json",
          R"({"format":)" + std::string(400'000, '[') + std::string(400'000, ']') + "}");
    expect_refused("not JSON");
    write("run.json", whole);
    edit([](auto& json) { json["format_version"] = 99; });
    expect_refused("Use a newer Elbow");
}

// Before there was a choice of models, an architecture stood in their place.
TEST_F(SavedRunFolder, OpensARunOfFormatVersion1) {
    const SavedRun saved = load_run(run_);
    edit([](auto& json) {
        json["format_version"] = 1;
        for (const char* later : {"network", "posterior", "prior", "condition"})
            json["config"].erase(later);
        json["architecture"] = Json::Object{{"height", json["model"]["height"]},
                                            {"width", json["model"]["width"]},
                                            {"hidden", 11},
                                            {"latents", 3},
                                            {"activation", "tanh"},
                                            {"likelihood", "bernoulli"}};
        json.erase("model");
    });
    const SavedRun opened = load_run(run_);
    EXPECT_EQ(opened.checkpoint.spec, saved.checkpoint.spec);
    expect_equal(opened.checkpoint, saved.checkpoint);
    edit([](auto& json) { json["architecture"]["hidden"] = 12; });
    expect_refused("another network");
}

TEST_F(SavedRunFolder, RefusesValuesThatCannotBe) {
    const std::string whole = text("run.json");
    const auto refused = [&](const std::function<void(Json&)>& change, const std::string& why) {
        edit(change);
        expect_refused(why);
        write("run.json", whole);
    };
    refused([](auto& json) { json["config"]["latent"] = 0; }, "latent");
    refused([](auto& json) { json["config"]["latent"] = 2.5; }, "latent");
    refused([](auto& json) { json["config"]["hidden"] = 1e15; }, "hidden");
    refused([](auto& json) { json["config"]["optimizer"] = "newton"; }, "optimizer");
    refused([](auto& json) { json["config"]["step-size"] = -1; }, "step-size");
    refused([](auto& json) { json["config"]["temperature"] = 1; }, "temperature");
    refused([](auto& json) { json["config"]["hidden"] = 12; }, "another model");
    refused([](auto& json) { json["model"]["height"] = 1'000'000'000; }, "height");
    refused([](auto& json) { json["model"].erase("width"); }, "'width' is missing");
    refused([](auto& json) { json["model"]["prior"]["name"] = "mixture"; }, "another model");
    refused([](auto& json) { json["model"]["classes"] = 3; }, "another model");
    refused([](auto& json) { json["config"]["prior"] = "of tomorrow"; }, "prior");
    refused([](auto& json) { json["step"] = -1; }, "step");
    refused([](auto& json) { json["samples"] = "many"; }, "samples");
    refused([](auto& json) { json["samples"] = std::uint64_t{1} << 53; }, "samples");
    refused([](auto& json) { json["train_seconds"] = 1e300; }, "train_seconds");
    refused([](auto& json) { json["threads"] = 0; }, "threads");
    refused([](auto& json) { json["threads"] = "all"; }, "threads");
    refused([](auto& json) { json["train_seconds"] = -2.0; }, "train_seconds");
    refused([](auto& json) { json["changes"] = 3; }, "changes");
    refused([](auto& json) { json["sha256"] = "all"; }, "sha256");
    refused([](auto& json) { json["last_evaluation"]["samples"] = -1; }, "samples");
    refused([](auto& json) { json["dataset"]["crc32"] = 7; }, "crc32");
    refused([](auto& json) { json["changes"] = change_of(1, "hidden", "5"); }, "hidden");
    refused([](auto& json) { json["changes"] = change_of(1, "batch", "x"); }, "batch");
    refused([](auto& json) { json["changes"] = change_of(9, "batch", "5"); }, "step");
}

TEST_F(SavedRunFolder, KeepsTheNumberOfThreadsWhereThereIsOne) {
    train::Checkpoint checkpoint = load_run(run_).checkpoint;
    EXPECT_EQ(checkpoint.threads, 1);
    checkpoint.threads.reset();
    save_run(run_, checkpoint, dataset_.get());
    EXPECT_EQ(load_run(run_).checkpoint.threads, std::nullopt);
    EXPECT_FALSE(parse_json(text("run.json")).value().contains("threads"));
}

TEST_F(SavedRunFolder, SaysWhereTheRunBranchedOff) {
    EXPECT_EQ(text("run.json").find("branches"), std::string::npos) << "it did not";
    train::Session session(small_config("adam"), dataset_, 1);
    session.step();
    const train::SnapshotPtr moment = session.snapshot();
    session.step();
    train::Session branch(session.checkpoint(), *moment, dataset_, 1);
    branch.step();
    save_run(run_, branch.checkpoint(), dataset_.get());
    const SavedRun saved = load_run(run_);
    EXPECT_EQ(saved.checkpoint.branches, (std::vector<train::Moment>{{1, 20}}));
    expect_equal(saved.checkpoint, branch.checkpoint());
    edit([](Json& json) { json["branches"] = 7; });
    expect_refused("branches");
    edit([](Json& json) {
        json["branches"] = Json::Array{Json(Json::Object{{"step", 9}, {"samples", 20}})};
    });
    expect_refused("step");
}

TEST_F(SavedRunFolder, RefusesTensorsThatDoNotFit) {
    const std::string whole = text("model.safetensors");
    const auto refused = [&](const std::function<void(std::vector<NamedTensor>&)>& change,
                             const std::string& why) {
        spoil_model(change);
        expect_refused(why);
        write("model.safetensors", whole);
    };
    refused([](auto& tensors) { tensors[0].name = "something.else"; },
            "has no tensor 'encoder.hidden.weight'");
    refused([](auto& tensors) { tensors.pop_back(); }, "has no tensor");
    refused([](auto& tensors) { tensors.push_back({"extra", {1}, {0}}); }, "11 tensors");
    refused([](auto& tensors) { std::swap(tensors[0].shape[0], tensors[0].shape[1]); },
            "should have the shape [11, 35]");
    refused([](auto& tensors) { tensors[0].values[5] = std::numeric_limits<float>::quiet_NaN(); },
            "not finite");
    write("model.safetensors", "a text");
    expect_refused("not a safetensors file");
    write("model.safetensors", whole);
    write("optimizer.safetensors", whole);
    expect_refused("optimizer.safetensors");
}

TEST_F(SavedRunFolder, RefusesAStateThatIsNotFinite) {
    for (const char* name : {"adam.second_moment/decoder.logits.bias", "estimator/mcem.chains"}) {
        Safetensors optimizer = read_safetensors(run_ / "optimizer.safetensors");
        const std::string whole = text("optimizer.safetensors");
        const auto found =
            std::find_if(optimizer.tensors.begin(), optimizer.tensors.end(),
                         [&](const NamedTensor& tensor) { return tensor.name == name; });
        if (found == optimizer.tensors.end()) {
            optimizer.tensors.push_back({name, {1}, {std::numeric_limits<float>::infinity()}});
        } else {
            found->values[3] = std::numeric_limits<float>::quiet_NaN();
        }
        write_safetensors(run_ / "optimizer.safetensors", optimizer.tensors, optimizer.metadata);
        expect_refused(std::string("Tensor '") + name + "'");
        expect_refused("not finite");
        write("optimizer.safetensors", whole);
    }
}

TEST_F(SavedRunFolder, RefusesARunJsonThatSaysAThingTwice) {
    std::string twice = text("run.json");
    twice.insert(twice.find("\"step\""), "\"step\": 7, ");
    write("run.json", twice);
    expect_refused("'step' more than once");
}

TEST_F(SavedRunFolder, IsReplacedWholeAndKeepsWhatElseIsThere) {
    write("notes.txt", "mine");
    train::Session session(small_config("sgd"), dataset_, 1);
    session.step();
    save_run(run_, session.checkpoint());
    const SavedRun saved = load_run(run_);
    expect_equal(saved.checkpoint, session.checkpoint());
    EXPECT_TRUE(saved.checkpoint.evaluations.empty());
    EXPECT_FALSE(saved.dataset.has_value());
    EXPECT_EQ(text("notes.txt"), "mine");
}

TEST_F(SavedRunFolder, StaysAsItWasWhenAFileCannotBeReplaced) {
    const std::string run_before = text("run.json");
    const std::string model_before = text("model.safetensors");
    fs::create_directories(run_ / "optimizer.safetensors.new/in the way");
    train::Session session(small_config("adam"), dataset_, 1);
    EXPECT_THROW(save_run(run_, session.checkpoint()), Error);
    EXPECT_EQ(text("run.json"), run_before);
    EXPECT_EQ(text("model.safetensors"), model_before);
    EXPECT_FALSE(fs::exists(run_ / "model.safetensors.new"));
}

class RunCompanions : public SavedRunFolder {
  protected:
    void SetUp() override {
        for (int i = 0; i < 5; ++i) session.step();
        train::Checkpoint checkpoint = session.checkpoint();
        checkpoint.readings = {"HMC acceptance"};
        save_run(run_, with_history(checkpoint, {}, training), dataset_.get(), of_window);
    }
    train::Session session{small_config("adam"), dataset_, 1};
    const std::vector<train::TrainRecord> training{{20, 0.25, 0.2, -30.5, -31.0, 0.5, {0.75}},
                                                   {100, 0.5, 1.0, -20.5, -21.0, 0.5, {0.5}},
                                                   {120, 0.75, 1.2, -19.5, -20.0, 0.5, {0.25}}};
    const std::string of_window = R"({"name": "mine"})";
};

TEST_F(RunCompanions, ComeBackUpToTheCheckpoint) {
    const SavedRun saved = load_run(run_);
    EXPECT_EQ(saved.checkpoint.samples, 100);
    const std::vector<train::TrainRecord>& back = saved.checkpoint.training;
    ASSERT_EQ(back.size(), 2U) << "what is later than the weights is not theirs";
    EXPECT_EQ(back[1].samples, 100);
    EXPECT_EQ(back[1].bound, -20.5);
    EXPECT_EQ(back[1].readings, std::vector<double>{0.5});
    EXPECT_EQ(saved.session, of_window);
    EXPECT_EQ(saved.remark, "");
}

TEST_F(RunCompanions, NeverKeepARunFromOpening) {
    for (const char* file : {"history.csv", "session.json"}) {
        fs::remove(run_ / file);
        EXPECT_EQ(load_run(run_).remark, "") << "runs of older versions have none";
        fs::create_directory(run_ / file);
        EXPECT_THAT(load_run(run_).remark, HasSubstr(file));
        fs::remove(run_ / file);
    }
    write("history.csv", "time,value\n1,2\n");
    const SavedRun saved = load_run(run_);
    EXPECT_THAT(saved.remark, HasSubstr("history.csv"));
    EXPECT_TRUE(saved.checkpoint.training.empty());
    EXPECT_EQ(saved.checkpoint.step, 5);
}

TEST_F(RunCompanions, OfARunBeforeDoNotStay) {
    save_run(run_, session.checkpoint(), dataset_.get());
    const SavedRun saved = load_run(run_);
    EXPECT_TRUE(saved.checkpoint.training.empty());
    EXPECT_THAT(saved.session, ::testing::Not(HasSubstr("mine")));
}

TEST_F(RunCompanions, ASessionIsReplacedAlone) {
    EXPECT_EQ(load_session(run_), of_window);
    replace_session(run_, R"({"name": "other"})");
    EXPECT_EQ(load_run(run_).session, R"({"name": "other"})");
    EXPECT_EQ(load_run(run_).checkpoint.training.size(), 2U);
    fs::remove(run_ / "session.json");
    EXPECT_EQ(load_session(run_), "");
    EXPECT_THROW(replace_session(folder_ / "nowhere", "{}"), Error);
}

TEST_F(SavedRunFolder, NoticesAnotherDataSet) {
    const SavedRun saved = load_run(run_);
    EXPECT_NO_THROW(check_dataset(saved, *dataset_));
    data::Dataset other = *dataset_;
    other.train.count = 89;
    EXPECT_THROW(check_dataset(saved, other), Error);
    other = *dataset_;
    std::swap(other.height, other.width);
    EXPECT_THROW(check_dataset(saved, other), Error);
}

TEST_F(SavedRunFolder, NoticesOtherImagesOfTheSameSizes) {
    data::Dataset trained_on = *dataset_;
    trained_on.fingerprint = "00000001-00000002-00000003-00000004";
    save_run(run_, load_run(run_).checkpoint, &trained_on);
    const SavedRun saved = load_run(run_);
    EXPECT_EQ(saved.dataset->fingerprint, trained_on.fingerprint);
    EXPECT_NO_THROW(check_dataset(saved, trained_on));
    EXPECT_NO_THROW(check_dataset(saved, *dataset_)) << "of which no more is known";
    data::Dataset other = trained_on;
    other.fingerprint.back() = '5';
    try {
        check_dataset(saved, other);
        FAIL() << "was taken";
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), ::testing::HasSubstr("other images or labels"));
    }
}

}  // namespace
}  // namespace elbow::io

#pragma once

// Small runs, and one that is saved to be spoilt.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/core/rng.h"
#include "engine/io/run_folder.h"
#include "engine/io/safetensors.h"
#include "engine/train/session.h"
#include "tests/temporary_folder.h"

namespace elbow::io {

inline std::shared_ptr<const data::Dataset> small_dataset() {
    auto dataset = std::make_shared<data::Dataset>();
    dataset->name = "noise";
    dataset->title = "Noise";
    dataset->height = 5;
    dataset->width = 7;
    const Stream stream(3, "test images");
    const auto fill = [&](data::ImageSet& set, int count, std::uint64_t offset) {
        set.count = count;
        for (int i = 0; i < count * dataset->dimensions(); ++i) {
            set.pixels.own().push_back(static_cast<std::uint8_t>(
                stream.below(offset + static_cast<std::uint64_t>(i), 256)));
        }
    };
    fill(dataset->train, 90, 0);
    fill(dataset->held_out, 20, 100'000);
    return dataset;
}

inline RunConfig small_config(const std::string& optimizer) {
    RunConfig config;
    config.latents = 3;
    config.hidden = 11;
    config.minibatch = 20;
    config.seed = 9007199254740991;
    config.step_size = 0.1 + 0.2;  // no short decimal
    config.optimizer = optimizer;
    return config;
}

inline void expect_equal(const train::Checkpoint& a, const train::Checkpoint& b) {
    EXPECT_EQ(a.config, b.config);
    EXPECT_EQ(a.spec, b.spec);
    EXPECT_EQ(a.step, b.step);
    EXPECT_EQ(a.samples, b.samples);
    EXPECT_EQ(a.best, b.best);
    EXPECT_EQ(a.stall, b.stall);
    EXPECT_EQ(a.parameters, b.parameters);
    ASSERT_EQ(a.optimizer_state.size(), b.optimizer_state.size());
    for (std::size_t i = 0; i < a.optimizer_state.size(); ++i) {
        EXPECT_EQ(a.optimizer_state[i].name, b.optimizer_state[i].name);
        EXPECT_EQ(a.optimizer_state[i].values, b.optimizer_state[i].values);
    }
    EXPECT_EQ(a.branches, b.branches);
    ASSERT_EQ(a.changes.size(), b.changes.size());
    for (std::size_t i = 0; i < a.changes.size(); ++i) {
        EXPECT_EQ(a.changes[i].step, b.changes[i].step);
        EXPECT_EQ(a.changes[i].option, b.changes[i].option);
        EXPECT_EQ(a.changes[i].value, b.changes[i].value);
    }
}

// A saved run to spoil.
class SavedRunFolder : public ::testing::Test {
  protected:
    void SetUp() override {
        train::Session session(small_config("adam"), dataset_, 1);
        for (int i = 0; i < 3; ++i) session.step();
        save_run(run_, with_history(session.checkpoint(), {session.evaluate()}), dataset_.get());
    }

    std::string text(const std::string& file) const {
        const auto bytes = read_file(run_ / file);
        return {bytes.begin(), bytes.end()};
    }
    void write(const std::string& file, const std::string& content) const {
        write_file_atomically(run_ / file, std::string_view(content));
    }
    void edit(const std::function<void(Json&)>& change) const {
        Json json = parse_json(text("run.json")).value();
        change(json);
        write("run.json", json_text(json));
    }

    void expect_refused(const std::string& why) const {
        try {
            load_run(run_);
            FAIL() << "was read, though " << why;
        } catch (const UsageError& error) {
            FAIL() << "a damaged file is not wrong usage: " << error.what();
        } catch (const Error& error) {
            EXPECT_THAT(error.what(), ::testing::HasSubstr(why));
            EXPECT_THAT(error.what(), ::testing::HasSubstr(folder_.path().string()));
        }
    }

    void spoil_model(const std::function<void(std::vector<NamedTensor>&)>& change) const {
        Safetensors model = read_safetensors(run_ / "model.safetensors");
        change(model.tensors);
        write_safetensors(run_ / "model.safetensors", model.tensors, model.metadata);
    }

    // The folder's files by their names, with all that is in them.
    std::map<std::string, std::string> content() const {
        std::map<std::string, std::string> files;
        for (const auto& entry : std::filesystem::directory_iterator(run_))
            files[entry.path().filename()] = text(entry.path().filename());
        return files;
    }

    testing_support::TemporaryFolder folder_;
    std::filesystem::path run_ = folder_ / "run";
    std::shared_ptr<const data::Dataset> dataset_ = small_dataset();
};

}  // namespace elbow::io

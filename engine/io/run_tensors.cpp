#include "engine/io/run_tensors.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/core/version.h"
#include "engine/io/safetensors.h"

namespace elbow::io {

namespace {

namespace fs = std::filesystem;

constexpr char kStateSeparator = '/';                   // "adam.first_moment/encoder.hidden.weight"
constexpr std::uint64_t kMostHeaderBytes = 1 << 20;     // a table of a dozen names
constexpr const char* kEstimatorPrefix = "estimator/";  // before what the estimator remembers

std::map<std::string, std::string> metadata(const train::Checkpoint& checkpoint,
                                            const char* format) {
    return {{"format", format},
            {"elbow_version", version()},
            {"step", std::to_string(checkpoint.step)},
            {"samples", std::to_string(checkpoint.samples)},
            {"height", std::to_string(checkpoint.spec.image.height)},
            {"width", std::to_string(checkpoint.spec.image.width)},
            {"activation", checkpoint.config.activation}};
}

// One tensor for each parameter, its name after the prefix; values is as long as the flat buffer.
void append_tensors(std::vector<NamedTensor>& tensors, const std::string& prefix,
                    const model::ParameterLayout& layout, const std::vector<float>& values) {
    if (static_cast<std::int64_t>(values.size()) != layout.size()) {
        throw Error("'" + prefix + "' cannot be saved: expected " + std::to_string(layout.size()) +
                    " values, as many as the model has, and found " +
                    std::to_string(values.size()) + ".");
    }
    for (const model::ParameterView& view : layout.views()) {
        const auto begin = values.begin() + view.offset;
        tensors.push_back(
            {prefix + std::string(view.name), view.shape, {begin, begin + view.size()}});
    }
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
    std::string text;
    for (const std::int64_t size : shape) text += (text.empty() ? "" : ", ") + std::to_string(size);
    return "[" + text + "]";
}

// The inverse of append_tensors: tensors [first, first + number of views) in any order.
std::vector<float> gather(const fs::path& file, const std::string& prefix,
                          const model::ParameterLayout& layout,
                          std::span<const NamedTensor> tensors) {
    // Looked through before anything of the model's size is allocated: a foreign file costs no
    // memory.
    std::vector<const NamedTensor*> found;
    for (const model::ParameterView& view : layout.views()) {
        const std::string name = prefix + std::string(view.name);
        const auto tensor =
            std::find_if(tensors.begin(), tensors.end(),
                         [&](const NamedTensor& candidate) { return candidate.name == name; });
        if (tensor == tensors.end()) {
            throw Error(quoted(file) + " has no tensor '" + name +
                        "', which this run's network needs. Use the file "
                        "that was saved with the run.");
        }
        if (tensor->shape != view.shape) {
            throw Error("Tensor '" + name + "' in " + quoted(file) + " should have the shape " +
                        shape_text(view.shape) + " and has " + shape_text(tensor->shape) +
                        ". Use the file that was saved with the run.");
        }
        found.push_back(&*tensor);
    }
    std::vector<float> values(static_cast<std::size_t>(layout.size()), 0.0F);
    for (std::size_t i = 0; i < found.size(); ++i) {
        std::copy(found[i]->values.begin(), found[i]->values.end(),
                  values.begin() + layout.views()[i].offset);
    }
    return values;
}

// The tensors belong to the moment of run.json; files that were mixed up show here.
void check_same_moment(const fs::path& file, const Safetensors& tensors,
                       const train::Checkpoint& checkpoint) {
    const auto step = tensors.metadata.find("step");
    const std::string found = step == tensors.metadata.end() ? "no step" : "step " + step->second;
    if (found != "step " + std::to_string(checkpoint.step)) {
        throw Error(quoted(file) + " should be of step " + std::to_string(checkpoint.step) +
                    " as run.json says, but is of " + found +
                    ": the files are of different moments. Use a whole copy of the run.");
    }
}

void check_finite(const fs::path& file, const std::vector<NamedTensor>& tensors) {
    for (const NamedTensor& tensor : tensors) {
        if (!std::all_of(tensor.values.begin(), tensor.values.end(),
                         [](float value) { return std::isfinite(value); })) {
            throw Error("Tensor '" + tensor.name + "' in " + quoted(file) +
                        " holds values that are not finite numbers. Use a whole copy of the run.");
        }
    }
}

// No optimiser and no estimator remembers more than a few values for each weight, and for each
// latent of each training image.
std::uint64_t most_optimizer_bytes(const model::ParameterLayout& layout,
                                   std::optional<std::int64_t> train_images, int latents) {
    constexpr double kMostValues = 8.0;
    if (!train_images) return InputFile::kAnySize;
    const double values = static_cast<double>(layout.size()) +
                          static_cast<double>(*train_images) * static_cast<double>(latents);
    const double most = kMostValues * values * sizeof(float) + kMostHeaderBytes;
    return most < 1e18 ? static_cast<std::uint64_t>(most) : InputFile::kAnySize;
}

// What the estimator remembers has shapes of its own, which the Session checks.
void take_estimator_state(std::vector<NamedTensor>& tensors, train::Checkpoint& checkpoint) {
    const std::string prefix = kEstimatorPrefix;
    const auto rest = std::stable_partition(
        tensors.begin(), tensors.end(),
        [&](const NamedTensor& tensor) { return tensor.name.rfind(prefix, 0) != 0; });
    for (auto tensor = rest; tensor != tensors.end(); ++tensor) {
        checkpoint.estimator_state.push_back(
            {tensor->name.substr(prefix.size()), std::move(tensor->values)});
    }
    tensors.erase(rest, tensors.end());
}

}  // namespace

std::string write_model(const fs::path& file, const train::Checkpoint& checkpoint) {
    std::vector<NamedTensor> tensors;
    append_tensors(tensors, "", model::ParameterLayout(checkpoint.spec), checkpoint.parameters);
    return write_safetensors(file, tensors, metadata(checkpoint, "elbow-model"));
}

std::string write_optimizer(const fs::path& file, const train::Checkpoint& checkpoint) {
    const model::ParameterLayout layout(checkpoint.spec);
    std::vector<NamedTensor> tensors;
    for (const train::Checkpoint::NamedState& state : checkpoint.optimizer_state) {
        append_tensors(tensors, state.name + kStateSeparator, layout, state.values);
    }
    for (const train::Checkpoint::NamedState& state : checkpoint.estimator_state) {
        tensors.push_back({kEstimatorPrefix + state.name,
                           {static_cast<std::int64_t>(state.values.size())},
                           state.values});
    }
    return write_safetensors(file, tensors, metadata(checkpoint, "elbow-optimizer"));
}

std::string load_model(const fs::path& file, const model::ParameterLayout& layout,
                       train::Checkpoint& checkpoint) {
    // What is longer is another network's, which need not be read to be refused.
    const auto weights_bytes = static_cast<std::uint64_t>(layout.size()) * sizeof(float);
    const Safetensors model = read_safetensors(file, weights_bytes + kMostHeaderBytes);
    checkpoint.parameters = gather(file, "", layout, model.tensors);
    if (model.tensors.size() != layout.views().size()) {
        throw Error(quoted(file) + " has " + std::to_string(model.tensors.size()) +
                    " tensors where this run's network "
                    "has " +
                    std::to_string(layout.views().size()) +
                    ". Use the file that was saved with the run.");
    }
    check_same_moment(file, model, checkpoint);
    check_finite(file, model.tensors);
    return model.sha256;
}

std::string load_optimizer(const fs::path& file, const model::ParameterLayout& layout,
                           std::optional<std::int64_t> train_images,
                           train::Checkpoint& checkpoint) {
    Safetensors optimizer =
        read_safetensors(file, most_optimizer_bytes(layout, train_images, checkpoint.spec.latents));
    check_finite(file, optimizer.tensors);
    take_estimator_state(optimizer.tensors, checkpoint);
    std::vector<std::string> names;
    for (const NamedTensor& tensor : optimizer.tensors) {
        const std::string name = tensor.name.substr(0, tensor.name.find(kStateSeparator));
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    if (optimizer.tensors.size() != names.size() * layout.views().size()) {
        throw Error(quoted(file) + " has " + std::to_string(optimizer.tensors.size()) +
                    " tensors, which is not one for each of the network's " +
                    std::to_string(layout.views().size()) +
                    ". Use the file that was saved with the run.");
    }
    for (const std::string& name : names) {
        checkpoint.optimizer_state.push_back(
            {name, gather(file, name + kStateSeparator, layout, optimizer.tensors)});
    }
    check_same_moment(file, optimizer, checkpoint);
    return optimizer.sha256;
}

}  // namespace elbow::io

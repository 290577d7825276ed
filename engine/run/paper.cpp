#include "engine/run/paper.h"

#include <array>

#include "engine/core/error.h"

namespace elbow::run {
namespace {

constexpr std::array kMethods = {
    PaperMethod{"aevb", "AEVB", "sgvb_b"},
    PaperMethod{"wake-sleep", "wake-sleep", "wake_sleep"},
    PaperMethod{"mcem", "MCEM", "mcem"},
};

// What the paper leaves open, for each model and method: Adagrad's step size, which it chose from
// 0.01, 0.02 and 0.1 each time; the deviation of the initial weights, of which it says N(0, 0.01);
// and the first updates that only gather squares, of which it says nothing. The first line that
// fits; an empty name fits all.
struct Start {
    const char* model;
    const char* method;
    double step_size;
    double initial_std;
    int warmup_steps;
};
constexpr std::array kStarts = {
    Start{"mnist-200", "wake-sleep", 0.02, 0.01, 300},
    Start{"", "wake-sleep", 0.02, 0.03, 100},
    Start{"", "", 0.02, 0.1, 100},
};

constexpr std::array kData = {
    // the other 10 000 training images are the paper's validation set
    PaperData{"mnist", "MNIST", 500, 50'000, "bernoulli"},
    PaperData{"frey", "Frey Face", 200, 0, "gaussian"},
    PaperData{"shapes", "Shapes", 32, 0, "bernoulli"},
};
constexpr int kHiddenOfFigure3 = 100;

Start start_of(const std::string& model, const std::string& method) {
    for (const Start& line : kStarts) {
        const bool model_fits = *line.model == '\0' || model == line.model;
        const bool method_fits = *line.method == '\0' || method == line.method;
        if (model_fits && method_fits) return line;
    }
    throw Error("There are no settings for " + model + " and " + method + ".");
}

// Up to six digits, the first of them no zero; 0 for anything else.
int whole_number(const std::string& text) {
    const bool digits = !text.empty() && text.size() <= 6 && text[0] != '0' &&
                        text.find_first_not_of("0123456789") == std::string::npos;
    return digits ? std::stoi(text) : 0;
}

}  // namespace

std::span<const PaperMethod> paper_methods() { return kMethods; }

const PaperMethod* find_paper_method(const std::string& name) {
    for (const PaperMethod& method : kMethods) {
        if (method.name == name) return &method;
    }
    return nullptr;
}

std::span<const PaperFigure> paper_figures() {
    static const std::vector<PaperFigure> list = {
        {"fig2",
         "Figure 2",
         "lower bound",
         {"mnist-3", "mnist-5", "mnist-10", "mnist-20", "mnist-200", "frey-2", "frey-5", "frey-10",
          "frey-20"},
         {"aevb", "wake-sleep"}},
        {"fig3",
         "Figure 3",
         "marginal likelihood",
         {"mnist-3-1000", "mnist-3-50000"},
         {"aevb", "wake-sleep", "mcem"}},
        {"fig4", "Figure 4", "learned manifolds", {"mnist-2", "frey-2"}, {"aevb"}},
        {"fig5",
         "Figure 5",
         "samples from the prior",
         {"mnist-2", "mnist-5", "mnist-10", "mnist-20"},
         {"aevb"}},
    };
    return list;
}

std::optional<PaperModel> parse_paper_model(const std::string& name) {
    PaperModel model;
    model.name = name;
    const std::size_t dash = name.find('-');
    for (const PaperData& data : kData) {
        if (dash != std::string::npos && name.substr(0, dash) == data.name) model.data = &data;
    }
    if (model.data == nullptr) return std::nullopt;
    const std::string numbers = name.substr(dash + 1);
    const std::size_t second = numbers.find('-');
    model.latents = whole_number(numbers.substr(0, second));
    if (second != std::string::npos) model.train_images = whole_number(numbers.substr(second + 1));
    if (model.latents == 0 || (second != std::string::npos && model.train_images == 0))
        return std::nullopt;
    return model;
}

RunConfig paper_config(const PaperModel& model, const PaperMethod& method) {
    const bool figure_3 = model.train_images > 0;
    RunConfig config;
    config.dataset = model.data->name;
    config.train_images = figure_3 ? model.train_images : model.data->train_images;
    config.latents = model.latents;
    config.hidden = figure_3 ? kHiddenOfFigure3 : model.data->hidden;
    config.activation = "tanh";
    config.initialisation = "paper";
    config.estimator = method.estimator;
    config.noise_samples = 1;
    config.optimizer = "adagrad";
    const Start start = start_of(model.name, method.name);
    config.step_size = start.step_size;
    config.initial_std = start.initial_std;
    config.warmup_steps = start.warmup_steps;
    config.weight_prior = "on";
    config.minibatch = 100;
    return config;
}

bool is_paper_experiment(const RunConfig& config, const PaperModel& model,
                         const PaperMethod& method) {
    RunConfig paper = paper_config(model, method);
    paper.step_size = config.step_size;
    paper.initial_std = config.initial_std;
    paper.warmup_steps = config.warmup_steps;
    paper.seed = config.seed;
    paper.gradients = config.gradients;
    paper.device = config.device;
    paper.keep_best = config.keep_best;
    paper.weights = config.weights;
    paper.patience = config.patience;
    if (config.likelihood == model.data->likelihood) paper.likelihood = config.likelihood;
    if (config.weight_prior == "auto") paper.weight_prior = "auto";  // "on" with its Adagrad
    return config == paper;
}

std::vector<PaperExperiment> paper_experiments_of(const RunConfig& config) {
    std::vector<PaperExperiment> found;
    for (const PaperFigure& figure : paper_figures()) {
        for (const char* model_name : figure.models) {
            const std::optional<PaperModel> model = parse_paper_model(model_name);
            if (!model) continue;
            for (const char* method_name : figure.methods) {
                const PaperMethod* method = find_paper_method(method_name);
                if (method != nullptr && is_paper_experiment(config, *model, *method))
                    found.push_back({&figure, *model, method});
            }
        }
    }
    return found;
}

std::string paper_panel(const PaperModel& model) {
    return model.train_images > 0
               ? std::to_string(model.train_images)
               : std::string(model.data->name) + "," + std::to_string(model.latents);
}

std::string paper_run_name(const std::string& model, const std::string& method) {
    return model + "-" + method;
}

}  // namespace elbow::run

#pragma once

// The experiments of "Auto-Encoding Variational Bayes" (Kingma and Welling 2013) and their
// settings, each fact once: its figures, the models and methods of each, and the run that they come
// to. Tables and pure functions; any thread.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/run/config.h"

namespace elbow::run {

struct PaperMethod {
    const char* name;       // "aevb"
    const char* title;      // "AEVB"
    const char* estimator;  // RunConfig::estimator
};

std::span<const PaperMethod> paper_methods();
// nullptr when there is no such method.
const PaperMethod* find_paper_method(const std::string& name);

struct PaperFigure {
    const char* name;                  // "fig2"
    const char* title;                 // "Figure 2"
    const char* shows;                 // "lower bound"
    std::vector<const char*> models;   // as parse_paper_model() reads them
    std::vector<const char*> methods;  // each with every model
};

std::span<const PaperFigure> paper_figures();

struct PaperData {
    const char* name;        // RunConfig::dataset
    const char* title;       // "MNIST"
    int hidden;              // units of figures 2, 4 and 5
    int train_images;        // of figures 2, 4 and 5; 0: all
    const char* likelihood;  // what RunConfig::likelihood "auto" comes to
};

struct PaperModel {
    std::string name;
    const PaperData* data = nullptr;
    int latents = 0;
    int train_images = 0;  // figure 3's; 0: as many as the paper uses of that data set elsewhere
};

// "mnist-20" as {MNIST, 20 latents}, "mnist-3-1000" as {MNIST, 3, the first 1000 images}; shapes,
// which the paper does not know, are there to try things without files. nullopt for anything else.
std::optional<PaperModel> parse_paper_model(const std::string& name);

// All that the paper, and where it is silent its author's code, say of this training; the rest is
// as RunConfig has it. Throws Error where no step size is known.
RunConfig paper_config(const PaperModel&, const PaperMethod&);

// The run is this experiment: it has the settings of paper_config(), but for what the paper leaves
// open (Adagrad's step size, the deviation of the initial weights, the updates before Adagrad
// moves), for the seed, and for where and how the gradients are computed. Two words for one setting
// ("auto", and what it comes to) are the same.
bool is_paper_experiment(const RunConfig&, const PaperModel&, const PaperMethod&);

struct PaperExperiment {
    const PaperFigure* figure;
    PaperModel model;
    const PaperMethod* method;
};

// All that the run is, in the order of the figures: one that figure 2 has a curve of may be behind
// figure 5, too. Empty: none of the paper's.
std::vector<PaperExperiment> paper_experiments_of(const RunConfig&);

// What assets/paper/fig2.csv and fig3.csv call the model: "mnist,20", and in figure 3 "1000".
std::string paper_panel(const PaperModel&);

// "mnist-20-aevb"
std::string paper_run_name(const std::string& model, const std::string& method);

}  // namespace elbow::run

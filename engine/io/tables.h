#pragma once

// Curves and latents as CSV text, numbers written so that they read back exactly. Pure functions,
// for any thread. Bounds and KL are in nats per image; a value that does not exist is "nan".

#include <span>
#include <string>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/explore/latent_map.h"
#include "engine/explore/scores.h"
#include "engine/train/history.h"

namespace elbow::io {

// samples,seconds,epoch,train_bound,test_bound,test_reconstruction,test_kl,images_per_s,test_kl_0,...
// and, where any evaluation is of averaged weights, before the latents' a column "averaged", 0
// or 1. Throws Error where the records have different numbers of latents.
std::string metrics_csv(const std::vector<train::EvaluationRecord>&);

// Throws Error naming the line that does not fit; `where` names the text in the message.
std::vector<train::EvaluationRecord> parse_metrics_csv(const std::string& text,
                                                       const std::string& where = "The metrics");

// samples,seconds,epoch,train_bound,train_reconstruction,train_kl and a column for each of the
// estimator's readings, "HMC acceptance" as hmc_acceptance: means over the minibatches since the
// line before. Throws Error where a record has another number of readings.
std::string train_csv(const std::vector<train::TrainRecord>&,
                      const std::vector<std::string>& readings = {});

// A training curve with the columns of its readings, by their names in the table.
struct TrainTable {
    std::vector<train::TrainRecord> records;  // oldest first
    std::vector<std::string> readings;        // "hmc_acceptance"
};

// Of what train_csv() wrote; throws Error naming the line that does not fit.
TrainTable parse_train_csv(const std::string& text, const std::string& where = "The history");

// index,label,mean_0,...,log_variance_0,... one line an image; label is the class's name, or empty
// without labels. only: the numbers of some images; empty: all.
std::string latents_csv(const explore::LatentMap&, const data::ImageSet&,
                        const std::vector<std::string>& class_names,
                        std::span<const int> only = {});

// index,label,bound,reconstruction,kl,width one line an image, the label as above.
std::string scores_csv(const explore::ImageScores&, const data::ImageSet&,
                       const std::vector<std::string>& class_names);

}  // namespace elbow::io

#include "app/gui/runs/run_thumbnails.h"

#include <utility>

#include "engine/core/error.h"
#include "engine/explore/manifold.h"
#include "engine/io/run_folder.h"
#include "engine/model/model.h"

namespace elbow::gui {
namespace {

constexpr int kSide = 4;                 // images
constexpr int kLargestTile = 128 * 128;  // values; of larger images one is enough
constexpr std::uint64_t kSeed = 1;

std::vector<float> shown_latents(model::Model& model, model::Parameters parameters, int side) {
    if (model.latents() == 2) return explore::quantile_latents(side, 0, 1, {}, 2);
    return explore::prior_latents(model, parameters, kSeed, side * side);
}

}  // namespace

Thumbnail make_thumbnail(const std::filesystem::path& folder) {
    const train::Checkpoint run = io::load_run(folder).checkpoint;
    const model::ModelSpec& spec = run.spec;
    const int side = spec.image.size() <= kLargestTile ? kSide : 1;
    const auto model = model::make_model(spec);
    return {side,
            spec.image,
            explore::decode(*model, run.parameters, shown_latents(*model, run.parameters, side)),
            {},
            {}};
}

bool Thumbnails::is_made(const RunEntry& entry) const {
    const auto found = made_.find(entry.folder);
    return found != made_.end() && found->second.saved_at == entry.saved_at;
}

const Thumbnail* Thumbnails::of(const RunEntry& entry) {
    if (!is_made(entry) && entry.problem.empty()) wanted_.push_back(entry);
    const auto found = made_.find(entry.folder);
    return found == made_.end() ? nullptr : &found->second;
}

bool Thumbnails::poll() {
    bool news = false;
    if (task_ && task_->done()) {
        Thumbnail made;
        try {
            made = task_->take();
        } catch (const std::exception& failure) {
            made.problem = message_of(failure);
        }
        made.saved_at = making_of_;
        made_[making_] = std::move(made);
        task_.reset();
        news = true;
    }
    // One that was wanted in this frame may have just come.
    std::erase_if(wanted_, [this](const RunEntry& entry) { return is_made(entry); });
    if (!task_ && !wanted_.empty()) {
        making_ = wanted_.front().folder;
        making_of_ = wanted_.front().saved_at;
        task_ = std::make_unique<Work>(
            [folder = making_](Progress&) { return make_thumbnail(folder); });
    }
    wanted_.clear();
    return news;
}

}  // namespace elbow::gui

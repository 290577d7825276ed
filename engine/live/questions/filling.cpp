#include "engine/live/questions/filling.h"

#include "engine/core/clock.h"
#include "engine/data/ground.h"
#include "engine/data/one_image.h"

namespace elbow::live {
namespace {

constexpr std::uint64_t kFillingSeed = 1;
constexpr double kShownEvery_s = 0.025;  // of work

class FillingQuestion final : public QuestionAbout<FillingQuery> {
  public:
    const char* title() const override { return "what is filled in"; }
    bool outdated(const Views&) const override { return work_ && !work_->filling.result().done; }
    bool under_way() const override { return under_way_; }
    void drop() override {
        work_.reset();
        under_way_ = false;
    }
    std::shared_ptr<const View> advance(const Inputs& inputs) override {
        const FillingQuery& asked = query(inputs.scene);
        if (!work_ || !(work_->query == asked)) {
            work_.reset();
            work_ = std::make_unique<Work>(inputs, asked);
        }
        if (!under_way_) began_s_ = steady_now_s();
        under_way_ = true;
        work_->filling.advance(inputs.model);
        if (!work_->filling.result().done && steady_now_s() - began_s_ < kShownEvery_s)
            return nullptr;
        under_way_ = false;
        auto view = std::make_shared<FillingView>();
        view->stamp = stamp_of(work_->scene);
        view->query = work_->query;
        view->filled = work_->filling.result();
        return view;
    }

  protected:
    bool fits(const FillingQuery& query, const Scene& scene) const override {
        const data::Dataset& dataset = *scene.dataset;
        const bool passes = query.method != explore::FillingMethod::kChains;
        return (!passes || scene.snapshot->has_encoder) &&
               query.image.size() == static_cast<std::size_t>(dataset.dimensions()) &&
               query.unknown.size() * static_cast<std::size_t>(dataset.channels) ==
                   query.image.size();
    }

  private:
    // Begun, and what it reads.
    struct Work {
        Work(const Inputs& inputs, const FillingQuery& asked)
            : scene(inputs.scene),
              query(asked),
              dataset(data::with_one_image(*scene.dataset, asked.image, asked.label)),
              filling(inputs.model, scene.snapshot->parameters, dataset, query.unknown,
                      data::ground_of(*scene.dataset), asked.method, kFillingSeed) {}
        Scene scene;
        FillingQuery query;
        data::Dataset dataset;
        explore::Filling filling;
    };

    std::unique_ptr<Work> work_;  // null: not begun
    bool under_way_ = false;      // there is more than what was shown
    double began_s_ = 0.0;        // of what is shown next
};

}  // namespace

std::unique_ptr<Question> make_filling_question() { return std::make_unique<FillingQuestion>(); }

}  // namespace elbow::live

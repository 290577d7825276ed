#include "engine/live/explorer.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/give_way.h"
#include "engine/live/question.h"
#include "engine/live/questions/cursor.h"
#include "engine/live/questions/questions.h"

namespace elbow::live {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kLongRest{2};  // the most that it rests for more
// Of the thread's time, what all answers that follow the training take together at most; one alone
// takes a quarter.
constexpr double kMostShare = 0.35;

// A question, and what is remembered of its last answer.
struct Asked {
    std::unique_ptr<Question> question;
    std::shared_ptr<const ExploreRequest> request;  // null: never answered in this run
    train::Moment made = {-1, 0};  // of the weights, and whether they were averaged
    bool averaged = false;
    Clock::time_point start;
    Clock::duration cost{};        // so far, where the answer is under way
    Clock::duration whole_cost{};  // of the last answer
    std::string failure;
};

std::vector<Asked> all_questions() {
    std::vector<Asked> all;
    for (auto& question : make_questions()) {
        all.emplace_back();
        all.back().question = std::move(question);
    }
    return all;
}

bool same_run(const Scene& a, const Scene& b) {
    return a.snapshot && b.snapshot && a.snapshot->run == b.snapshot->run &&
           a.snapshot->spec == b.snapshot->spec && a.dataset == b.dataset;
}

void check(const Scene& scene, const model::Model& model) {
    const auto expected = static_cast<std::size_t>(model.layout().size());
    if (scene.snapshot->parameters.size() != expected) {
        throw Error("The model needs " + std::to_string(expected) +
                    " parameters, but the snapshot holds " +
                    std::to_string(scene.snapshot->parameters.size()) + "; restart the run.");
    }
    if (scene.dataset->dimensions() != model.spec().image.size()) {
        throw Error("The model was made for images of " +
                    std::to_string(model.spec().image.size()) + " pixels, but '" +
                    scene.dataset->name + "' has " + std::to_string(scene.dataset->dimensions()) +
                    "; restart the run.");
    }
}

}  // namespace

class Explorer::Worker {
  public:
    explicit Worker(Explorer& explorer) : explorer_(explorer), asked_(all_questions()) {}

    // Answers every question once whose answer is stale, or advances it by a piece; the first
    // question, that about the cursor, before each of the others. False when nothing was to be
    // done.
    bool sweep(const std::stop_token& stop) {
        bool worked = false;
        if (ready_) crowd_ = crowd();
        for (std::size_t i = 0; i < asked_.size(); ++i) {
            if (stop.stop_requested()) return true;
            look();
            if (!ready_) continue;
            if (i > 0) worked = serve(asked_.front()) || worked;
            worked = serve(asked_[i]) || worked;
        }
        return worked;
    }

    // When the first of the answers that the rate limits hold back may be made; max() for none.
    Clock::time_point next_due() const {
        Clock::time_point first = Clock::time_point::max();
        if (!ready_) return first;
        for (const Asked& each : asked_) first = std::min(first, due(each));
        return first;
    }

  private:
    // Takes the newest scene over from the other threads.
    void look() {
        Scene scene;
        std::optional<Jump> jump;
        {
            const std::lock_guard lock(explorer_.mutex_);
            scene = {explorer_.snapshot_, explorer_.dataset_, explorer_.request_};
            explorer_.news_ = false;
            jump = std::exchange(explorer_.jump_, std::nullopt);
        }
        if (scene.snapshot == scene_.snapshot && scene.dataset == scene_.dataset &&
            scene.request == scene_.request) {
            return;
        }
        const bool other_run = !same_run(scene, scene_);
        scene_ = std::move(scene);
        if (other_run) forget();
        if (jump && !other_run) begin_anew();
        get_ready();
        if (jump && jump->known && ready_) know(std::move(jump->known));
    }

    // Nothing of an older run is remembered, and nothing of it is finished.
    void forget() {
        asked_ = all_questions();
        views_ = {};
        model_.reset();
    }

    // Nothing is finished, and nothing rests; the answers stay until there are others.
    void begin_anew() {
        for (Asked& each : asked_) {
            each.question->drop();
            each.request.reset();
        }
    }

    // Takes what was made earlier of the scene's weights for the answer.
    void know(std::shared_ptr<const View> answer) {
        for (Asked& each : asked_) {
            if (!each.question->gives(*answer)) continue;
            each.request = scene_.request;
            each.made = scene_.snapshot->made();
            each.averaged = scene_.snapshot->averaged;
            each.start = Clock::now();
        }
        views_.put(std::move(answer));
        publish();
    }

    void get_ready() {
        ready_ = false;
        failure_.clear();
        if (scene_.snapshot && scene_.dataset && scene_.request) {
            try {
                if (!model_ || model_->spec() != scene_.snapshot->spec) {
                    model_ = model::make_model(scene_.snapshot->spec);
                }
                check(scene_, *model_);
                ready_ = true;
            } catch (const std::exception& error) {
                failure_ = message_of(error);
            }
        }
        publish_message();
    }

    // What was begun and is not wanted any more.
    bool overtaken(const Asked& each) const {
        return each.question->under_way() && (!each.question->answerable(scene_) ||
                                              !each.question->same(*each.request, *scene_.request));
    }

    // When a question is to be answered: min() at once, max() not before there is news.
    Clock::time_point due(const Asked& each) const {
        const Question& question = *each.question;
        if (question.under_way()) return Clock::time_point::min();
        if (!question.answerable(scene_)) return Clock::time_point::max();
        if (!each.request || !question.same(*each.request, *scene_.request)) {
            return Clock::time_point::min();
        }
        const bool answered =
            each.made == scene_.snapshot->made() && each.averaged == scene_.snapshot->averaged;
        if (answered && !question.outdated(views_)) {
            return Clock::time_point::max();
        }
        const auto rest =
            std::chrono::duration_cast<Clock::duration>(crowd_ * rest_after(each.cost));
        return each.start + std::max<Clock::duration>(question.shortest_interval(), rest);
    }

    // A long rest is for what is quickly made; it must not leave a large map behind for minutes.
    Clock::duration rest_after(Clock::duration cost) const {
        return std::min<Clock::duration>(
            explorer_.rest_.load() * cost,
            std::max<Clock::duration>(kLongRest, Explorer::kRest * cost));
    }

    // How many times as long each has to rest for all to take no more than their share.
    double crowd() const {
        double share = 0.0;
        for (const Asked& each : asked_) {
            if (!each.question->answerable(scene_)) continue;
            const auto period = std::max<Clock::duration>(each.question->shortest_interval(),
                                                          rest_after(each.whole_cost));
            share += std::chrono::duration<double>(each.whole_cost) / period;
        }
        return std::max(1.0, share / kMostShare);
    }

    // Answers the question, or advances the answer by a piece, if that is due.
    bool serve(Asked& each) {
        Question& question = *each.question;
        if (overtaken(each)) {
            question.drop();
            each.request.reset();  // so that it is begun again as soon as it is wanted again
            each.failure.clear();
        }
        const Clock::time_point start = Clock::now();
        if (due(each) > start) return false;
        each.request = scene_.request;
        if (!question.under_way()) {
            each.made = scene_.snapshot->made();
            each.averaged = scene_.snapshot->averaged;
            each.start = start;
            each.cost = {};
        }
        try {
            auto view = question.advance({scene_, *model_, views_});
            each.cost += Clock::now() - start;
            if (view) {
                each.whole_cost = each.cost;
                publish(std::move(view));
            }
            set_failure(each, "");
        } catch (const std::exception& error) {
            question.drop();
            set_failure(
                each, std::string("Could not show ") + question.title() + ": " + message_of(error));
        }
        return true;
    }

    void publish(std::shared_ptr<const View> view) {
        const bool is_cursor = dynamic_cast<const CursorView*>(view.get()) != nullptr;
        views_.put(std::move(view));
        publish();
        if (is_cursor) explorer_.cursor_made_.notify_all();
    }

    // Puts the views on show unless their run has been replaced meanwhile.
    void publish() {
        auto views = std::make_shared<const Views>(views_);
        const std::lock_guard lock(explorer_.mutex_);
        const bool replaced = explorer_.dataset_ != scene_.dataset ||
                              run_of(explorer_.snapshot_) != run_of(scene_.snapshot);
        if (!replaced) explorer_.views_.swap(views);  // those before go after the lock does
    }

    static std::optional<std::uint64_t> run_of(const train::SnapshotPtr& snapshot) {
        return snapshot ? std::optional(snapshot->run) : std::nullopt;
    }

    void set_failure(Asked& each, std::string failure) {
        if (each.failure == failure) return;
        each.failure = std::move(failure);
        publish_message();
    }

    // A failure stays on show until that question could be answered, or is not asked any more.
    void publish_message() {
        std::string message = failure_;
        for (const Asked& each : asked_) {
            if (!message.empty() || !ready_) break;
            if (each.question->answerable(scene_)) message = each.failure;
        }
        views_.message.swap(message);
        publish();
    }

    Explorer& explorer_;
    Scene scene_;
    bool ready_ = false;   // the scene is whole, and model_ fits it
    std::string failure_;  // why it is not ready, where that is a failure
    std::unique_ptr<model::Model> model_;
    std::vector<Asked> asked_;
    double crowd_ = 1.0;
    Views views_;  // of this run
};

Explorer::Explorer() : thread_([this](const std::stop_token& stop) { loop(stop); }) {}

Explorer::~Explorer() = default;

void Explorer::show(train::SnapshotPtr snapshot, std::shared_ptr<const data::Dataset> dataset,
                    std::optional<Jump> jump) {
    auto none = std::make_shared<const Views>();
    const std::lock_guard lock(mutex_);
    const bool goes_on =
        snapshot && snapshot_ && snapshot->run == snapshot_->run && dataset == dataset_;
    if (!goes_on) views_.swap(none);  // what is taken down is freed after the lock
    snapshot_.swap(snapshot);
    dataset_.swap(dataset);
    news_ = true;
    if (jump) {
        jump_ = std::move(jump);
    } else if (jump_) {
        jump_->known.reset();  // it is of the snapshot before
    }
    wake_.notify_one();
}

void Explorer::ask(ExploreRequest request) {
    auto newest = std::make_shared<const ExploreRequest>(std::move(request));
    const std::lock_guard lock(mutex_);
    if (request_ && newest->number < request_->number) return;
    request_.swap(newest);
    news_ = true;
    wake_.notify_one();
}

Views Explorer::views() const {
    std::shared_ptr<const Views> now;
    {
        const std::lock_guard lock(mutex_);
        now = views_;
    }
    return *now;
}

Views Explorer::views_with(const std::function<bool(const Stamp&)>& cursor_is,
                           std::chrono::microseconds most) const {
    std::shared_ptr<const Views> now;
    {
        std::unique_lock lock(mutex_);
        cursor_made_.wait_for(lock, most, [&] {
            const auto cursor = views_->get<CursorView>();
            return cursor && cursor_is(cursor->stamp);
        });
        now = views_;
    }
    return *now;
}

void Explorer::loop(const std::stop_token& stop) {
    give_way();  // to the window's thread, and to those that draw for it
    Worker worker(*this);
    while (!stop.stop_requested()) {
        if (worker.sweep(stop)) continue;
        const Clock::time_point due = worker.next_due();
        std::unique_lock lock(mutex_);
        const auto is_news = [this] { return news_; };
        if (due == Clock::time_point::max()) {
            wake_.wait(lock, stop, is_news);
        } else {
            wake_.wait_until(lock, stop, due, is_news);
        }
    }
}

}  // namespace elbow::live

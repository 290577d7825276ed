#include "engine/train/explorer.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <type_traits>
#include <utility>

#include "engine/core/error.h"
#include "engine/explore/nested_order.h"
#include "engine/train/explorer_parts.h"

namespace elbow::train {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::array<Part, kPartCount> kByUrgency = {Part::kCursor,   Part::kPoint,  Part::kPath,
                                                     Part::kManifold, Part::kSheets, Part::kRefined,
                                                     Part::kMap};

constexpr std::chrono::seconds kLongRest{2};  // the most that it rests for more

// How often a part follows the training at most, where nobody changed what is asked of it.
Clock::duration shortest_interval(Part part) {
    using std::chrono::milliseconds;
    switch (part) {
        case Part::kSheets:
            return milliseconds(100);
        case Part::kRefined:
            return milliseconds(2000);
        case Part::kMap:
            return milliseconds(150);
        default:
            return milliseconds(30);
    }
}

// What is remembered of the last time that a part was made.
struct Made {
    std::shared_ptr<const ExploreRequest> request;  // null: never in this run
    std::int64_t step = -1;
    const MapView* map = nullptr;  // that the cursor's neighbours come from; only compared
    Clock::time_point start;
    Clock::duration cost{};
    std::string failure;
};

bool same_run(const Scene& a, const Scene& b) {
    return a.snapshot && b.snapshot && a.snapshot->run == b.snapshot->run &&
           a.snapshot->architecture == b.snapshot->architecture && a.dataset == b.dataset;
}

void check(const Scene& scene, const model::Vae& vae) {
    const auto expected = static_cast<std::size_t>(vae.layout().size());
    if (scene.snapshot->parameters.size() != expected) {
        throw Error("The model needs " + std::to_string(expected) +
                    " parameters, but the snapshot holds " +
                    std::to_string(scene.snapshot->parameters.size()) + "; restart the run.");
    }
    if (scene.dataset->dimensions() != vae.architecture().dimensions()) {
        throw Error("The model was made for images of " +
                    std::to_string(vae.architecture().dimensions()) + " pixels, but '" +
                    scene.dataset->name + "' has " + std::to_string(scene.dataset->dimensions()) +
                    "; restart the run.");
    }
}

}  // namespace

class Explorer::Worker {
  public:
    explicit Worker(Explorer& explorer) : explorer_(explorer) {}

    // Makes every stale part once, the cursor before each of the others; of the map and the
    // amortisation gap one piece.
    // False when nothing was to be done.
    bool sweep(const std::stop_token& stop) {
        bool worked = false;
        for (const Part part : kByUrgency) {
            if (stop.stop_requested()) return true;
            look();
            if (!ready_) continue;
            if (part != Part::kCursor) worked = serve(Part::kCursor) || worked;
            worked = serve(part) || worked;
        }
        return worked;
    }

    // When the first of the parts that the rate limits hold back may be made; max() for none.
    Clock::time_point next_due() const {
        Clock::time_point first = Clock::time_point::max();
        if (!ready_) return first;
        for (const Part part : kByUrgency) first = std::min(first, due(part));
        return first;
    }

  private:
    Made& made(Part part) { return made_[static_cast<std::size_t>(part)]; }
    const Made& made(Part part) const { return made_[static_cast<std::size_t>(part)]; }

    // Takes the newest scene over from the other threads.
    void look() {
        Scene scene;
        {
            const std::lock_guard lock(explorer_.mutex_);
            scene = {explorer_.snapshot_, explorer_.dataset_, explorer_.request_};
            explorer_.news_ = false;
        }
        if (scene.snapshot == scene_.snapshot && scene.dataset == scene_.dataset &&
            scene.request == scene_.request) {
            return;
        }
        const bool other_run = !same_run(scene, scene_);
        scene_ = std::move(scene);
        if (other_run) forget();
        get_ready();
    }

    // Nothing of an older run is remembered, and nothing of it is finished.
    void forget() {
        made_ = {};
        map_.reset();
        map_work_.reset();
        refined_work_.reset();
        order_.reset();
        vae_.reset();
    }

    void get_ready() {
        ready_ = false;
        failure_.clear();
        if (scene_.snapshot && scene_.dataset && scene_.request) {
            try {
                if (!vae_ || vae_->architecture() != scene_.snapshot->architecture) {
                    vae_ = std::make_unique<model::Vae>(scene_.snapshot->architecture);
                }
                check(scene_, *vae_);
                ready_ = true;
            } catch (const std::exception& error) {
                failure_ = message_of(error);
            }
        }
        publish_message();
    }

    // The parts that are made in pieces.
    bool under_way(Part part) const {
        return (part == Part::kMap && map_work_) || (part == Part::kRefined && refined_work_);
    }

    // Of a part in pieces, what was begun and is not wanted any more.
    bool overtaken(Part part) const {
        if (!under_way(part)) return false;
        return !answerable(part, scene_) ||
               !same_fields(part, *made(part).request, *scene_.request);
    }

    void drop_work(Part part) {
        if (part == Part::kMap) map_work_.reset();
        if (part == Part::kRefined) refined_work_.reset();
    }

    // When a part is to be made: min() at once, max() not before there is news.
    Clock::time_point due(Part part) const {
        const Made& last = made(part);
        if (under_way(part)) return Clock::time_point::min();
        if (!answerable(part, scene_)) return Clock::time_point::max();
        if (!last.request || !same_fields(part, *last.request, *scene_.request)) {
            return Clock::time_point::min();
        }
        const bool newer_map = part == Part::kCursor && last.map != map_.get();
        if (last.step == scene_.snapshot->step && !newer_map) return Clock::time_point::max();
        // A long rest is for what is quickly made; it must not leave a large map behind for
        // minutes.
        const Clock::duration rest = std::min<Clock::duration>(
            explorer_.rest_.load() * last.cost,
            std::max<Clock::duration>(kLongRest, Explorer::kRest * last.cost));
        return last.start + std::max<Clock::duration>(shortest_interval(part), rest);
    }

    // Makes the part (or a piece of it) if it is due, and publishes it.
    bool serve(Part part) {
        if (overtaken(part)) {
            drop_work(part);
            made(part) = {};  // so that it is begun again as soon as it is wanted again
        }
        const Clock::time_point start = Clock::now();
        if (due(part) > start) return false;
        Made& now = made(part);
        now.request = scene_.request;
        try {
            if (part == Part::kMap) {
                advance_map(start);
            } else if (part == Part::kRefined) {
                advance_refined(start);
            } else {
                now.step = scene_.snapshot->step;
                now.map = map_.get();
                now.start = start;
                make(part);
                now.cost = Clock::now() - start;
            }
            set_failure(part, "");
        } catch (const std::exception& error) {
            drop_work(part);
            set_failure(part,
                        std::string("Could not show ") + title(part) + ": " + message_of(error));
        }
        return true;
    }

    void make(Part part) {
        switch (part) {
            case Part::kCursor:
                return publish(&Views::cursor, make_cursor(*vae_, scene_, map_.get()));
            case Part::kPoint:
                return publish(&Views::point, make_point(*vae_, scene_));
            case Part::kPath:
                return publish(&Views::path, make_path(*vae_, scene_));
            case Part::kManifold:
                return publish(&Views::manifold, make_manifold(*vae_, scene_));
            case Part::kSheets:
                return publish(&Views::sheets, make_sheets(*vae_, scene_));
            case Part::kRefined:
            case Part::kMap:
                return;  // piece by piece: advance_refined, advance_map
        }
    }

    void advance_refined(Clock::time_point start) {
        Made& now = made(Part::kRefined);
        if (!refined_work_) {
            now.start = start;
            now.step = scene_.snapshot->step;
            now.cost = {};
            refined_work_.emplace(scene_, *vae_);
        }
        const bool whole = refined_work_->advance();
        now.cost += Clock::now() - start;
        if (!whole) return;
        publish(&Views::refined, std::shared_ptr<const RefinedView>(refined_work_->view));
        refined_work_.reset();
    }

    void advance_map(Clock::time_point start) {
        Made& now = made(Part::kMap);
        if (!map_work_) {
            now.start = start;
            now.step = scene_.snapshot->step;
            now.cost = {};
            map_work_.emplace(scene_);
            map_work_->view->order = order();
        }
        const bool whole = map_work_->advance(*vae_);
        now.cost += Clock::now() - start;
        if (!whole) return;
        map_ = map_work_->view;
        map_work_.reset();
        publish(&Views::map, map_);
    }

    // Of the data set's held-out images; made once a run.
    const std::shared_ptr<const std::vector<std::uint32_t>>& order() {
        const data::ImageSet& held_out = scene_.dataset->held_out;
        if (!order_) {
            order_ = std::make_shared<const std::vector<std::uint32_t>>(
                explore::nested_order(held_out.count, held_out.labels));
        }
        return order_;
    }

    // Puts a view on show unless its run has been replaced meanwhile.
    template <class View>
    void publish(std::shared_ptr<const View> Views::*slot, std::shared_ptr<const View> view) {
        const std::lock_guard lock(explorer_.mutex_);
        const SnapshotPtr& newest = explorer_.snapshot_;
        if (!newest || newest->run != view->stamp.run || explorer_.dataset_ != scene_.dataset) {
            return;
        }
        std::swap(explorer_.views_.*slot, view);  // the view before goes after the lock does
        if constexpr (std::is_same_v<View, CursorView>) explorer_.cursor_made_.notify_all();
    }

    void set_failure(Part part, std::string failure) {
        if (made(part).failure == failure) return;
        made(part).failure = std::move(failure);
        publish_message();
    }

    // A part's failure stays on show until that part could be made, or is not wanted any more.
    void publish_message() {
        std::string message = failure_;
        for (const Part part : kByUrgency) {
            if (!message.empty() || !ready_) break;
            if (answerable(part, scene_)) message = made(part).failure;
        }
        const std::lock_guard lock(explorer_.mutex_);
        explorer_.views_.message.swap(message);
    }

    Explorer& explorer_;
    Scene scene_;
    bool ready_ = false;   // the scene is whole, and vae_ fits it
    std::string failure_;  // why it is not ready, where that is a failure
    std::unique_ptr<model::Vae> vae_;
    std::array<Made, kPartCount> made_;
    std::shared_ptr<const MapView> map_;  // the newest of this run
    std::optional<MapWork> map_work_;
    std::shared_ptr<const std::vector<std::uint32_t>> order_;
    std::optional<RefinedWork> refined_work_;
};

Explorer::Explorer() : thread_([this](const std::stop_token& stop) { loop(stop); }) {}

Explorer::~Explorer() = default;

void Explorer::show(SnapshotPtr snapshot, std::shared_ptr<const data::Dataset> dataset) {
    Views old;  // what is taken down is freed after the lock
    const std::lock_guard lock(mutex_);
    const bool goes_on =
        snapshot && snapshot_ && snapshot->run == snapshot_->run && dataset == dataset_;
    if (!goes_on) std::swap(old, views_);
    snapshot_.swap(snapshot);
    dataset_.swap(dataset);
    news_ = true;
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
    const std::lock_guard lock(mutex_);
    return views_;
}

Views Explorer::views_answering(std::uint64_t request, std::chrono::microseconds most) const {
    std::unique_lock lock(mutex_);
    cursor_made_.wait_for(lock, most,
                          [&] { return views_.cursor && views_.cursor->stamp.request >= request; });
    return views_;
}

void Explorer::loop(const std::stop_token& stop) {
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

}  // namespace elbow::train

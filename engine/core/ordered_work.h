#pragma once

// Items that one thread brings and takes away again in the same order, while others work on them in
// between: nobody waits for a whole batch. The owner's functions are called by its thread alone.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace elbow {

template <class Item>
class OrderedWork {
  public:
    // work: called by several threads at once, each time for another item. take_away: called inside
    // add() and finish(), in the order of the items. most: weight under way, above which add()
    // waits until half of the items are done; a few are under way however heavy they are.
    OrderedWork(int threads, std::size_t most, std::function<void(Item&)> work,
                std::function<void(Item&&)> take_away)
        : most_(most), work_(std::move(work)), take_away_(std::move(take_away)) {
        for (int i = 0; i < threads; ++i)
            workers_.emplace_back([this](const std::stop_token& stop) { work_until(stop); });
    }
    // What nobody has begun is dropped.
    ~OrderedWork() {
        for (std::jthread& worker : workers_) worker.request_stop();
    }
    OrderedWork(const OrderedWork&) = delete;
    OrderedWork& operator=(const OrderedWork&) = delete;

    // Both rethrow what the work on an item threw, when it is that item's turn; then no more may be
    // asked of this.
    void add(Item item, std::size_t weight) {
        under_way_.push_back(std::make_unique<Slot>(std::move(item), weight));
        weight_ += weight;
        {
            const std::lock_guard lock(mutex_);
            waiting_.push_back(under_way_.back().get());
        }
        begin_.notify_one();
        if (is_full()) wait_for(*under_way_[under_way_.size() / 2]);
        while (!under_way_.empty() && (is_full() || is_done(*under_way_.front()))) {
            wait_for(*under_way_.front());
            take_front();
        }
    }
    void finish() {
        while (!under_way_.empty()) {
            wait_for(*under_way_.front());
            take_front();
        }
    }

  private:
    struct Slot {
        Slot(Item&& brought, std::size_t its_weight)
            : item(std::move(brought)), weight(its_weight) {}
        Item item;
        std::size_t weight;
        std::exception_ptr failure;
        bool done = false;
    };

    void work_until(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        while (begin_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
            if (stop.stop_requested()) return;
            Slot& slot = *waiting_.front();
            waiting_.pop_front();
            lock.unlock();
            try {
                work_(slot.item);
            } catch (...) {
                slot.failure = std::current_exception();
            }
            lock.lock();
            slot.done = true;
            if (awaited_ == &slot) done_.notify_one();
        }
    }

    bool is_full() const { return weight_ > most_ && under_way_.size() > 2 * workers_.size(); }
    bool is_done(const Slot& slot) {
        const std::lock_guard lock(mutex_);
        return slot.done;
    }
    void wait_for(const Slot& slot) {
        std::unique_lock lock(mutex_);
        awaited_ = &slot;
        done_.wait(lock, [&] { return slot.done; });
        awaited_ = nullptr;
    }

    void take_front() {
        const std::unique_ptr<Slot> slot = std::move(under_way_.front());
        under_way_.pop_front();
        weight_ -= slot->weight;
        if (slot->failure) std::rethrow_exception(slot->failure);
        take_away_(std::move(slot->item));
    }

    const std::size_t most_;
    const std::function<void(Item&)> work_;
    const std::function<void(Item&&)> take_away_;
    std::deque<std::unique_ptr<Slot>> under_way_;  // in their order; of the owner's thread
    std::size_t weight_ = 0;                       // of these

    std::mutex mutex_;  // guards what follows, and Slot::done
    std::condition_variable_any begin_, done_;
    std::deque<Slot*> waiting_;
    const Slot* awaited_ = nullptr;
    std::vector<std::jthread> workers_;  // last: they use all of it
};

}  // namespace elbow

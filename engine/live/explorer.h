#pragma once

// The explorer's thread answers what the window asks about the latent space: newest snapshot x
// newest request. Each answer is an immutable View of its own, so that a decoded image under the
// cursor never waits for the ten thousand images of the map. Requests that were overtaken are
// dropped. What can be asked is in questions/.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "engine/data/dataset.h"
#include "engine/live/request.h"
#include "engine/live/views.h"
#include "engine/train/snapshot.h"

namespace elbow::live {

class Explorer {
  public:
    Explorer();
    ~Explorer();
    Explorer(const Explorer&) = delete;
    Explorer& operator=(const Explorer&) = delete;

    // To weights that are not those before with more learnt.
    struct Jump {
        std::shared_ptr<const View> known = nullptr;  // an answer that was made of them earlier
    };
    // All three only swap pointers under a short lock. A snapshot of another run than the one
    // before takes the views down at once; a request with a lower number than the one before is
    // dropped. After a jump all that is asked is answered at once, whatever rests.
    void show(train::SnapshotPtr, std::shared_ptr<const data::Dataset>,
              std::optional<Jump> = std::nullopt);
    void ask(ExploreRequest);
    Views views() const;
    // The same, as soon as the stamp of the cursor's view is as is wanted; where that takes longer
    // than `most`, as they are by then.
    Views views_with(const std::function<bool(const Stamp&)>& cursor_is,
                     std::chrono::microseconds most) const;
    // Where nothing new is asked, an answer that follows the training rests so many times as long
    // as it took to make: kRest times unless told otherwise, and more than that only up to two
    // seconds; longer where many follow it.
    static constexpr int kRest = 4;
    void rest(int times) { rest_ = times; }

  private:
    class Worker;  // what the thread knows, in explorer.cpp

    void loop(const std::stop_token&);

    std::atomic<int> rest_{kRest};
    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    mutable std::condition_variable cursor_made_;
    train::SnapshotPtr snapshot_;
    std::shared_ptr<const data::Dataset> dataset_;
    std::shared_ptr<const ExploreRequest> request_;
    bool news_ = false;
    std::optional<Jump> jump_;  // since the thread looked last
    std::shared_ptr<const Views> views_ = std::make_shared<const Views>();  // never null
    std::jthread thread_;                                                   // last
};

}  // namespace elbow::live

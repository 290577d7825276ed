#pragma once

// The answers to the window's questions: immutable views, one a question, found by their type, so
// that a new question brings a view of its own. Made by the explorer's thread, read by the
// window's.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <typeinfo>
#include <utility>
#include <vector>

namespace elbow::live {

// Which snapshot (run, step, samples) and which request a view answers. A view is made anew for a
// newer snapshot, or when the query that concerns it changes; its request number is that of the
// newest request when it was made. Only the cursor answers every request.
struct Stamp {
    std::uint64_t run = 0;
    std::int64_t step = -1;
    std::int64_t samples = 0;
    std::uint64_t request = 0;
};

struct View {
    Stamp stamp;
    virtual ~View() = default;
};

// A view is absent until the first answer, and after a restart until the new run's first answer.
// That of a question that is no longer asked, or cannot be answered (vectors made for another
// number of latents), stays as it was.
class Views {
  public:
    // Null: absent.
    template <class Wanted>
    std::shared_ptr<const Wanted> get() const {
        for (const auto& view : views_) {
            if (auto found = std::dynamic_pointer_cast<const Wanted>(view)) return found;
        }
        return nullptr;
    }

    // In place of the view of the same type.
    void put(std::shared_ptr<const View> view) {
        const View& made = *view;
        const auto held = std::find_if(views_.begin(), views_.end(), [&](const auto& each) {
            const View& old = *each;
            return typeid(old) == typeid(made);
        });
        if (held == views_.end()) {
            views_.push_back(std::move(view));
        } else {
            *held = std::move(view);
        }
    }

    // The very same views, whatever the messages say.
    bool shows_the_same_as(const Views& other) const { return views_ == other.views_; }

    std::string message;  // a failure on the explorer's thread; empty: none

  private:
    std::vector<std::shared_ptr<const View>> views_;
};

}  // namespace elbow::live

#pragma once

// What the window wants to know now: for each question at most one query, found by its type, so
// that a new question brings a query of its own. A plain value; each thread has its own copy.

#include <algorithm>
#include <any>
#include <cstdint>
#include <utility>
#include <vector>

namespace elbow::live {

class ExploreRequest {
  public:
    // Rises with each change of the request and comes back in the answers.
    std::uint64_t number = 0;

    // Null: not asked.
    template <class Query>
    const Query* find() const {
        for (const Held& held : held_) {
            if (const auto* found = std::any_cast<Query>(&held.query)) return found;
        }
        return nullptr;
    }
    template <class Query>
    Query* find() {
        return const_cast<Query*>(std::as_const(*this).template find<Query>());
    }

    // In place of the query of the same type. Query: a value that == compares.
    template <class Query>
    void ask(Query query) {
        if (Query* held = find<Query>()) {
            *held = std::move(query);
        } else {
            held_.push_back({std::move(query), &equal<Query>});
        }
    }

    // All that the other one asks, each in place of the query of the same type.
    void ask_all(const ExploreRequest& other) {
        for (const Held& held : other.held_) {
            const auto same = std::find_if(held_.begin(), held_.end(), [&](const Held& mine) {
                return mine.query.type() == held.query.type();
            });
            if (same != held_.end()) {
                *same = held;
            } else {
                held_.push_back(held);
            }
        }
    }

    template <class Query>
    void drop() {
        held_.erase(std::remove_if(held_.begin(), held_.end(),
                                   [](const Held& held) {
                                       return std::any_cast<Query>(&held.query) != nullptr;
                                   }),
                    held_.end());
    }

    // Everything but the number is equal.
    bool asks_the_same_as(const ExploreRequest& other) const {
        const auto in_other = [&](const Held& held) {
            return std::any_of(other.held_.begin(), other.held_.end(),
                               [&](const Held& its) { return held.equal(held.query, its.query); });
        };
        return held_.size() == other.held_.size() &&
               std::all_of(held_.begin(), held_.end(), in_other);
    }

  private:
    struct Held {
        std::any query;
        bool (*equal)(const std::any&, const std::any&);  // false for queries of two types
    };

    template <class Query>
    static bool equal(const std::any& a, const std::any& b) {
        const auto* first = std::any_cast<Query>(&a);
        const auto* second = std::any_cast<Query>(&b);
        return first != nullptr && second != nullptr && *first == *second;
    }

    std::vector<Held> held_;  // one of each type
};

}  // namespace elbow::live

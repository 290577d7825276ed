#pragma once

// What a step of the guided tour switches on for a while. When it ends, each part is as it was
// before, but for what the person has changed meanwhile. Values. GUI thread.

#include <functional>
#include <optional>
#include <utility>

#include "app/gui/layout_tree.h"
#include "app/gui/map_look.h"

namespace elbow::gui {

// The value with what was lent put back, part by part.
Layout returned(const Layout& now, const Layout& before, const Layout& lent);
MapLook returned(const MapLook& now, const MapLook& before, const MapLook& lent);

template <class Value>
class Lent {
  public:
    // `change` changes `now`.
    void lend(Value& now, const std::function<void()>& change) {
        Value before = now;
        change();
        lent_.emplace(std::move(before), now);
    }
    bool out() const { return lent_.has_value(); }
    // As it would be had nothing been lent.
    Value without(const Value& now) const {
        return lent_ ? returned(now, lent_->first, lent_->second) : now;
    }
    void end(Value& now) {
        now = without(now);
        lent_.reset();
    }

  private:
    std::optional<std::pair<Value, Value>> lent_;  // before and after; absent: nothing is lent
};

}  // namespace elbow::gui

#pragma once

// An ordered list of named things (data sets, estimators, optimisers). Entries are written out
// where the list is made; nothing registers itself. Entry must have a member `name`.

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/suggestion.h"

namespace elbow {

template <class Entry>
class Registry {
  public:
    // `kind` names what is listed, for messages. Throws Error when two entries share a name.
    Registry(std::string kind, std::initializer_list<Entry> entries) : kind_(std::move(kind)) {
        for (const Entry& entry : entries) add(entry);
    }

    // Throws Error as above.
    void add(const Entry& entry) {
        if (find(entry.name) != nullptr) {
            throw Error("Two " + kind_ + "s are called '" + std::string(entry.name) +
                        "'; give each its own name.");
        }
        entries_.push_back(entry);
    }

    const Entry* find(std::string_view name) const {
        for (const Entry& entry : entries_) {
            if (entry.name == name) return &entry;
        }
        return nullptr;
    }

    // Throws UsageError that lists the known names and says which was most likely meant.
    const Entry& at(std::string_view name) const {
        if (const Entry* entry = find(name)) return *entry;
        std::vector<std::string> known;
        for (const Entry& entry : entries_) known.emplace_back(entry.name);
        throw UsageError("There is no " + kind_ + " called '" + std::string(name) + "'." +
                         did_you_mean(name, known) + " Choose one of: " + names() + ".");
    }

    std::string names() const {
        std::string joined;
        for (const Entry& entry : entries_) {
            if (!joined.empty()) joined += ", ";
            joined += entry.name;
        }
        return joined;
    }

    auto begin() const { return entries_.begin(); }
    auto end() const { return entries_.end(); }

  private:
    std::string kind_;
    std::vector<Entry> entries_;
};

}  // namespace elbow

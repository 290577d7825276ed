#include "app/gui/palette_search.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/gui/settings.h"
#include "engine/core/word_search.h"

namespace elbow::gui {
namespace {

// What a word is worth, by where it is found.
constexpr int kBegins = 4, kBeginsWord = 3, kInTitle = 2, kAround = 1, kInHelp = 0;

bool is_letter(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

struct InTitle {
    int worth;
    TextPart part;
};

// The best of the places; absent: it is not there. All in small letters.
std::optional<InTitle> in_title(const std::string& title, const std::string& word) {
    std::optional<InTitle> best;
    for (std::size_t at = title.find(word); at != std::string::npos;
         at = title.find(word, at + 1)) {
        const int worth = at == 0 ? kBegins : !is_letter(title[at - 1]) ? kBeginsWord : kInTitle;
        if (!best || worth > best->worth) best = InTitle{worth, {at, word.size()}};
    }
    return best;
}

struct Judged {
    FoundAction found;
    int worth = 0;
    std::size_t age = 0;  // its place among those used last
};

std::string around(const WindowAction& action) {
    std::string text = action.place;
    for (const Shortcut& shortcut : action.keys) text += " " + shortcut_text(shortcut);
    return in_small_letters(text);
}

// Absent: a word is nowhere.
std::optional<Judged> judged(const WindowAction& action, std::span<const std::string> words) {
    Judged result;
    if (words.empty()) return result;
    const std::string title = in_small_letters(action.title), beside = around(action);
    const std::string help = in_small_letters(action.help);
    for (const std::string& word : words) {
        if (const auto found = in_title(title, word)) {
            result.worth += found->worth;
            result.found.marks.push_back(found->part);
        } else if (beside.find(word) != std::string::npos) {
            result.worth += kAround;
        } else if (help.find(word) != std::string::npos) {
            result.worth += kInHelp;
        } else {
            return std::nullopt;
        }
    }
    return result;
}

}  // namespace

std::vector<FoundAction> find_actions(const WindowActions& actions, std::string_view typed,
                                      std::span<const std::string> recent) {
    const WordSearch search(typed);
    std::vector<Judged> all;
    for (std::size_t i = 0; i < actions.size(); ++i) {
        std::optional<Judged> each = judged(actions[i], search.words());
        if (!each) continue;
        each->found.action = i;
        const auto used = std::find(recent.begin(), recent.end(), actions[i].id);
        each->age = static_cast<std::size_t>(used - recent.begin());
        all.push_back(std::move(*each));
    }
    std::stable_sort(all.begin(), all.end(), [](const Judged& a, const Judged& b) {
        return a.worth != b.worth ? a.worth > b.worth : a.age < b.age;
    });
    std::vector<FoundAction> found;
    found.reserve(all.size());
    for (Judged& each : all) found.push_back(std::move(each.found));
    return found;
}

void note_recent(std::vector<std::string>& recent, const std::string& id) {
    std::erase(recent, id);
    recent.insert(recent.begin(), id);
    if (recent.size() > kMostRecentActions) recent.resize(kMostRecentActions);
}

}  // namespace elbow::gui

#include "app/gui/panels/option_draft.h"

#include "app/gui/window_words.h"
#include "engine/core/error.h"
#include "engine/run/check_run.h"
#include "engine/run/presets.h"

namespace elbow::gui {
namespace {

// How long a live change may take to come back from the trainer.
constexpr double kHoldSeconds = 0.7;

// The message without the option that it begins with: "--batch: expected" becomes "Expected".
std::string reason_of(const std::string& message) {
    std::string reason = message;
    if (const auto colon = message.find(": "); colon != std::string::npos) {
        reason = message.substr(colon + 2);
    }
    reason = in_window_words(reason);
    if (!reason.empty() && reason[0] >= 'a' && reason[0] <= 'z') reason[0] += 'A' - 'a';
    return reason;
}

// "--batch: ..." and "--device cuda: ..." name an option; nullptr otherwise.
const Option* named_in(std::string_view message) {
    if (!message.starts_with("--")) return nullptr;
    message.remove_prefix(2);
    return find_run_option(message.substr(0, message.find_first_of(": ")));
}

}  // namespace

void OptionDraft::follow(const RunConfig& current) {
    if (begun_ && current == current_) return;
    for (const Option& option : run_options()) {
        const bool edited =
            begun_ && !option.live && option_text(edited_, option) != option_text(current_, option);
        if (!edited) set_option_from_text(edited_, option, option_text(current, option));
    }
    current_ = current;
    begun_ = true;
    asked_ = false;
    settle();
}

void OptionDraft::settle() {
    const bool other = edited_.estimator != current_.estimator;
    wanted_ = other ? run::with_estimator(edited_, edited_.estimator) : edited_;
}

// Throws UsageError, and changes nothing then.
void OptionDraft::edit(const Option& option, const std::string& text) {
    set_option_from_text(edited_, option, text);
    settle();
}

std::string OptionDraft::shown(const Option& option, double now_s) {
    if (const Refused* refused = this->refused(option)) return refused->text;
    const auto held = held_.find(option.name);
    if (held == held_.end()) return option_text(wanted_, option);
    std::string current = option_text(current_, option);
    if (held->second.text == current || now_s - held->second.since_s > kHoldSeconds) {
        held_.erase(held);
        return current;
    }
    return held->second.text;
}

void OptionDraft::set(const Option& option, const std::string& text, double now_s,
                      const Send& send) {
    held_.erase(option.name);
    refused_.erase(option.name);
    std::erase_if(refused_, [](const auto& entry) { return entry.second.of_new_run; });
    try {
        if (!option.live) return edit(option, text);
        // What is live is wanted once the trainer has taken it: it may refuse.
        RunConfig copy = wanted_;
        set_option_from_text(copy, option, text);
        const std::string value = option_text(copy, option);
        held_[option.name] = {value, now_s};
        send(live::ChangeOption{option.name, value});
    } catch (const UsageError& error) {
        refused_[option.name] = {text, reason_of(error.what()), false};
    }
}

void OptionDraft::undo(const Option& option) {
    held_.erase(option.name);
    refused_.erase(option.name);
    edit(option, option_text(current_, option));
}

void OptionDraft::set_to_default(const Option& option, double now_s, const Send& send) {
    set(option, option_text(usual(), option), now_s, send);
}

void OptionDraft::discard() {
    refused_.clear();
    held_.clear();
    edited_ = wanted_ = current_;
}

bool OptionDraft::hear_refusal(std::string_view message) {
    const Option* option = named_in(message);
    if (option == nullptr) return false;
    const auto held = held_.find(option->name);
    if (held == held_.end() && !asked_) return false;
    const bool of_new_run = held == held_.end();
    const std::string text = of_new_run ? option_text(wanted_, *option) : held->second.text;
    refused_[option->name] = {text, reason_of(std::string(message)), of_new_run};
    held_.erase(option->name);
    asked_ = false;
    return true;
}

const OptionDraft::Refused* OptionDraft::refused(const Option& option) const {
    const auto found = refused_.find(option.name);
    return found == refused_.end() ? nullptr : &found->second;
}

RunConfig OptionDraft::usual() const { return run::usual_config(wanted_); }

bool OptionDraft::waits(const Option& option) const {
    return option_text(wanted_, option) != option_text(current_, option);
}

bool OptionDraft::is_default(const Option& option) const {
    return option_text(wanted_, option) == option_text(usual(), option);
}

std::vector<std::string> OptionDraft::changes() const {
    std::vector<std::string> lines;
    for (const Option& option : run_options()) {
        if (!waits(option)) continue;
        lines.push_back(std::string(option.title) + " " + option_text(wanted_, option) +
                        " instead of " + option_text(current_, option));
    }
    return lines;
}

}  // namespace elbow::gui

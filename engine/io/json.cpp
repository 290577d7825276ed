#include "engine/io/json.h"

#include <set>
#include <vector>

namespace elbow::io {
namespace {

constexpr std::size_t kDeepest = 16;
constexpr std::size_t kMostEntries = 10'000;  // of one object; a file of tensors has some hundred

// Goes through the text once, before anything is built of it, and stops where it is refused.
class Limits final : public nlohmann::json_sax<Json> {
  public:
    const std::string& repeated() const { return repeated_; }

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return false; }
    bool start_array(std::size_t) override { return enter(); }
    bool end_array() override { return leave(); }
    bool start_object(std::size_t) override { return enter(); }
    bool end_object() override { return leave(); }
    bool key(string_t& name) override {
        std::set<std::string>& names = open_.back();
        if (!names.insert(name).second) {
            repeated_ = name;
            return false;
        }
        return names.size() <= kMostEntries;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return false;
    }

  private:
    bool enter() {
        open_.emplace_back();
        return open_.size() <= kDeepest;
    }
    bool leave() {
        open_.pop_back();
        return true;
    }

    std::vector<std::set<std::string>> open_;  // the names in each object that is open
    std::string repeated_;
};

}  // namespace

Json parse_json(const std::string& text, std::string* repeated) {
    Limits limits;
    const bool fits = Json::sax_parse(text, &limits);
    if (repeated != nullptr) *repeated = limits.repeated();
    return fits ? Json::parse(text, nullptr, false) : Json(Json::value_t::discarded);
}

}  // namespace elbow::io

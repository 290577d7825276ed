#pragma once

// Reads a session.json, of which nothing is believed: what is missing stays as it is, and what
// Elbow does not write is refused. Any thread.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/json.h"

namespace elbow::gui {

inline constexpr double kFarthestPlace = 1e30;  // latent units

// One object of it. Throws Error, whose message begins with `where`.
class SessionReader {
  public:
    SessionReader(const Json& object, std::string where);

    [[noreturn]] void refuse(const std::string& found) const;
    const Json* find(const char* key) const { return object_.find(key); }

    void read(const char* key, std::string& value) const;
    void read(const char* key, bool& value) const;
    void read(const char* key, std::uint64_t& value) const;
    void read(const char* key, int& value, int minimum, int maximum) const;
    void read(const char* key, double& value, double minimum, double maximum) const;
    void read(const char* key, std::vector<float>& values) const;
    void read(const char* key, std::vector<std::vector<float>>& lists) const;
    // Numbers of images, in rising order.
    void read(const char* key, std::vector<int>& images) const;
    // As hexadecimal() writes them.
    void read(const char* key, std::vector<std::uint8_t>& bytes) const;

    int whole(const char* key, const Json& entry, int minimum, int maximum) const;

  private:
    const Json* expect(const char* key, bool (Json::*is)() const, const char* wanted) const;
    double number(const char* key, const Json& entry, double minimum, double maximum) const;
    std::vector<float> numbers(const char* key, const Json& list) const;

    const Json& object_;
    std::string where_;
};

}  // namespace elbow::gui

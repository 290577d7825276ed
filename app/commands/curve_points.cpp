#include "app/commands/curve_points.h"

#include <charconv>
#include <cmath>
#include <sstream>
#include <string>

#include "engine/core/error.h"
#include "engine/core/file.h"

namespace elbow::commands {

namespace {

constexpr const char* kHeader = "samples,train_nats,test_nats,train_seconds";

// The shortest text that reads back as the same number.
template <class Number>
void append(std::string& text, Number number, char after) {
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number);
    text.append(buffer, end.ptr);
    text += after;
}

// Reads one number and the separator behind it (or the line's end).
template <class Number>
bool read(const char*& at, const char* end, Number& number, bool last) {
    const auto result = std::from_chars(at, end, number);
    if (result.ec != std::errc{}) return false;
    at = result.ptr;
    if (last) return at == end;
    if (at == end || *at != ',') return false;
    ++at;
    return true;
}

}  // namespace

std::vector<CurvePoint> load_points(const std::filesystem::path& file) {
    std::error_code none;
    if (!std::filesystem::exists(file, none)) return {};
    std::istringstream lines(read_text_file(file));
    std::vector<CurvePoint> points;
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        const char* at = line.data();
        const char* end = at + line.size();
        CurvePoint point;
        const bool fits = number == 1
                              ? line == kHeader
                              : read(at, end, point.samples, false) &&
                                    read(at, end, point.train_nats, false) &&
                                    read(at, end, point.test_nats, false) &&
                                    read(at, end, point.train_seconds, true) &&
                                    (points.empty() || point.samples > points.back().samples);
        if (!fits) {
            throw Error("'" + file.string() + "', line " + std::to_string(number) + ": expected " +
                        (number == 1 ? std::string("'") + kHeader + "'"
                                     : "four numbers, the samples rising") +
                        ", found '" + line.substr(0, 120) +
                        "'. Remove the file and the run folder of the same name to begin that "
                        "curve anew.");
        }
        if (number > 1) points.push_back(point);
    }
    return points;
}

void save_points(const std::filesystem::path& file, const std::vector<CurvePoint>& points) {
    std::string text = std::string(kHeader) + "\n";
    for (const CurvePoint& point : points) {
        append(text, point.samples, ',');
        append(text, point.train_nats, ',');
        append(text, point.test_nats, ',');
        append(text, point.train_seconds, '\n');
    }
    write_file_atomically(file, std::string_view(text));
}

std::vector<CurvePoint> whole_points(std::vector<CurvePoint> points) {
    std::erase_if(points, [](const CurvePoint& point) { return std::isnan(point.test_nats); });
    return points;
}

}  // namespace elbow::commands

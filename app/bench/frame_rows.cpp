#include "app/bench/frame_rows.h"

#include <algorithm>
#include <cstdio>
#include <string>

namespace elbow::bench {
namespace {

constexpr double kSettling_s = 0.5;

}  // namespace

std::vector<FrameRow> read_frames(std::istream& csv) {
    std::vector<FrameRow> rows;
    std::string line;
    std::getline(csv, line);  // the names of the columns
    while (std::getline(csv, line) && !csv.eof()) {
        FrameRow row{};
        const auto last_comma = line.rfind(',');
        if (last_comma == std::string::npos) continue;
        const bool whole = std::sscanf(line.c_str(), "%lf,%lf", &row.time_s, &row.frame_ms) == 2 &&
                           std::sscanf(line.c_str() + last_comma, ",%lf", &row.images_per_s) == 1;
        if (whole) rows.push_back(row);
    }
    return rows;
}

std::vector<FrameRow> training_frames(const std::vector<FrameRow>& rows) {
    const auto first = std::find_if(rows.begin(), rows.end(),
                                    [](const FrameRow& row) { return row.images_per_s > 0.0; });
    if (first == rows.end()) return {};
    const double from_s = first->time_s + kSettling_s;
    return {std::find_if(first, rows.end(),
                         [from_s](const FrameRow& row) { return row.time_s >= from_s; }),
            rows.end()};
}

}  // namespace elbow::bench

#include "app/charts/curves.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/program_files.h"

namespace elbow::charts {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> split_text(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (true) {
        const std::size_t end = text.find(separator, begin);
        parts.push_back(text.substr(begin, end - begin));
        if (end == std::string::npos) return parts;
        begin = end + 1;
    }
}

std::string fixed(double value) {
    char text[64];
    std::snprintf(text, sizeof text, "%.2f", value);
    return text;
}

std::string whole(double value) {
    char text[64];
    std::snprintf(text, sizeof text, "%.0f", value);
    return text;
}

bool same_line(const Curve& a, const Curve& b) {
    return a.panel == b.panel && a.method == b.method && a.split == b.split;
}

double parse_number(const std::string& text, const std::string& where) {
    double value = 0.0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec != std::errc{} || result.ptr != text.data() + text.size()) {
        throw Error(where + ": expected a number, found '" + text.substr(0, 60) +
                    "'. Use the file as Elbow wrote it.");
    }
    return value;
}

}  // namespace

std::string csv_header(const std::string& figure) {
    if (figure == "fig2") return "dataset,latents,method,split,samples,lower_bound_nats";
    if (figure == "fig3") return "train_size,method,split,samples,marginal_loglik_nats";
    throw Error("There are curves in fig2 and fig3, and none in '" + figure + "'.");
}

std::string curves_csv(const std::string& header, std::span<const Curve> curves) {
    std::string text = header + "\n";
    for (const Curve& curve : curves) {
        const std::string line = curve.panel + "," + curve.method + "," + curve.split + ",";
        for (std::size_t i = 0; i < curve.samples.size(); ++i) {
            text += line;
            text += whole(curve.samples[i]) + "," + fixed(curve.nats[i]) + "\n";
        }
    }
    return text;
}

std::vector<Curve> parse_curves_csv(const std::string& text, const std::string& header,
                                    const std::string& where) {
    const std::vector<std::string> lines = split_text(text, '\n');
    if (lines.front() != header) {
        throw Error(where + ", line 1: expected '" + header + "', found '" +
                    lines.front().substr(0, 120) + "'. Use the file as Elbow wrote it.");
    }
    const std::size_t columns = split_text(header, ',').size();
    std::vector<Curve> curves;
    for (std::size_t number = 1; number < lines.size(); ++number) {
        if (lines[number].empty()) continue;
        const std::string place = where + ", line " + std::to_string(number + 1);
        const std::vector<std::string> cells = split_text(lines[number], ',');
        if (cells.size() != columns) {
            throw Error(place + ": expected " + std::to_string(columns) + " columns, found " +
                        std::to_string(cells.size()) + ". Use the file as Elbow wrote it.");
        }
        Curve line{cells[0], cells[columns - 4], cells[columns - 3], {}, {}};
        for (std::size_t i = 1; i + 4 < columns; ++i) line.panel += "," + cells[i];
        if (curves.empty() || !same_line(curves.back(), line)) curves.push_back(line);
        curves.back().samples.push_back(parse_number(cells[columns - 2], place));
        curves.back().nats.push_back(parse_number(cells[columns - 1], place));
    }
    return curves;
}

std::vector<Curve> paper_curves(const std::string& figure) {
    const std::string header = csv_header(figure);
    const fs::path file =
        asset_file(fs::path("paper") / (figure + ".csv"), "The paper's curves were");
    return parse_curves_csv(read_text_file(file), header, "'" + file.string() + "'");
}

const Curve* find_curve(std::span<const Curve> curves, const Curve& like) {
    const auto found = std::find_if(curves.begin(), curves.end(),
                                    [&](const Curve& curve) { return same_line(curve, like); });
    return found == curves.end() ? nullptr : &*found;
}

std::optional<double> value_at(const Curve& curve, double samples) {
    const auto& x = curve.samples;
    const auto after = std::lower_bound(x.begin(), x.end(), samples);
    if (after == x.end()) return std::nullopt;
    const auto right = static_cast<std::size_t>(after - x.begin());
    if (x[right] == samples) return curve.nats[right];
    if (right == 0) return std::nullopt;
    const std::size_t left = right - 1;
    const double share = std::log(samples / x[left]) / std::log(x[right] / x[left]);
    return curve.nats[left] + share * (curve.nats[right] - curve.nats[left]);
}

std::vector<Difference> differences(std::span<const Curve> ours, std::span<const Curve> paper,
                                    std::span<const double> samples) {
    std::vector<Difference> found;
    for (const Curve& curve : ours) {
        const Curve* published = find_curve(paper, curve);
        for (const double count : samples) {
            const std::optional<double> value = value_at(curve, count);
            if (!value) continue;
            found.push_back({curve.panel, curve.method, curve.split, count, *value,
                             published == nullptr ? std::nullopt : value_at(*published, count)});
        }
    }
    return found;
}

std::string differences_csv(const std::string& header, std::span<const Difference> list) {
    std::string text =
        header.substr(0, header.rfind(',')) + ",ours_nats,paper_nats,difference_nats\n";
    for (const Difference& one : list) {
        text += one.panel + "," + one.method + "," + one.split + ",";
        text += whole(one.samples) + "," + fixed(one.ours_nats) + ",";
        if (one.paper_nats) {
            text += fixed(*one.paper_nats) + "," + fixed(one.ours_nats - *one.paper_nats);
        } else {
            text += ",";
        }
        text += "\n";
    }
    return text;
}

}  // namespace elbow::charts

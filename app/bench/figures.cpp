#include "app/bench/figures.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/core/error.h"

namespace elbow::bench {
namespace {

constexpr int kSubjectWidth = 40;  // characters, at least

void check_not_empty(const std::vector<double>& values) {
    if (values.empty()) {
        throw Error("A figure without a single measurement was asked for; give it more --seconds.");
    }
}

std::string row(std::size_t width, const std::string& subject, const std::string& threads,
                const std::string& quantity, const Spread* spread) {
    char text[512];
    const auto cell = [spread](double Spread::*value, const char* heading) {
        return spread == nullptr ? std::string(heading) : number_text(spread->*value);
    };
    std::snprintf(text, sizeof text, "%-*s %7s  %-24s %10s %10s %10s", static_cast<int>(width),
                  subject.c_str(), threads.c_str(), quantity.c_str(),
                  cell(&Spread::median, "median").c_str(), cell(&Spread::minimum, "min").c_str(),
                  cell(&Spread::maximum, "max").c_str());
    return text;
}

}  // namespace

Spread spread_of(std::vector<double> values) {
    check_not_empty(values);
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    const double median =
        values.size() % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
    return {median, values.front(), values.back()};
}

double percentile(std::vector<double> values, double share) {
    check_not_empty(values);
    const double rank = std::ceil(std::clamp(share, 0.0, 1.0) * static_cast<double>(values.size()));
    const auto index = static_cast<std::ptrdiff_t>(std::max(rank, 1.0)) - 1;
    std::nth_element(values.begin(), values.begin() + index, values.end());
    return values[static_cast<std::size_t>(index)];
}

void Figures::add(const std::string& part, const std::string& subject, int threads,
                  const std::string& quantity, double value) {
    const auto same = [&](const Figure& figure) {
        return figure.part == part && figure.subject == subject && figure.threads == threads &&
               figure.quantity == quantity;
    };
    const auto found = std::find_if(figures_.begin(), figures_.end(), same);
    if (found != figures_.end()) {
        found->values.push_back(value);
    } else {
        figures_.push_back({part, subject, threads, quantity, {value}});
    }
}

std::vector<std::string> table_lines(const Figures& figures, const std::string& part) {
    std::vector<Figure> mine;
    std::size_t width = kSubjectWidth;
    for (const Figure& figure : figures.all()) {
        if (figure.part != part) continue;
        mine.push_back(figure);
        width = std::max(width, figure.subject.size());
    }
    std::vector<std::string> lines;
    if (mine.empty()) return lines;
    lines.reserve(mine.size() + 1);
    lines.push_back(row(width, part, "threads", "quantity", nullptr));
    const Figure* above = nullptr;
    for (const Figure& figure : mine) {
        const bool same = above != nullptr && above->subject == figure.subject &&
                          above->threads == figure.threads;
        const Spread spread = spread_of(figure.values);
        lines.push_back(row(width, same ? "" : figure.subject,
                            same ? "" : std::to_string(figure.threads), figure.quantity, &spread));
        above = &figure;
    }
    return lines;
}

Json to_json(const Figures& figures) {
    Json::Array list;
    for (const Figure& figure : figures.all()) {
        const Spread spread = spread_of(figure.values);
        list.push_back(Json::Object{{"part", figure.part},
                                    {"subject", figure.subject},
                                    {"threads", figure.threads},
                                    {"quantity", figure.quantity},
                                    {"median", spread.median},
                                    {"min", spread.minimum},
                                    {"max", spread.maximum},
                                    {"values", Json::list_of(figure.values)}});
    }
    return list;
}

std::string number_text(double value) {
    const double size = std::abs(value);
    int decimals = 0;
    for (double limit = 1000.0; size < limit && decimals < 4; limit /= 10.0) ++decimals;
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

}  // namespace elbow::bench

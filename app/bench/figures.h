#pragma once

// What a benchmark found: each figure is one quantity of one subject, with a value from every
// repeat. Gathered, printed and forgotten on the main thread.

#include <string>
#include <vector>

#include "engine/core/json.h"

namespace elbow::bench {

struct Spread {
    double median = 0.0;
    double minimum = 0.0;
    double maximum = 0.0;
};
// Of at least one value; throws Error for none. The median of an even number is the mean of the
// middle two.
Spread spread_of(std::vector<double> values);

// The smallest value that at least `share` (in [0, 1]) of the values do not exceed; throws Error
// for no values.
double percentile(std::vector<double> values, double share);

struct Figure {
    std::string part;            // "train"
    std::string subject;         // "784-500-20 tanh, SGVB B"
    int threads = 1;             // that compute
    std::string quantity;        // with its unit: "images/s", "step p50, ms"
    std::vector<double> values;  // one a repeat
};

class Figures {
  public:
    // Adds another repeat of a figure; the first value creates the figure.
    void add(const std::string& part, const std::string& subject, int threads,
             const std::string& quantity, double value);
    const std::vector<Figure>& all() const { return figures_; }

  private:
    std::vector<Figure> figures_;  // in the order of their first values
};

// The part's figures as lines of a table under its headings; none where it has no figures.
std::vector<std::string> table_lines(const Figures&, const std::string& part);

// [{part, subject, threads, quantity, median, min, max, values}]
Json to_json(const Figures&);

// About four digits: "46712", "102.3", "2.137", "0.0182".
std::string number_text(double value);

}  // namespace elbow::bench

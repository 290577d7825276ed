#pragma once

// Curves of the paper's figures 2 and 3 as data: the paper's own, those that were trained here, and
// how far they are apart. Pure functions but for paper_curves(), which reads a file.

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace elbow::charts {

struct Curve {
    std::string panel;            // the CSV's columns before `method`: "mnist,20" or "1000"
    std::string method;           // "aevb", "wake-sleep" or "mcem"
    std::string split;            // "train" or "test"
    std::vector<double> samples;  // training images seen, ascending
    std::vector<double> nats;     // as many, per image
};

// The columns of fig2.csv ("dataset,latents,...") or fig3.csv ("train_size,..."). Throws Error for
// another figure.
std::string csv_header(const std::string& figure);

// One line per point, curve after curve, under the header.
std::string curves_csv(const std::string& header, std::span<const Curve>);

// Throws Error naming the malformed line; `where` names the text in the message.
std::vector<Curve> parse_curves_csv(const std::string& text, const std::string& header,
                                    const std::string& where);

// The curves of the paper's figure ("fig2" or "fig3"), from assets/paper/ of the source tree or of
// the installed program. Throws Error where the file is not found.
std::vector<Curve> paper_curves(const std::string& figure);

// nullptr where there is none.
const Curve* find_curve(std::span<const Curve>, const Curve& like);

// Nats at so many samples, linear in log(samples) between the curve's points; absent outside of
// them.
std::optional<double> value_at(const Curve&, double samples);

struct Difference {
    std::string panel, method, split;
    double samples;
    double ours_nats;
    std::optional<double> paper_nats;  // absent where the paper's curve has no point so early or
                                       // late, or does not exist
};

// At those of the sample counts that our curves have reached.
std::vector<Difference> differences(std::span<const Curve> ours, std::span<const Curve> paper,
                                    std::span<const double> samples);

// The figure's columns without its last, then ours_nats,paper_nats,difference_nats; what is absent
// is empty.
std::string differences_csv(const std::string& header, std::span<const Difference>);

}  // namespace elbow::charts

#include "app/gui/map/colourings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace elbow::gui {
namespace {

constexpr std::string_view kFactor = "factor:", kColumn = "column:";

struct ScoreColouring {
    const char *id, *title, *unit, *help;
    float (*score)(const explore::ImageScores&, std::size_t image);
};
constexpr std::array<ScoreColouring, 4> kScores{{
    {"bound", "Bound", "nats",
     "The lower bound on log p(x) of each image, with one draw from q(z|x): how well the model "
     "knows it.",
     [](const explore::ImageScores& scores, std::size_t image) { return scores.bound(image); }},
    {"reconstruction", "Reconstr.", "nats",
     "The reconstruction term of each image, log p(x|z) at one draw from q(z|x).",
     [](const explore::ImageScores& scores, std::size_t image) {
         return scores.reconstruction[image];
     }},
    {"kl", "KL", "nats", "The KL of each image's q(z|x) from the prior: what its code costs.",
     [](const explore::ImageScores& scores, std::size_t image) { return scores.kl[image]; }},
    {"width", "Width", "of q(z|x)",
     "How wide each image's q(z|x) is: the geometric mean of its deviations.",
     [](const explore::ImageScores& scores, std::size_t image) { return scores.width[image]; }},
}};

constexpr std::size_t kLongestUnit = 10;  // letters that the bar has room for

// With a capital.
std::string titled(std::string name) {
    if (name.front() >= 'a' && name.front() <= 'z')
        name.front() = static_cast<char>(name.front() - 'a' + 'A');
    return name;
}

// "size (pixels)": a name and its unit.
Colouring known(std::string_view kind, const data::Factor& factor, std::string help) {
    const std::string& name = factor.name;
    const auto bracket = name.find(" (");
    const bool has_unit = bracket != std::string::npos && name.back() == ')' &&
                          name.size() - bracket - 3 <= kLongestUnit;
    return {.id = std::string(kind) + name,
            .title = titled(has_unit ? name.substr(0, bracket) : name),
            .unit = has_unit ? name.substr(bracket + 2, name.size() - bracket - 3) : "value",
            .help = std::move(help),
            .known = factor.held_out};
}

Colouring of_score(const ScoreColouring& score) {
    return {score.id, score.title, score.unit, score.help, score.score};
}
Colouring of_factor(const data::Factor& factor) {
    return known(kFactor, factor, "How each image was made: its " + factor.name + ".");
}
Colouring of_column(const data::Factor& column, const io::ImageColumns& columns) {
    return known(kColumn, column,
                 "The column " + column.name + " of " + columns.file.string() + ".");
}

Colouring of_classes(const io::ClassColumn& column, const io::ImageColumns& columns) {
    return {.id = std::string(kColumn) + column.name,
            .title = titled(column.name),
            .unit = "",
            .help = "The words of the column " + column.name + " of " + columns.file.string() +
                    ", each with a colour of its own, which the legend shows and hides.",
            .classes = &column};
}

// Null: the id is of another kind, or none has the name.
template <class Named>
const Named* find_known(std::string_view id, std::string_view kind, const std::vector<Named>& all) {
    if (!id.starts_with(kind)) return nullptr;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Named& each) {
        return each.name == id.substr(kind.size());
    });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

const io::ClassColumn* find_class_column(std::string_view id, const io::ImageColumns* columns) {
    return columns == nullptr ? nullptr : find_known(id, kColumn, columns->classes);
}

bool is_of_a_column(std::string_view id) { return id.starts_with(kColumn); }

std::vector<float> Colouring::values(const explore::ImageScores* scores) const {
    if (score == nullptr) return {known.begin(), known.end()};
    if (scores == nullptr) return {};
    std::vector<float> found(scores->kl.size());
    for (std::size_t i = 0; i < found.size(); ++i) found[i] = score(*scores, i);
    return found;
}

std::vector<Colouring> colourings(const data::Dataset* dataset, const io::ImageColumns* columns) {
    std::vector<Colouring> found;
    found.reserve(kScores.size());
    for (const ScoreColouring& each : kScores) found.push_back(of_score(each));
    if (dataset != nullptr)
        for (const data::Factor& each : dataset->factors) found.push_back(of_factor(each));
    if (columns == nullptr) return found;
    for (const data::Factor& each : columns->columns) found.push_back(of_column(each, *columns));
    for (const io::ClassColumn& each : columns->classes)
        found.push_back(of_classes(each, *columns));
    return found;
}

// Each frame asks for it more than once: the others are not made.
std::optional<Colouring> find_colouring(std::string_view id, const data::Dataset* dataset,
                                        const io::ImageColumns* columns) {
    for (const ScoreColouring& each : kScores)
        if (id == each.id) return of_score(each);
    if (dataset != nullptr)
        if (const data::Factor* factor = find_known(id, kFactor, dataset->factors))
            return of_factor(*factor);
    if (columns == nullptr) return std::nullopt;
    if (const data::Factor* column = find_known(id, kColumn, columns->columns))
        return of_column(*column, *columns);
    if (const io::ClassColumn* column = find_class_column(id, columns))
        return of_classes(*column, *columns);
    return std::nullopt;
}

std::uint8_t ColourScale::step(float value) const {
    const float part = (value - low) / (high - low);
    if (!(part > 0.0f)) return 0;
    return static_cast<std::uint8_t>(
        std::min(static_cast<int>(part * static_cast<float>(kColourSteps)), kColourSteps - 1));
}

ColourScale scale_of(std::vector<float> values) {
    std::erase_if(values, [](float value) { return !std::isfinite(value); });
    if (values.empty()) return {};
    const auto percentile = [&](double part) {
        const auto place =
            values.begin() +
            static_cast<std::ptrdiff_t>(std::lround(part * static_cast<double>(values.size() - 1)));
        std::nth_element(values.begin(), place, values.end());
        return *place;
    };
    ColourScale scale{percentile(0.01), percentile(0.99)};
    if (!(scale.high > scale.low)) {
        scale.low -= 0.5f;
        scale.high = scale.low + 1.0f;
    }
    return scale;
}

Histogram histogram_of(std::span<const float> values, const ColourScale& scale) {
    Histogram parts{};
    for (const float value : values) {
        if (!std::isfinite(value)) continue;
        const float part = (value - scale.low) / (scale.high - scale.low);
        const int at = static_cast<int>(std::clamp(part, 0.0f, 1.0f) * kHistogramParts);
        parts[static_cast<std::size_t>(std::min(at, kHistogramParts - 1))] += 1.0f;
    }
    const float most = *std::max_element(parts.begin(), parts.end());
    for (float& part : parts) part /= std::max(most, 1.0f);
    return parts;
}

}  // namespace elbow::gui

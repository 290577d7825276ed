#include "engine/io/tables.h"

#include <charconv>
#include <string_view>

#include "engine/core/error.h"

namespace elbow::io {

namespace {

constexpr std::string_view kMetricsHeader =
    "samples,seconds,epoch,train_bound,test_bound,test_reconstruction,test_kl,images_per_s";
constexpr std::size_t kFixedColumns = 8;

std::string latent_column(std::size_t latent) { return ",test_kl_" + std::to_string(latent); }

// ",hmc_acceptance" for "HMC acceptance"
void append_column(std::string& text, const std::string& name) {
    text += ',';
    for (const char letter : name) {
        const bool capital = letter >= 'A' && letter <= 'Z';
        text += letter == ' ' ? '_' : capital ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
}

// The shortest text that reads back as the same number; "nan" where there is none.
template <class Number>
void append_number(std::string& text, Number number) {
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number);
    text.append(buffer, end.ptr);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

// One text of metrics, to be refused by name and line.
class MetricsText {
  public:
    MetricsText(const std::string& text, std::string where)
        : lines_(split(text, '\n')), where_(std::move(where)) {
        for (std::string_view& line : lines_) {
            if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        }
    }

    std::vector<train::EvaluationRecord> parse() const {
        const std::size_t latents = parse_header();
        std::vector<train::EvaluationRecord> records;
        for (std::size_t i = 1; i < lines_.size(); ++i) {
            if (!lines_[i].empty()) records.push_back(parse_line(i, latents));
        }
        return records;
    }

  private:
    [[noreturn]] void refuse(std::size_t line, const std::string& expected,
                             std::string_view found) const {
        throw Error(where_ + ", line " + std::to_string(line + 1) + ": expected " + expected +
                    ", found '" + std::string(found.substr(0, 120)) +
                    "'. Use a metrics.csv as Elbow wrote it.");
    }

    // The number of latents that the header has columns for.
    std::size_t parse_header() const {
        const std::string_view header = lines_.front();
        const std::vector<std::string_view> names = split(header, ',');
        std::string expected(kMetricsHeader);
        const std::size_t latents = names.size() > kFixedColumns ? names.size() - kFixedColumns : 0;
        for (std::size_t n = 0; n < latents; ++n) expected += latent_column(n);
        if (header != expected)
            refuse(0, "'" + std::string(kMetricsHeader) + latent_column(0) + ",...'", header);
        return latents;
    }

    train::EvaluationRecord parse_line(std::size_t line, std::size_t latents) const {
        const std::vector<std::string_view> cells = split(lines_[line], ',');
        if (cells.size() != kFixedColumns + latents) {
            refuse(line, std::to_string(kFixedColumns + latents) + " columns", lines_[line]);
        }
        const auto real = [&](std::size_t column) {
            return parse_number<double>(line, cells[column]);
        };
        train::EvaluationRecord record{};
        record.samples = parse_number<std::int64_t>(line, cells[0]);
        record.seconds = real(1);
        record.epoch = real(2);
        record.train_bound = real(3);
        record.test_bound = real(4);
        record.test_reconstruction = real(5);
        record.test_kl = real(6);
        record.images_per_s = real(7);
        for (std::size_t n = 0; n < latents; ++n) {
            record.test_kl_per_latent.push_back(
                parse_number<float>(line, cells[kFixedColumns + n]));
        }
        return record;
    }

    template <class Number>
    Number parse_number(std::size_t line, std::string_view text) const {
        Number number{};
        const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
        if (result.ec != std::errc{} || result.ptr != text.data() + text.size())
            refuse(line, "a number", text);
        return number;
    }

    std::vector<std::string_view> lines_;
    std::string where_;
};

void append_quoted(std::string& text, const std::string& cell) {
    if (cell.find_first_of(",\"\r\n") == std::string::npos) {
        text += cell;
        return;
    }
    text += '"';
    for (const char c : cell) {
        if (c == '"') text += '"';
        text += c;
    }
    text += '"';
}

}  // namespace

std::string metrics_csv(const std::vector<train::EvaluationRecord>& records) {
    const std::size_t latents = records.empty() ? 0 : records.front().test_kl_per_latent.size();
    std::string text(kMetricsHeader);
    for (std::size_t n = 0; n < latents; ++n) text += latent_column(n);
    text += '\n';
    for (const train::EvaluationRecord& record : records) {
        if (record.test_kl_per_latent.size() != latents) {
            throw Error("Evaluations of models with " + std::to_string(latents) + " and " +
                        std::to_string(record.test_kl_per_latent.size()) +
                        " latents do not fit into one table.");
        }
        append_number(text, record.samples);
        for (const double value :
             {record.seconds, record.epoch, record.train_bound, record.test_bound,
              record.test_reconstruction, record.test_kl, record.images_per_s}) {
            text += ',';
            append_number(text, value);
        }
        for (const float value : record.test_kl_per_latent) {
            text += ',';
            append_number(text, value);
        }
        text += '\n';
    }
    return text;
}

std::string train_csv(const std::vector<train::TrainRecord>& records,
                      const std::vector<std::string>& readings) {
    std::string text = "samples,seconds,epoch,train_bound,train_reconstruction,train_kl";
    for (const std::string& reading : readings) append_column(text, reading);
    text += '\n';
    for (const train::TrainRecord& record : records) {
        if (record.readings.size() != readings.size()) {
            throw Error("Expected " + std::to_string(readings.size()) +
                        " readings of the estimator in each record of the training, found " +
                        std::to_string(record.readings.size()) + ". Export again.");
        }
        append_number(text, record.samples);
        for (const double value :
             {record.seconds, record.epoch, record.bound, record.reconstruction, record.kl}) {
            text += ',';
            append_number(text, value);
        }
        for (const double value : record.readings) {
            text += ',';
            append_number(text, value);
        }
        text += '\n';
    }
    return text;
}

std::vector<train::EvaluationRecord> parse_metrics_csv(const std::string& text,
                                                       const std::string& where) {
    return MetricsText(text, where).parse();
}

std::string latents_csv(const explore::LatentMap& map, const data::ImageSet& images,
                        const std::vector<std::string>& class_names) {
    std::string text = "index,label";
    for (int n = 0; n < map.latents; ++n) text += ",mean_" + std::to_string(n);
    for (int n = 0; n < map.latents; ++n) text += ",log_variance_" + std::to_string(n);
    text += '\n';
    for (int i = 0; i < map.count; ++i) {
        text += std::to_string(i) + ',';
        if (static_cast<std::size_t>(i) < images.labels.size()) {
            const std::size_t label = images.labels[i];
            append_quoted(text,
                          label < class_names.size() ? class_names[label] : std::to_string(label));
        }
        for (const std::vector<float>* values : {&map.mean, &map.log_variance}) {
            for (int n = 0; n < map.latents; ++n) {
                text += ',';
                append_number(text, (*values)[static_cast<std::size_t>(i) * map.latents + n]);
            }
        }
        text += '\n';
    }
    return text;
}

}  // namespace elbow::io

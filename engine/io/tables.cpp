#include "engine/io/tables.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

#include "engine/core/error.h"
#include "engine/core/parse_count.h"
#include "engine/run/config.h"

namespace elbow::io {

namespace {

constexpr std::string_view kMetricsHeader =
    "samples,seconds,epoch,train_bound,test_bound,test_reconstruction,test_kl,images_per_s";
constexpr std::size_t kFixedColumns = 8;
constexpr std::string_view kAveragedColumn = ",averaged";
constexpr std::string_view kTrainHeader =
    "samples,seconds,epoch,train_bound,train_reconstruction,train_kl";
constexpr std::size_t kFixedTrainColumns = 6;

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

// The lines of a table, to be refused by name and line.
class TableText {
  public:
    // `file` is what Elbow calls such a table.
    TableText(const std::string& text, std::string where, std::string file)
        : lines_(split(text, '\n')), where_(std::move(where)), file_(std::move(file)) {
        for (std::string_view& line : lines_) {
            if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        }
    }

    std::size_t size() const { return lines_.size(); }
    std::string_view line(std::size_t number) const { return lines_[number]; }

    [[noreturn]] void refuse(std::size_t line, const std::string& expected,
                             std::string_view found) const {
        throw Error(where_ + ", line " + std::to_string(line + 1) + ": expected " + expected +
                    ", found '" + std::string(found.substr(0, 120)) + "'. Use a " + file_ +
                    " as Elbow wrote it.");
    }

    std::vector<std::string_view> cells(std::size_t line, std::size_t columns) const {
        std::vector<std::string_view> found = split(lines_[line], ',');
        if (found.size() != columns)
            refuse(line, std::to_string(columns) + " columns", lines_[line]);
        return found;
    }

    // A spreadsheet writes 1E+05 for 100000.
    std::int64_t count(std::size_t line, std::string_view text) const {
        const auto read = number<double>(line, text);
        if (!(read >= 0.0 && read <= static_cast<double>(kMostCount)) || std::floor(read) != read)
            refuse(line, "a number of samples", text);
        return static_cast<std::int64_t>(read);
    }

    template <class Number>
    Number number(std::size_t line, std::string_view text) const {
        Number read{};
        const auto result = std::from_chars(text.data(), text.data() + text.size(), read);
        if (result.ec != std::errc{} || result.ptr != text.data() + text.size())
            refuse(line, "a number", text);
        return read;
    }

  private:
    std::vector<std::string_view> lines_;
    std::string where_, file_;
};

// The columns of metrics.csv.
struct MetricsColumns {
    bool averaged;        // there is one that says of which weights an evaluation is
    std::size_t latents;  // that there are columns for
    std::size_t fixed() const { return kFixedColumns + (averaged ? 1 : 0); }
};

std::string header_of(const MetricsColumns& columns) {
    std::string header(kMetricsHeader);
    if (columns.averaged) header += kAveragedColumn;
    for (std::size_t n = 0; n < columns.latents; ++n) header += latent_column(n);
    return header;
}

MetricsColumns columns_of(const TableText& table) {
    const std::string_view header = table.line(0);
    MetricsColumns columns{
        header.substr(std::min(header.size(), kMetricsHeader.size())).starts_with(kAveragedColumn),
        0};
    const std::size_t found = split(header, ',').size();
    if (found > columns.fixed()) columns.latents = found - columns.fixed();
    if (header != header_of(columns))
        table.refuse(0, "'" + header_of({false, 1}) + ",...'", header);
    return columns;
}

train::EvaluationRecord evaluation_in(const TableText& table, std::size_t line,
                                      const MetricsColumns& columns) {
    const std::vector<std::string_view> cells =
        table.cells(line, columns.fixed() + columns.latents);
    const auto real = [&](std::size_t column) { return table.number<double>(line, cells[column]); };
    train::EvaluationRecord record{};
    record.samples = table.count(line, cells[0]);
    record.seconds = real(1);
    record.epoch = real(2);
    record.train_bound = real(3);
    record.test_bound = real(4);
    record.test_reconstruction = real(5);
    record.test_kl = real(6);
    record.images_per_s = real(7);
    if (columns.averaged) {
        const std::string_view text = cells[kFixedColumns];
        if (text != "0" && text != "1") table.refuse(line, "0 or 1", text);
        record.averaged = text == "1";
    }
    for (std::size_t n = 0; n < columns.latents; ++n)
        record.test_kl_per_latent.push_back(table.number<float>(line, cells[columns.fixed() + n]));
    return record;
}

train::TrainRecord train_record_in(const TableText& table, std::size_t line, std::size_t readings) {
    const std::vector<std::string_view> cells = table.cells(line, kFixedTrainColumns + readings);
    const auto real = [&](std::size_t column) { return table.number<double>(line, cells[column]); };
    train::TrainRecord record{
        table.number<std::int64_t>(line, cells[0]), real(1), real(2), real(3), real(4), real(5)};
    for (std::size_t i = 0; i < readings; ++i)
        record.readings.push_back(real(kFixedTrainColumns + i));
    return record;
}

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
    const bool averaged =
        std::ranges::any_of(records, [](const auto& record) { return record.averaged; });
    std::string text = header_of({averaged, latents}) + '\n';
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
        if (averaged) text += record.averaged ? ",1" : ",0";
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
    std::string text(kTrainHeader);
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
    const TableText table(text, where, "metrics.csv");
    const MetricsColumns columns = columns_of(table);
    std::vector<train::EvaluationRecord> records;
    for (std::size_t line = 1; line < table.size(); ++line) {
        if (!table.line(line).empty()) records.push_back(evaluation_in(table, line, columns));
    }
    return records;
}

TrainTable parse_train_csv(const std::string& text, const std::string& where) {
    const TableText lines(text, where, "history.csv");
    TrainTable table;
    const std::string_view header = lines.line(0);
    if (header.substr(0, kTrainHeader.size()) != kTrainHeader ||
        (header.size() > kTrainHeader.size() && header[kTrainHeader.size()] != ','))
        lines.refuse(0, "'" + std::string(kTrainHeader) + "'", header);
    const std::vector<std::string_view> names = split(header, ',');
    table.readings.assign(names.begin() + kFixedTrainColumns, names.end());
    std::int64_t before = -1;
    for (std::size_t line = 1; line < lines.size(); ++line) {
        if (lines.line(line).empty()) continue;
        table.records.push_back(train_record_in(lines, line, table.readings.size()));
        const std::int64_t samples = table.records.back().samples;
        if (samples <= before)
            lines.refuse(line, "more samples than in the line before", lines.line(line));
        before = samples;
    }
    return table;
}

namespace {

// "7,seven" without the quotes, where the image has a label.
void append_image(std::string& text, std::size_t image, const data::ImageSet& images,
                  const std::vector<std::string>& class_names) {
    text += std::to_string(image) + ',';
    if (image >= images.labels.size()) return;
    const std::size_t label = images.labels[image];
    append_quoted(text, label < class_names.size() ? class_names[label] : std::to_string(label));
}

}  // namespace

std::string latents_csv(const explore::LatentMap& map, const data::ImageSet& images,
                        const std::vector<std::string>& class_names, std::span<const int> only) {
    std::string text = "index,label";
    for (int n = 0; n < map.latents; ++n) text += ",mean_" + std::to_string(n);
    for (int n = 0; n < map.latents; ++n) text += ",log_variance_" + std::to_string(n);
    text += '\n';
    const int lines = only.empty() ? map.count : static_cast<int>(only.size());
    for (int line = 0; line < lines; ++line) {
        const int i = only.empty() ? line : only[static_cast<std::size_t>(line)];
        append_image(text, static_cast<std::size_t>(i), images, class_names);
        const auto at = static_cast<std::size_t>(i) * static_cast<std::size_t>(map.latents);
        for (std::size_t n = 0; n < static_cast<std::size_t>(map.latents); ++n) {
            text += ',';
            append_number(text, map.mean[at + n]);
        }
        for (std::size_t n = 0; n < static_cast<std::size_t>(map.latents); ++n) {
            text += ',';
            append_number(text, 2.0F * std::log(map.deviation[at + n]));
        }
        text += '\n';
    }
    return text;
}

std::string scores_csv(const explore::ImageScores& scores, const data::ImageSet& images,
                       const std::vector<std::string>& class_names) {
    std::string text = "index,label,bound,reconstruction,kl,width\n";
    for (std::size_t i = 0; i < scores.kl.size(); ++i) {
        append_image(text, i, images, class_names);
        for (const float value :
             {scores.bound(i), scores.reconstruction[i], scores.kl[i], scores.width[i]}) {
            text += ',';
            append_number(text, value);
        }
        text += '\n';
    }
    return text;
}

}  // namespace elbow::io

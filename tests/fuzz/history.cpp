// The training curve, history.csv.

#include "engine/io/tables.h"
#include "tests/fuzz/fuzz.h"

namespace elbow::fuzz {

void read_input(Bytes bytes) {
    io::TrainTable table;
    if (!takes([&] { table = io::parse_train_csv(std::string(text_of(bytes))); })) return;
    const std::string written = io::train_csv(table.records, table.readings);
    io::TrainTable again;
    expect(takes([&] { again = io::parse_train_csv(written); }), "what was written can be read");
    expect(io::train_csv(again.records, again.readings) == written, "it is the same");
}

}  // namespace elbow::fuzz

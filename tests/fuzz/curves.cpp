// The tables of `elbow reproduce`: a figure's curves, and the points of one that goes on.

#include "app/charts/curves.h"

#include "app/commands/curve_points.h"
#include "tests/fuzz/fuzz.h"

namespace elbow::fuzz {

void read_input(Bytes bytes) {
    const InputInMemory input(bytes);
    takes([&] { commands::load_points(input.path()); });
    for (const char* figure : {"fig2", "fig3"}) {
        takes([&] {
            charts::parse_curves_csv(std::string(text_of(bytes)), charts::csv_header(figure),
                                     "The input");
        });
    }
}

}  // namespace elbow::fuzz

// A table of labels beside pictures: metadata.csv, or StyleGAN's dataset.json.

#include "engine/data/sources/label_table.h"

#include <vector>

#include "engine/data/sources/layout.h"
#include "tests/fuzz/fuzz.h"

namespace elbow::fuzz {

void read_input(Bytes bytes) {
    const std::vector<std::string> paths = {"a/1.png", "b/2.png", "3.png"};
    for (const char* name : {"metadata.csv", "a/dataset.json"}) {
        const auto table = data::label_table(name, text_of(bytes));
        if (!table) continue;
        const data::Layout layout = data::layout_of(paths, {&*table, 1});
        expect(layout.classes.empty() || layout.classes.size() == paths.size(),
               "each picture has a class, or none");
        for (const int each : layout.classes)
            expect(each >= 0 && each < static_cast<int>(layout.class_names.size()),
                   "a class has a name");
    }
}

}  // namespace elbow::fuzz

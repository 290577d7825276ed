// An archive of pictures: zip, tar, 7z.

#include "engine/data/sources/archive_files.h"
#include "tests/fuzz/fuzz.h"

namespace elbow::fuzz {

void read_input(Bytes bytes) {
    const InputInMemory input(bytes);
    Progress progress;
    std::vector<data::LeftOut> left_out;
    takes([&] {
        data::visit_archive(input.path(), progress, left_out, [](data::SourceFile& file) {
            expect(file.name().find("..") != 0, "no name leads outside");
            takes([&] { file.first(1 << 16); });
        });
    });
}

}  // namespace elbow::fuzz

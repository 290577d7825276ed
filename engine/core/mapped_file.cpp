#include "engine/core/mapped_file.h"

#include <sys/mman.h>

#include <cerrno>

#include "engine/core/system_remedy.h"

namespace elbow {

MappedFile::MappedFile(const InputFile& file) {
    const auto size = static_cast<std::size_t>(file.bytes());
    if (size == 0) return;  // which mmap refuses
    void* start = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.descriptor(), 0);
    if (start == MAP_FAILED) file.fail(system_words(errno) + ".");
    bytes_ = {static_cast<const std::uint8_t*>(start), size};
}

MappedFile::~MappedFile() {
    if (!bytes_.empty()) ::munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
}

}  // namespace elbow

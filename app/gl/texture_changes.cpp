#include "app/gl/texture_changes.h"

#include <unordered_map>

namespace elbow::gl {
namespace {

// By name; a name that OpenGL gives a second time goes on counting.
std::unordered_map<GLuint, std::uint64_t>& counts() {
    static std::unordered_map<GLuint, std::uint64_t> table;
    return table;
}

}  // namespace

void note_change(GLuint texture) { ++counts()[texture]; }

std::uint64_t changes_of(GLuint texture) {
    const auto found = counts().find(texture);
    return found == counts().end() ? 0 : found->second;
}

}  // namespace elbow::gl

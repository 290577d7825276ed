#include "app/gl/fill.h"

namespace elbow::gl {

void fill(const PixelBox& box, const Rgba& colour) {
    glEnable(GL_SCISSOR_TEST);
    glScissor(box.left, box.bottom, box.width, box.height);
    glClearColor(colour.r, colour.g, colour.b, colour.a);
    glClear(GL_COLOR_BUFFER_BIT);
    glDisable(GL_SCISSOR_TEST);
}

}  // namespace elbow::gl

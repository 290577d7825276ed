#include "engine/live/question.h"

namespace elbow::live {

Stamp stamp_of(const Scene& scene) {
    const train::Moment made = scene.snapshot->made();
    return {scene.snapshot->run, made.step, made.samples, scene.request->number};
}

bool has_latents_of(const Scene& scene, const std::vector<float>& z) {
    return z.size() == static_cast<std::size_t>(scene.snapshot->spec.latents);
}

bool is_held_out(const Scene& scene, int image) {
    return image >= 0 && image < scene.dataset->held_out.count;
}

}  // namespace elbow::live

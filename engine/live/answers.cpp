#include "engine/live/answers.h"

#include <memory>
#include <string>

#include "engine/live/questions/questions.h"
#include "engine/model/model.h"

namespace elbow::live {

Views answers(const Scene& scene, Progress& progress) {
    const auto model = model::make_model(scene.snapshot->spec);
    Views views;
    for (const auto& question : make_questions()) {
        if (!question->answerable(scene)) continue;
        progress.report(-1.0, std::string("Working out ") + question->title());
        std::shared_ptr<const View> view;
        while (view == nullptr) {
            progress.throw_if_cancelled();
            view = question->advance({scene, *model, views});
        }
        views.put(std::move(view));
    }
    return views;
}

}  // namespace elbow::live

#include "engine/live/answers.h"

#include <memory>
#include <string>

#include "engine/live/questions/questions.h"
#include "engine/model/model.h"

namespace elbow::live {

Views answers(const Scene& scene, Progress& progress) {
    const auto model = model::make_model(scene.snapshot->spec);
    Views views;
    const auto questions = make_questions();
    const auto answer = [&](Question& question) {
        progress.report(-1.0, std::string("Working out ") + question.title());
        std::shared_ptr<const View> view;
        while (view == nullptr) {
            progress.throw_if_cancelled();
            view = question.advance({scene, *model, views});
        }
        views.put(std::move(view));
    };
    for (const auto& question : questions)
        if (question->answerable(scene)) answer(*question);
    for (const auto& question : questions)
        if (question->answerable(scene) && question->outdated(views)) answer(*question);
    return views;
}

}  // namespace elbow::live

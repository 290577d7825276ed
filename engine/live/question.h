#pragma once

// Something that the window may ask about the latent space. A question is a file in questions/: its
// query, its view, and how the one becomes the other; the list is in questions/questions.cpp. When
// it is answered is the explorer's business. Each explorer's thread has questions of its own.

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/live/request.h"
#include "engine/live/views.h"
#include "engine/model/model.h"
#include "engine/train/snapshot.h"

namespace elbow::live {

// What is asked, and of which weights and images.
struct Scene {
    train::SnapshotPtr snapshot;
    std::shared_ptr<const data::Dataset> dataset;
    std::shared_ptr<const ExploreRequest> request;
};

// What an answer is made from.
struct Inputs {
    const Scene& scene;
    model::Model& model;  // of the scene's snapshot; the calling thread's own
    const Views& views;   // the newest of this run
};

class Question {
  public:
    virtual ~Question() = default;

    // "the map": for messages.
    virtual const char* title() const = 0;
    // Whether it is asked, and its vectors and image numbers fit the model and the data set, which
    // just after a restart they may not.
    virtual bool answerable(const Scene&) const = 0;
    // Whether both requests have the same answer.
    virtual bool same(const ExploreRequest&, const ExploreRequest&) const = 0;
    // How often it follows the training at most, where nobody changed what is asked.
    virtual std::chrono::milliseconds shortest_interval() const {
        return std::chrono::milliseconds(30);
    }
    // Whether this is an answer of its kind.
    virtual bool gives(const View&) const { return false; }
    // Whether it depends on another question's view and that is a newer one by now.
    virtual bool outdated(const Views&) const { return false; }

    // A piece of the work, as short as can be, for the cursor waits that long. Null: there is more
    // to do. All pieces of an answer are of the scene that the first one was given.
    virtual std::shared_ptr<const View> advance(const Inputs&) = 0;
    // Begun and not finished.
    virtual bool under_way() const { return false; }
    // Forgets what is under way.
    virtual void drop() {}
};

// A question whose answer depends on one query of the request.
template <class Query>
class QuestionAbout : public Question {
  public:
    bool answerable(const Scene& scene) const final {
        const Query* query = scene.request->find<Query>();
        return query != nullptr && fits(*query, scene);
    }
    bool same(const ExploreRequest& a, const ExploreRequest& b) const override {
        const Query* first = a.find<Query>();
        const Query* second = b.find<Query>();
        return first == second || (first != nullptr && second != nullptr && *first == *second);
    }

  protected:
    // Whether the model and the data set can answer it.
    virtual bool fits(const Query&, const Scene&) const = 0;
    // Of a request that asks it.
    static const Query& query(const Scene& scene) { return *scene.request->find<Query>(); }
};

// One that takes more than a piece. Work: what is made from the scene that it was begun with.
template <class Query, class Work>
class QuestionInPieces : public QuestionAbout<Query> {
  public:
    std::shared_ptr<const View> advance(const Inputs& inputs) final {
        if (!work_) work_.emplace(begin(inputs));
        std::shared_ptr<const View> view = go_on(*work_, inputs);
        if (view) work_.reset();
        return view;
    }
    bool under_way() const final { return work_.has_value(); }
    void drop() final { work_.reset(); }

  protected:
    virtual Work begin(const Inputs&) = 0;
    // The next piece, as Question::advance.
    virtual std::shared_ptr<const View> go_on(Work&, const Inputs&) = 0;

  private:
    std::optional<Work> work_;
};

Stamp stamp_of(const Scene&);

// Whether z is of so many numbers as the model has latents.
bool has_latents_of(const Scene&, const std::vector<float>& z);

bool is_held_out(const Scene&, int image);

}  // namespace elbow::live

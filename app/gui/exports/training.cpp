#include "app/gui/exports/training.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <memory>
#include <string>

#include "app/gui/exports/animation.h"
#include "app/gui/exports/cursor.h"
#include "app/gui/exports/decoded_sheet.h"
#include "app/gui/exports/manifold.h"
#include "app/gui/exports/map.h"
#include "app/gui/exports/path.h"
#include "app/gui/exports/prior_samples.h"
#include "app/gui/exports/reconstructions.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/core/error.h"
#include "engine/core/text.h"

namespace elbow::gui {
namespace {

constexpr double kHold_s = 1.5;  // that the end is shown for before it begins again

const auto& pictures_of_training() {
    static const std::array kPictures{&prior_samples_export(), &reconstructions_export(),
                                      &map_export(),           &manifold_export(),
                                      &cursor_export(),        &path_export()};
    return kPictures;
}

ExportList which_picture() {
    ExportList list{.option = "--picture",
                    .label = "what is seen",
                    .mark = "export.training.picture",
                    .value = &Settings::export_training};
    for (const Export* each : pictures_of_training())
        list.items.push_back({each->id, each->title, each->help});
    return list;
}

const Export& picture_of_training(const Settings& settings) {
    const std::string id = which_picture().chosen(settings).name;
    return **std::find_if(pictures_of_training().begin(), pictures_of_training().end(),
                          [&](const Export* each) { return id == each->id; });
}

bool shows_map(const Settings& settings) { return &picture_of_training(settings) == &map_export(); }

ExportNumber only_if(ExportNumber choice, bool (*applies)(const Settings&)) {
    choice.applies = applies;
    return choice;
}

// As the picture's ground.
Captions captions_of_training(const ExportSource& source) {
    Captions::Colours colours;
    if (shows_map(source.settings))
        colours = {ink(source.theme.panel).rgb, ink(source.theme.text).rgb};
    return {source.settings, picture_of_training(source.settings).size(source),
            "000.0 k images   training bound -00000.00 nats", colours};
}

// "12.3 k images   training bound -104.37 nats": of the minibatches then, for the held-out images
// are looked at far less often than there is a moment.
std::string caption_of_training(const std::vector<train::TrainRecord>& records,
                                std::int64_t samples) {
    std::string words = short_text(static_cast<double>(samples)) + " images";
    const auto after =
        std::find_if(records.begin(), records.end(),
                     [&](const train::TrainRecord& each) { return each.samples > samples; });
    if (after == records.begin()) return words;
    const double bound = std::prev(after)->bound;
    return std::isfinite(bound) ? words + "   training bound " + nats_text(bound) + " nats" : words;
}

int frames_of_training(const ExportSource& source) {
    const Settings& settings = source.settings;
    const double held = settings.export_loop ? kHold_s * settings.export_frames_per_second : 0.0;
    return settings.export_frames + static_cast<int>(std::lround(held));
}

io::SheetSize size_of_training(const ExportSource& source) {
    if (source.moments == nullptr || source.moments->held().size() < 2) {
        throw Error(
            "Expected moments of the training to show, found none: they are held while the "
            "window trains. Let it train for a moment and export again.");
    }
    const Export& picture = picture_of_training(source.settings);
    if (picture.why_not != nullptr) {
        if (const std::string why = picture.why_not(*source.snapshot); !why.empty())
            throw Error(why);
    }
    return checked_for_format(source, captions_of_training(source).size());
}

// The picture of the moment that was drawn last: several frames may show it.
class TrainingFrames {
  public:
    explicit TrainingFrames(const ExportSource& source)
        : picture_(picture_of_training(source.settings)),
          captions_(captions_of_training(source)),
          source_(source),
          last_(source.settings.export_frames - 1) {}

    io::Picture draw(int frame, Progress& progress) {
        const live::Moments& moments = *source_.moments;
        const double place = last_ > 0 ? std::min(1.0, static_cast<double>(frame) / last_) : 1.0;
        const train::SnapshotPtr& snapshot = moments.held()[moments.nearest_place(place)].snapshot;
        if (drawn_.pixels.empty() || snapshot != source_.snapshot) {
            source_.snapshot = snapshot;
            drawn_ = captions_(picture_.draw(source_, progress),
                               caption_of_training(source_.train, snapshot->samples));
        }
        return drawn_;
    }

  private:
    const Export& picture_;
    const Captions captions_;
    ExportSource source_;
    const int last_;
    io::Picture drawn_;
};

}  // namespace

const Export& training_export() {
    static const Export kEntry{
        .id = "training",
        .name = "training",
        .title = "Animation of the training",
        .help =
            "A picture as it was along the training so far, from the moments that the slider "
            "under the curves goes back to.",
        .reads_records = true,
        .reads_moments = true,
        .choices = {which_picture(), format_choice(), frames_choice(), speed_choice(),
                    only_if(pixel_scale_choice(),
                            [](const Settings& settings) { return !shows_map(settings); }),
                    only_if(map_scale_choice(), shows_map), loop_choice(), caption_choice()},
        .size = size_of_training,
        .frames = frames_of_training,
        .animate = [](const ExportSource& source, Progress&) -> DrawFrame {
            size_of_training(source);
            return [frames = std::make_shared<TrainingFrames>(source)](
                       int frame, Progress& progress) { return frames->draw(frame, progress); };
        },
        .detail =
            [](const ExportSource& source) {
                return std::string(picture_of_training(source.settings).name);
            },
    };
    return kEntry;
}

}  // namespace elbow::gui

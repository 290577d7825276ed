#include "app/gui/exporter.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <list>
#include <memory>
#include <system_error>

#include "app/gui/exports/animation.h"
#include "app/gui/exports/form.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/system_remedy.h"
#include "engine/data/datasets.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

constexpr int kMostNames = 10000;

// A name that is ours: made as an empty file or folder, so that two exports at once never choose
// the same one, and taken away again where the export fails.
class Reservation {
  public:
    explicit Reservation(const fs::path& wanted, bool folder = false) {
        for (int number = 1; number <= kMostNames; ++number) {
            path_ = free_path(wanted);
            if (folder ? ::mkdir(path_.c_str(), 0777) == 0 : make_file()) return;
            if (errno != EEXIST) break;
        }
        throw Error("Cannot write '" + path_.string() + "': " + system_words(errno) +
                    ". Choose a folder that may be written.");
    }
    ~Reservation() {
        std::error_code ignored;
        if (!kept_) fs::remove(path_, ignored);
    }
    Reservation(const Reservation&) = delete;
    Reservation& operator=(const Reservation&) = delete;

    const fs::path& path() const { return path_; }
    fs::path keep() {  // the path
        kept_ = true;
        return path_;
    }

  private:
    bool make_file() const {
        const int descriptor = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        return descriptor >= 0 && ::close(descriptor) == 0;
    }

    fs::path path_;
    bool kept_ = false;
};

fs::path beside(const fs::path& path, const std::string& ending) {
    return path.parent_path() / (path.stem().string() + ending + path.extension().string());
}

// All of them or none.
std::vector<fs::path> write_files(const std::vector<ExportFile>& files, Reservation& first) {
    std::list<Reservation> others;
    std::vector<fs::path> paths;
    for (const ExportFile& file : files) {
        const bool is_first = file.ending.empty();
        if (!is_first) others.emplace_back(beside(first.path(), file.ending));
        paths.push_back(is_first ? first.path() : others.back().path());
        write_file_atomically(paths.back(), file.bytes);
    }
    first.keep();
    for (Reservation& other : others) other.keep();
    return paths;
}

void write_animation(const Export& what, const ExportSource& source, const fs::path& path,
                     Progress& progress) {
    what.size(source);  // what its format cannot hold is refused
    const Settings& settings = source.settings;
    const int frames = what.frames(source);
    const DrawFrame draw = what.animate(source, progress);
    std::unique_ptr<io::AnimationWriter> writer;
    for (int frame = 0; frame < frames; ++frame) {
        progress.throw_if_cancelled();
        progress.begin_part(static_cast<double>(frame) / frames,
                            static_cast<double>(frame + 1) / frames,
                            "Frame " + std::to_string(frame + 1) + " of " + std::to_string(frames));
        const io::Picture picture = draw(frame, progress);
        if (!writer) {
            writer =
                format_of(settings).open(path,
                                         {picture.width, picture.height, picture.channels,
                                          settings.export_frames_per_second, settings.export_loop},
                                         progress);
        }
        writer->add(picture.pixels);
    }
    progress.begin_part(1.0, 1.0, "Finishing the file");
    writer->finish();
}

std::string extension_of(const Export& what, const ExportSource& source) {
    if (what.animation()) return format_of(source.settings).extension;
    return what.picture() ? picture_extension(source.settings) : what.extension;
}

void make_sure_of_folder(const fs::path& folder) {
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (!fs::is_directory(folder)) {
        throw Error("Cannot use '" + folder.string() + "' as a folder: " +
                    (failure ? failure.message() : std::string("something else is there")) +
                    ". Choose another folder.");
    }
}

}  // namespace

std::string export_file_name(const Export& what, const ExportSource& source) {
    const std::string detail = what.detail != nullptr ? "-" + what.detail(source) : "";
    return data::name_for_files(source.dataset->name) + "-" + what.name + detail + "-after-" +
           std::to_string(source.snapshot->samples) + "-images" + extension_of(what, source);
}

std::string why_not_exported(const Export& what, const train::ParameterSnapshot& snapshot) {
    return what.why_not != nullptr ? what.why_not(snapshot) : "";
}

fs::path free_path(const fs::path& path) {
    std::error_code none;
    if (!fs::exists(fs::symlink_status(path, none))) return path;
    for (int number = 2; number <= kMostNames; ++number) {
        fs::path candidate = path;
        candidate.replace_filename(path.stem().string() + "-" + std::to_string(number) +
                                   path.extension().string());
        if (!fs::exists(fs::symlink_status(candidate, none))) return candidate;
    }
    throw Error("The folder '" + path.parent_path().string() + "' already holds " +
                std::to_string(kMostNames) + " files named like '" + path.filename().string() +
                "'. Choose another folder.");
}

void check_export(const Export& what, const ExportSource& source) {
    const int dimensions = source.snapshot->spec.image.size();
    if (dimensions != source.dataset->dimensions()) {
        throw Error("The model decodes images of " + std::to_string(dimensions) + " pixels, but '" +
                    source.dataset->name + "' has " + std::to_string(source.dataset->dimensions()) +
                    ". Wait until the new run has begun and export again.");
    }
    if (const std::string why = why_not_exported(what, *source.snapshot); !why.empty())
        throw Error(why);
}

std::vector<std::uint8_t> export_png(const Export& what, const ExportSource& source,
                                     Progress& progress) {
    check_export(what, source);
    if (!what.picture()) {
        throw Error(std::string("Expected a picture, found '") + what.title +
                    "', which is none. Export it as a file.");
    }
    return io::png(what.draw(source, progress));
}

std::vector<fs::path> export_files(const Export& what, const ExportSource& source,
                                   const fs::path& folder, Progress& progress) {
    check_export(what, source);
    make_sure_of_folder(folder);
    const bool into_folder = what.animation() && format_of(source.settings).is_folder();
    Reservation reservation(folder / export_file_name(what, source), into_folder);
    if (what.animation()) {
        write_animation(what, source, reservation.path(), progress);
        return {reservation.keep()};
    }
    if (what.picture() && is_svg(source.settings)) {
        what.size(source);  // too large a one is refused
        write_file_atomically(reservation.path(), svg_text(what, source, progress));
        return {reservation.keep()};
    }
    if (what.picture()) {
        io::write_png(reservation.path(), what.draw(source, progress));
        return {reservation.keep()};
    }
    return write_files(what.files(source, progress), reservation);
}

}  // namespace elbow::gui

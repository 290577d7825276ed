#include "engine/data/sources/folder_files.h"

#include <algorithm>
#include <optional>
#include <set>
#include <system_error>

#include "engine/core/file.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;

constexpr int kMostFoldersDeep = 64;
constexpr std::size_t kReportEvery = 1000;  // files

bool lies_in(const fs::path& path, const fs::path& folder) {
    return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first ==
           folder.end();
}

class FolderLister {
  public:
    FolderLister(const fs::path& root, const SourceWishes& wishes, Progress& progress,
                 std::vector<LeftOut>& left_out)
        : wishes_(wishes), progress_(progress), left_out_(left_out) {
        std::error_code error;
        root_ = fs::canonical(root, error);
        if (error) root_ = root;
    }

    std::vector<ListedFile> list() {
        walk(root_, "", 0);
        // What they lead to may hold further links.
        for (std::size_t i = 0; i < links_.size(); ++i) follow(ListedFile(links_[i]));
        return std::move(files_);
    }

  private:
    void walk(const fs::path& folder, const std::string& prefix, int depth) {
        if (depth > kMostFoldersDeep)
            return leave_out(left_out_, "nested deeper than 64 folders", prefix);
        if (!walked_.insert(folder).second) return;
        const auto entries = entries_of(folder, prefix);
        if (!entries) return;
        if (entries->empty()) leave_out(left_out_, "empty folders", prefix);
        for (const fs::directory_entry& entry : *entries) {
            progress_.throw_if_cancelled();
            const std::string raw = entry.path().filename().string();
            const std::string name = prefix + readable_name(raw);
            if (is_hidden_name(raw)) {
                leave_out(left_out_, "hidden", name);
            } else {
                take(entry, name, depth);
            }
        }
    }

    // By name; absent where the folder cannot be read.
    std::optional<std::vector<fs::directory_entry>> entries_of(const fs::path& folder,
                                                               const std::string& prefix) {
        std::vector<fs::directory_entry> entries;
        std::error_code error;
        for (fs::directory_iterator at(folder, error), end; !error && at != end;
             at.increment(error)) {
            entries.push_back(*at);
            if (entries.size() % kReportEvery == 0) progress_.throw_if_cancelled();
        }
        if (error) {
            leave_out(left_out_, "folders that cannot be read", prefix);
            return std::nullopt;
        }
        std::sort(entries.begin(), entries.end());
        return entries;
    }

    void take(const fs::directory_entry& entry, const std::string& name, int depth) {
        std::error_code error;
        if (entry.is_symlink(error)) {
            links_.push_back({name, entry.path()});
        } else if (entry.is_directory(error)) {
            walk(entry.path(), name + "/", depth + 1);
        } else if (entry.is_regular_file(error)) {
            list_file(name, entry.path());
        } else {
            leave_out(left_out_, "no regular files", name);
        }
    }

    void list_file(const std::string& name, const fs::path& path) {
        files_.push_back({name, path});
        if (files_.size() % kReportEvery == 0)
            progress_.report(-1.0, "Listing files: " + std::to_string(files_.size()));
    }

    void follow(const ListedFile& link) {
        progress_.throw_if_cancelled();
        std::error_code error;
        const fs::path target = fs::canonical(link.path, error);
        if (error) return leave_out(left_out_, "links to nowhere", link.name);
        const bool folder = fs::is_directory(target, error);
        const bool known = folder ? walked_.contains(target) || lies_in(root_, target)
                                  : walked_.contains(target.parent_path());
        if (known || !followed_.insert(target).second)
            return leave_out(left_out_, "links to what is there anyway", link.name);
        if (!wishes_.outside_links && !lies_in(target, root_))
            return leave_out(left_out_, "links to the outside", link.name);
        if (folder) {
            walk(target, link.name + "/", 1);
        } else if (fs::is_regular_file(target, error)) {
            list_file(link.name, target);
        } else {
            leave_out(left_out_, "no regular files", link.name);
        }
    }

    const SourceWishes& wishes_;
    Progress& progress_;
    std::vector<LeftOut>& left_out_;
    fs::path root_;
    std::vector<ListedFile> files_, links_;
    std::set<fs::path> walked_;    // folders
    std::set<fs::path> followed_;  // what links lead to
};

class FileOnDisk : public SourceFile {
  public:
    FileOnDisk(const ListedFile& file, double done)
        : SourceFile(file.name, done), path_(file.path) {}

  private:
    std::size_t read_on(std::span<std::uint8_t> out) override {
        if (!file_) file_.emplace(path_);
        return file_->read(out);
    }

    const fs::path& path_;
    std::optional<InputFile> file_;
};

}  // namespace

std::vector<ListedFile> list_folder(const fs::path& folder, const SourceWishes& wishes,
                                    Progress& progress, std::vector<LeftOut>& left_out) {
    return FolderLister(folder, wishes, progress, left_out).list();
}

void visit_folder(const std::vector<ListedFile>& files, Progress& progress, const SeeFile& see) {
    const auto all = static_cast<double>(files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        progress.throw_if_cancelled();
        FileOnDisk file(files[i], static_cast<double>(i) / all);
        see(file);
    }
}

}  // namespace elbow::data

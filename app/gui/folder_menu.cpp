#include "app/gui/folder_menu.h"

#include <algorithm>
#include <system_error>

#include "app/gui/widgets/controls.h"
#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/core/word_search.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

constexpr const char* kBrowseLabel = "Browse...";
constexpr const char* kFoldersPopup = "folders";
constexpr float kFoldersWidth = 380.0f;  // design pixels
constexpr float kFolderRows = 12.0f;

fs::path nearest_folder(const fs::path& wished) {
    std::error_code none;
    fs::path found = fs::absolute(wished, none).lexically_normal();
    while (!fs::is_directory(found, none) && found.has_relative_path()) found = found.parent_path();
    return found.has_filename() || !found.has_relative_path() ? found : found.parent_path();
}

}  // namespace

FolderListing list_folders(const fs::path& folder, const Progress& progress) {
    FolderListing listing{folder, {}, {}};
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        progress.throw_if_cancelled();
        const std::string name = at->path().filename().string();
        std::error_code none;
        if (name.front() != '.' && at->is_directory(none)) listing.names.push_back(name);
    }
    if (error) listing.problem = quoted(folder) + " cannot be read: " + error.message() + ".";
    std::sort(listing.names.begin(), listing.names.end(),
              [](const std::string& a, const std::string& b) {
                  return in_small_letters(a) < in_small_letters(b);
              });
    return listing;
}

float FolderMenu::width() { return button_width(kBrowseLabel); }

// One reading at a time: a folder that was left behind is not waited for, but for its reader.
void FolderMenu::look() {
    if (search_ && search_->done()) {
        try {
            listing_ = search_->take();
        } catch (const std::exception& failure) {
            listing_ = {at_, {}, message_of(failure)};
        }
        search_.reset();
    }
    if (search_ || listing_.of == at_) return;
    search_ = std::make_unique<Task<FolderListing>>(
        [at = at_](Progress& progress) { return list_folders(at, progress); });
}

void FolderMenu::draw_rows(Context& context) {
    if (listing_.of != at_) return ImGui::TextDisabled("Reading...");
    if (!listing_.problem.empty()) return ImGui::TextWrapped("%s", listing_.problem.c_str());
    if (listing_.names.empty()) return ImGui::TextDisabled("There is no folder in it.");
    for (const std::string& name : listing_.names) {
        const ImVec2 corner = ImGui::GetCursorScreenPos();
        ImGui::PushID(name.c_str());
        // Beside it, not as its label, in which "##" would hide the rest of a name.
        if (ImGui::Selectable("##folder")) at_ = listing_.of / name;
        ImGui::PopID();
        context.layout.mark(("folders.row." + name).c_str());
        ImGui::GetWindowDrawList()->AddText(corner, context.theme.text, name.c_str());
    }
}

std::optional<fs::path> FolderMenu::draw(Context& context, const fs::path& from) {
    if (button(context, "folders.open", kBrowseLabel, "Choose a folder of this machine.")) {
        at_ = nearest_folder(from);
        listing_ = {};
        ImGui::OpenPopup(kFoldersPopup);
    }
    std::optional<fs::path> taken;
    ImGui::SetNextWindowSize({kFoldersWidth * context.scale, 0.0f});
    if (!ImGui::BeginPopup(kFoldersPopup)) return taken;
    close_on_escape();
    look();
    ImGui::TextWrapped("%s", at_.c_str());
    context.layout.mark("folders.at", at_.string());
    const bool is_top = !at_.has_relative_path();
    if (button(context, "folders.up", "Up", "To the folder that holds this one.",
               is_top ? "No folder holds this one." : "")) {
        at_ = at_.parent_path();
    }
    ImGui::SameLine();
    if (button(context, "folders.take", "Take this folder", "Files go into it from now on.")) {
        taken = at_;
        ImGui::CloseCurrentPopup();
    }
    const float height = kFolderRows * ImGui::GetTextLineHeightWithSpacing();
    if (begin_region("##folders", {0.0f, height}, true)) draw_rows(context);
    ImGui::EndChild();
    ImGui::EndPopup();
    return taken;
}

}  // namespace elbow::gui

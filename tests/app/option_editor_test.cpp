#include "app/gui/panels/option_editor.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "engine/core/file.h"
#include "engine/core/version.h"
#include "tests/app/context_parts.h"
#include "tests/app/imgui_frame.h"
#include "tests/engine/io/temporary_folder.h"

namespace elbow::gui {
namespace {

using testing_support::TemporaryFolder;

TEST(OptionEditor, HasARowForEachOptionThatIsAChoiceHere) {
    const TemporaryFolder folder;
    NullFrames frames(600, 2000);
    ContextParts parts(folder / "layout.json");
    OptionEditor editor;
    editor.follow(RunConfig{}, "");
    for (int i = 0; i < 2; ++i) {
        parts.context.now_s += 0.2;
        frames.frame([&] {
            ImGui::SetNextWindowSize({500, 1900});
            ImGui::Begin("options");
            editor.draw_rows(parts.context);
            ImGui::End();
        });
        parts.layout.end_frame(parts.context.now_s);
    }
    const auto bytes = read_file(folder / "layout.json");
    const auto boxes = nlohmann::json::parse(bytes.begin(), bytes.end());
    for (const Option& option : run_options()) {
        const bool offered = option.name != std::string("device") || torch_has_cuda();
        EXPECT_EQ(boxes.contains("controls." + std::string(option.name)), offered) << option.name;
    }
}

}  // namespace
}  // namespace elbow::gui

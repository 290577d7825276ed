#include "engine/core/version.h"

#include <GLFW/glfw3.h>
#include <dnnl.h>
#include <imgui.h>

#include <string>

#include "app/commands/command.h"
#include "engine/core/error.h"
#include "engine/core/suggestion.h"

namespace elbow::commands {
namespace {

constexpr const char* kWindow = "gui";  // what elbow does where no command is named

}  // namespace

std::string version_text() {
    const dnnl_version_t* dnnl = dnnl_version();
    return std::string("elbow ") + version() + "\nLibTorch " + torch_version() +
           (torch_has_cuda() ? " with CUDA" : " without CUDA") + "\noneDNN " +
           std::to_string(dnnl->major) + "." + std::to_string(dnnl->minor) + "." +
           std::to_string(dnnl->patch) + "\nImGui " + ImGui::GetVersion() + "\nGLFW " +
           glfwGetVersionString();
}

void describe_program(Command root) {
    root.set_version_flag("--version", version_text,
                          "Print the versions of elbow and of the libraries it works with");
    root.set_help_flag("-h,--help", "Print this help");
    root.footer(
        "Without a command the window opens: 'elbow' is 'elbow gui', and 'elbow --latent 5' is "
        "'elbow gui --latent 5'.\n"
        "'elbow COMMAND --help' says more. Bounds are in nats per image, on grey targets unless "
        "--targets says otherwise.\n"
        "Exit codes: 0 done, 1 failure, 2 wrong usage.");
    root.require_subcommand();
}

std::vector<std::string> with_command(Command root, std::vector<std::string> arguments) {
    const std::string first = arguments.empty() ? "" : arguments.front();
    const std::string option = first.substr(0, first.find('='));
    if (option == "-h" || option == "--help" || option == "--version") return arguments;
    const std::vector<std::string> own = {"--version"};
    const std::string meant = did_you_mean(option, own);
    if (!meant.empty() && !root.subcommand_takes(kWindow, option)) {
        throw UsageError("elbow has no option '" + option + "'." + meant +
                         "\nRun 'elbow --help' to see what is possible.");
    }
    if (first.empty() || first.front() == '-') {
        arguments.insert(arguments.begin(), kWindow);
        return arguments;
    }
    const std::vector<std::string> names = root.subcommands();
    std::string listed;
    for (const std::string& name : names) {
        if (name == first) return arguments;
        listed += (listed.empty() ? "" : ", ") + name;
    }
    throw UsageError("There is no command '" + first + "'." + did_you_mean(first, names) +
                     " Choose one of: " + listed + ".\nRun 'elbow --help' to see what they do.");
}

}  // namespace elbow::commands

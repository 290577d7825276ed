#pragma once

// Where a person's files lie, one rule for all of them (XDG Base Directory Specification): an
// environment variable where it holds an absolute path, else a folder below the home folder. Reads
// the environment, as any thread may.

#include <filesystem>

namespace elbow {

// $HOME where it is absolute, else the home folder of the account, else the working folder: never
// empty, always absolute.
std::filesystem::path home_folder();

std::filesystem::path data_folder();    // $XDG_DATA_HOME/elbow or ~/.local/share/elbow
std::filesystem::path state_folder();   // $XDG_STATE_HOME/elbow or ~/.local/state/elbow
std::filesystem::path config_folder();  // $XDG_CONFIG_HOME/elbow or ~/.config/elbow

}  // namespace elbow

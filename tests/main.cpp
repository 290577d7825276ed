// The main function of every test program: what the machine's own variables say decides no test,
// nor are files of the person who runs them read or written, in the folder they are started in
// either.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>

#include "tests/temporary_folder.h"

namespace {

// Of the desktop, of Elbow and of its libraries.
constexpr const char* kForgotten[] = {"ELBOW_DATA",      "DISPLAY",          "WAYLAND_DISPLAY",
                                      "OMP_NUM_THREADS", "DNNL_MAX_CPU_ISA", "ONEDNN_MAX_CPU_ISA",
                                      "XDG_DATA_DIRS",   "XDG_CACHE_HOME"};
constexpr const char* kOfTheirOwn[] = {"HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
                                       "XDG_CONFIG_HOME"};

}  // namespace

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    try {
        const elbow::testing_support::TemporaryFolder home;
        if (const char* data = getenv("ELBOW_DATA"))
            setenv("ELBOW_TEST_DATA", std::filesystem::absolute(data).c_str(), 1);
        for (const char* name : kForgotten) unsetenv(name);
        for (const char* name : kOfTheirOwn) setenv(name, (home / name).c_str(), 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        std::filesystem::current_path(home.path());
        return RUN_ALL_TESTS();
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "The tests cannot begin: %s\n", failure.what());
        return 1;
    }
}

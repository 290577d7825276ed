#pragma once

// The time that a person has to make room for a run that could not be saved at its end. Main
// thread.

#include <string>

#include "app/commands/stop_signal.h"

namespace elbow::commands {

class RoomWait {
  public:
    explicit RoomWait(StopSignal& stop) : stop_(stop) {}

    // Says why the run could not be saved, and returns true when it is time to try again: when the
    // person presses Enter, and every few seconds. False where the run is to go elsewhere: the
    // person wishes it, or there is no terminal and nothing has changed for a while.
    bool operator()(const std::string& why);

  private:
    bool ask_person();
    bool wait_alone();

    StopSignal& stop_;
    std::string told_;
    int tries_ = 0;  // without a terminal
};

}  // namespace elbow::commands

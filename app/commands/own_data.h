#pragma once

// A folder, an archive or a file of arrays in the place of a data set's name. Main thread only.

#include <filesystem>
#include <string>

#include "app/commands/command.h"
#include "engine/data/imported.h"
#include "engine/data/sources/choices.h"
#include "engine/data/sources/finding.h"

namespace elbow::commands {

// It has a separator, or no data set is called so and a file or a folder is.
bool names_a_path(const std::string& dataset);

// With a bar, and with Ctrl-C as in run_with_bar().
data::Finding look_with_bar(const std::filesystem::path&, const data::LookWishes&);
data::ImportedSet import_with_bar(const data::Finding&, const data::Choices&,
                                  const std::string& name);

// Where --dataset is a path, imports it as proposed, unless it has been before and is unchanged,
// and puts the set's name there; says on stderr what was found and proposed.
void import_named_path(RunConfig&);

// What a new run's options come to beside those on the command line: the same, then an imported
// set's proposals (network, likelihood, a minibatch no larger than the set), of which it says on
// stderr what they changed, and then the preset, which depends on the network. After parsing.
void complete_options(RunConfig&, const std::string& preset, Command);

// elbow data describe, import and forget.
void add_own_data(Command data);

}  // namespace elbow::commands

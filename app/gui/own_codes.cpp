#include "app/gui/own_codes.h"

#include "engine/core/path_text.h"

namespace elbow::gui {

OwnCodes own_codes() {
    return {data::read_latent_codes, [](const data::LatentCodes& codes) { return told(codes); }};
}

std::string told(const data::LatentCodes& codes) {
    const std::string some =
        codes.count() == codes.in_file
            ? std::to_string(codes.in_file)
            : std::to_string(codes.count()) + " of the " + std::to_string(codes.in_file);
    return some + " codes of " + quoted(codes.file.filename()) +
           " are on the map, each with a rim around it. Its name beside the map takes them off.";
}

}  // namespace elbow::gui

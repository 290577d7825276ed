#include "engine/model/model.h"

#include "engine/model/families.h"

namespace elbow::model {

Model::Model(const ModelSpec& spec)
    : spec_(spec),
      layout_(spec),
      outputs_(static_cast<std::size_t>(size_of(decoder_parts(spec)))) {}

}  // namespace elbow::model

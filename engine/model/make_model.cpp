#include "engine/model/families.h"
#include "engine/model/fused_model.h"
#include "engine/model/torch_module.h"

namespace elbow::model {

Model::Model(const ModelSpec& spec)
    : spec_(spec),
      layout_(spec),
      outputs_(static_cast<std::size_t>(size_of(decoder_parts(spec)))) {}

std::unique_ptr<Model> make_model(const ModelSpec& spec) {
    if (kernel_form(spec)) return std::make_unique<FusedModel>(spec);
    using Factory = Model* (*)(const ModelSpec*);
    const auto factory =
        reinterpret_cast<Factory>(find_in_torch_module("elbow_make_torch_model", wanted_for(spec)));
    return std::unique_ptr<Model>(factory(&spec));
}

}  // namespace elbow::model

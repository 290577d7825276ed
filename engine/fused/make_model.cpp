#include "engine/fused/fused_model.h"
#include "engine/model/torch_module.h"

namespace elbow::model {

std::unique_ptr<Model> make_model(const ModelSpec& spec) {
    if (fused::kernel_form(spec)) return std::make_unique<fused::FusedModel>(spec);
    using Factory = Model* (*)(const ModelSpec*);
    const auto factory = reinterpret_cast<Factory>(
        find_in_torch_module("elbow_make_torch_model", fused::wanted_for(spec)));
    return std::unique_ptr<Model>(factory(&spec));
}

}  // namespace elbow::model

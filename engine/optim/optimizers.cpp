#include "engine/optim/makers.h"
#include "engine/optim/optimizer.h"

namespace elbow::optim {

const Registry<OptimizerEntry>& optimizers() {
    static const Registry<OptimizerEntry> list("optimizer",
                                               {
                                                   {"adam", "Adam", false, make_adam},
                                                   {"nadam", "NAdam", false, make_nadam},
                                                   {"adagrad", "Adagrad", true, make_adagrad, true},
                                                   {"sgd", "SGD", false, make_sgd},
                                               });
    return list;
}

}  // namespace elbow::optim

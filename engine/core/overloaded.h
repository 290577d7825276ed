#pragma once

// One function object of several lambdas, for std::visit.

namespace elbow {

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace elbow

#pragma once

// The forms of a product with rounded factors, for tests of each of them.

#include <gtest/gtest.h>

#include <string>

namespace elbow::test {

struct ProductForm {
    char a, b;  // 'N', or 'T' for transposed
};

inline auto all_product_forms() {
    return testing::Values(ProductForm{'N', 'N'}, ProductForm{'N', 'T'}, ProductForm{'T', 'N'});
}

inline std::string form_name(const testing::TestParamInfo<ProductForm>& form) {
    return {form.param.a, form.param.b};
}

}  // namespace elbow::test

#include "engine/data/sources/latent_codes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/data/sources/arrays/npz_store.h"

namespace elbow::data {
namespace {

constexpr std::array<std::string_view, 10> kCodeNames = {
    "mean", "means", "mu", "z", "code", "codes", "latent", "latents", "embedding", "embeddings"};
constexpr std::array<std::string_view, 3> kLabelNames = {"label", "labels", "y"};
constexpr std::uint64_t kMostNumbers = 100'000'000;  // in a file

template <std::size_t Count>
const StoredArray* named(const ArrayStore& store, const std::array<std::string_view, Count>& names,
                         std::size_t axes) {
    for (const std::string_view name : names) {
        for (const StoredArray& array : store.arrays()) {
            if (array.name == name && array.shape.size() == axes && array.refusal.empty())
                return &array;
        }
    }
    return nullptr;
}

const StoredArray* codes_of(const ArrayStore& store) {
    const StoredArray* codes = named(store, kCodeNames, 2);
    return codes != nullptr && codes->type.starts_with("float") ? codes : nullptr;
}

bool can_be_images(const StoredArray& array) { return array.shape.size() > 2; }

// Values [count, ...] of the rows that are kept: every `one_in`-th.
template <class Value>
std::vector<Value> kept_rows(const std::vector<double>& values, std::size_t count, std::size_t wide,
                             bool fortran, std::size_t one_in) {
    std::vector<Value> kept;
    for (std::size_t row = 0; row < count; row += one_in) {
        for (std::size_t column = 0; column < wide; ++column)
            kept.push_back(
                static_cast<Value>(values[fortran ? column * count + row : row * wide + column]));
    }
    return kept;
}

std::vector<double> numbers_of(ArrayStore& store, const StoredArray& array, Progress& progress) {
    PlainNumbers numbers;
    store.read(array, numbers, progress);
    return std::move(numbers.values);
}

bool is_label(double value) { return value >= 0.0 && value <= 255.0 && value == std::floor(value); }

}  // namespace

bool is_codes_file(const std::filesystem::path& path) {
    try {
        if (!is_npz(head_of(path))) return false;
        const auto store = open_npz(path, Progress());
        const auto& arrays = store->arrays();
        return codes_of(*store) != nullptr &&
               std::none_of(arrays.begin(), arrays.end(), can_be_images);
    } catch (const Error&) {
        return false;
    }
}

std::shared_ptr<const LatentCodes> read_latent_codes(const std::filesystem::path& path, int latents,
                                                     Progress& progress) {
    const auto store = open_npz(path, progress);
    const StoredArray* found = codes_of(*store);
    if (found == nullptr)
        throw Error(quoted(path) +
                    " has no codes: an array [images, latents] of fractions called mean, z or "
                    "codes.");
    const std::uint64_t in_file = found->shape[0], wide = found->shape[1];
    if (wide != static_cast<std::uint64_t>(latents))
        throw Error("The codes in " + quoted(path) + " are of " + std::to_string(wide) +
                    " latents, and this run has " + std::to_string(latents) +
                    ". Open the run that they were made with.");
    if (in_file == 0 || in_file > kMostNumbers / wide)
        throw Error(quoted(path) + " has " + std::to_string(in_file) + " codes; from 1 to " +
                    std::to_string(kMostNumbers / wide) + " of " + std::to_string(wide) +
                    " latents can be read.");
    auto codes = std::make_shared<LatentCodes>();
    codes->file = path;
    codes->latents = latents;
    codes->in_file = static_cast<int>(in_file);
    const std::size_t one_in = (in_file + kMostCodes - 1) / kMostCodes;
    codes->z = kept_rows<float>(numbers_of(*store, *found, progress), in_file, wide, found->fortran,
                                one_in);
    const StoredArray* labels = named(*store, kLabelNames, 1);
    if (labels == nullptr || labels->shape[0] != in_file) return codes;
    const std::vector<double> values = numbers_of(*store, *labels, progress);
    if (std::all_of(values.begin(), values.end(), is_label))
        codes->labels = kept_rows<std::uint8_t>(values, in_file, 1, false, one_in);
    return codes;
}

}  // namespace elbow::data

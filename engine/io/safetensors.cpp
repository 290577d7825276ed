#include "engine/io/safetensors.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/data/hash.h"

namespace elbow::io {

namespace {

static_assert(std::endian::native == std::endian::little,
              "safetensors are little-endian, and so are the machines that this was written for");

constexpr std::uint64_t kLengthBytes = 8;
constexpr std::uint64_t kLongestHeader = 1'000'000;  // bytes; ours have some thousand
constexpr const char* kMetadataKey = "__metadata__";

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& found) {
    throw Error("'" + path.string() +
                "' is not a safetensors file that Elbow can read: expected 8 bytes of header "
                "length, a JSON "
                "header and float32 tensors, but " +
                found + ". Use a file that Elbow wrote, or a copy that is whole.");
}

// The number of values of a shape, in bytes; nothing where it overflows or has negative or foreign
// entries.
bool byte_count(const Json& shape, std::vector<std::int64_t>& dimensions, std::uint64_t& bytes) {
    if (!shape.is_array()) return false;
    bytes = sizeof(float);
    for (const Json& entry : shape.array()) {
        if (!entry.is_number_unsigned()) return false;
        const std::uint64_t size = entry.natural();
        if (size > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return false;
        if (size != 0 && bytes > std::numeric_limits<std::uint64_t>::max() / size) return false;
        bytes *= size;
        dimensions.push_back(static_cast<std::int64_t>(size));
    }
    return true;
}

// Where a tensor's values lie, in bytes from the end of the header.
struct Place {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::string name;
};

Place read_entry(const std::filesystem::path& path, const std::string& name, const Json& entry,
                 std::uint64_t data_bytes, NamedTensor& tensor) {
    const std::string who = "tensor '" + name + "' ";
    if (!entry.is_object() || !entry.contains("dtype") || !entry.contains("shape") ||
        !entry.contains("data_offsets")) {
        refuse(path, who + "does not have dtype, shape and data_offsets");
    }
    const Json& type = entry.at("dtype");
    if (!type.is_string() || type.string() != "F32")
        refuse(path, who + "has dtype " + json_text(type) + " where \"F32\" was expected");
    std::uint64_t bytes = 0;
    if (!byte_count(entry.at("shape"), tensor.shape, bytes))
        refuse(path, who + "has a shape that is not a list of sizes");
    const Json& offsets = entry.at("data_offsets");
    if (!offsets.is_array() || offsets.array().size() != 2 ||
        !offsets.array()[0].is_number_unsigned() || !offsets.array()[1].is_number_unsigned()) {
        refuse(path, who + "has data_offsets that are not two positions");
    }
    Place place{offsets.array()[0].natural(), offsets.array()[1].natural(), name};
    if (place.begin > place.end || place.end > data_bytes) {
        refuse(path, who + "lies at bytes " + std::to_string(place.begin) + " to " +
                         std::to_string(place.end) + " of the data, of which there are " +
                         std::to_string(data_bytes));
    }
    if (place.end - place.begin != bytes) {
        refuse(path, who + "has " + std::to_string(place.end - place.begin) +
                         " bytes where its shape needs " + std::to_string(bytes));
    }
    tensor.name = name;
    return place;
}

// The tensors have to fill the data without holes and without sharing a byte, as the format
// demands.
void check_cover(const std::filesystem::path& path, std::vector<Place> places,
                 std::uint64_t data_bytes) {
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
    });
    std::uint64_t reached = 0;
    for (const Place& place : places) {
        if (place.begin < reached)
            refuse(path, "tensor '" + place.name + "' overlaps the tensor before it");
        if (place.begin > reached)
            refuse(path, "there are unused bytes before tensor '" + place.name + "'");
        reached = place.end;
    }
    if (reached != data_bytes) {
        refuse(path, std::to_string(data_bytes - reached) + " bytes follow the last tensor");
    }
}

std::span<std::uint8_t> bytes_of(void* values, std::uint64_t bytes) {
    return {static_cast<std::uint8_t*>(values), static_cast<std::size_t>(bytes)};
}

Json read_header(InputFile& file, std::uint64_t& header_bytes, data::Hasher& hasher) {
    const std::filesystem::path& path = file.path();
    const std::uint64_t file_bytes = file.bytes();
    if (file.read(bytes_of(&header_bytes, kLengthBytes)) < kLengthBytes)
        refuse(path, "it has only " + std::to_string(file_bytes) + " bytes");
    if (header_bytes > kLongestHeader || header_bytes > file_bytes - kLengthBytes) {
        refuse(path, "its header claims " + std::to_string(header_bytes) + " bytes in a file of " +
                         std::to_string(file_bytes));
    }
    std::string text(header_bytes, '\0');
    if (file.read(bytes_of(text.data(), header_bytes)) < header_bytes)
        refuse(path, "it ends within its header");
    hasher.update(bytes_of(&header_bytes, kLengthBytes));
    hasher.update(bytes_of(text.data(), header_bytes));
    std::string repeated;
    std::optional<Json> header = parse_json(text, &repeated);
    if (!repeated.empty()) refuse(path, "its header has '" + repeated + "' more than once");
    if (!header || !header->is_object()) refuse(path, "its header is not a JSON object");
    return std::move(*header);
}

std::map<std::string, std::string> read_metadata(const std::filesystem::path& path,
                                                 const Json& header) {
    std::map<std::string, std::string> metadata;
    const Json* entries = header.find(kMetadataKey);
    if (entries == nullptr) return metadata;
    if (!entries->is_object()) refuse(path, "its __metadata__ is not a JSON object");
    for (const auto& [key, value] : entries->object()) {
        if (!value.is_string())
            refuse(path, "the entry '" + key + "' of its __metadata__ is not a text");
        metadata[key] = value.string();
    }
    return metadata;
}

// In the order of the file, which the hash is of; the places cover it without gaps.
void read_values(const InputFile& file, std::uint64_t data_begin, const std::vector<Place>& places,
                 std::vector<NamedTensor>& tensors, data::Hasher& hasher) {
    std::vector<std::size_t> order(places.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return places[a].begin < places[b].begin;
    });
    for (const std::size_t i : order) {
        const std::uint64_t bytes = places[i].end - places[i].begin;
        std::vector<float>& values = tensors[i].values;
        values.resize(bytes / sizeof(float));
        if (file.read_at(data_begin + places[i].begin, bytes_of(values.data(), bytes)) < bytes)
            refuse(file.path(), "tensor '" + places[i].name + "' could not be read to its end");
        hasher.update(bytes_of(values.data(), bytes));
    }
}

}  // namespace

std::string write_safetensors(const std::filesystem::path& path,
                              std::span<const NamedTensor> tensors,
                              const std::map<std::string, std::string>& metadata) {
    Json header = Json::Object();
    if (!metadata.empty()) header[kMetadataKey] = Json::Object(metadata.begin(), metadata.end());
    std::uint64_t data_bytes = 0;
    for (const NamedTensor& tensor : tensors) {
        std::int64_t count = 1;
        for (const std::int64_t size : tensor.shape) count *= size;
        if (count != static_cast<std::int64_t>(tensor.values.size()) ||
            header.contains(tensor.name)) {
            throw Error("Tensor '" + tensor.name + "' cannot be written: its shape asks for " +
                        std::to_string(count) + " values and it has " +
                        std::to_string(tensor.values.size()) + ", or its name is taken.");
        }
        const std::uint64_t end = data_bytes + tensor.values.size() * sizeof(float);
        header[tensor.name] = Json::Object{{"dtype", "F32"},
                                           {"shape", Json::list_of(tensor.shape)},
                                           {"data_offsets", Json::Array{data_bytes, end}}};
        data_bytes = end;
    }
    std::string text = json_text(header);
    text.resize((text.size() + 7) / 8 * 8,
                ' ');  // so that the values are aligned when the file is mapped

    std::vector<std::uint8_t> bytes(kLengthBytes + text.size() + data_bytes);
    const std::uint64_t header_bytes = text.size();
    std::memcpy(bytes.data(), &header_bytes, kLengthBytes);
    std::memcpy(bytes.data() + kLengthBytes, text.data(), text.size());
    std::uint8_t* place = bytes.data() + kLengthBytes + text.size();
    for (const NamedTensor& tensor : tensors) {
        const std::size_t size = tensor.values.size() * sizeof(float);
        if (size != 0) std::memcpy(place, tensor.values.data(), size);
        place += size;
    }
    write_file_atomically(path, std::span<const std::uint8_t>(bytes));
    return data::hash_of(bytes);
}

Safetensors read_safetensors(const std::filesystem::path& path, std::uint64_t most_bytes) {
    // The values are read only when the header fits the file: a foreign file, however large, costs
    // no memory.
    InputFile file(path, most_bytes);
    std::uint64_t header_bytes = 0;
    data::Hasher hasher;
    const Json header = read_header(file, header_bytes, hasher);
    const std::uint64_t data_bytes = file.bytes() - kLengthBytes - header_bytes;

    Safetensors result;
    result.metadata = read_metadata(path, header);
    std::vector<Place> places;
    for (const auto& [name, entry] : header.object()) {
        if (name == kMetadataKey) continue;
        NamedTensor tensor;
        places.push_back(read_entry(path, name, entry, data_bytes, tensor));
        result.tensors.push_back(std::move(tensor));
    }
    check_cover(path, places, data_bytes);
    read_values(file, kLengthBytes + header_bytes, places, result.tensors, hasher);
    result.sha256 = hasher.hex();
    return result;
}

}  // namespace elbow::io

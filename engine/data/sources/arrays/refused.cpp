// What images are kept in and is not read here: known by name, with the lines of Python that turn
// it into an npz.

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/data/sources/array_forms.h"

namespace elbow::data {
namespace {

using namespace std::string_view_literals;

struct RefusedForm {
    const char* name;
    bool (*recognises)(const FileHead&);
    const char* python;  // FILE stands for the file
};

bool is_hdf5(const FileHead& head) {
    constexpr std::string_view kMagic = "\x89HDF\r\n\x1a\n"sv;
    constexpr std::size_t kBehindMatlabsHeader = 512;
    const std::string_view text = head.text();
    return text.starts_with(kMagic) || (text.size() > kBehindMatlabsHeader &&
                                        text.substr(kBehindMatlabsHeader).starts_with(kMagic));
}

bool is_dicom(const FileHead& head) {
    constexpr std::size_t kPreambleBytes = 128;
    return head.bytes.size() > kPreambleBytes &&
           head.text().substr(kPreambleBytes).starts_with("DICM");
}

// A protocol from 2 on names itself; what follows is what a pickle can begin with.
bool is_pickle(const FileHead& head) {
    const std::string_view text = head.text();
    return text.size() > 2 && text[0] == '\x80' && text[1] >= 2 && text[1] <= 5 &&
           "\x95]}()cXKNG\x8aUM"sv.find(text[2]) != std::string_view::npos;
}

// A zip with data.pkl in it, whose entries' names stand in the file as they are.
bool is_torch(const FileHead& head) {
    return head.starts_with("PK\x03\x04") &&
           head.text().substr(0, 512).find("/data.pkl") != std::string_view::npos;
}

// CRC-32C (RFC 3720), of which TFRecord keeps a masked form.
std::uint32_t crc32c(std::string_view text) {
    constexpr std::uint32_t kPolynomial = 0x82F63B78U;
    std::uint32_t crc = ~0U;
    for (const char c : text) {
        crc ^= static_cast<std::uint8_t>(c);
        for (int bit = 0; bit < 8; ++bit) crc = crc >> 1U ^ (crc & 1U) * kPolynomial;
    }
    return ~crc;
}

// The size of the first record, 8 bytes, with its checksum.
bool is_tf_record(const FileHead& head) {
    constexpr std::size_t kSizeBytes = 8;
    if (head.bytes.size() < kSizeBytes + 4) return false;
    std::uint32_t found = 0;
    for (std::size_t i = 0; i < 4; ++i) found |= std::uint32_t{head.bytes[kSizeBytes + i]} << 8 * i;
    const std::uint32_t crc = crc32c(head.text().substr(0, kSizeBytes));
    return found == ((crc >> 15U | crc << 17U) + 0xA282EAD8U);
}

constexpr std::array kRefusedForms = {
    RefusedForm{"a Parquet table", [](const FileHead& head) { return head.starts_with("PAR1"); },
                "import io, numpy, pandas, PIL.Image; table = pandas.read_parquet('FILE')\n"
                "images = [numpy.array(PIL.Image.open(io.BytesIO(cell['bytes']))) for cell in "
                "table['image']]\n"
                "numpy.savez('images.npz', images=numpy.stack(images), labels=table['label'])"},
    RefusedForm{"an Arrow table", [](const FileHead& head) { return head.starts_with("ARROW1"); },
                "import io, numpy, pandas, PIL.Image; table = pandas.read_feather('FILE')\n"
                "images = [numpy.array(PIL.Image.open(io.BytesIO(cell['bytes']))) for cell in "
                "table['image']]\n"
                "numpy.savez('images.npz', images=numpy.stack(images), labels=table['label'])"},
    RefusedForm{"an HDF5 file (MATLAB's -v7.3 is one, too)", is_hdf5,
                "import h5py, numpy; file = h5py.File('FILE'); print(list(file))\n"
                "images, labels = file['images'][:], file['labels'][:]  # as the list says\n"
                "numpy.savez('images.npz', images=images, labels=labels)"},
    RefusedForm{"a DICOM image", is_dicom,
                "import glob, numpy, pydicom; files = sorted(glob.glob('*.dcm'))\n"
                "x = numpy.stack([pydicom.dcmread(f).pixel_array for f in files]).astype(float)\n"
                "numpy.savez('images.npz', images=(x - x.min()) / (x.max() - x.min()))"},
    RefusedForm{"a PyTorch file, which is a pickle and could execute anything", is_torch,
                "import numpy, torch; data = torch.load('FILE', weights_only=True)\n"
                "images, labels = data[0], data[1]  # as they were saved\n"
                "numpy.savez('images.npz', images=images.numpy(), labels=labels.numpy())"},
    RefusedForm{"a pickle, which could execute anything", is_pickle,
                "import numpy, pickle; data = pickle.load(open('FILE', 'rb'), encoding='latin1')\n"
                "images, labels = data['data'], data['labels']  # as it was saved\n"
                "numpy.savez('images.npz', images=images, labels=labels)"},
    RefusedForm{"a TFRecord", is_tf_record,
                "import numpy, tensorflow as tf; ex = [tf.train.Example.FromString(r.numpy()) for "
                "r in tf.data.TFRecordDataset('FILE')]\n"
                "x = [tf.io.decode_image(e.features.feature['image'].bytes_list.value[0]).numpy() "
                "for e in ex]\n"
                "numpy.savez('images.npz', images=numpy.stack(x))"},
};

const RefusedForm* refused_as(const FileHead& head) {
    const auto* const found =
        std::find_if(kRefusedForms.begin(), kRefusedForms.end(),
                     [&](const RefusedForm& form) { return form.recognises(head); });
    return found == kRefusedForms.end() ? nullptr : found;
}

}  // namespace

ArrayForm refused_form() {
    return {"refused", [](const FileHead& head) { return refused_as(head) != nullptr; },
            [](const std::filesystem::path& path, const ArrayWishes&, Progress&) -> ArrayImages {
                const RefusedForm& form = *refused_as(head_of(path));
                std::string python = form.python;
                if (const std::size_t at = python.find("FILE"); at != std::string::npos)
                    python.replace(at, 4, path.string());
                throw Error(quoted(path) + " is " + form.name +
                            ", which is not read: expected npy, npz, idx, CSV, amat or MAT of "
                            "level 5. These lines of Python make an npz of it:\n" +
                            python);
            }};
}

}  // namespace elbow::data

#include <gmock/gmock.h>

#include "tests/engine/data/sources/array_files.h"

namespace elbow::data {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class Refused : public ArrayFiles {
  protected:
    // By its name, with the lines of Python that make an npz of it.
    void expect_refused(const Bytes& bytes, const std::string& name, const std::string& line) {
        const std::string message = refusal("images", bytes);
        EXPECT_THAT(message, AllOf(HasSubstr("is " + name), HasSubstr(line),
                                   HasSubstr("numpy.savez('images.npz'")));
        EXPECT_EQ(std::count(message.begin(), message.end(), '\n'), 3) << message;
        EXPECT_TRUE(is_array_file(folder / "images"));
    }
};

TEST_F(Refused, NamesTablesOfColumns) {
    expect_refused(bytes_of("PAR1......PAR1"), "a Parquet table",
                   "pandas.read_parquet('" + (folder / "images").string() + "')");
    expect_refused(bytes_of("ARROW1........"), "an Arrow table", "pandas.read_feather(");
}

TEST_F(Refused, NamesHdf5AndMatlabsNewest) {
    expect_refused(bytes_of("\x89HDF\r\n\x1a\n...."), "an HDF5 file", "h5py.File(");
    Bytes matlab = mat5_header(ByteOrder::kLittle, 0x0200);
    matlab.resize(512);
    put_all(matlab, bytes_of("\x89HDF\r\n\x1a\n"));
    expect_refused(matlab, "an HDF5 file", "h5py.File(");
}

TEST_F(Refused, NamesDicom) {
    Bytes bytes(128, 0);
    put_all(bytes, bytes_of("DICM...."));
    expect_refused(bytes, "a DICOM image", "pydicom.dcmread(");
}

TEST_F(Refused, NamesPicklesOfEachProtocolAndNeverExecutesOne) {
    expect_refused(bytes_of("\x80\x02}q\x01(U\x04"
                            "data."),
                   "a pickle", "pickle.load(");
    expect_refused(bytes_of("\x80\x04\x95........"), "a pickle", "could execute anything");
    expect_refused(gzipped(bytes_of("\x80\x03]q.")), "a pickle", "pickle.load(");
    expect_refused(zip_of({{"model/data.pkl", bytes_of("\x80\x02}.")}}), "a PyTorch file",
                   "torch.load(");
}

TEST_F(Refused, NamesTfRecordByItsChecksum) {
    // A record of 5 bytes; the masked CRC-32C of its size, computed apart.
    Bytes bytes = {5, 0, 0, 0, 0, 0, 0, 0, 0xea, 0xb2, 0x04, 0x3e, 1, 2, 3, 4, 5};
    expect_refused(bytes, "a TFRecord", "TFRecordDataset(");
    bytes[8] ^= 1;
    EXPECT_FALSE(is_array_file(file("other", bytes)));
}

TEST_F(Refused, LeavesWhatItDoesNotKnowToOthers) {
    for (const char* text : {"\x89PNG\r\n\x1a\n....", "\xFF\xD8\xFF\xE0....", "BM....",
                             "PK\x03\x04....", "\x80\x09.."})
        EXPECT_FALSE(is_array_file(file("other", bytes_of(text))));
    EXPECT_THAT(refusal("other", bytes_of("BM....")), HasSubstr("none of the files of arrays"));
    EXPECT_THAT(refusal("other", {}), HasSubstr("is empty"));
}

}  // namespace
}  // namespace elbow::data

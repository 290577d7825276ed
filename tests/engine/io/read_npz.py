"""Prints the arrays of an NPZ, one a line: name, dtype, shape, values. With numpy where it is there, and by the
format's definition (zip, version 1.0 of .npy), which must say the same: python3 read_npz.py FILE
"""

import array
import ast
import math
import sys
import zipfile


def by_definition(path):
    arrays = {}
    with zipfile.ZipFile(path) as whole:
        assert whole.testzip() is None, "a checksum is wrong"
        for entry in whole.infolist():
            data = whole.read(entry)
            assert data[:8] == b"\x93NUMPY\x01\x00", data[:8]
            end = 10 + int.from_bytes(data[8:10], "little")
            assert end % 64 == 0 and data[end - 1 : end] == b"\n", end
            header = ast.literal_eval(data[10:end].decode())
            assert header["fortran_order"] is False
            dtype, values = header["descr"], data[end:]
            if dtype.startswith("<U"):
                size = 4 * int(dtype[2:])
                found = [values[i : i + size].decode("utf-32-le").rstrip("\0") for i in range(0, len(values), size)]
            else:
                found = array.array({"<f4": "f", "<i4": "i", "|u1": "B"}[dtype], values).tolist()
            assert len(found) == math.prod(header["shape"])
            arrays[entry.filename.removesuffix(".npy")] = (dtype, header["shape"], found)
    return arrays


sys.stdout.reconfigure(encoding="utf-8")
arrays = by_definition(sys.argv[1])
try:
    import numpy
except ImportError:
    pass
else:
    with numpy.load(sys.argv[1]) as whole:
        assert sorted(whole.files) == sorted(arrays), whole.files
        for name, (dtype, shape, values) in arrays.items():
            assert whole[name].dtype.str == dtype and whole[name].shape == shape, name
            assert whole[name].ravel().tolist() == values, name
for name, (dtype, shape, values) in arrays.items():
    print(name, dtype, *shape, ":", *values)

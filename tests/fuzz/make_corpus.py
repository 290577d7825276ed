#!/usr/bin/env python3
"""Writes the seeds of the fuzz targets: small files, good and bad, of every format, a folder for each target.

tests/fuzz/make_corpus.py FOLDER     what it writes is the same each time
"""
import gzip
import io
import json
import pathlib
import struct
import sys
import tarfile
import zipfile
import zlib


def packed(content):
    return gzip.compress(content, mtime=0)


def idx(shape, values):
    return struct.pack(f">I{len(shape)}I", 0x800 + len(shape), *shape) + bytes(values)


def element(kind, data, order="<"):
    """One data element of a MAT file, with its padding."""
    return struct.pack(order + "II", kind, len(data)) + data + bytes(-len(data) % 8)


def matrix(name, rows, columns, values, order="<", kind=2, flags=9):
    """A matrix of class uint8 unless flags say otherwise; kind is how its values are stored."""
    body = element(6, struct.pack(order + "II", flags, 0), order)
    body += element(5, struct.pack(order + "ii", rows, columns), order)
    body += element(1, name, order)
    body += element(kind, values, order)
    return element(14, body, order)


def mat5(*elements, order="<"):
    header = b"MATLAB 5.0 MAT-file, a seed".ljust(124) + struct.pack(order + "H", 0x0100)
    return header + (b"IM" if order == "<" else b"MI") + b"".join(elements)


def compressed(one):
    data = zlib.compress(one)
    return struct.pack("<II", 15, len(data)) + data


def npy(descr, shape, values, fortran=False, version=1):
    header = f"{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY" + struct.pack("<BBH" if version == 1 else "<BBI", version, 0, len(header)) + header + values


def npz(arrays, how=zipfile.ZIP_STORED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", how) as whole:
        for name, array in arrays.items():
            whole.writestr(zipfile.ZipInfo(name + ".npy"), array, how)
    return content.getvalue()


def png(width, height, colour, channels, pixels, palette=b""):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    lines = b"".join(b"\0" + pixels[line * width * channels:(line + 1) * width * channels] for line in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)) + palette
            + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


def bmp(width, height, pixels):
    return (b"BM" + struct.pack("<IHHI", 54 + len(pixels), 0, 0, 54)
            + struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, len(pixels), 0, 0, 0, 0) + pixels)


def jpeg_head(components, orientation):
    exif = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    frame = struct.pack(">BHHB", 8, 2, 3, components) + bytes(3 * components)
    return (b"\xff\xd8\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
            + b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xda\0\2\0\0\xff\xd9")


def pictures_zip():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as whole:
        for name, how in (("a/1.png", zipfile.ZIP_STORED), ("../2.png", zipfile.ZIP_DEFLATED), (".hidden", zipfile.ZIP_STORED)):
            whole.writestr(zipfile.ZipInfo(name), png(1, 1, 0, 1, b"\7"), how)
    return content.getvalue()


def pictures_tar(packing):
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:" + packing, format=tarfile.GNU_FORMAT) as whole:
        for name in ("a/1.png", "/etc/2.png"):
            entry = tarfile.TarInfo(name)
            entry.size = 10
            whole.addfile(entry, io.BytesIO(bytes(10)))
    return content.getvalue()


def safetensors(header, data):
    text = json.dumps(header).encode() if not isinstance(header, bytes) else header
    return struct.pack("<Q", len(text)) + text + data


def tensor(shape, begin, end):
    return {"dtype": "F32", "shape": shape, "data_offsets": [begin, end]}


RUN = {
    "format": "elbow-run", "format_version": 1, "elbow_version": "0.1.0",
    "config": {"dataset": "mnist", "train-images": 0, "targets": "grey", "latent": 2, "hidden": 500, "activation": "tanh",
               "likelihood": "auto", "estimator": "sgvb_b", "noise-samples": 1, "beta": 1.0, "optimizer": "adam",
               "step-size": 0.001, "batch": 100, "seed": 1, "gradients": "fused"},
    "changes": [{"step": 10, "option": "step-size", "value": "3e-04"}, {"step": 20, "option": "batch", "value": " 50 "}],
    "architecture": {"height": 28, "width": 28, "hidden": 500, "latents": 2, "activation": "tanh", "likelihood": "bernoulli"},
    "dataset": {"title": "MNIST", "train_images": 60000, "held_out_images": 10000},
    "threads": 2, "step": 50, "samples": 5000, "train_seconds": 11.3,
}
METRICS = "samples,seconds,epoch,train_bound,test_bound,test_reconstruction,test_kl,images_per_s,test_kl_0,test_kl_1\n"
WINDOW = {"width": 1600, "height": 1000, "dark": True, "scale": 1.5, "left_width": 0.19, "backdrop": "density",
          "curve_axis": "epochs", "curve_log_x": False, "export_folder": "file:///tmp/caf%E9", "hint_seen": True}
LAYOUT = [{"split": "columns", "sized": "first", "share": 0.19, "of": "window"}, {"tabs": ["controls", "curves"], "front": "curves"},
          {"split": "rows", "sized": "second", "share": 0.36, "of": "row"}, {"tabs": ["map"], "front": "map"}, {"tabs": ["prior"]}]

SESSION = {"format": "elbow-session", "format_version": 1, "name": "first", "pinned": False, "playing": True,
           "window": {"dot": [0.5, -1.25], "anchor": [0, 0], "x_axis": 0, "y_axis": 1, "a": [-1.2, -0.8], "b": [1.2, 0.8],
                      "view": {"x": 0, "y": 0, "half_height": 3.5, "follows_points": True},
                      "path": {"shown": True, "kind": "spherical", "images": 12},
                      "selected": 17, "hidden_labels": [3, 31], "prior_seed": 1}}
TRAINING = "samples,seconds,epoch,train_bound,train_reconstruction,train_kl"


def without(key):
    return {name: value for name, value in RUN.items() if name != key}


IMPORTED = {
    "format": 1, "name": "pets", "source": "/tmp/pets", "form": "folder", "state": "ab", "choices": "size=10x10", "likelihood": "gaussian",
    "network": "paper", "channels": 1, "height": 10, "width": 10, "train": 9, "held_out": 1, "continuous": True, "class_names": ["a", "b"],
    "factor_names": [], "notes": ["A note."], "left_out": "1 hidden", "fingerprint": "1-2-3-4"}


def seeds():
    images = idx([2, 3, 4], range(24))
    grey = matrix(b"ff", 2, 3, bytes(range(6)))
    yield "gzip", {
        "plain": b"plain bytes", "packed": packed(b"packed bytes " * 20), "two-members": packed(b"one ") + packed(b"two"),
        "cut": packed(b"packed bytes")[:-5], "followed": packed(b"packed bytes") + b"more", "empty-member": packed(b""),
        "bomb": packed(bytes(300_000))}
    yield "idx", {
        "images": images, "labels": idx([7], range(7)), "packed": packed(images), "short": idx([2, 3, 4], range(20)),
        "long": idx([2, 3, 4], range(30)), "absurd": idx([2**32 - 1] * 3, []), "floats": b"\0\0\x0d\x03" + images[4:],
        "packed-short": packed(idx([1000, 28, 28], range(9)))}
    yield "mat5", {
        "bytes": mat5(grey), "big-endian": mat5(matrix(b"ff", 2, 3, bytes(range(6)), ">"), order=">"),
        "doubles": mat5(matrix(b"ff", 1, 2, struct.pack("<dd", 3, 255), kind=9, flags=6)),
        "halves": mat5(matrix(b"ff", 1, 1, struct.pack("<d", 0.5), kind=9, flags=6)),
        "compressed": mat5(compressed(grey)), "second": mat5(matrix(b"x", 1, 1, b"\1"), compressed(grey)),
        "other": mat5(matrix(b"x", 1, 1, b"\1")), "complex": mat5(matrix(b"ff", 1, 1, b"\1", flags=0x809)),
        "small-name": mat5(element(14, element(6, struct.pack("<II", 9, 0)) + element(5, struct.pack("<ii", 1, 1)) +
                                   struct.pack("<I2sxx", 0x00020001, b"ff") + element(2, b"\7")))}
    pixels = bytes(range(100, 132))
    halves = struct.pack("<16d", *[i / 16 for i in range(16)])
    yield "npy", {
        "bytes": npy("|u1", (2, 4, 4), pixels), "fortran": npy("|u1", (2, 4, 4), pixels, True), "packed": packed(npy("|u1", (2, 16), pixels)),
        "colour": npy("|u1", (1, 3, 2, 2), pixels[:12]), "opacity": npy("|u1", (1, 2, 2, 4), pixels[:16]), "rows": npy("|u1", (4, 6), pixels[:24]),
        "doubles": npy("<f8", (1, 4, 4), halves), "big-endian": npy(">f8", (1, 4, 4), halves), "half-floats": npy("<f2", (1, 4, 4), pixels),
        "version-2": npy("<i2", (1, 4, 4), pixels, version=2), "nan": npy("<f4", (1, 4, 4), b"\xff" * 64), "object": npy("|O", (2,), b"\x80\x04."),
        "records": npy("|u1", (2,), bytes(8)).replace(b"'|u1'", b"[(1)]"), "huge": npy("|u1", (2**40, 2**40, 4), pixels), "cut": npy("|u1", (2, 4, 4), pixels)[:-3]}
    yield "npz", {
        "keras": npz({"x_test": npy("|u1", (1, 4, 4), pixels[:16]), "x_train": npy("|u1", (2, 4, 4), pixels), "y_train": npy("|u1", (2,), b"\7\2"),
                      "y_test": npy("|u1", (1,), b"\7")}),
        "deflated": npz({"images": npy("|u1", (2, 4, 4), pixels), "labels": npy("<i8", (2,), bytes(16))}, zipfile.ZIP_DEFLATED),
        "sprites": npz({"metadata": npy("|O", (), b"\x80\x02."), "imgs": npy("|u1", (1, 4, 4), pixels[:16]),
                        "latents_classes": npy("<i8", (1, 6), bytes(48)), "latents_values": npy("<f8", (1, 6), bytes(48))}),
        "one": npz({"arr_0": npy("|u1", (2, 4, 4), pixels)}), "one-hot": npz({"x": npy("|u1", (2, 16), pixels), "y": npy("|u1", (2, 2), b"\1\0\0\1")}),
        "empty": npz({})}
    row = ",".join(str(pixel) for pixel in pixels[:16])
    names = ",".join(f"pixel{i}" for i in range(16))
    yield "number_table", {
        "kaggle": f"label,{names}\n7,{row}\n3,{row}\n", "no-heading": f"7,{row}\n3,{row}\n", "alone": f"{row}\n\n{row}", "windows": f"\ufeff{row}\r\n{row}\r\n",
        "amat": "0 1 " * 8 + "\n" + "1 0 " * 8 + "\n", "amat-label": "0.5 " * 16 + " 3\n" + "0.25 " * 16 + " 4\n", "semicolons": "0,5;" * 15 + "1\n",
        "text-labels": f"label,{names}\ncat,{row}\n", "short": f"{row}\n1,2,3\n", "numbered": f",label,{names}\n0,1,{row}\n", "nan": f"nan,{row[4:]}\n",
        "packed": packed(f"{row}\n".encode()), "comment": f"# made by numpy\n{row}\n", "huge": f"1e999,-1e-999,{row[8:]}\n", "rows-of-18": f"{row},1,2\n"}
    yield "picture", {
        "grey": png(2, 3, 0, 1, pixels[:6]), "alpha": png(1, 2, 6, 4, pixels[:8]), "rgb": png(2, 2, 2, 3, pixels[:12]),
        "palette": png(2, 1, 3, 1, b"\0\1", b"\0\0\0\6PLTE" + bytes(10) + b"\0\0\0\2tRNS" + bytes(6)), "huge": png(40_000, 40_000, 2, 3, b""),
        "bmp": bmp(2, 2, bytes(range(16))), "bmp-cut": bmp(2, 2, bytes(9)), "bmp-down": bmp(2, -2, bytes(range(16))),
        "jpeg-turned": jpeg_head(3, 6), "jpeg-cmyk": jpeg_head(4, 1), "pgm": b"P5 2 2 255\n" + pixels[:4], "ppm": b"P6\n# x\n1 1 255\n" + pixels[:3],
        "gif": b"GIF89a\1\0\1\0\x80\0\0" + bytes(6) + b",\0\0\0\0\1\0\1\0\0\2\2D\1\0;", "webp": b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/" + bytes(12)}
    yield "label_table", {
        "csv": "file_name,label,split\na/1.png,cat,train\nb/2,dog,test\n3.png,\"a \"\"b\"\"\",val\n", "tabs": "\ufeffid\tclass\r\n1\tx\r\n2\ty\r\n",
        "json": json.dumps({"labels": [["1.png", 3], ["2.png", 4]]}), "no-labels": json.dumps({"labels": None}), "open-quote": "file,label\n\"a,1",
        "not-utf8": b"file,label\ncaf\xe9,1\n", "deep": "[" * 400}
    yield "imported_set", {
        "set": json.dumps(IMPORTED), "newer": json.dumps(IMPORTED | {"format": 2}), "huge": json.dumps(IMPORTED | {"width": 2**40}),
        "choices": "size=64x48,fit=crop,colours=rgb,ground=white,labels=off,held-out=found,likelihood=logistic,network=conv", "one": "ground=77", "wrong": "fit=,size=x"}
    yield "archive", {"zip": pictures_zip(), "tar": pictures_tar(""), "tar-xz": pictures_tar("xz"), "text": "no archive"}
    values = struct.pack("<6f", 1, -2, 3.5, float("nan"), 0, 1e-40)
    header = {"__metadata__": {"step": "3", "format": "elbow-model"}, "a": tensor([2, 2], 0, 16), "b/c": tensor([2], 16, 24)}
    yield "safetensors", {
        "two": safetensors(header, values), "none": safetensors({}, b""), "scalar": safetensors({"a": tensor([], 0, 4)}, values[:4]),
        "hole": safetensors({"a": tensor([1], 4, 8)}, values[:8]), "overlap": safetensors(
            {"a": tensor([2], 0, 8), "b": tensor([2], 4, 12)}, values[:12]),
        "twice": safetensors(b'{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
                             values[:4]),
        "huge": safetensors({"a": tensor([2**40, 2**40], 0, 4)}, values[:4]), "deep": safetensors(b"[" * 400, b""),
        "long-header": struct.pack("<Q", 2**60) + b"{}"}
    yield "run_json", {
        "run": json.dumps(RUN), "indented": json.dumps(RUN, indent=2), "old": json.dumps(without("threads")),
        "no-step": json.dumps(without("step")), "gaussian": json.dumps(
            RUN | {"config": RUN["config"] | {"dataset": "frey", "likelihood": "gaussian"},
                   "architecture": RUN["architecture"] | {"height": 28, "width": 20, "likelihood": "gaussian"}}),
        "shapes": json.dumps(RUN | {"config": RUN["config"] | {"dataset": "shapes:side=64,train=1e5"}}),
        "newer": json.dumps(RUN | {"format_version": 2}), "other": json.dumps({"format": "elsewhere"}), "deep": "[" * 400,
        "infinite": json.dumps(RUN).replace("11.3", "1e999"), "not-utf8": json.dumps(RUN).encode().replace(b"MNIST", b"caf\xe9")}
    yield "metrics", {
        "none": METRICS, "two": METRICS + "0,0,0,nan,-543.2,-540.1,3.1,0,1.5,1.6\n5000,0.25,0.1,-150.5,-140.2,-130,10.2,19000.5,4,6.25\n",
        "windows": METRICS.replace("\n", "\r\n") + "0,0,0,nan,-1e300,inf,-inf,0,1,2\r\n", "short": METRICS + "0,0,0\n",
        "text": METRICS + "many,0,0,0,0,0,0,0,0,0\n", "quoted": '\ufeff"samples";"seconds"\n'}
    yield "curves", {
        "fig2": "dataset,latents,method,split,samples,lower_bound_nats\nmnist,3,aevb,train,1e5,-150.25\nmnist,3,aevb,train,2e5,-140\n",
        "fig3": "train_size,method,split,samples,marginal_loglik_nats\n1000,mcem,test,100000,-160.5\n",
        "points": "samples,train_nats,test_nats,train_seconds\n20000,-200.5,-190.25,1.5\n30000,-180,nan,2.5\n"}
    yield "history", {
        "none": TRAINING + "\n", "two": TRAINING + ",hmc_acceptance\n1000,0.5,0.1,-300.5,-290,10.5,0.9\n2000,1,0.2,nan,-280,-inf,1\n",
        "short": TRAINING + "\n1000,0.5\n", "text": TRAINING + "\nmany,0,0,0,0,0\n"}
    yield "session", {
        "session": json.dumps(SESSION), "short": json.dumps({"format": "elbow-session", "format_version": 1}), "empty": "",
        "newer": json.dumps(SESSION | {"format_version": 2}), "far": json.dumps(SESSION).replace("3.5", "1e300"),
        "no-window": json.dumps(SESSION | {"window": []}), "deep": "[" * 400, "not-utf8": b'{"format": "elbow-session", "name": "caf\xe9"}'}
    yield "settings", {
        "window": json.dumps(WINDOW), "none": "{}", "wrong-kinds": json.dumps({"width": 1e300, "dark": 7, "export_folder": ["a"]}),
        "list": "[1, 2]", "deep": "[" * 400, "not-utf8": b'{"export_folder": "caf\xe9"}',
        "layout": json.dumps({"layout": LAYOUT}), "endless-layout": json.dumps({"layout": LAYOUT[:1] * 300}),
        "escaped": '{"export_folder": "\\u0000file://%41\\ud83d\\ude00"}'}
    yield "options", {
        "latent": "latent= 20 ", "step-size": "step-size=1e-3", "activation": "activation=relu", "estimator": "estimator=iwae",
        "seed": "seed=9007199254740992", "count": "1e6", "too-many": "1e16", "shapes": "shapes:side=64,train=1e5,held-out=1e4",
        "typo": "mnits", "path": "/tmp/caf\u00e9", "bytes": b"file:///caf\xe9%41", "infinite": "beta=inf", "empty": ""}


def main():
    root = pathlib.Path(sys.argv[1])
    for target, files in seeds():
        folder = root / target
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


if __name__ == "__main__":
    main()

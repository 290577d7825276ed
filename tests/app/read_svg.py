"""Says what an SVG is made of: python3 read_svg.py FILE. One JSON object: width, height, how many of each element,
the texts, and the size in pixels of each picture in it."""

import base64
import collections
import json
import struct
import sys
import xml.etree.ElementTree as tree

SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"


def size_of_png(image):
    kind, data = image.get(LINK).split(",", 1)
    assert kind == "data:image/png;base64", kind
    png = base64.b64decode(data, validate=True)
    assert png[:8] == b"\x89PNG\r\n\x1a\n" and png[-8:-4] == b"IEND"
    return struct.unpack(">II", png[16:24])


root = tree.parse(sys.argv[1]).getroot()
assert root.tag == SVG + "svg", root.tag
elements = [element for element in root.iter() if element is not root]
assert all(element.tag.startswith(SVG) for element in elements)
print(
    json.dumps(
        {
            "width": int(root.get("width")),
            "height": int(root.get("height")),
            "elements": collections.Counter(element.tag.removeprefix(SVG) for element in elements),
            "texts": [element.text for element in elements if element.tag == SVG + "text"],
            "pictures": [size_of_png(element) for element in elements if element.tag == SVG + "image"],
        }
    )
)

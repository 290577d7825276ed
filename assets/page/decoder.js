'use strict';
// Computes a decoder from the list of steps that Elbow wrote (engine/model/decoder_steps.h says what
// each does). No part of it knows a network by name. Values are rows of floats; blocks are the
// weights, 16-bit floats in the file.

function bytesOf(base64) {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
    return bytes;
}

// Little-endian 16-bit floats (IEEE 754) as floats.
function floatsOf(base64) {
    const bytes = bytesOf(base64);
    const floats = new Float32Array(bytes.length / 2);
    for (let i = 0; i < floats.length; ++i) {
        const bits = bytes[2 * i] | bytes[2 * i + 1] << 8;
        const exponent = bits >> 10 & 31, fraction = bits & 1023;
        const size = exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
        floats[i] = bits & 0x8000 ? -size : size;
    }
    return floats;
}

function countOf(shape) {
    return shape.reduce((product, side) => product * side, 1);
}

// The error function, to 1.5e-7 (Abramowitz & Stegun 7.1.26).
function erf(x) {
    const t = 1 / (1 + 0.3275911 * Math.abs(x));
    const sum = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}

const byValue = {
    relu: x => Math.max(x, 0),
    tanh: Math.tanh,
    gelu: x => 0.5 * x * (1 + erf(x / Math.SQRT2)),
    silu: x => x / (1 + Math.exp(-x)),
    sigmoid: x => 1 / (1 + Math.exp(-x)),
    exp: Math.exp,
    abs: Math.abs,
    negate: x => -x,
    add: (x, y) => x + y,
    subtract: (x, y) => x - y,
    multiply: (x, y) => x * y,
    divide: (x, y) => x / y,
    less: (x, y) => x < y ? 1 : 0,
    choose: (c, x, y) => c !== 0 ? x : y,
};

// Each fills `out` from the values it takes; `of` and `blocks` have {values, shape}.
const byRow = {
    linear(out, [x], [weight, bias]) {
        const inputs = x.values.length;
        for (let o = 0; o < out.length; ++o) {
            let sum = bias.values[o];
            for (let i = 0, at = o * inputs; i < inputs; ++i, ++at) sum += weight.values[at] * x.values[i];
            out[o] = sum;
        }
    },
    normalise(out, [x], [gain, shift], [extra]) {
        const count = out.length;
        let mean = 0, variance = 0;
        for (const value of x.values) mean += value / count;
        for (const value of x.values) variance += (value - mean) ** 2 / count;
        const scale = 1 / Math.sqrt(variance + extra);
        for (let i = 0; i < count; ++i) out[i] = (x.values[i] - mean) * scale * gain.values[i] + shift.values[i];
    },
    convolve(out, [x], [weight, bias], [stride, padding], [, height, width]) {
        const [inputs, h, w] = x.shape, k = weight.shape[2];
        for (let o = 0, at = 0; o < bias.values.length; ++o) {
            for (let row = 0; row < height; ++row) {
                for (let column = 0; column < width; ++column, ++at) {
                    let sum = bias.values[o];
                    for (let i = 0; i < inputs; ++i) {
                        for (let ky = 0; ky < k; ++ky) {
                            const y = row * stride - padding + ky;
                            if (y < 0 || y >= h) continue;
                            for (let kx = 0; kx < k; ++kx) {
                                const from = column * stride - padding + kx;
                                if (from < 0 || from >= w) continue;
                                sum += weight.values[((o * inputs + i) * k + ky) * k + kx] *
                                       x.values[(i * h + y) * w + from];
                            }
                        }
                    }
                    out[at] = sum;
                }
            }
        }
    },
    // A convolution backwards: each value is spread over the pixels that it would have come from.
    transpose(out, [x], [weight, bias], [stride, padding], [outputs, height, width]) {
        const [inputs, h, w] = x.shape, k = weight.shape[2], plane = height * width;
        for (let o = 0; o < outputs; ++o) out.fill(bias.values[o], o * plane, (o + 1) * plane);
        for (let i = 0, at = 0; i < inputs; ++i) {
            for (let row = 0; row < h; ++row) {
                for (let column = 0; column < w; ++column, ++at) {
                    const value = x.values[at];
                    if (value === 0) continue;
                    for (let o = 0; o < outputs; ++o) {
                        for (let ky = 0; ky < k; ++ky) {
                            const y = row * stride - padding + ky;
                            if (y < 0 || y >= height) continue;
                            for (let kx = 0; kx < k; ++kx) {
                                const to = column * stride - padding + kx;
                                if (to < 0 || to >= width) continue;
                                out[o * plane + y * width + to] +=
                                    value * weight.values[((i * outputs + o) * k + ky) * k + kx];
                            }
                        }
                    }
                }
            }
        }
    },
    join(out, [x, y]) {
        out.set(x.values);
        out.set(y.values, x.values.length);
    },
    slice(out, [x], blocks, [first]) {
        out.set(x.values.subarray(first, first + out.length));
    },
    reshape(out, [x]) {
        out.set(x.values);
    },
    number(out, of, blocks, [value]) {
        out[0] = value;
    },
};

function applyByValue(f, out, of) {
    const at = (x, i) => x.values.length === 1 ? x.values[0] : x.values[i];
    const [x, y, z] = of;
    if (of.length === 1) for (let i = 0; i < out.length; ++i) out[i] = f(x.values[i]);
    if (of.length === 2) for (let i = 0; i < out.length; ++i) out[i] = f(at(x, i), at(y, i));
    if (of.length === 3) for (let i = 0; i < out.length; ++i) out[i] = f(at(x, i), at(y, i), at(z, i));
}

// {steps, picture, blocks: [{name, shape}], weights, latents, classes} -> a function of z and the
// number of a label, which fills and returns grey values [C, H, W], 0 to 255.
function makeDecoder(model) {
    const all = floatsOf(model.weights);
    const blocks = {};
    let used = 0;
    for (const {name, shape} of model.blocks) {
        blocks[name] = {shape, values: all.subarray(used, used += countOf(shape))};
    }
    const z = {shape: [model.latents], values: new Float32Array(model.latents)};
    const label = {shape: [model.classes], values: new Float32Array(model.classes)};
    const values = [z, label];
    const work = model.steps.map(step => {
        if (!(step.operation in byRow || step.operation in byValue)) {
            throw new Error(`This page does not know the step "${step.operation}".`);
        }
        const result = {shape: step.shape, values: new Float32Array(countOf(step.shape))};
        const of = step.of.map(number => values[number]);
        values.push(result);
        const row = byRow[step.operation], f = byValue[step.operation];
        const with_blocks = step.blocks.map(name => blocks[name]);
        return row ? () => row(result.values, of, with_blocks, step.numbers, step.shape)
                   : () => applyByValue(f, result.values, of);
    });
    const mean = values[model.picture].values;
    const picture = new Uint8ClampedArray(mean.length);
    return (codes, chosen = 0) => {
        z.values.set(codes);
        label.values.fill(0);
        if (model.classes > 0) label.values[chosen] = 1;
        for (const step of work) step();
        for (let i = 0; i < mean.length; ++i) picture[i] = Math.round(255 * mean[i]);
        return picture;
    };
}

'use strict';
// The map, the dot on it and the image beside it. decoder.js computes the image.

const run = JSON.parse(document.getElementById('run').textContent);
const map = document.getElementById('map');
const picture = document.getElementById('picture');

window.addEventListener('error', event => {
    const problem = document.getElementById('problem');
    problem.textContent = `This page cannot go on: ${event.message}. Try a newer browser, or export it again.`;
    problem.hidden = false;
});

const decode = makeDecoder(run.model);
const codes = floatsOf(run.codes), labels = bytesOf(run.labels);
const hidden = new Set();
const state = {z: run.start, label: run.label};

// --- the image ------------------------------------------------------------------------------------

const {channels, height, width} = run.image;
picture.width = width;
picture.height = height;
picture.style.setProperty('--aspect', width / height);

function drawPicture() {
    const values = decode(state.z, state.label), plane = width * height;
    const image = new ImageData(width, height);
    for (let i = 0; i < plane; ++i) {
        for (let c = 0; c < 3; ++c) image.data[4 * i + c] = values[(channels === 3 ? c * plane : 0) + i];
        image.data[4 * i + 3] = 255;
    }
    picture.getContext('2d').putImageData(image, 0, 0);
    picture.setAttribute('aria-label', `The image decoded at ${textOf(state.z)}`);
}

// --- the map --------------------------------------------------------------------------------------

const kMargin = {left: 46, right: 12, top: 12, bottom: 44};  // around the plot, in CSS pixels
const kReach = 2.6;     // standard deviations of the prior that are shown at least
const kOutliers = 400;  // one of so many codes may lie outside

function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
function textOf(z) {
    return `z = (${z.map(value => value.toFixed(2).replace('-', '\u2212')).join(', ')})`;
}

// What has to be seen of a latent: nearly all codes, the dot, the prior.
function extentOf(latent) {
    const along = [];
    for (let i = latent; i < codes.length; i += 2) if (Number.isFinite(codes[i])) along.push(codes[i]);
    along.sort((a, b) => a - b);
    const cut = Math.floor(along.length / kOutliers);
    const seen = [run.start[latent], ...along.slice(cut, along.length - cut)];
    if (run.prior_rings) seen.push(-kReach, kReach);
    const low = seen.reduce((a, b) => Math.min(a, b)), high = seen.reduce((a, b) => Math.max(a, b));
    const middle = (low + high) / 2, half = Math.max(high - low, 1e-3) * 0.53;
    return [middle - half, middle + half];
}
const extents = [extentOf(0), extentOf(1)];

// One unit is as long on both axes. Kept until the size of the window changes.
let view;
function fit() {
    const box = map.getBoundingClientRect(), scale = window.devicePixelRatio || 1;
    map.width = Math.round(box.width * scale);
    map.height = Math.round(box.height * scale);
    const wide = box.width - kMargin.left - kMargin.right, tall = box.height - kMargin.top - kMargin.bottom;
    const [x, y] = extents;
    const unit = Math.min(wide / (x[1] - x[0]), tall / (y[1] - y[0]));  // pixels
    const centre = [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2];
    view = {
        scale, unit, wide, tall,
        low: [centre[0] - wide / unit / 2, centre[1] - tall / unit / 2],
        high: [centre[0] + wide / unit / 2, centre[1] + tall / unit / 2],
        x: value => kMargin.left + (value - view.low[0]) * unit,
        y: value => kMargin.top + (view.high[1] - value) * unit,
        z: (px, py) => [view.low[0] + (px - kMargin.left) / unit, view.high[1] - (py - kMargin.top) / unit],
    };
    ground = null;
}

// 1, 2 or 5 times a power of ten, so that some six of them fit.
function stepOf(span) {
    const rough = span / 6, power = 10 ** Math.floor(Math.log10(rough));
    return power * [1, 2, 5, 10].find(factor => factor * power >= rough);
}

function drawAxes(pen) {
    pen.fillStyle = colour('text-dim');
    pen.font = '12px Inter, system-ui, sans-serif';
    const right = kMargin.left + view.wide, foot = kMargin.top + view.tall;
    const step = stepOf(Math.min(view.high[0] - view.low[0], view.high[1] - view.low[1]));
    const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    const say = value => value.toFixed(digits).replace('-', '\u2212');
    const ticks = axis => {
        const all = [];
        for (let i = Math.ceil(view.low[axis] / step); i * step <= view.high[axis]; ++i) all.push(i * step);
        return all;
    };
    const rule = (x0, y0, x1, y1, zero) => {
        pen.strokeStyle = colour(zero ? 'axis-line' : 'grid-line');
        pen.beginPath();
        pen.moveTo(Math.round(x0) + 0.5, Math.round(y0) + 0.5);
        pen.lineTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
        pen.stroke();
    };
    pen.textAlign = 'center';
    for (const at of ticks(0)) {
        rule(view.x(at), kMargin.top, view.x(at), foot, at === 0);
        pen.fillText(say(at), view.x(at), foot + 16);
    }
    pen.textAlign = 'right';
    pen.textBaseline = 'middle';
    for (const at of ticks(1)) {
        rule(kMargin.left, view.y(at), right, view.y(at), at === 0);
        pen.fillText(say(at), kMargin.left - 6, view.y(at));
    }
    pen.textAlign = 'center';
    pen.textBaseline = 'alphabetic';
    const title = (whole, short, room) => pen.measureText(whole).width <= room ? whole : short;
    pen.fillText(title(run.axes.x, run.axes.short_x, view.wide), kMargin.left + view.wide / 2, foot + 36);
    pen.save();
    pen.translate(13, kMargin.top + view.tall / 2);
    pen.rotate(-Math.PI / 2);
    pen.fillText(title(run.axes.y, run.axes.short_y, view.tall), 0, 0);
    pen.restore();
}

// Everything but the dot, which is drawn again only when it changes.
let ground;
function makeGround() {
    ground = document.createElement('canvas');
    ground.width = map.width;
    ground.height = map.height;
    const pen = ground.getContext('2d');
    pen.scale(view.scale, view.scale);
    pen.fillStyle = colour('map-background');
    pen.fillRect(kMargin.left, kMargin.top, view.wide, view.tall);
    drawAxes(pen);
    pen.beginPath();
    pen.rect(kMargin.left, kMargin.top, view.wide, view.tall);
    pen.clip();
    const inks = run.class_names.map((_, i) => colour(`label-${i % run.label_colours}`));
    const radius = codes.length > 8000 ? 2 : 2.6;
    for (let i = 0; i < codes.length / 2; ++i) {
        const label = labels.length > 0 ? labels[i] : -1;
        if (hidden.has(label)) continue;
        // The model draws images of one label: the others' codes are not its own.
        pen.globalAlpha = run.model.classes > 0 && label !== state.label ? 0.12 : 0.8;
        pen.fillStyle = label < 0 ? colour('unlabelled') : inks[label];
        pen.beginPath();
        pen.arc(view.x(codes[2 * i]), view.y(codes[2 * i + 1]), radius, 0, 2 * Math.PI);
        pen.fill();
    }
    pen.globalAlpha = 0.7;
    pen.strokeStyle = colour('path');
    for (let ring = 1; run.prior_rings && ring <= 3; ++ring) {
        pen.beginPath();
        pen.arc(view.x(0), view.y(0), ring * view.unit, 0, 2 * Math.PI);
        pen.stroke();
    }
}

function drawDot(pen) {
    const x = view.x(state.z[0]), y = view.y(state.z[1]), text = textOf(state.z);
    pen.beginPath();
    pen.arc(x, y, 9, 0, 2 * Math.PI);
    pen.lineWidth = 5;
    pen.strokeStyle = colour('map-background');
    pen.stroke();
    pen.lineWidth = 2.5;
    pen.strokeStyle = colour('cursor');
    pen.stroke();
    pen.font = '600 13px Inter, system-ui, sans-serif';
    const half = pen.measureText(text).width / 2 + 4;
    const at = Math.min(Math.max(x, kMargin.left + half), kMargin.left + view.wide - half);
    const below = y + 27 > kMargin.top + view.tall - 4 ? y - 17 : y + 27;
    pen.textAlign = 'center';
    pen.lineWidth = 4;
    pen.lineJoin = 'round';
    pen.strokeStyle = colour('map-background');
    pen.strokeText(text, at, below);
    pen.fillStyle = colour('text');
    pen.fillText(text, at, below);
}

function drawMap() {
    if (!ground) makeGround();
    const pen = map.getContext('2d');
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, map.width, map.height);
    pen.drawImage(ground, 0, 0);
    pen.scale(view.scale, view.scale);
    drawDot(pen);
    map.setAttribute('aria-label', `Latent map. The dot is at ${textOf(state.z)}. The arrow keys move it.`);
}

// Once a frame at the most, of the newest z.
let waiting = false;
function draw() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
        waiting = false;
        drawMap();
        drawPicture();
    });
}
function drawAnew() {
    ground = null;
    draw();
}

// --- hands ----------------------------------------------------------------------------------------

function moveTo(z) {
    state.z = z.map((value, axis) => Math.min(Math.max(value, view.low[axis]), view.high[axis]));
    draw();
}
function follow(event) {
    const box = map.getBoundingClientRect();
    moveTo(view.z(event.clientX - box.left, event.clientY - box.top));
}
map.addEventListener('pointerdown', event => {
    if (event.button !== 0) return;
    map.setPointerCapture(event.pointerId);
    map.focus({preventScroll: true});
    follow(event);
    event.preventDefault();
});
map.addEventListener('pointermove', event => {
    if (map.hasPointerCapture(event.pointerId)) follow(event);
});
map.addEventListener('keydown', event => {
    const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]}[event.key];
    if (!way) return;
    const pixels = event.shiftKey ? 40 : 8;
    moveTo(state.z.map((value, axis) => value + way[axis] * pixels / view.unit));
    event.preventDefault();
});

// --- words ----------------------------------------------------------------------------------------

function added(parent, kind, text) {
    const element = document.createElement(kind);
    element.textContent = text;
    return parent.appendChild(element);
}

const legend = document.getElementById('legend');
run.class_names.forEach((name, label) => {
    if (!labels.includes(label)) return;
    const button = added(legend, 'button', name);
    const mark = document.createElement('i');
    mark.style.background = `var(--label-${label % run.label_colours})`;
    button.prepend(mark);
    button.type = 'button';
    button.title = `Hides or shows the points of ${name}`;
    button.setAttribute('aria-pressed', 'true');
    button.addEventListener('click', () => {
        if (!hidden.delete(label)) hidden.add(label);
        button.setAttribute('aria-pressed', String(!hidden.has(label)));
        drawAnew();
    });
});
added(legend, 'span', run.points_text).className = 'note';

if (run.model.classes > 0) {
    const select = document.getElementById('label');
    run.class_names.forEach(name => added(select, 'option', name));
    select.selectedIndex = state.label;
    select.addEventListener('change', () => {
        state.label = select.selectedIndex;
        drawAnew();
    });
    document.getElementById('condition').hidden = false;
}

const facts = document.getElementById('facts');
for (const {name, value} of run.facts) {
    added(facts, 'dt', name);
    added(facts, 'dd', value);
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAnew);
// At once, for a canvas of another size is empty.
new ResizeObserver(() => {
    fit();
    drawMap();
}).observe(map);
fit();
drawMap();
drawPicture();

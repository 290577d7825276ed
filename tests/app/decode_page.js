'use strict';
// Decodes with a page that Elbow exported, by the page's own script:
//   node decode_page.js PAGE.html '[{"z": [0.5, -1], "label": 0}]'
// prints the grey values [C, H, W] of each, one line of JSON an image.

const page = require('fs').readFileSync(process.argv[2], 'utf8');
function element(id) {
    return page.match(new RegExp(`<script[^>]* id="${id}">([\\s\\S]*?)</script>`))[1];
}
const makeDecoder = new Function(`${element('decoder')}; return makeDecoder;`)();
const decode = makeDecoder(JSON.parse(element('run')).model);
for (const {z, label} of JSON.parse(process.argv[3])) console.log(JSON.stringify(Array.from(decode(z, label))));

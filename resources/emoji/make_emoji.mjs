// Writes emoji.tsv from the npm package emojibase-data (7.x): node make_emoji.mjs PATH/TO/emojibase-data > emoji.tsv
// Emoji newer than version 13 and country flags are left out: desktop fonts of the field lack them.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';

const root = process.argv[2];
const read = file => JSON.parse(readFileSync(join(root, file), 'utf8'));
const groups = {0: 'smileys', 1: 'people', 3: 'nature', 4: 'food', 5: 'travel', 6: 'activities', 7: 'objects', 8: 'symbols', 9: 'flags'};
const chinese = new Map(read('zh/data.json').map(entry => [entry.hexcode, entry]));
const words = entry => [entry.label, ...(entry.tags ?? [])].join(' ').replaceAll('\t', ' ');

for (const entry of read('en/data.json').filter(e => e.group in groups && e.version <= 13).sort((a, b) => a.order - b.order)) {
  if (entry.group === 9 && /^1F1(E6|E7|E8|E9|EA|EB|EC|ED|EE|EF|F)/.test(entry.hexcode) && entry.hexcode !== '1F1E8-1F1F3') continue;
  console.log([entry.emoji, groups[entry.group], words(entry), words(chinese.get(entry.hexcode) ?? entry)].join('\t'));
}

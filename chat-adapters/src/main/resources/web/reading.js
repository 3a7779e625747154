// What the outputs of an execution say: a sentence and a table each, above the outputs; and what to ask for next.

import { button, el, fill } from './dom.js';
import { count, visible } from './text.js';

const ROWS = 12;
const NUMBER = /^[<>≈]?\d[\d.,]*\s?[%\p{L}]{0,3}$|^$/u;

/** An element for each reading; picture(at, look) is the address of the picture of the one at that place. */
export function readings(all, picture) {
  return (all ?? []).map(({ sentence, table, chart }, at) =>
    el('div', { class: 'reading', testid: 'reading' },
      el('p', { class: 'reading-sentence', testid: 'reading-sentence' }, sentence),
      chart && pictureOf(chart, sentence, (look) => picture(at, look)),
      table && tableOf(table)));
}

/** The picture in the colours of the page. Where none can be drawn there is none: the sentence and the table say the same. */
function pictureOf({ title }, sentence, address) {
  const image = el('img', { src: address('light'), alt: `${visible(title)}. ${visible(sentence)}`, loading: 'lazy',
    class: 'reading-picture', testid: 'reading-picture' });
  const both = el('picture', {}, el('source', { srcset: address('dark'), media: '(prefers-color-scheme: dark)' }), image);
  image.addEventListener('error', () => both.remove());
  return both;
}

function tableOf({ columns, share_column: shareColumn, rows, more }) {
  // Numbers stand below one another, and a title above its numbers.
  const numbers = columns.map((_, at) => at !== shareColumn && rows.every(({ cells }) => NUMBER.test(cells[at] ?? '')));
  const telling = shareColumn >= 0 ? shareColumn : Math.min(1, columns.length - 1);
  const body = el('tbody');
  const scroll = el('div', { class: 'reading-scroll', tabindex: '0', role: 'region', 'aria-label': 'Table' },
    el('table', { testid: 'reading-table' },
      el('thead', {}, el('tr', {}, columns.map((title, at) =>
        el('th', { scope: 'col', class: numbers[at] && 'number' }, title)))),
      body));
  const tools = el('div', { class: 'output-tools' });
  const show = (most) => {
    fill(body, rows.slice(0, most).map((row) => rowOf(row, shareColumn, numbers, telling)));
    scroll.classList.toggle('unfolded', most > ROWS);
  };
  const folded = () => {
    show(ROWS);
    fill(tools,
      el('span', { class: 'reading-more' }, `and ${count(rows.length - ROWS + more, 'more row')}`),
      button(`Show all ${rows.length.toLocaleString()}`, unfolded, { class: 'quiet', testid: 'show-all-rows', 'aria-expanded': 'false' }));
  };
  const unfolded = () => {
    show(rows.length);
    const fold = button(`Show ${ROWS} only`, folded, { class: 'quiet', 'aria-expanded': 'true' });
    fill(tools, more > 0 && el('span', { class: 'reading-more' }, `and ${more.toLocaleString()} more in the outputs below`), fold);
    fold.focus({ preventScroll: true });
  };
  if (rows.length > ROWS) folded();
  else show(ROWS);
  return [scroll, tools.childElementCount > 0 && tools];
}

function rowOf({ cells, share, level }, shareColumn, numbers, telling) {
  return el('tr', { data: { level } }, cells.map((cell, at) => {
    const classes = [numbers[at] && 'number', at === telling && 'telling'].filter(Boolean).join(' ');
    return el('td', { class: classes || null, title: cell.length > 24 ? visible(cell) : null },
      at === shareColumn && typeof share === 'number'
        ? el('span', { class: 'share' }, el('span', { class: 'share-number' }, cell), bar(share))
        : cell);
  }));
}

function bar(share) {
  const filled = el('span');
  filled.style.width = `${Math.max(0, Math.min(100, share))}%`;
  return el('span', { class: 'bar', 'aria-hidden': 'true' }, filled);
}

/** Requests to make: a click says one, as if typed, and each can be said once. Nothing when there are none. */
export function nextSteps(choices, say, { label = 'Next:', name = 'What to do next', testid = 'next-step' } = {}) {
  if (!choices?.length) return null;
  return el('div', { class: 'next-steps', role: 'group', 'aria-label': name },
    el('span', { class: 'next-label' }, label),
    choices.map(({ label, reply }) => button(label, (e) => {
      e.currentTarget.disabled = true;
      say(reply);
    }, { class: 'choice', testid, data: { reply } })));
}

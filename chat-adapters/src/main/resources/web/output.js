// One stream of a command's output: its tail while it runs, folded when it is long, and quick at 100,000 lines.

import { button, el, fill } from './dom.js';
import { visible } from './text.js';

const WHOLE_UP_TO = 24;
const FOLDED = 16;
const LIVE = 12;
const BLOCK = 500; // Lines an element; the browser skips laying out those out of sight (content-visibility).
const LINES_A_FRAME = 10_000;

export class Output {
  #live = '';
  #liveLines = 0;
  #painting = false;
  #finished = false;
  #note = el('p', { class: 'output-note', hidden: true });
  #text = el('div', { class: 'output-text', testid: 'target-output' });
  #tools = el('div', { class: 'output-tools' });

  /** kind is stdout or stderr; of is the target's name. */
  constructor(kind, of) {
    this.kind = kind;
    this.of = of;
    this.element = el('div', { class: `output ${kind}`, data: { stream: kind }, hidden: true },
      kind === 'stderr' && el('p', { class: 'output-label' }, 'Error output'),
      this.#note, this.#text, this.#tools);
  }

  /** More output of a running command. */
  append(text) {
    if (this.#finished) return;
    this.#live += text;
    this.#liveLines += text.split('\n').length - 1;
    if (this.#live.length > 100_000) this.#live = this.#live.slice(-50_000);
    if (this.#painting) return;
    this.#painting = true;
    requestAnimationFrame(() => {
      this.#painting = false;
      if (!this.#finished) this.#paintLive();
    });
  }

  #paintLive() {
    const lines = linesOf(this.#live);
    this.element.hidden = lines.length === 0;
    this.#note.hidden = this.#liveLines <= LIVE;
    fill(this.#note, `${this.#liveLines.toLocaleString()} lines so far, the last ${LIVE}:`);
    fill(this.#text, block(lines.slice(-LIVE)));
  }

  /** The whole output, at the end. keep says which part matters when it is folded: 'head' or 'tail'. */
  finish(text, truncated, keep) {
    this.#finished = true;
    this.#live = '';
    const lines = linesOf(text);
    this.element.hidden = lines.length === 0 && !truncated;
    if (lines.length <= WHOLE_UP_TO) {
      fill(this.#text, lines.length > 0 && block(lines));
      this.#note.hidden = true;
      fill(this.#tools, truncated && cutNote());
      return;
    }
    this.#fold(lines, truncated, keep);
  }

  #fold(lines, truncated, keep) {
    const part = keep === 'tail' ? lines.slice(-FOLDED) : lines.slice(0, FOLDED);
    this.#note.hidden = keep !== 'tail';
    fill(this.#note, `The last ${FOLDED} lines:`);
    fill(this.#text, block(part));
    this.#text.classList.remove('unfolded');
    this.#text.removeAttribute('tabindex');
    fill(this.#tools,
      button(`Show all ${lines.length.toLocaleString()} lines`, () => this.#unfold(lines, truncated, keep),
        { class: 'quiet', testid: 'show-all', 'aria-expanded': 'false' }),
      truncated && cutNote());
  }

  #unfold(lines, truncated, keep) {
    this.#note.hidden = true;
    this.#text.classList.add('unfolded');
    this.#text.setAttribute('tabindex', '0');
    this.#text.setAttribute('role', 'region');
    this.#text.setAttribute('aria-label', `All output of ${visible(this.of)}`);
    fill(this.#text);
    const folding = button(`Show ${FOLDED} lines only`, () => {
      next = lines.length;
      this.#fold(lines, truncated, keep);
      this.#tools.querySelector('button').focus();
    }, { class: 'quiet', 'aria-expanded': 'true' });
    fill(this.#tools, folding, truncated && cutNote());
    folding.focus({ preventScroll: true });
    let next = 0;
    const more = () => {
      for (const end = next + LINES_A_FRAME; next < end && next < lines.length; next += BLOCK) {
        this.#text.append(block(lines.slice(next, next + BLOCK)));
      }
      if (next < lines.length) requestAnimationFrame(more);
    };
    more();
  }
}

function block(lines) {
  return el('pre', {}, lines.join('\n'));
}

function cutNote() {
  return el('span', { class: 'cut' }, 'The output was longer than the limit; the rest was cut off.');
}

function linesOf(text) {
  if (text === '') return [];
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

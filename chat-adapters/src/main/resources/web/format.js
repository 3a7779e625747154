// The light formatting of OpsConductor's own sentences: paragraphs, "- " lists and `code`. Never HTML.

import { append, el } from './dom.js';

/** Elements for a text of one or several lines. */
export function formatted(text) {
  const blocks = [];
  let list = null;
  let paragraph = null;
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const item = /^\s*- (.*)$/.exec(line);
    if (item) {
      paragraph = null;
      if (!list) blocks.push(list = el('ul'));
      list.append(el('li', {}, spans(item[1])));
    } else if (line.trim() === '') {
      paragraph = list = null;
    } else {
      list = null;
      if (paragraph) append(paragraph, ['\n', spans(line)]);
      else blocks.push(paragraph = el('p', {}, spans(line)));
    }
  }
  return blocks;
}

/** Text with `code` spans. */
export function spans(text) {
  return text.split(/(`[^`\n]+`)/).map((part) =>
    /^`[^`]+`$/.test(part) ? el('code', {}, part.slice(1, -1)) : part);
}

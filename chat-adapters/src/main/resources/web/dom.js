// Building elements. Text goes in as text only: nothing here, or anywhere on the page, parses HTML.

import { visible } from './text.js';

/**
 * Makes an element: el('p', { class: 'note', testid: 'error' }, 'text', child).
 * Attributes: class, testid (data-testid), data (an object), on (event listeners); any other one as it is called in
 * HTML, where true sets it and false, null and undefined leave it out. Children: elements, text, or nothing.
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'testid') element.dataset.testid = value;
    else if (name === 'data') Object.assign(element.dataset, value);
    else if (name === 'on') for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
    else element.setAttribute(name, value === true ? '' : value);
  }
  append(element, children);
  return element;
}

/** Appends elements and texts, skipping null, undefined and false. */
export function append(element, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(visible(String(child))));
  }
}

/** Replaces everything inside an element. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

export function button(label, onClick, attributes = {}) {
  return el('button', { type: 'button', ...attributes, class: `button ${attributes.class ?? ''}`.trim(),
    on: { click: onClick } }, label);
}

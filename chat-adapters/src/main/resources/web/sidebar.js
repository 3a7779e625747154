// The list of the user's conversations: a column on a wide page, a drawer on a narrow one.

import { el, fill } from './dom.js';
import { timeOfDay } from './text.js';

export class Sidebar {
  #list = document.getElementById('conversation-list');
  #panel = document.getElementById('conversations');
  #menu = document.getElementById('menu');
  #dot = document.getElementById('menu-dot');
  #shown = '';

  constructor(onNew) {
    this.#menu.addEventListener('click', () => this.#open(!this.isOpen));
    document.getElementById('new-conversation').addEventListener('click', () => {
      this.#open(false);
      onNew();
    });
    this.#list.addEventListener('click', () => this.#open(false));
    document.addEventListener('keydown', (e) => {
      if (e.key !== 'Escape' || !this.isOpen) return;
      this.#open(false);
      this.#menu.focus();
    });
    document.addEventListener('pointerdown', (e) => {
      if (this.isOpen && !this.#panel.contains(e.target) && !this.#menu.contains(e.target)) this.#open(false);
    });
  }

  get isOpen() {
    return this.#menu.getAttribute('aria-expanded') === 'true';
  }

  #open(open) {
    this.#menu.setAttribute('aria-expanded', String(open));
    this.#panel.classList.toggle('open', open);
  }

  show(conversations, current) {
    const state = JSON.stringify([conversations, current]);
    if (state === this.#shown) return; // Painting anew would take the focus from the list.
    this.#shown = state;
    this.#dot.hidden = !conversations.some(({ waiting, conversation }) => waiting && conversation !== current);
    fill(this.#list, conversations.map(({ conversation, title, at, waiting }) => el('li', {},
      el('a', { href: `#${encodeURIComponent(conversation)}`, 'aria-current': conversation === current && 'page' },
        el('span', { class: 'conversation-title' }, title || 'Untitled'),
        el('span', { class: 'conversation-meta' }, timeOfDay(at),
          waiting && el('span', { class: 'waiting' }, 'waiting for approval'))))),
      conversations.length === 0 && el('li', { class: 'none' }, 'No conversations yet.'));
  }
}

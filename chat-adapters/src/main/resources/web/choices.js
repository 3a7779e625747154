// Things to click below a question, an answer or an error: a click sends the reply, as if typed.

import { button, el } from './dom.js';
import { formatted, spans } from './format.js';

/** A row of choices; choose(reply) is called once. Nothing when there are none. */
export function choiceRow(choices, choose) {
  if (!choices?.length) return null;
  const row = el('div', { class: 'choices', role: 'group', 'aria-label': 'Choices' });
  for (const { label, reply } of choices) {
    row.append(button(label, () => {
      closeChoices(row, reply);
      choose(reply);
    }, { class: 'choice', testid: 'question-choice', data: { reply } }));
  }
  return row;
}

/** Takes the choices away once somebody has answered, and marks the one that was taken. */
export function closeChoices(row, reply) {
  row.classList.add('answered');
  for (const choice of row.querySelectorAll('button')) {
    choice.disabled = true;
    if (choice.dataset.reply === reply) {
      choice.classList.add('chosen');
      choice.setAttribute('aria-pressed', 'true');
    }
  }
}

/** What went wrong, the next step, and what to click instead. */
export function problemBox({ message, hint, choices, reference }, choose, attributes = {}) {
  const replies = choices?.map((choice) => typeof choice === 'string' ? { label: choice, reply: choice } : choice);
  return el('div', { class: 'problem', testid: 'error', ...attributes },
    el('div', { class: 'problem-message' }, formatted(message)),
    hint && el('p', { class: 'problem-hint' }, spans(hint)),
    reference && el('p', { class: 'problem-reference' }, 'Reference for the log: ', el('code', {}, reference)),
    choose && choiceRow(replies, choose));
}

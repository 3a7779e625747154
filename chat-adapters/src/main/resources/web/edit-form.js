// The values of a plan as a form, inside its card: one field a parameter, what is wrong with a value below it.

import { button, el, fill } from './dom.js';

const NUMBERS = ['integer', 'port'];

/**
 * The form's element. save(values) gets what was changed, by field, and resolves to null or to a problem that may have
 * messages by field; back() is called when somebody leaves without saving; problem(problem) makes an element of one.
 */
export function editForm({ steps }, { save, back, problem }) {
  const fields = new Map(); // field key → Field
  const several = steps.length > 1;
  const groups = steps.filter((step) => step.fields.length > 0).map((step) => el('fieldset', {},
    several ? el('legend', {}, `Step ${step.step + 1} · `, el('code', {}, step.tool)) : null,
    step.fields.map((field) => {
      const made = new Field(field);
      fields.set(field.field, made);
      return made.element;
    })));
  const failed = el('div', { class: 'edit-problem' });
  const submit = el('button', { type: 'submit', class: 'button primary', testid: 'edit-save' }, 'Show the edited plan');
  const form = el('form', { class: 'edit-form', testid: 'edit-form', 'aria-label': 'Edit the plan', autocomplete: 'off', on: {
    submit: (e) => {
      e.preventDefault();
      send();
    },
    keydown: (e) => e.key === 'Escape' && back(),
  } }, groups, el('p', { class: 'edit-note' }, 'The edited plan is shown as a new card. Approvals of this one do not count for it.'),
  failed, el('div', { class: 'plan-actions' }, submit, button('Back', back, { class: 'quiet', testid: 'edit-back' })));

  async function send() {
    if (submit.getAttribute('aria-disabled') === 'true') return;
    submit.setAttribute('aria-disabled', 'true');
    fill(failed);
    const changed = [...fields].filter(([, field]) => field.changed).map(([key, field]) => [key, field.value]);
    const refused = await save(Object.fromEntries(changed));
    submit.removeAttribute('aria-disabled');
    if (!refused) return;
    let first = null;
    for (const [key, field] of fields) {
      const message = refused.fields?.[key];
      field.wrong(message);
      if (message) first ??= field;
    }
    if (!first) fill(failed, problem(refused));
    (first ?? { focus: () => submit.focus() }).focus();
  }

  return { element: form, focus: () => fields.values().next().value?.focus() };
}

let ids = 0;

class Field {
  #before;
  #input;
  #wrong;

  constructor({ name, description, type, value, default_value: byDefault, allowed, required, min, max }) {
    const id = `field-${++ids}`;
    this.#before = value ?? '';
    this.#wrong = el('p', { class: 'field-wrong', id: `${id}-wrong`, hidden: true, testid: 'field-wrong' });
    const attributes = { id, name, 'aria-required': required ? 'true' : null,
      'aria-describedby': `${id}-about ${id}-wrong`, data: { field: name } };
    this.#input = allowed.length > 0
      ? el('select', attributes,
        (!required || value === undefined) && el('option', { value: '' }, byDefault === undefined ? 'none' : `default (${byDefault})`),
        allowed.map((one) => el('option', { value: one }, one)))
      : el('input', { ...attributes, type: 'text', maxlength: '1024', spellcheck: 'false',
        inputmode: NUMBERS.includes(type) ? 'numeric' : null, placeholder: byDefault });
    this.#input.value = this.#before;
    const range = [min !== undefined && `from ${min}`, max !== undefined && `to ${max}`].filter(Boolean).join(' ');
    const about = [description, range, !required && (byDefault === undefined ? 'optional' : `${byDefault} when empty`)];
    this.element = el('div', { class: 'field' },
      el('label', { for: id }, name.replaceAll('_', ' ')),
      this.#input,
      el('p', { class: 'field-about', id: `${id}-about` }, about.filter(Boolean).join(' · ')),
      this.#wrong);
  }

  get value() {
    return this.#input.value.trim();
  }

  get changed() {
    return this.value !== this.#before;
  }

  focus() {
    this.#input.focus();
  }

  /** Marks the value as wrong, or as good again without a message. */
  wrong(message) {
    this.#wrong.hidden = !message;
    fill(this.#wrong, message);
    if (message) this.#input.setAttribute('aria-invalid', 'true');
    else this.#input.removeAttribute('aria-invalid');
  }
}

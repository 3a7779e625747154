// The chat API: one function a call. Each has a deadline, and fails with a Problem that says what to do.

const DEADLINE_MS = 15_000;

/** An answer that is not what was asked for: what went wrong, the next step, and perhaps choices or messages by field. */
export class Problem extends Error {
  constructor({ code, message, hint = '', choices = [], reference, fields }, status = 0) {
    super(message);
    Object.assign(this, { code, hint, choices, reference, fields, status });
  }
}

export const users = () => call('/chat/users').then((answer) => answer.users ?? []);

export const suggestions = () => call('/chat/suggestions').then((answer) => answer.suggestions ?? []);

export const conversations = (user) =>
  call(`/chat/conversations?user=${encodeURIComponent(user)}`).then((answer) => answer.conversations ?? []);

export const send = (conversation, user, text) =>
  call('/chat/messages', { ...(conversation && { conversation }), user, text });

export const overview = (user) => call(`/chat/overview?user=${encodeURIComponent(user)}`);

/** reason and code may be left out. */
export const decide = (approval, user, decision, digest, { reason, code } = {}) =>
  call(`/chat/approvals/${encodeURIComponent(approval)}`,
    { user, decision, digest, ...(reason && { reason }), ...(code && { code }) });

export const fresh = (approval, user) => call(`/chat/approvals/${encodeURIComponent(approval)}/fresh`, { user });

export const form = (approval) => call(`/chat/approvals/${encodeURIComponent(approval)}/form`);

export const edit = (approval, user, digest, values) =>
  call(`/chat/approvals/${encodeURIComponent(approval)}/edit`, { user, digest, values });

export const withdraw = (approval, user) => call(`/chat/approvals/${encodeURIComponent(approval)}/withdraw`, { user });

export const dryRun = (approval, user) => call(`/chat/approvals/${encodeURIComponent(approval)}/dry-run`, { user });

export const rerun = (execution, user, targets) =>
  call(`/chat/executions/${encodeURIComponent(execution)}/rerun`, { user, targets });

export const cancel = (execution, user) =>
  call(`/chat/executions/${encodeURIComponent(execution)}/cancel`, { user });

export const eventsUrl = (conversation, after) =>
  `/chat/conversations/${encodeURIComponent(conversation)}/events?after=${after}`;

export const pictureUrl = (conversation, execution, reading, look) =>
  `/chat/conversations/${encodeURIComponent(conversation)}/pictures/${encodeURIComponent(execution)}/${reading}?look=${look}`;

async function call(path, body) {
  let response;
  try {
    response = await fetch(path, {
      method: body ? 'POST' : 'GET',
      headers: { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const text = await response.text();
    if (response.ok) return text ? JSON.parse(text) : {};
    throw problemOf(response, text);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem({
      code: 'not_reachable',
      message: response ? 'The answer of OpsConductor could not be read.' : 'OpsConductor did not answer.',
      hint: 'Check that it is running (./opsconductor status), then try again.',
    });
  }
}

/** The Problem in a response that is not ok. */
export function problemOf(response, text) {
  try {
    const { error, fields } = JSON.parse(text);
    if (error?.message) return new Problem({ ...error, fields }, response.status);
  } catch {
    // Not JSON: something between the page and OpsConductor answered. The status is all there is to tell.
  }
  return new Problem({
    code: 'unexpected_answer',
    message: `OpsConductor answered with HTTP status ${response.status}.`,
    hint: 'Try again; if it stays, look into the chatbot log.',
  }, response.status);
}

// Forms that change something. With script they are sent in the background and their result is said in a corner; what is dangerous is
// asked first, with the number and the effect.
import { all, announce, focusables, make, on, one } from './dom';
import { signedOut } from './banners';
import { clear, choiceOf, countOf, idOf, isBeyondCount } from './select';
import { refresh } from './swap';
import { toast, type Failure } from './toasts';

interface Reply {
  ok?: boolean | number;
  skipped?: number;
  failed?: Failure[];
  message?: string;
  undo?: string;
  next?: string;
  regions?: string[];
  errors?: Record<string, string | string[]>;
  title?: string;
  detail?: string;
}

const token = (): string => one<HTMLMetaElement>('meta[name=csrf]')?.content ?? '';

export async function post(url: string, body: URLSearchParams): Promise<Reply & { status: number; location?: string }> {
  const answer = await fetch(url, { method: 'POST', body, headers: { Accept: 'application/json', 'X-CSRF': token() }, credentials: 'same-origin' });
  const type = answer.headers.get('Content-Type') ?? '';
  const reply = type.includes('json') ? await answer.json() as Reply : {};
  return { ...reply, status: answer.status, ...(answer.redirected ? { location: answer.url } : {}) };
}

function bodyOf(form: HTMLFormElement, submitter: HTMLElement | null): URLSearchParams {
  const body = new URLSearchParams();
  for (const [key, value] of new FormData(form, submitter)) if (typeof value === 'string') body.append(key, value);
  // The list of the moment, which is not that of when the page was loaded.
  for (const field of all<HTMLInputElement>('input[data-here]', form)) body.set(field.name, location.search.slice(1));
  if (form.hasAttribute('data-bulk')) {
    // Chosen rows that are out of sight are not in the document, and so not in the form.
    body.delete('id');
    const choice = choiceOf(idOf(form));
    if (!choice.matching) for (const id of choice.ids) body.append('id', id);
  }
  return body;
}

async function send(form: HTMLFormElement, submitter: HTMLElement | null, more: [string, string][] = []): Promise<void> {
  if (form.getAttribute('aria-busy') === 'true') return;
  const body = bodyOf(form, submitter);
  for (const [key, value] of more) body.append(key, value);
  form.setAttribute('aria-busy', 'true');
  submitter?.setAttribute('aria-busy', 'true');
  const row = submitter?.closest<HTMLElement>('[data-row]') ?? null;
  const menu = submitter?.closest('details[data-menu]')?.id ?? '';
  try {
    const reply = await post(submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? location.href, body);
    if (reply.status === 401) signedOut();
    else if (reply.status >= 400) refuse(form, reply);
    else await settle(form, reply, row, menu);
  } catch {
    toast({ look: 'bad', message: 'Not saved: no connection to the gateway.' });
  } finally {
    form.removeAttribute('aria-busy');
    submitter?.removeAttribute('aria-busy');
  }
}

function refuse(form: HTMLFormElement, reply: Reply & { status: number }): void {
  const errors = Object.entries(reply.errors ?? {});
  let first: HTMLElement | null = null;
  for (const [name, text] of errors) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLElement) {
      mark(field, Array.isArray(text) ? text.join(' ') : text);
      first ??= field;
    }
  }
  const menu = first?.closest<HTMLDetailsElement>('details[data-menu]');
  if (menu) menu.open = true;
  first?.focus();
  const message = [reply.title, reply.detail].filter(text => text).join('. ') || reply.message || `The gateway refused this (${reply.status}).`;
  toast({ look: 'bad', message, ...(reply.failed ? { failed: reply.failed } : {}) });
}

function mark(field: HTMLElement, text: string): void {
  const id = `${field.id || field.getAttribute('name')}-error`;
  document.getElementById(id)?.remove();
  field.setAttribute('aria-invalid', 'true');
  field.setAttribute('aria-describedby', id);
  field.after(make('p', { class: 'field-error', id }, text));
  field.addEventListener('input', () => {
    field.removeAttribute('aria-invalid');
    field.removeAttribute('aria-describedby');
    document.getElementById(id)?.remove();
  }, { once: true });
}

async function settle(form: HTMLFormElement, reply: Reply & { location?: string }, row: HTMLElement | null, menu: string): Promise<void> {
  const target = reply.next ?? reply.location;
  if (target !== undefined) {
    location.assign(target);
    return;
  }
  const failed = reply.failed ?? [];
  const undo = reply.undo;
  toast({
    look: failed.length === 0 && reply.ok !== false ? 'good' : 'warn',
    message: reply.message ?? 'Done.',
    ...(typeof reply.ok === 'number' ? { done: reply.ok } : {}),
    skipped: reply.skipped ?? 0,
    failed,
    ...(undo === undefined ? {} : { undo: () => void revert(undo) }),
  });
  if (form.hasAttribute('data-bulk')) {
    clear(idOf(form));
    // With nothing chosen its buttons are off, and one that is loses the focus: not to nowhere, while the list is fetched.
    if (document.activeElement?.matches(':disabled, body') ?? true) settleFocus(row, menu, reply.regions ?? []);
  }
  await refresh(reply.regions);
  if (document.activeElement === document.body || document.activeElement === null) settleFocus(row, menu, reply.regions ?? []);
}

/** The element that had the focus is gone with its row or its menu: the focus goes to the list or to the menu's button, never to nowhere. */
function settleFocus(row: HTMLElement | null, menu: string, regions: string[]): void {
  const id = row?.dataset['row'];
  const again = id === undefined ? null : one(`[data-row="${CSS.escape(id)}"]`);
  const target = (again ? focusables(again)[0] : null) ?? (menu === '' ? null : one(`#${CSS.escape(menu)} > summary`)) ?? (regions[0] === undefined ? null : document.getElementById(regions[0])) ?? one('.table-box') ?? document.getElementById('main');
  if (!target) return;
  if (!target.hasAttribute('tabindex') && target.tabIndex < 0) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

async function revert(url: string): Promise<void> {
  try {
    const reply = await post(url, new URLSearchParams());
    if (reply.status >= 400) toast({ look: 'bad', message: [reply.title, reply.detail].filter(text => text).join('. ') || 'It could not be undone.' });
    else toast({ look: 'good', message: reply.message ?? 'Undone.' });
    await refresh(reply.regions);
  } catch {
    toast({ look: 'bad', message: 'Not undone: no connection to the gateway.' });
  }
}

const numbered = (text: string | undefined, count: number): string => (text ?? '').replace('{0}', count.toLocaleString('en'));

function ask(dialog: HTMLDialogElement, form: HTMLFormElement, submitter: HTMLElement): void {
  const count = form.hasAttribute('data-bulk') ? countOf(form) : 1;
  if (count === 0) return;
  const words = count === 1 ? 'one' : 'many';
  for (const part of all('[data-one]', dialog)) part.textContent = numbered(part.dataset[words], count);
  const subject = one('[data-subject]', dialog);
  if (subject) {
    subject.textContent = submitter.dataset['subject'] ?? '';
    subject.hidden = subject.textContent === '';
  }
  const typed = one('[data-typed]', dialog);
  const mustType = count > Number(dialog.dataset['typeAbove'] ?? 50);
  const field = typed ? one<HTMLInputElement>('input', typed) : null;
  if (typed && field) {
    typed.hidden = !mustType;
    field.value = '';
    const label = one('[data-typed-label]', typed);
    if (label) label.textContent = `Type ${count.toLocaleString('en')} to go on`;
  }
  const go = one<HTMLButtonElement>('[data-confirm-go]', dialog);
  if (!go) return;
  const isTyped = (): boolean => !mustType || field?.value.replace(/\D/g, '') === String(count);
  go.disabled = !isTyped();
  if (field) field.oninput = () => { go.disabled = !isTyped(); };
  go.onclick = () => {
    if (!isTyped()) return;
    const more: [string, string][] = [['confirm', 'yes']];
    for (const [key, value] of new FormData(one<HTMLFormElement>('form', dialog) as HTMLFormElement)) if (typeof value === 'string' && (key !== 'typed' || mustType)) more.push([key, value]);
    dialog.close();
    void send(form, submitter, more);
  };
  // The browser gives the focus back to the button when the dialog closes.
  dialog.showModal();
}

export function startActions(): void {
  document.addEventListener('submit', event => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.getAttribute('method')?.toLowerCase() !== 'post') return;
    const submitter = event.submitter;
    const id = submitter?.dataset['confirm'];
    const dialog = id === undefined ? null : document.getElementById(id);
    if (submitter && dialog instanceof HTMLDialogElement && isBeyondCount(form)) return;
    if (submitter && dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      ask(dialog, form, submitter);
    } else if (form.hasAttribute('data-action') || form.hasAttribute('data-bulk')) {
      event.preventDefault();
      void send(form, submitter);
    } else if (form.getAttribute('aria-busy') === 'true') {
      event.preventDefault();
    } else {
      // A form that loads a page: a second press while it does is one too many.
      form.setAttribute('aria-busy', 'true');
    }
  });
  addEventListener('pageshow', () => all('form[aria-busy]').forEach(form => form.removeAttribute('aria-busy')));
  on('click', 'dialog', (dialog, event) => { if (event.target === dialog) (dialog as HTMLDialogElement).close(); });
  const notice = one('[data-focus]');
  if (notice) {
    notice.focus();
    announce(notice.textContent ?? '');
  }
}

// Choosing rows: by check box, from one to another with Shift, all of the page, all that match the filter. What is chosen belongs to the
// form of the bulk bar and stays with the rows when the list is fetched anew.
import { all, announce, by, on, one } from './dom';
import { onEnhance } from './enhance';
import { rowsOf } from './rows';

interface Choice { ids: Set<string>; matching: boolean; last: string | null }

const choices = new Map<string, Choice>();

/** The id of a form. Its check boxes are named "id", and as a property of the form that name is theirs. */
export const idOf = (form: Element): string => form.getAttribute('id') ?? '';

export function choiceOf(form: string): Choice {
  let choice = choices.get(form);
  if (!choice) choices.set(form, choice = { ids: new Set(), matching: false, last: null });
  return choice;
}

export const anyChosen = (root: ParentNode): boolean => all('form[data-bulk]', root).some(form => choiceOf(idOf(form)).ids.size > 0);

const boxIn = (row: HTMLElement, form?: string): HTMLInputElement | null => one<HTMLInputElement>(`input[data-select]${form === undefined ? '' : by('form', form)}`, row);

/** Rows whose check box belongs to the form. */
function rowsFor(form: string): HTMLElement[] {
  return all('table[data-table]').flatMap(table => rowsOf(table)).filter(row => boxIn(row, form));
}

export const tableOfForm = (form: string): HTMLElement | null => all('table[data-table]').find(table => rowsOf(table).some(row => boxIn(row, form))) ?? null;

export function clear(form: string): void {
  const choice = choiceOf(form);
  choice.ids.clear();
  choice.matching = false;
  choice.last = null;
  show(form);
}

export function toggle(row: HTMLElement): void {
  const box = boxIn(row);
  if (!box) return;
  box.checked = !box.checked;
  box.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Brings check boxes, head, bar and numbers in line with what is chosen. */
function show(form: string): void {
  const choice = choiceOf(form);
  const rows = rowsFor(form);
  for (const row of rows) {
    const box = boxIn(row, form) as HTMLInputElement;
    const chosen = choice.ids.has(box.value);
    box.checked = chosen;
    if (chosen) row.setAttribute('aria-selected', 'true');
    else row.removeAttribute('aria-selected');
  }
  const table = tableOfForm(form);
  const head = table ? one<HTMLInputElement>('input[data-select-all]', table) : null;
  if (head) {
    head.checked = rows.length > 0 && choice.ids.size >= rows.length;
    head.indeterminate = choice.ids.size > 0 && !head.checked;
  }
  const bar = document.getElementById(form);
  if (!bar) return;
  const total = Number(bar.dataset['total'] ?? 0);
  const count = choice.matching ? total : choice.ids.size;
  bar.toggleAttribute('data-open', count > 0);
  document.body.toggleAttribute('data-bulk-open', all('form[data-bulk][data-open]').length > 0);
  const text = one('[data-bulk-count]', bar);
  if (text) text.textContent = count === 0 ? '' : `${choice.matching && isUncounted(bar) ? 'More than ' : ''}${count.toLocaleString('en')} ${count === 1 ? bar.dataset['one'] : bar.dataset['many']} selected`;
  const field = one<HTMLInputElement>('[data-bulk-all]', bar);
  if (field) field.value = choice.matching ? '1' : '';
  const more = one('[data-bulk-more]', bar);
  if (more) more.hidden = choice.matching || rows.length === 0 || choice.ids.size < rows.length;
  for (const button of all<HTMLButtonElement>('button[type=submit]', bar)) button.disabled = count === 0;
}

const isUncounted = (bar: HTMLElement): boolean => bar.dataset['capped'] !== undefined;

/** Whether more are chosen than were counted: the gateway, which counts them anew, is the one that asks then. */
export const isBeyondCount = (form: HTMLFormElement): boolean => choiceOf(idOf(form)).matching && isUncounted(form);

/** How many an action of this bar would concern. */
export function countOf(form: HTMLFormElement): number {
  const choice = choiceOf(idOf(form));
  return choice.matching ? Number(form.dataset['total'] ?? 0) : choice.ids.size;
}

export function startSelect(): void {
  let shift = false;
  document.addEventListener('click', event => { shift = event.shiftKey; }, true);
  on('change', 'input[data-select]', element => {
    const box = element as HTMLInputElement;
    const form = box.getAttribute('form') ?? '';
    const choice = choiceOf(form);
    const rows = rowsFor(form);
    const ids = rows.map(row => boxIn(row, form)?.value ?? '');
    const from = choice.last === null ? -1 : ids.indexOf(choice.last);
    const to = ids.indexOf(box.value);
    const range = shift && from >= 0 && to >= 0 ? ids.slice(Math.min(from, to), Math.max(from, to) + 1) : [box.value];
    for (const id of range) {
      if (box.checked) choice.ids.add(id);
      else choice.ids.delete(id);
    }
    choice.matching = false;
    choice.last = box.value;
    shift = false;
    show(form);
  });
  on('change', 'input[data-select-all]', element => {
    const head = element as HTMLInputElement;
    const table = head.closest('table');
    if (!table) return;
    const rows = rowsOf(table).filter(row => boxIn(row));
    const form = rows[0] ? boxIn(rows[0])?.getAttribute('form') ?? '' : '';
    const choice = choiceOf(form);
    choice.matching = false;
    choice.ids = new Set(head.checked ? rows.map(row => boxIn(row)?.value ?? '') : []);
    show(form);
  });
  on('click', '[data-bulk-select-matching]', button => {
    const bar = button.closest('form');
    if (!bar) return;
    choiceOf(idOf(bar)).matching = true;
    show(idOf(bar));
    announce(one('[data-bulk-count]', bar)?.textContent ?? '');
    one('[data-bulk-clear]', bar)?.focus();
  });
  on('click', '[data-bulk-clear]', button => {
    const bar = button.closest('form');
    if (!bar) return;
    const table = tableOfForm(idOf(bar));
    clear(idOf(bar));
    const next = table ? one('input[data-select-all]', table) : null;
    next?.focus();
  });
  onEnhance(root => {
    for (const bar of all('form[data-bulk]', root)) {
      // Only rows that are still in the list stay chosen; those that a browser kept checked over a reload become so.
      const choice = choiceOf(idOf(bar));
      const boxes = rowsFor(idOf(bar)).map(row => boxIn(row, idOf(bar)) as HTMLInputElement);
      const present = new Set(boxes.map(box => box.value));
      choice.ids = new Set([...choice.ids].filter(id => present.has(id)));
      for (const box of boxes) if (box.checked) choice.ids.add(box.value);
      if (choice.ids.size === 0) choice.matching = false;
      show(idOf(bar));
    }
  });
}

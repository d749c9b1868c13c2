// Single keys for those who want them: never while somebody types, and switched off as a whole in the preferences (WCAG 2.1.4).
import { all, focusables, isTyping, make, on, one } from './dom';
import { closeMenus } from './menus';
import { togglePause } from './live';
import { reveal, rowsOf } from './rows';
import { toggle } from './select';

let going = false;
let goTimer: ReturnType<typeof setTimeout> | undefined;

const isOn = (): boolean => document.body.dataset['shortcuts'] !== 'off';

function cursor(): HTMLElement | null {
  const focused = document.activeElement?.closest<HTMLElement>('tr[data-row]');
  return focused ?? one('tr[data-cursor]');
}

function move(step: 1 | -1): void {
  const at = cursor();
  const table = at?.closest<HTMLElement>('table[data-table]') ?? one('table[data-table]');
  if (!table) return;
  const rows = rowsOf(table).filter(row => row.dataset['row'] !== undefined);
  const index = at ? rows.indexOf(at as HTMLTableRowElement) : -1;
  const next = rows[at ? index + step : 0];
  if (!next) return;
  all('tr[data-cursor]').forEach(row => row.removeAttribute('data-cursor'));
  next.setAttribute('data-cursor', '');
  reveal(next);
  // The row's own link takes the focus: Enter opens it, and a screen reader reads it.
  const target = one('th a, td a', next) ?? focusables(next)[0];
  target?.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}

function help(): void {
  const existing = one<HTMLDialogElement>('dialog[data-help-dialog]');
  if (existing) {
    existing.showModal();
    return;
  }
  const list = make('dl', { class: 'keys' });
  const line = (key: string, text: string): void => list.append(make('div', {}, make('dt', {}, make('kbd', {}, key)), make('dd', {}, text)));
  line('/', 'Search this list');
  line('j  k', 'Next row, previous row');
  line('x', 'Select the row');
  line('Enter', 'Open the row');
  line('p', 'Pause the live view, and resume it');
  for (const link of all<HTMLAnchorElement>('.side a[data-go]')) line(`g ${link.dataset['go']}`, link.textContent?.trim() ?? '');
  line('Esc', 'Close what is open');
  line('?', 'This list');
  const note = make('p', { class: 'muted small' }, isOn() ? 'They can be switched off in the preferences.' : 'They are switched off in the preferences.');
  const dialog = make('dialog', { 'data-help-dialog': '', 'aria-labelledby': 'help-title' },
    make('form', { method: 'dialog', class: 'dialog-body' }, make('h2', { id: 'help-title' }, 'Keyboard shortcuts'), list, note,
      make('div', { class: 'dialog-buttons' }, make('button', { class: 'button', autofocus: '' }, 'Close'))));
  document.body.append(dialog);
  dialog.showModal();
}

const single: Record<string, () => void> = {
  '?': help,
  j: () => move(1),
  k: () => move(-1),
  x: () => { const row = cursor(); if (row) toggle(row); },
  p: () => togglePause(),
  '/': () => {
    const field = one<HTMLInputElement>('main [data-search]') ?? one<HTMLInputElement>('[data-search]');
    field?.focus();
    field?.select();
  },
};

export function startKeys(): void {
  on('click', '[data-help]', () => help());
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !one('dialog[open]')) {
      closeMenus();
      all('tr[data-cursor]').forEach(row => row.removeAttribute('data-cursor'));
      return;
    }
    if (!isOn() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target) || one('dialog[open]')) return;
    if (going) {
      going = false;
      clearTimeout(goTimer);
      const link = one<HTMLAnchorElement>(`.side a[data-go="${CSS.escape(event.key)}"]`);
      if (link) {
        event.preventDefault();
        link.click();
      }
      return;
    }
    if (event.key === 'g') {
      going = true;
      goTimer = setTimeout(() => { going = false; }, 1_500);
      return;
    }
    const act = Object.hasOwn(single, event.key) ? single[event.key] : undefined;
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

// Results of actions, said politely in a corner: three numbers, the reasons of what was not done, and a way back.
import { all, make, on, one } from './dom';

export interface Failure { id?: string; name?: string; reason: string }
export interface Result { look: 'good' | 'warn' | 'bad'; message: string; done?: number; skipped?: number; failed?: Failure[]; undo?: () => void }

const life = 8_000;
const lifeWithUndo = 10_000;

export function toast(result: Result): void {
  const host = one('[data-toasts]');
  if (!host) return;
  const close = make('button', { type: 'button', class: 'button quiet small', 'data-toast-close': '', 'aria-label': 'Close this message' }, '\u00d7');
  const box = make('div', { class: 'toast', 'data-look': result.look }, make('div', { class: 'row' }, make('p', {}, result.message), close));
  const failed = result.failed ?? [];
  if (result.done !== undefined && (failed.length > 0 || (result.skipped ?? 0) > 0)) {
    box.append(make('p', { class: 'toast-numbers' },
      make('span', { class: 'ok' }, `${result.done} done`),
      make('span', { class: 'skipped' }, `${result.skipped ?? 0} skipped`),
      make('span', { class: 'failed' }, `${failed.length} failed`)));
  }
  if (failed.length > 0) {
    const list = make('ul', { class: 'plain-list small' });
    for (const one of failed.slice(0, 50)) list.append(make('li', {}, make('bdi', {}, one.name ?? one.id ?? ''), ': ', make('bdi', {}, one.reason)));
    box.append(make('details', { class: 'more' }, make('summary', {}, `Show the ${failed.length}`), list));
  }
  if (result.undo) {
    const undo = make('button', { type: 'button', class: 'button small' }, 'Undo');
    undo.addEventListener('click', () => { box.remove(); result.undo?.(); });
    box.append(make('div', {}, undo));
  }
  host.append(box);
  for (const old of all('.toast', host).slice(0, -4)) old.remove();
  // What went wrong stays until somebody has closed it.
  if (result.look === 'good') expire(box, result.undo ? lifeWithUndo : life);
}

/** Goes by itself, but not while somebody points at it or has the focus in it. */
function expire(box: HTMLElement, after: number): void {
  setTimeout(() => {
    if (box.matches(':hover') || box.contains(document.activeElement)) expire(box, 2_000);
    else box.remove();
  }, after);
}

export function startToasts(): void {
  on('click', '[data-toast-close]', button => button.closest('.toast')?.remove());
  for (const box of all('[data-toasts] > .toast')) {
    one('.row', box) ?? box.append(make('button', { type: 'button', class: 'button quiet small', 'data-toast-close': '', 'aria-label': 'Close this message' }, '\u00d7'));
    expire(box, one('form', box) ? lifeWithUndo : life);
  }
}

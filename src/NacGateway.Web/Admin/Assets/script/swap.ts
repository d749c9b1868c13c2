// Links and forms with data-swap: the same URL is fetched, and the regions that it names are replaced. Focus, selection, open menus and what
// is being typed stay; the URL of the page is the one of the list.
import { all, announce, by, focusables, make, one } from './dom';
import { signedOut } from './banners';
import { enhance } from './enhance';
import { parse } from './html';
import { fieldToUtc } from './times';

export interface SwapOptions {
  push?: 'push' | 'replace' | 'none';
  announce?: boolean;
  toTop?: boolean;
  /** Nobody asked for it but the feed: it is no sign of somebody at the desk, and a failure is the feed's to tell. */
  quiet?: boolean;
}

const running = new Map<string, AbortController>();
const touched = new Set<string>();
const after: ((names: string[]) => void)[] = [];

/** Called when regions were replaced. */
export const onSwapped = (handle: (names: string[]) => void): number => after.push(handle);

export const regionsOf = (value: string | undefined): string[] => (value ?? '').split(/\s+/).filter(name => name !== '' && document.getElementById(name) !== null);

export async function swap(url: URL, names: string[], options: SwapOptions = {}): Promise<boolean> {
  const key = names.join(' ');
  running.get(key)?.abort();
  const abort = new AbortController();
  running.set(key, abort);
  const regions = names.map(name => document.getElementById(name)).filter(region => region !== null);
  const slow = setTimeout(() => regions.forEach(startLoading), 400);
  try {
    const answer = await fetch(url, { headers: headersOf(names, options), signal: abort.signal, credentials: 'same-origin' });
    if (answer.redirected && new URL(answer.url).pathname !== url.pathname) {
      if (new URL(answer.url).pathname.startsWith('/sign-in')) signedOut();
      else location.assign(answer.url);
      return false;
    }
    const page = parse(await answer.text());
    if (abort.signal.aborted) return false;
    if (!answer.ok) {
      if (options.quiet) return false;
      fail(regions, url, page.querySelector('h1')?.textContent ?? `The gateway answered ${answer.status}.`, page.querySelector('main p')?.textContent ?? '', page.querySelector('main code')?.textContent ?? null);
      return false;
    }
    if (options.push === 'push') history.pushState({ desk: true }, '', url);
    else if (options.push === 'replace') history.replaceState({ desk: true }, '', url);
    const replaced = names.filter(name => replace(name, page));
    if (page.title !== '' && names.length > 1) document.title = page.title;
    finish(replaced, options);
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return false;
    if (!options.quiet) fail(regions, url, 'No connection to the gateway.', 'What is shown may be old.', null);
    return false;
  } finally {
    clearTimeout(slow);
    if (running.get(key) === abort) {
      running.delete(key);
      for (const name of names) stopLoading(document.getElementById(name));
    }
  }
}

const headersOf = (names: string[], options: SwapOptions): Record<string, string> => ({
  Accept: 'text/html',
  ...(names.length === 1 ? { 'X-Partial': names[0] as string } : {}),
  ...(options.quiet ? { 'X-Unattended': '1' } : {}),
});

function finish(names: string[], options: SwapOptions): void {
  for (const name of names) touched.add(name);
  for (const handle of after) handle(names);
  if (options.announce) {
    const total = names.map(name => document.getElementById(name)?.querySelector('[data-total-text]')?.textContent).find(text => text);
    announce(total ? `${total.trim()} found` : 'Updated');
  }
  if (options.toTop && names[0]) document.getElementById(names[0])?.scrollIntoView({ block: 'start' });
}

function startLoading(region: HTMLElement): void {
  if (region.hasAttribute('data-loading')) return;
  region.setAttribute('data-loading', '');
  region.setAttribute('aria-busy', 'true');
  region.prepend(make('div', { class: 'loading-line', 'data-loading-line': '' }, 'Loading...'));
}

function stopLoading(region: HTMLElement | null): void {
  region?.removeAttribute('data-loading');
  region?.removeAttribute('aria-busy');
  region?.querySelector(':scope > [data-loading-line]')?.remove();
}

function fail(regions: HTMLElement[], url: URL, title: string, text: string, reference: string | null): void {
  const region = regions.at(-1);
  if (!region) return;
  region.querySelector(':scope > [data-swap-error]')?.remove();
  const box = make('div', { class: 'notice', 'data-look': 'bad', 'data-swap-error': '', role: 'alert' },
    make('p', { class: 'notice-title' }, title), make('p', {}, text),
    reference === null ? null : make('p', { class: 'small' }, 'Reference ', make('code', {}, reference)),
    make('p', {}, make('a', { class: 'button', href: url.pathname + url.search, 'data-swap': regions.map(one => one.id).join(' ') }, 'Try again')));
  region.prepend(box);
}

function replace(name: string, page: Document): boolean {
  const old = document.getElementById(name);
  const fresh = page.getElementById(name);
  if (!old || !fresh) return false;
  const focus = rememberFocus(old);
  const scrolled = all('.table-box', old).map(box => [box.scrollLeft, box.scrollTop] as const);
  const open = all<HTMLDetailsElement>('details[open]', old).map(keyOf).filter(key => key !== null);
  const node = document.adoptNode(fresh);
  for (const details of all<HTMLDetailsElement>('details', node)) if (open.includes(keyOf(details) ?? '')) details.open = true;
  old.replaceWith(node);
  enhance(node);
  all('.table-box', node).forEach((box, i) => { if (scrolled[i]) [box.scrollLeft, box.scrollTop] = scrolled[i]; });
  focus?.();
  return true;
}

function keyOf(details: HTMLDetailsElement): string | null {
  const row = details.closest<HTMLElement>('[data-row]')?.dataset['row'];
  return details.id || details.dataset['facet'] || (row === undefined ? details.querySelector('summary')?.textContent?.trim() ?? null : null);
}

/** Where the focus is, said so that it can be found again in the new region: by id, by row and place in it, by name, by target. */
function rememberFocus(region: HTMLElement): (() => void) | null {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !region.contains(focused)) return null;
  const { id } = region;
  const row = focused.closest<HTMLElement>('[data-row]')?.dataset['row'];
  const place = row === undefined ? -1 : focusables(focused.closest('[data-row]') as HTMLElement).indexOf(focused);
  const typed = focused instanceof HTMLInputElement && ['search', 'text'].includes(focused.type) ? { value: focused.value, at: focused.selectionStart } : null;
  const href = focused.getAttribute('href');
  return () => {
    const fresh = document.getElementById(id);
    if (!fresh || (document.activeElement !== document.body && document.activeElement !== null)) return;
    const field = focused.getAttribute('name');
    const found = (focused.id ? document.getElementById(focused.id) : null)
      ?? (row === undefined ? null : focusables(one(by('data-row', row), fresh) ?? make('div'))[Math.max(place, 0)])
      ?? (field === null ? null : one<HTMLInputElement>(`[name="${CSS.escape(field)}"]${focused instanceof HTMLInputElement && focused.type !== 'search' && focused.type !== 'text' ? by('value', focused.value) : ''}`, fresh))
      ?? (href === null ? null : all('a[href]', fresh).find(link => link.getAttribute('href') === href || link.textContent === focused.textContent))
      ?? null;
    if (found) {
      found.focus({ preventScroll: true });
      if (typed && found instanceof HTMLInputElement) {
        found.value = typed.value;
        if (typed.at !== null) found.setSelectionRange(typed.at, typed.at);
      }
      return;
    }
    if (!fresh.hasAttribute('tabindex')) fresh.tabIndex = -1;
    fresh.focus({ preventScroll: true });
  };
}

/** The URL that a GET form leads to; empty fields are left out, several values of a facet become one. */
export function formUrl(form: HTMLFormElement, submitter?: HTMLElement | null): URL {
  const url = new URL(form.getAttribute('action') ?? location.pathname, location.href);
  const values = new Map<string, string[]>();
  for (const [key, value] of new FormData(form, submitter ?? null)) {
    if (typeof value !== 'string' || value.trim() === '') continue;
    const field = form.elements.namedItem(key);
    const text = field instanceof HTMLInputElement && field.dataset['utc'] ? fieldToUtc(field) : value.trim();
    values.set(key, [...(values.get(key) ?? []), text]);
  }
  url.search = new URLSearchParams([...values].map(([key, list]) => [key, list.join(',')])).toString();
  return url;
}

/** Fetches anew what is marked for it, without a change of the URL. */
export async function refresh(names?: string[], quiet = false): Promise<void> {
  const wanted = names ?? all('[data-refresh]').map(region => region.id).filter(id => id !== '');
  if (wanted.length > 0) await swap(new URL(location.href), wanted, { push: 'none', quiet });
}

export function startSwap(): void {
  document.addEventListener('click', event => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-swap]') : null;
    const names = regionsOf(link?.dataset['swap']);
    if (!link || names.length === 0) return;
    const url = new URL(link.href, location.href);
    if (url.origin !== location.origin || url.pathname !== location.pathname) return;
    event.preventDefault();
    void swap(url, names, { push: url.href === location.href ? 'none' : 'push', announce: true, toTop: link.hasAttribute('data-page') });
  });
  document.addEventListener('submit', event => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || (form.getAttribute('method') ?? 'get').toLowerCase() !== 'get') return;
    const names = regionsOf(form.dataset['swap']);
    if (names.length === 0 && !form.querySelector('[data-utc]')) return;
    event.preventDefault();
    const url = formUrl(form, event.submitter);
    if (names.length === 0) location.assign(url);
    else void swap(url, names, { push: 'push', announce: true });
  });
  addEventListener('popstate', () => {
    if (touched.size > 0) void swap(new URL(location.href), [...touched].filter(name => document.getElementById(name)), { push: 'none', announce: true });
  });
}

// The live feed of the page: values change in place, nothing moves under a pointer. While the page is hidden there is no feed; when it is
// shown again, what it missed is fetched. Pause freezes the view, never the recording.
import { all, announce, by, make, on, one } from './dom';
import { hideBanner, sayInBanner, showBanner, signedOut } from './banners';
import { local, show } from './times';
import { append, type Point } from './plot';
import { findRows, rowsOf } from './rows';
import { anyChosen } from './select';
import { onSwapped, refresh } from './swap';

type Cell = string | { text?: string; look?: string | null; time?: string; title?: string; value?: number };
interface Delta { rows: Record<string, Record<string, Cell> | null> }
interface Tile { value?: string; note?: string; look?: string | null; at?: string }

const host = one('[data-live]');
const badge = one('[data-live-badge]');
const topic = host?.dataset['live'] ?? '';
const build = document.body.dataset['build'] ?? '';

let source: EventSource | null = null;
let lost: Date | null = null;
let retry = 1_000;
let paused: Date | null = null;
let wasHidden = false;
let lastOrder = 0;
let orderTimer: ReturnType<typeof setTimeout> | undefined;
let lostTimer: ReturnType<typeof setTimeout> | undefined;
let added = 0;

// What came while paused.
let waiting = 0;
const waitingRows = new Map<string, Record<string, Cell> | null>();
const waitingTiles = new Map<string, Tile>();
let waitingPoints: Point[] = [];
const waitingRegions = new Set<string>();
let waitingOrder: number | null = null;
let waitingTotal: { total: number; text?: string } | null = null;

function state(name: 'live' | 'reconnecting' | 'paused', text: string): void {
  if (!badge || (badge.dataset['liveState'] === name && badge.textContent === text)) return;
  badge.dataset['liveState'] = name;
  badge.textContent = text;
}

function connect(): void {
  if (!host || document.hidden || source) return;
  source = new EventSource(topic + (topic.includes('?') ? location.search.replace('?', '&') : location.search));
  source.onopen = () => {
    retry = 1_000;
    lost = null;
    clearTimeout(lostTimer);
    hideBanner('lost');
    if (!paused) state('live', 'Live');
    if (wasHidden) {
      wasHidden = false;
      order(0);
    }
  };
  source.onerror = () => {
    lose();
    // A connection that broke is made again by the browser; an answer that was no feed is not.
    if (source?.readyState === EventSource.CLOSED) {
      disconnect();
      setTimeout(() => void tryAgain(), retry);
      retry = Math.min(retry * 2, 15_000);
    }
  };
  listen('hello', (hello: { build?: string }) => {
    if (hello.build && build && hello.build !== build) {
      showBanner('build', { look: 'info', text: 'The gateway runs another version than this page.', button: { text: 'Reload', press: () => location.reload() } });
    }
  });
  listen('delta', (delta: Delta) => Object.entries(delta.rows).forEach(([id, cells]) => paused ? keep(() => waitingRows.set(id, cells === null ? null : { ...waitingRows.get(id), ...cells })) : changeRow(id, cells)));
  listen('tile', (tiles: Record<string, Tile>) => Object.entries(tiles).forEach(([name, tile]) => paused ? keep(() => waitingTiles.set(name, { ...waitingTiles.get(name), ...tile })) : changeTile(name, tile)));
  listen('point', (point: Point) => paused ? keep(() => { waitingPoints = [...waitingPoints.slice(-2_000), point]; }) : append(point));
  listen('order', (change: { added?: number }) => changeOrder(change.added ?? 0));
  listen('list', (ids: string[]) => compare(ids));
  listen('total', (total: { total: number; text?: string }) => paused ? keep(() => { waitingTotal = total; }) : changeTotal(total));
  listen('region', (region: { name: string }) => paused ? keep(() => { waitingRegions.add(region.name); }) : fetchAnew([region.name]));
  listen('notice', (notice: { kind?: string; text?: string; href?: string }) => {
    if (notice.kind === 'signed-out') {
      disconnect();
      signedOut(notice.text, notice.href);
    } else if (notice.text) {
      showBanner('notice', { look: 'info', text: notice.text, ...(notice.href ? { link: { text: 'Open', href: notice.href } } : {}) });
    }
  });
}

function listen<T>(kind: string, handle: (value: T) => void): void {
  source?.addEventListener(kind, event => {
    try {
      handle(JSON.parse((event as MessageEvent<string>).data) as T);
    } catch (error) {
      console.warn('live', kind, error);
    }
  });
}

function disconnect(): void {
  source?.close();
  source = null;
}

/** The feed was refused: the sign-in may be over, or the gateway is starting. */
async function tryAgain(): Promise<void> {
  if (document.hidden || source) return;
  try {
    const answer = await fetch(location.href, { method: 'HEAD', headers: { Accept: 'text/html' }, credentials: 'same-origin' });
    if (answer.redirected && new URL(answer.url).pathname.startsWith('/sign-in')) {
      signedOut();
      return;
    }
  } catch {
    // The gateway is away; the next try will tell.
  }
  connect();
}

function lose(): void {
  if (!paused) state('reconnecting', 'Reconnecting');
  if (lost) return;
  lost = new Date();
  const since = local(lost).seconds;
  lostTimer = setTimeout(() => showBanner('lost', { look: 'warn', text: `No live data since ${since}. Values may be old.` }), 10_000);
}

function changeRow(id: string, cells: Record<string, Cell> | null): void {
  for (const row of findRows(id)) {
    row.classList.toggle('gone', cells === null);
    for (const [name, cell] of Object.entries(cells ?? {})) {
      const place = row.matches(by('data-cell', name)) ? row : one(by('data-cell', name), row);
      if (place) changeCell(place, cell);
    }
  }
}

function changeCell(place: HTMLElement, cell: Cell): void {
  const change = typeof cell === 'string' ? { text: cell } : cell;
  if (change.time !== undefined) {
    let time = place instanceof HTMLTimeElement ? place : one<HTMLTimeElement>('time', place);
    if (!time) {
      time = make('time', { 'data-time': 'relative' });
      place.replaceChildren(time);
    }
    time.dateTime = change.time;
    show(time);
    return;
  }
  if (change.look !== undefined) {
    if (!change.look) delete place.dataset['look'];
    else place.dataset['look'] = change.look;
  }
  if (change.title !== undefined) place.title = change.title;
  if (change.value !== undefined && place instanceof HTMLMeterElement) place.value = change.value;
  if (change.text !== undefined && place.textContent !== change.text) place.textContent = change.text;
}

function changeTile(name: string, change: Tile): void {
  const tile = one(by('data-tile', name));
  if (!tile) return;
  const value = one('[data-value]', tile);
  const note = one('[data-note]', tile);
  const age = one('[data-age]', tile);
  if (value && change.value !== undefined && value.textContent !== change.value) value.textContent = change.value;
  if (note && change.note !== undefined && note.textContent !== change.note) note.textContent = change.note;
  if (age) age.dataset['age'] = change.at ?? new Date().toISOString();
  if (change.look === null || change.look === '') delete tile.dataset['look'];
  else if (change.look !== undefined) tile.dataset['look'] = change.look;
}

function changeTotal(change: { total: number; text?: string }): void {
  for (const place of all('[data-total-text]')) {
    const text = change.text ?? (place.textContent ?? '').replace(/[\d,]+/, change.total.toLocaleString('en'));
    if (place.textContent !== text) place.textContent = text;
  }
}

/** What the list is when the feed begins: the page is older by a moment, or by as long as the gateway was away. */
function compare(ids: string[]): void {
  const shown = all('[data-refresh] table[data-table]').flatMap(table => rowsOf(table)).map(row => row.dataset['row'] ?? '');
  const known = new Set(shown);
  const more = ids.filter(id => !known.has(id)).length;
  if (more > 0 || shown.length !== ids.length) changeOrder(more);
}

function changeOrder(more: number): void {
  if (paused) keep(() => { waitingOrder = (waitingOrder ?? 0) + more; });
  else order(more);
}

/** Somebody is at work in the list: rows must not move under the pointer, the focus or the choice. */
function isBusy(region: HTMLElement): boolean {
  const focused = document.activeElement;
  return (focused !== null && focused !== document.body && region.contains(focused)) || anyChosen(region)
    || one('table:hover', region) !== null || one('details[data-menu][open]', region) !== null || one('dialog[open]') !== null;
}

/** Somebody reads further down, where new rows at the top would push away what is read. */
const isScrolled = (region: HTMLElement): boolean => region.getBoundingClientRect().top < 0;

function order(more: number): void {
  added += more;
  const busy = all('[data-refresh]').filter(region => isBusy(region) || isScrolled(region));
  if (busy.length > 0) {
    busy.forEach(offer);
    return;
  }
  clearTimeout(orderTimer);
  orderTimer = setTimeout(() => {
    if (all('[data-refresh]').some(region => isBusy(region) || isScrolled(region))) return order(0);
    lastOrder = Date.now();
    added = 0;
    void refresh(undefined, true);
  }, Math.max(0, lastOrder + 2_000 - Date.now()));
}

function offer(region: HTMLElement): void {
  const text = added > 0 ? `List changed. Show ${added} new` : 'List changed. Show';
  const existing = one('[data-list-changed] button', region);
  if (existing) {
    existing.textContent = text;
    return;
  }
  const button = make('button', { type: 'button', class: 'button small' }, text);
  button.addEventListener('click', () => {
    added = 0;
    void refresh().then(() => announce('List updated'));
  });
  region.prepend(make('div', { class: 'list-changed', 'data-list-changed': '' }, button));
  announce(text);
}

/** Regions that the feed names, but not one in which somebody is at work: that one the next event fetches. */
function fetchAnew(names: string[]): void {
  const free = names.filter(name => { const region = document.getElementById(name); return region !== null && !isBusy(region); });
  for (const name of free) void refresh([name], true);
}

function keep(store: () => void): void {
  store();
  waiting++;
  sayInBanner('paused', pausedText());
}

const pausedText = (): string => `Paused at ${local(paused ?? new Date()).seconds}. ${waiting === 0 ? 'No change waits.' : waiting === 1 ? '1 change waits.' : `${waiting.toLocaleString('en')} changes wait.`}`;

export function togglePause(): void {
  const button = one('[data-live-pause]');
  if (!host || !button) return;
  if (paused) {
    resume();
    button.textContent = 'Pause';
    announce('Live again');
    return;
  }
  paused = new Date();
  waiting = 0;
  state('paused', 'Paused');
  button.textContent = 'Resume';
  showBanner('paused', { look: 'info', text: pausedText(), button: { text: 'Resume', press: () => { togglePause(); button.focus(); } } });
}

function resume(): void {
  paused = null;
  hideBanner('paused');
  state(source?.readyState === EventSource.OPEN ? 'live' : 'reconnecting', source?.readyState === EventSource.OPEN ? 'Live' : 'Reconnecting');
  for (const [id, cells] of waitingRows) changeRow(id, cells);
  for (const [name, tile] of waitingTiles) changeTile(name, tile);
  for (const point of waitingPoints) append(point);
  if (waitingTotal) changeTotal(waitingTotal);
  if (waitingOrder !== null) order(waitingOrder);
  fetchAnew([...waitingRegions]);
  waitingRegions.clear();
  waitingRows.clear();
  waitingTiles.clear();
  waitingPoints = [];
  waitingTotal = null;
  waitingOrder = null;
  waiting = 0;
}

export function startLive(): void {
  if (!host || topic === '') return;
  on('click', '[data-live-pause]', () => togglePause());
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      disconnect();
      wasHidden = true;
    } else {
      connect();
    }
  });
  addEventListener('pagehide', disconnect);
  addEventListener('pageshow', event => { if (event.persisted) connect(); });
  addEventListener('offline', () => showBanner('offline', { look: 'warn', text: 'This computer has no network. Values may be old.' }));
  addEventListener('online', () => { hideBanner('offline'); connect(); });
  // Another filter is another feed.
  let query = location.search;
  onSwapped(() => {
    added = 0;
    if (location.search === query) return;
    query = location.search;
    disconnect();
    connect();
  });
  connect();
}

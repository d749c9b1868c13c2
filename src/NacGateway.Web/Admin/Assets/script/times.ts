// Instants in the viewer's zone; the title keeps UTC.
import { all } from './dom';
import { onEnhance } from './enhance';

const named = document.documentElement.dataset['zone'] ?? '';
export const zone: string | undefined = named === '' ? undefined : named.toLowerCase() === 'utc' ? 'UTC' : usable(named);

const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');
const parts = new Intl.DateTimeFormat('en-GB', {
  year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'short',
  ...(zone === undefined ? {} : { timeZone: zone }),
});

function usable(name: string): string | undefined {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name;
  } catch {
    return undefined;
  }
}

interface Local { year: string; day: string; clock: string; seconds: string; name: string }

export function local(at: Date): Local {
  const found: Record<string, string> = {};
  for (const part of parts.formatToParts(at)) found[part.type] = part.value;
  const clock = `${found['hour']}:${found['minute']}`;
  return {
    year: found['year'] ?? '',
    day: `${found['day']} ${found['month']}`,
    clock,
    seconds: `${clock}:${found['second']}`,
    name: found['timeZoneName'] ?? '',
  };
}

/** How long something lasts, as the pages write it: 2h 14m, 1m 03s, 3d 04h. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${pad(whole % 60)}s`;
  if (whole < 86400) return `${Math.floor(whole / 3600)}h ${pad(Math.floor(whole / 60) % 60)}m`;
  return `${Math.floor(whole / 86400)}d ${pad(Math.floor(whole / 3600) % 24)}h`;
}

export function ago(seconds: number): string {
  if (seconds < 5) return 'just now';
  if (seconds < 60) return `${Math.floor(seconds / 5) * 5} s ago`;
  return `${Math.floor(seconds / 60)} min ago`;
}

function withDay(at: Date, now: Date, clock: string): string {
  const then = local(at);
  const today = local(now);
  if (then.day === today.day && then.year === today.year) return clock;
  return then.year === today.year ? `${then.day}, ${clock}` : `${then.day} ${then.year}, ${clock}`;
}

export function write(at: Date, style: string, now = new Date()): string {
  const passed = (now.getTime() - at.getTime()) / 1000;
  const { clock, seconds, day, year } = local(at);
  switch (style) {
    case 'seconds': return withDay(at, now, seconds);
    case 'full': return `${day} ${year}, ${seconds}`;
    case 'until': return passed < 0 ? `in ${duration(-passed)}` : withDay(at, now, clock);
    default:
      if (passed >= 0 && passed < 3600) return ago(passed);
      return passed < 0 && passed > -3600 ? `in ${duration(-passed)}` : withDay(at, now, clock);
  }
}

export function show(element: HTMLTimeElement, now = new Date()): void {
  const at = new Date(element.dateTime);
  if (Number.isNaN(at.getTime())) return;
  const text = write(at, element.dataset['time'] ?? 'relative', now);
  if (element.textContent === text) return;
  element.textContent = text;
  const { day, year, seconds, name } = local(at);
  element.title = `${day} ${year}, ${seconds} ${name}\n${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function showAge(element: HTMLElement, now: Date): void {
  const seconds = (now.getTime() - Date.parse(element.dataset['age'] ?? '')) / 1000;
  element.textContent = seconds >= 10 ? ` · ${seconds < 3600 ? ago(seconds) : duration(seconds) + ' old'}` : '';
}

/** Fields for an instant: the viewer reads and writes his own zone, the URL says UTC. */
function localField(field: HTMLInputElement): void {
  if (field.dataset['utc'] === 'local') return;
  field.dataset['utc'] = 'local';
  if (field.value === '' || zone === 'UTC') return;
  const at = new Date(field.value + 'Z');
  field.value = new Date(at.getTime() + offset(at)).toISOString().slice(0, 16);
}

/** What is to be added to UTC at an instant, in milliseconds. */
export function offset(at: Date): number {
  const found: Record<string, number> = {};
  const numeric = new Intl.DateTimeFormat('en-GB', {
    year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23',
    ...(zone === undefined ? {} : { timeZone: zone }),
  });
  for (const part of numeric.formatToParts(at)) found[part.type] = Number(part.value);
  const there = Date.UTC(found['year'] ?? 0, (found['month'] ?? 1) - 1, found['day'] ?? 1, found['hour'] ?? 0, found['minute'] ?? 0, found['second'] ?? 0);
  return there - Math.floor(at.getTime() / 1000) * 1000;
}

/** What the viewer wrote into such a field, in UTC. */
export function fieldToUtc(field: HTMLInputElement): string {
  if (field.dataset['utc'] !== 'local' || field.value === '') return field.value;
  const wall = new Date(field.value + 'Z');
  if (Number.isNaN(wall.getTime())) return field.value;
  const first = new Date(wall.getTime() - offset(wall));
  return new Date(wall.getTime() - offset(first)).toISOString().slice(0, 19) + 'Z';
}

const tick = (root: ParentNode = document): void => {
  const now = new Date();
  for (const element of all<HTMLTimeElement>('time[data-time]', root)) show(element, now);
  for (const element of all('[data-age]', root)) showAge(element, now);
};

export function startTimes(): void {
  onEnhance(root => {
    tick(root);
    for (const field of all<HTMLInputElement>('input[data-utc]', root)) localField(field);
  });
  setInterval(() => { if (!document.hidden) tick(); }, 5000);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) tick(); });
}
